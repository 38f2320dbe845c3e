#!/bin/bash
# fails: served
# why: half-open connections go sooner when their SYN-ACK is not repeated; the next forged ones come sooner still.
set -eu
sysctl -qw net.ipv4.tcp_synack_retries=1
