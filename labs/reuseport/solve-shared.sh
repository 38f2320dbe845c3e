#!/bin/bash
# A right fix by one socket for all threads: no SO_REUSEPORT any more, and the second Puma's unit is gone for good.
set -eu
echo 1 >/sys/fs/cgroup/system.slice/puma-b.service/cgroup.kill
rm -r /etc/systemd/system/puma-b.service /etc/systemd/system/puma-b.service.d /etc/systemd/system/multi-user.target.wants/puma-b.service
systemctl daemon-reload
sed -i '/reuseport/d' /etc/puma/puma.rb
for _ in {1..40}; do
  if [ "$(ss -Hlnt 'sport = :80' | wc -l)" = 1 ]; then break; fi
  sleep 0.25
done
systemctl restart puma
