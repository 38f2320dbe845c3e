#!/bin/bash
# fails: untouched
# why: A list of settings from somebody's blog, applied on the first evening because nobody says no.
sysctl -w net.core.netdev_max_backlog=250000 net.core.somaxconn=65535 net.ipv4.tcp_max_syn_backlog=65535
