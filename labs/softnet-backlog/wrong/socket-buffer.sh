#!/bin/bash
# fails: delivered
# why: UDP that loses datagrams makes everybody think of the socket's buffer; this one was never full.
set -eu
sysctl -qw net.core.rmem_max=67108864 net.core.rmem_default=67108864
systemctl restart telemetry
