#!/bin/bash
# fails: durable
# why: the running server is mended in every way, by a drop-in that the next boot does not find.
set -eu
mkdir -p /run/systemd/system/puma.service.d
printf '[Service]\nExecStart=\nExecStart=/srv/shop/bin/puma -C /etc/puma/puma.rb -t 24:24\n' >/run/systemd/system/puma.service.d/tonight.conf
systemctl daemon-reload
systemctl restart puma
