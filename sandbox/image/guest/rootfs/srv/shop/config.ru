# The shop: a small Rack application whose pages mostly wait for a storage, as pages do. /etc/default/shop has its settings.
#
#   GET  /            the front page: asks storage (and the pricing service, if there is one), then renders
#   GET  /items/ID    one item
#   GET  /photos/KB   a picture of that many kilobytes
#   POST /upload      takes a file, answers with its size
#   GET  /health      at once, touches nothing
require 'digest/sha2'
require 'socket'

class Shop
  REVISION = 'shop-7'.freeze
  WOODS = %w[walnut oak ash maple cherry birch elm beech].freeze
  THINGS = %w[desk shelf chair lamp bench stool frame tray].freeze
  HTML = 'text/html; charset=utf-8'.freeze
  TEXT = 'text/plain; charset=utf-8'.freeze

  def initialize(settings)
    @storage = settings.fetch('SHOP_STORAGE_MS', '60').to_i / 1000.0
    @rounds = settings.fetch('SHOP_RENDER_ROUNDS', '4').to_i
    @upstream = Upstream.from(settings)
  end

  def call(env)
    path = env['PATH_INFO']
    case path
    when '/health' then answer(TEXT, "ok\n")
    when '/' then front_page
    when %r{\A/items/(\d{1,9})\z} then item($1.to_i)
    when %r{\A/photos/(\d{1,4})\z} then photo([$1.to_i, 4096].min)
    when '/upload' then upload(env)
    else answer(TEXT, "nothing here\n", 404)
    end
  rescue Upstream::Failed => e
    answer(TEXT, "pricing service: #{e.message}\n", 502)
  end

  # What this shop's answer for a path begins with: nobody answers in its name without being this application.
  def self.seal(path) = Digest::SHA256.hexdigest("#{REVISION} #{path}")[0, 16]

  private

  def answer(type, body, status = 200)
    [status, { 'content-type' => type, 'content-length' => body.bytesize.to_s, 'x-shop-revision' => REVISION }, [body]]
  end

  def front_page
    prices = @upstream ? @upstream.get('/prices') : nil
    sleep @storage
    rows = (1..@rounds).map { |id| "<li><a href=\"/items/#{id}\">#{title(id)}</a> #{price(id)}</li>" }
    # An old template engine, at heart: the same text again and again until it fits.
    @rounds.times { rows.join("\n").gsub(/[<>&"]/, '<' => '&lt;', '>' => '&gt;', '&' => '&amp;', '"' => '&quot;') }
    answer(HTML, "<!doctype html>\n<!-- #{Shop.seal('/')} -->\n<title>The shop</title>\n<h1>Wood, mostly</h1>\n" \
                 "<ul>\n#{rows.join("\n")}\n</ul>\n<p>#{prices ? 'prices of this second' : 'prices of today'}</p>\n")
  end

  def item(id)
    sleep @storage / 4
    answer(TEXT, "#{Shop.seal("/items/#{id}")} #{title(id)}\nprice #{price(id)}\nstock #{id * 7 % 40}\n")
  end

  def photo(kilobytes)
    line = "#{Shop.seal("/photos/#{kilobytes}")} "
    answer('image/x-shop', (line * (1024 / line.bytesize + 1))[0, 1024] * kilobytes)
  end

  def upload(env)
    return answer(TEXT, "send a file with POST\n", 405) unless env['REQUEST_METHOD'] == 'POST'

    size = 0
    buffer = String.new(capacity: 65_536)
    size += buffer.bytesize while env['rack.input'].read(65_536, buffer)
    answer(TEXT, "#{Shop.seal('/upload')} #{size} bytes\n")
  end

  def title(id) = "#{WOODS[id % 8]} #{THINGS[id / 8 % 8]} no. #{id}"
  def price(id) = format('%d.%02d', 10 + id * 37 % 400, id * 13 % 100)

  # The pricing service: plain HTTP, with or without keeping connections.
  class Upstream
    Failed = Class.new(StandardError)

    def self.from(settings)
      host, port = settings.fetch('SHOP_UPSTREAM', '').split(':')
      new(host, (port || 80).to_i, settings) if host
    end

    def initialize(host, port, settings)
      @host = host
      @port = port
      @timeout = settings.fetch('SHOP_UPSTREAM_TIMEOUT', '30').to_f
      @keep = settings['SHOP_UPSTREAM_KEEPALIVE'] == 'yes'
      @idle = Queue.new
    end

    def get(path)
      socket = kept || connect
      socket.write("GET #{path} HTTP/1.1\r\nHost: #{@host}\r\nConnection: #{@keep ? 'keep-alive' : 'close'}\r\n\r\n")
      body = read(socket)
      @keep ? @idle << socket : socket.close
      body
    rescue SystemCallError, IOError => e
      socket&.close
      raise Failed, e.message
    end

    private

    def connect = Socket.tcp(@host, @port, connect_timeout: @timeout).tap { |s| s.timeout = @timeout }

    # A connection that the other side has closed meanwhile is readable: it is thrown away.
    def kept
      while @keep && !@idle.empty?
        socket = @idle.pop(true)
        return socket unless socket.wait_readable(0)

        socket.close
      end
    rescue ThreadError
      nil
    end

    def read(socket)
      length = 0
      raise IOError, 'no answer' unless socket.gets&.include?(' 200 ')

      while (line = socket.gets) && line != "\r\n"
        length = line.split(':', 2).last.to_i if line.downcase.start_with?('content-length:')
      end
      length.zero? ? '' : socket.read(length)
    end
  end
end

run Shop.new(ENV.to_h)
