#!/bin/bash
# fails: app
# why: something takes the dead listener's place and answers at once; it only is not the shop.
set -eu
systemctl disable -q puma-b
# A child may have gone with its parent by then.
while read -r pid; do kill -KILL "$pid" || true; done </sys/fs/cgroup/system.slice/puma-b.service/cgroup.procs
setsid setpriv --reuid=shop --ambient-caps=+net_bind_service --inh-caps=+net_bind_service ruby --disable=gems -rsocket -e '
  socket = Socket.new(:INET, :STREAM)
  socket.setsockopt(:SOCKET, :REUSEPORT, true)
  socket.bind(Addrinfo.tcp("0.0.0.0", 80))
  socket.listen(512)
  loop do
    client, = socket.accept
    client.readpartial(4096)
    client.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n")
    client.close
  rescue SystemCallError, IOError
  end' </dev/null >/dev/null 2>&1 &
tries=0 # and no clock: that of a machine that went back is set right while this runs
until [ "$(ss -Hlnt 'sport = :80' | wc -l)" = 2 ]; do ((++tries < 120)); sleep 0.25; done
