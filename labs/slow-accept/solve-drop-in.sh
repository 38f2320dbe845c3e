#!/bin/bash
# A right fix that leaves everybody's files alone: what Puma is started with outranks its configuration and its environment.
set -eu
printf '[Service]\nExecStart=\nExecStart=/srv/shop/bin/puma -C /etc/puma/puma.rb -t 12:16\n' >/etc/systemd/system/puma.service.d/threads.conf
systemctl daemon-reload
systemctl restart puma
