#!/bin/bash
# Looks at every figure with the tool that one would take, and changes nothing. Ends with an error when one of them shows nothing.
set -eu -o pipefail
echo '== ring';             ethtool -g eth0 | grep -A5 'Current hardware settings' | grep -m1 '^RX:'
echo '== backlog';          sysctl net.core.netdev_max_backlog
echo '== processed';        awk '{ print "CPU " NR-1 ": 0x" $1 }' /proc/net/softnet_stat
echo '== connections';      sysctl net.netfilter.nf_conntrack_max
echo '== half-open';        sysctl net.ipv4.tcp_max_syn_backlog
echo '== accept';           ss -lnt 'sport = :80' | grep LISTEN
echo '== opened';           nstat -az TcpPassiveOpens | grep PassiveOpens
echo '== receive buffer';   sysctl net.ipv4.tcp_rmem
pid=$(systemctl show --property MainPID --value puma)
echo '== descriptors';      grep 'Max open files' "/proc/$pid/limits"
echo '== threads';          ps -L -o comm= -p "$pid" | grep -c 'puma srv tp'
