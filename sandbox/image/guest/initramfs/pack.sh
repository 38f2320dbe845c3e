#!/bin/sh
# Makes /out/vmlinuz and /out/initrd: a static busybox, `init`, and the modules that stand between the kernel and its root, in flat lists in
# loading order (so that init needs no modprobe). Not compressed: QEMU copies it, while a guest would inflate it under emulation.
set -eu
version=$(basename /modules/*)
root=/initrd
mkdir -p /out $root/bin $root/modules $root/proc $root/sys $root/dev $root/lower $root/upper $root/new
cp /kernel/boot/vmlinuz-* /out/vmlinuz
cp /usr/bin/busybox $root/bin/busybox
install -m 755 /build/init $root/init

list() { # NAME MODULE…: the modules and all they depend on, each once
  name=$1; shift
  for module in "$@"; do
    grep "/$module.ko:" "/modules/$version/modules.dep" | tr -d : | tr ' ' '\n' | tac
  done | awk '!seen[$0]++' | while read -r path; do
    cp "/modules/$version/$path" $root/modules/
    basename "$path"
  done >$root/modules/"$name".list
}
list base squashfs overlay pvpanic-mmio virtio_blk virtio-rng
list vmxnet3 vmxnet3
list igb igb

(cd $root && find . -print0 | sort -z | cpio --quiet -0 -o -H newc --reproducible -R 0:0) >/out/initrd
chmod 644 /out/*
ls -l /out $root/modules >&2
