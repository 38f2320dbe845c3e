#!/bin/bash
# A right fix that changes what was written instead of taking it away: equal parts of the table, and each interrupt by its name.
set -eu
files='/etc/network/interfaces /etc/network/if-up.d/zz-shop /etc/systemd/system/networking.service.d/60-shop.conf'
ethtool -X eth0 equal 2
irqs=(/proc/irq/*/eth0-rx-*)
first=$(basename "$(dirname "${irqs[0]}")") second=$(basename "$(dirname "${irqs[1]}")")
echo 1 >"/proc/irq/$first/smp_affinity"
echo 2 >"/proc/irq/$second/smp_affinity"
for file in $files; do
  [ -f "$file" ] || continue
  sed -i "s/weight [01] [01]/equal 2/; s/for irq in.*done/echo 1 >\/proc\/irq\/$first\/smp_affinity; echo 2 >\/proc\/irq\/$second\/smp_affinity/" "$file"
done
