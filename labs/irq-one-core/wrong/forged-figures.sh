#!/bin/bash
# fails: spread
# why: ethtool and files laid over the kernel's own say whatever they are told to say; the processors' own count of packets does not follow.
set -eu
rm -f /etc/systemd/system/networking.service.d/60-shop.conf /etc/network/if-up.d/zz-shop
sed -i '/# One processor for the network/d; /post-up .*\(smp_affinity\|ethtool -X\)/d' /etc/network/interfaces
mv /usr/sbin/ethtool /usr/sbin/ethtool.real
cat >/usr/sbin/ethtool <<'TOOL'
#!/bin/bash
/usr/sbin/ethtool.real "$@" | sed 's/^\( *\(64\|72\|80\|88\|96\|104\|112\|120\):\).*/\1      1     1     1     1     1     1     1     1/; s/^\( *\(0\|8\|16\|24\|32\|40\|48\|56\):\).*/\1      0     0     0     0     0     0     0     0/'
TOOL
chmod 755 /usr/sbin/ethtool
cpu=0
for name in /proc/irq/*/eth0-rx-*; do
  echo "$cpu" >"/run/cpu$cpu"
  for file in smp_affinity_list effective_affinity_list; do mount --bind "/run/cpu$cpu" "${name%/*}/$file"; done
  cpu=$((1 - cpu))
done
for name in softirqs interrupts net/softnet_stat; do
  sed 's/ \([0-9]*\)  *[0-9]* \( *PCI\)/ \1 \1 \2/' "/proc/$name" >"/run/${name#*/}"
  mount --bind "/run/${name#*/}" "/proc/$name"
done
