#!/bin/bash
# fails: served
# why: the right rule in a table of its own; an accept ends one table's opinion, and a drop elsewhere still ends the packet.
set -eu
printf 'table ip reports {\n\tchain input {\n\t\ttype filter hook input priority -10;\n\t\ticmp type destination-unreachable accept\n\t}\n}\n' >/etc/nftables.d/reports.nft
nft -f /etc/nftables.d/reports.nft
