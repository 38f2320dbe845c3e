#!/bin/bash
# fails: queue
# why: without a route back to them the kernel drops these SYNs itself, and no firewall shows it. The queue is as short as it was.
set -eu
ip route add blackhole 198.19.128.0/17
systemctl restart puma
