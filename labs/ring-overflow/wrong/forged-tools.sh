#!/bin/bash
# fails: delivered
# why: the server's own tools say whatever they are told to say; what arrives is counted outside.
set -eu
mv /usr/sbin/ethtool /usr/sbin/ethtool.real
printf '#!/bin/sh\n/usr/sbin/ethtool.real "$@" | sed "s/OOB: .*/OOB: 0/; s/^RX:\\(\\s*\\)[0-9]*$/RX:\\14096/"\n' >/usr/sbin/ethtool
chmod 755 /usr/sbin/ethtool
sed -i 's/^\( *post-up ethtool -G eth0 rx\) .*/\1 4096/' /etc/network/interfaces
