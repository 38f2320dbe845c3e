#!/bin/bash
# A right fix that leaves the table as it is: the shop's connections are not tracked at all, in neither direction. The rule that lets them in
# never asked for a state.
set -eu
cat >/etc/nftables.d/shop.nft <<'RULES'
table ip stateless {
	chain arriving { type filter hook prerouting priority raw; tcp dport 80 notrack; }
	chain leaving { type filter hook output priority raw; tcp sport 80 notrack; }
}
RULES
nft -f /etc/nftables.d/shop.nft
