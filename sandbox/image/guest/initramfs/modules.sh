#!/bin/sh
# Picks the kernel modules of the guest out of Debian's package: the two NICs, all of the network stack, and what the microVM's own devices
# need. Unpacked from .xz, since under emulation a module's decompression is slower than reading it. Knows nothing of what loads when.
set -eu
version=$(basename /kernel/usr/lib/modules/*)
from=/kernel/usr/lib/modules/$version
to=/modules/$version
mkdir -p "$to"
cp "$from"/modules.builtin "$from"/modules.builtin.modinfo "$from"/modules.order "$to"/

cd "$from"
for path in \
  kernel/net kernel/crypto kernel/lib kernel/arch/x86/crypto \
  kernel/fs/squashfs kernel/fs/overlayfs kernel/fs/fuse \
  kernel/drivers/block/virtio_blk.ko.xz kernel/drivers/block/loop.ko.xz \
  kernel/drivers/char/hw_random/virtio-rng.ko.xz kernel/drivers/misc/pvpanic \
  kernel/drivers/net/vmxnet3 kernel/drivers/net/ethernet/intel/igb \
  kernel/drivers/net/bonding kernel/drivers/net/ipvlan kernel/drivers/net/vxlan kernel/drivers/net/wireguard \
  kernel/drivers/net/dummy.ko.xz kernel/drivers/net/ifb.ko.xz kernel/drivers/net/macvlan.ko.xz kernel/drivers/net/macvtap.ko.xz \
  kernel/drivers/net/net_failover.ko.xz kernel/drivers/net/nlmon.ko.xz kernel/drivers/net/tap.ko.xz kernel/drivers/net/tun.ko.xz \
  kernel/drivers/net/veth.ko.xz kernel/drivers/net/virtio_net.ko.xz kernel/drivers/net/vrf.ko.xz \
  kernel/drivers/i2c/algos/i2c-algo-bit.ko.xz kernel/drivers/dca
do
  if [ -e "$path" ]; then cp -a --parents "$path" "$to"/; fi
done

# Radios and the like: a server has none.
cd "$to/kernel/net"
rm -rf 6lowpan 9p appletalk atm ax25 batman-adv bluetooth caif can ieee802154 mac80211 mac802154 ncsi netrom nfc rfkill rose rxrpc \
  sunrpc ceph vmw_vsock wireless dsa hsr tipc smc rds mptcp qrtr

find "$to" -name '*.ko.xz' -print0 | xargs -0 -r -n 32 xz -dq
depmod -b / -m /modules "$version" 2>/dev/null || { mkdir -p /lib/modules && cp -a "$to" /lib/modules/ && depmod "$version" && cp /lib/modules/"$version"/modules.* "$to"/; }
# The NIC's rings are the lesson: neither may be missing because a dependency was left out above.
for name in vmxnet3 igb virtio_blk virtio-rng squashfs overlay pvpanic-mmio nf_conntrack nf_tables sch_netem sch_fq_codel af_packet; do
  grep -q "/${name}.ko:" "$to/modules.dep" || grep -q "/${name}.ko" "$to/modules.builtin" || { echo "module $name is missing" >&2; exit 1; }
done
du -sh "$to" >&2
