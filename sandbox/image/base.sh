#!/bin/bash
# The image's base where no registry answers: a minimal Debian as a tar on stdout, for `docker import`. Needs root and debootstrap on this
# machine. Knows no Docker and nothing of what is built on top.
set -euo pipefail

suite=${1:-trixie}
mirror=${2:-http://deb.debian.org/debian}

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
  echo "no registry answers, so the base image must be made here: that needs root and debootstrap (apt-get install debootstrap)" >&2
  exit 2
fi

# Not under /tmp: it may be mounted noexec or nodev, and debootstrap makes device nodes and runs programs in its tree.
work=$(mktemp -d "${RINGSIDE_WORK:-/var/tmp}/ringside-base.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Without a proxy of its own debootstrap goes past the one that apt was told to use.
proxy=$(apt-config dump --format '%v' Acquire::http::Proxy 2>/dev/null || true)
if [ -n "$proxy" ] && [ "$proxy" != DIRECT ]; then export http_proxy=$proxy; fi

debootstrap --variant=minbase "$suite" "$work/root" "$mirror" >&2

# What the official image has as well: security updates, no services started by packages, and no package lists.
cat >"$work/root/etc/apt/sources.list" <<LIST
deb $mirror $suite main
deb $mirror $suite-updates main
deb ${mirror%/debian}/debian-security $suite-security main
LIST
printf '#!/bin/sh\nexit 101\n' >"$work/root/usr/sbin/policy-rc.d"
chmod 755 "$work/root/usr/sbin/policy-rc.d"
rm -rf "$work"/root/var/lib/apt/lists/* "$work"/root/var/cache/apt/*.bin "$work"/root/var/cache/apt/archives/*.deb \
  "$work"/root/var/log/* "$work"/root/dev/*

tar -C "$work/root" --numeric-owner --one-file-system -cf - .
