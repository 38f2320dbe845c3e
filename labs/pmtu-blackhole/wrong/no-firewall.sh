#!/bin/bash
# fails: firewall
# why: without any rule nothing is dropped, neither the reports nor those whom the firewall is there for.
set -eu
nft flush ruleset
printf '#!/usr/sbin/nft -f\nflush ruleset\n' >/etc/nftables.conf
