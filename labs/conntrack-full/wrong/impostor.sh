#!/bin/bash
# fails: app
# why: the table has room, and what answers behind it is not the shop.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf /etc/systemd/system/nftables.service.d/[6-9]0-*.conf
echo 'net.netfilter.nf_conntrack_max = 65536' >/etc/sysctl.d/99-conntrack.conf
sysctl -qp /etc/sysctl.d/99-conntrack.conf
systemctl stop puma
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
