#!/bin/sh
# Settles the guest after its files are in place: users, which units run, and the shell's small comforts. One server with one service: all that
# wakes by itself is masked, since every wake costs processor time and memory in every sandbox. Knows no lab.
set -eu

useradd --system --home-dir /srv/shop --no-create-home --shell /usr/sbin/nologin shop
useradd --system --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin telemetry
usermod -p '*' root
chmod 755 /usr/lib/ringside/warm
chmod 700 /root
# Empty, not "uninitialized": that would be a first boot, which enables every unit's preset.
: >/etc/machine-id
: >/etc/fstab

# How Puma is started: a standalone binstub, as Bundler makes them. It names the gems' folders itself, so that a restart does not first load
# RubyGems (more than half of its time), and takes Ruby's files compiled already.
mkdir -p /srv/shop/bin /var/cache/shop
ruby -rpuma -rrack -e '
  gems = %w[puma nio4r rack].map { |name| Gem.loaded_specs[name] || Gem::Specification.find_by_name(name) }
  paths = gems.flat_map(&:full_require_paths).map { |path| "$LOAD_PATH.unshift \"#{path}\"" }
  puts "#!/usr/bin/ruby --disable=gems", "# Standalone binstub: the load path is fixed, RubyGems is not asked.", *paths,
    "module Gem # all that Puma and nio4r want of it", "  def self.ruby = RbConfig.ruby", "  def self.win_platform? = false", "end",
    "require \"/usr/lib/ringside/bootcache\"", "load \"#{gems[0].bin_dir}/puma\""
' >/srv/shop/bin/puma
chmod 755 /srv/shop/bin/puma
# One real start and one answered request tell which files there are to compile. Over a unix socket: the build shares the host's network, where
# another build may be at the same step.
RUBYOPT=-r/build/record.rb /srv/shop/bin/puma -C /etc/puma/puma.rb -b unix:///tmp/settle.sock &
puma=$!
for _ in $(seq 100); do [ -S /tmp/settle.sock ] && break; sleep 0.3; done
curl -fsS --unix-socket /tmp/settle.sock -o /dev/null http://shop/
kill -INT $puma
wait $puma || true
ls /var/cache/shop | grep -q socket.rb

enable() { mkdir -p "/etc/systemd/system/$1.wants" && ln -sf "$2" "/etc/systemd/system/$1.wants/$(basename "$2")"; }
mask() { for unit in "$@"; do ln -sf /dev/null "/etc/systemd/system/$unit"; done; }

enable multi-user.target /etc/systemd/system/puma.service
enable sysinit.target /etc/systemd/system/ringside-agent.service
ln -sf /usr/lib/systemd/system/multi-user.target /etc/systemd/system/default.target
# Terminals come from the agent; nobody sits at a console.
mask getty.target getty@.service serial-getty@.service console-getty.service autovt@.service getty-static.service
mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer man-db.timer fstrim.timer e2scrub_all.timer \
  systemd-tmpfiles-clean.timer logrotate.timer motd-news.timer
mask systemd-logind.service systemd-timesyncd.service systemd-networkd.service systemd-networkd.socket systemd-pstore.service \
  systemd-binfmt.service systemd-firstboot.service systemd-hwdb-update.service systemd-update-done.service systemd-userdbd.socket \
  systemd-machine-id-commit.service systemd-random-seed.service systemd-update-utmp.service systemd-journal-flush.service \
  systemd-journal-catalog-update.service systemd-udevd.service systemd-udev-trigger.service systemd-hostnamed.socket \
  systemd-remount-fs.service ldconfig.service sys-fs-fuse-connections.mount proc-sys-fs-binfmt_misc.automount dev-hugepages.mount dev-mqueue.mount e2scrub_reap.service \
  systemd-creds.socket systemd-ask-password-wall.path systemd-ask-password-console.path
# The bus starts when somebody asks for it.
rm -f /usr/lib/systemd/system/multi-user.target.wants/dbus.service
