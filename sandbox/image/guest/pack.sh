#!/bin/sh
# Writes the guest's root as /out/root.sqfs. lz4, because a guest unpacks under emulation; small blocks, because each page that a restored guest
# reads is a page of memory of that sandbox alone. What Docker mounts while building is left out: directories stay behind empty, and
# initramfs/init puts the files (hosts, hostname, resolv.conf) in place.
set -eu
mkdir -p /out
mksquashfs / /out/root.sqfs -comp lz4 -Xhc -b 32768 -noappend -no-progress -xattrs -one-file-system -quiet \
  -wildcards -e 'run/*' 'tmp/*' 'out' 'build' '.dockerenv' \
     'etc/dpkg/dpkg.cfg.d/quick' 'etc/apt/apt.conf.d/lean' 'usr/sbin/policy-rc.d' 'usr/bin/*squashfs' 'usr/bin/sqfs*' \
     'var/lib/apt/lists/*' 'var/cache/apt/*' 'var/cache/ldconfig/*' 'var/lib/dpkg/info/*.md5sums'
chmod 644 /out/root.sqfs
ls -l /out >&2
