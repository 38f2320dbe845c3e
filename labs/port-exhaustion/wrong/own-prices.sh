#!/bin/bash
# fails: prices
# why: this server takes the price service's address itself and answers at once; every client is content, and no price is true.
set -eu
ip address add 198.18.0.1/32 dev lo
setsid ruby --disable=gems -rsocket -e '
  server = TCPServer.new("198.18.0.1", 8080)
  server.listen(512)
  while (client = server.accept)
    Thread.new(client) do |one|
      one.readpartial(4096)
      one.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n{}\n")
      one.close
    rescue SystemCallError, IOError
    end
  end' </dev/null >/dev/null 2>&1 &
tries=0 # and no clock: that of a machine that went back is set right while this runs
until curl -m 2 -s -o /dev/null http://198.18.0.1:8080/; do ((++tries < 120)); sleep 0.25; done
