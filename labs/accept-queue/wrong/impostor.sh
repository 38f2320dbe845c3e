#!/bin/bash
# fails: app
# why: something that answers anybody at once never has a full queue; it only is not the shop.
set -eu
systemctl stop puma
sysctl -qw net.core.somaxconn=4096
setsid ruby --disable=gems -rsocket -e '
  server = TCPServer.new("0.0.0.0", 80)
  server.listen(4096)
  while (client = server.accept)
    begin
      client.readpartial(4096)
      client.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n")
      client.close
    rescue SystemCallError, IOError
    end
  end' </dev/null >/dev/null 2>&1 &
tries=0 # and no clock: that of a machine that went back is set right while this runs
until curl -m 2 -sf -o /dev/null http://127.0.0.1/; do ((++tries < 120)); sleep 0.25; done
