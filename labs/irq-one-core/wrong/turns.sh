#!/bin/bash
# fails: cause
# why: a loop gives everything to one processor and then to the other: over a minute both have worked alike, and at any moment one of them idles.
set -eu
rm -f /etc/systemd/system/networking.service.d/60-shop.conf /etc/network/if-up.d/zz-shop
sed -i '/# One processor for the network/d; /post-up .*\(smp_affinity\|ethtool -X\)/d' /etc/network/interfaces
ethtool -X eth0 default
cat >/usr/local/sbin/take-turns <<'LOOP'
#!/bin/bash
exec 9<> <(:)
while :; do
  for mask in 1 2; do
    for file in /proc/irq/*/eth0*/../smp_affinity; do echo $mask >"$file"; done
    read -rt 1 -u 9
  done
done
LOOP
chmod 755 /usr/local/sbin/take-turns
systemd-run --quiet --unit take-turns /usr/local/sbin/take-turns
