#!/bin/bash
# fails: served
# why: the server's tools show no rule that speaks of ICMP; the kernel has it all the same.
set -eu
mv /usr/sbin/nft /usr/sbin/nft.real
printf '#!/bin/sh\n/usr/sbin/nft.real "$@" | grep -v "icmp\\|invalid"\n' >/usr/sbin/nft
chmod 755 /usr/sbin/nft
