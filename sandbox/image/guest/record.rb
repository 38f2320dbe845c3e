# Build only: when Puma ends, compiles each Ruby file that it had loaded into the shop's boot cache (usr/lib/ringside/bootcache.rb reads it).
at_exit do
  $LOADED_FEATURES.grep(/\.rb\z/).select { |path| File.exist?(path) }.each do |path|
    File.binwrite("/var/cache/shop/#{path.tr('/', '%')}", RubyVM::InstructionSequence.compile_file(path).to_binary)
  end
end
