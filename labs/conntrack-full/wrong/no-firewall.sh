#!/bin/bash
# fails: firewall
# why: without rules nobody asks for connections to be tracked, and everybody is let in everywhere.
set -eu
nft flush ruleset
printf '#!/usr/sbin/nft -f\nflush ruleset\n' >/etc/nftables.conf
