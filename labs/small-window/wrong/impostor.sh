#!/bin/bash
# fails: app
# why: who answers before the photograph has come makes everybody happy but those who look for it afterwards.
set -eu
rm -f "/etc/sysctl.d/$LAB_TRACE.conf"
systemctl stop puma
setsid ruby --disable=gems -rsocket -rdigest -e '
  server = TCPServer.new("0.0.0.0", 80)
  server.listen(4096)
  while (client = server.accept)
    Thread.new(client) do |one|
      head = +""
      head << one.readpartial(4096) until head.include?("\r\n\r\n")
      path = head.split[1].split("?").first
      length = head[/content-length: (\d+)/i, 1].to_i
      body = "#{Digest::SHA256.hexdigest("shop-7 #{path}")[0, 16]} #{length} bytes\n"
      one.write("HTTP/1.1 200 OK\r\nContent-Length: #{body.bytesize}\r\nConnection: close\r\n\r\n#{body}")
      one.flush
      sleep 3
      one.close
    rescue SystemCallError, IOError
    end
  end' </dev/null >/dev/null 2>&1 &
tries=0 # and no clock: that of a machine that went back is set right while this runs
until curl -m 2 -sf -o /dev/null http://127.0.0.1/health; do ((++tries < 120)); sleep 0.25; done
