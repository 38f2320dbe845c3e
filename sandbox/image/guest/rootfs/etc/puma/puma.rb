# Puma's configuration. `man puma`, https://puma.io
environment 'production'
rackup '/srv/shop/config.ru'
bind 'tcp://0.0.0.0:80'

count = Integer(ENV.fetch('PUMA_THREADS', '8'))
threads count, count

log_requests false
first_data_timeout 30
persistent_timeout 20
force_shutdown_after 5

# systemd hears when the shop is ready, but not a status every second, which Puma would send as soon as it saw this variable.
if (notify_socket = ENV.delete('NOTIFY_SOCKET'))
  on_booted do
    require 'socket'
    path = notify_socket.sub(/\A@/, "\u0000")
    Addrinfo.unix(path, :DGRAM).connect { |systemd| systemd.write('READY=1') }
  end
end
