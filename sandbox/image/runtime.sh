#!/bin/sh
# Gathers the final image's programs into a directory: QEMU, ip and a small shell, each with the libraries it loads. Leaving the rest of
# Debian out makes the image small and leaves nothing to run for whoever might break out of QEMU. Knows no guest.
set -eu
out=$1

take() { # a file and whatever it links to, at the same path
  mkdir -p "$out$(dirname "$1")"
  cp -a "$1" "$out$1"
  if [ -L "$1" ]; then take "$(readlink -f "$1")"; fi
}

# Merged /usr first, so that the copies below do not make /bin and /lib directories of their own.
mkdir -p "$out/usr/bin" "$out/usr/sbin" "$out/usr/lib/x86_64-linux-gnu" "$out/usr/lib64"
for link in bin sbin lib lib64; do ln -s "usr/$link" "$out/$link"; done

qemu=/usr/bin/qemu-system-x86_64
modules=$(ls /usr/lib/x86_64-linux-gnu/qemu/accel-tcg-*.so 2>/dev/null || true)
for file in "$qemu" $modules "$(readlink -f "$(command -v ip)")" /usr/bin/busybox; do
  take "$file"
  ldd "$file" 2>/dev/null | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p; s/^[[:space:]]*\(\/[^ ]*ld-linux[^ ]*\).*/\1/p' | while read -r library; do
    take "$(readlink -f "$(dirname "$library")")/$(basename "$library")"
  done
done
ln -sf busybox "$out/usr/bin/sh"
[ -e "$out/usr/bin/ip" ] || ln -s ../sbin/ip "$out/usr/bin/ip"

# Firmware: SeaBIOS for q35, the loaders for -kernel, and what KVM wants beside them. No option ROMs: nobody boots from the network.
for name in bios-256k.bin linuxboot_dma.bin linuxboot.bin multiboot_dma.bin pvh.bin kvmvapic.bin; do
  for dir in /usr/share/qemu /usr/share/seabios; do
    if [ -e "$dir/$name" ]; then take "$dir/$name"; fi
  done
done

# The unprivileged user that QEMU runs as; world/main.c knows the number. A new volume at /template starts with this owner.
mkdir -p "$out/etc" "$out/template" "$out/guest" "$out/run" "$out/tmp" "$out/proc" "$out/sys" "$out/dev"
printf 'root:x:0:0:root:/:/bin/sh\nqemu:x:900:900:microVM:/:/bin/false\n' >"$out/etc/passwd"
printf 'root:x:0:\nqemu:x:900:\n' >"$out/etc/group"
chown 900:900 "$out/template"
chmod 1777 "$out/tmp"

# A missing library must fail the build, not the first sandbox.
chroot "$out" "$qemu" -version >&2
chroot "$out" "$qemu" -accel help >&2
chroot "$out" /usr/bin/ip -V >&2
du -sh "$out" >&2
