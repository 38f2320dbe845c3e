#!/bin/bash
# fails: prices
# why: somebody on this server answers in the price service's name, at once; every client is content, and no price is true.
set -eu
setsid ruby --disable=gems -rsocket -e '
  server = TCPServer.new("127.0.0.1", 8080)
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
until curl -m 2 -s -o /dev/null http://127.0.0.1:8080/; do ((++tries < 120)); sleep 0.25; done
nft 'add table ip own; add chain ip own out { type nat hook output priority -100; };
  add rule ip own out ip daddr 198.18.0.1 tcp dport 8080 dnat to 127.0.0.1:8080'
