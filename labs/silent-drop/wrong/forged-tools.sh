#!/bin/bash
# fails: served
# why: the server's nft keeps silent about the far addresses; the clients outside still hear nothing.
set -eu
mv /usr/sbin/nft /usr/sbin/nft.real
printf '#!/bin/sh\n/usr/sbin/nft.real "$@" | grep -v 198.19\n' >/usr/sbin/nft
chmod 755 /usr/sbin/nft
