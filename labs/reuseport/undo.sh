#!/bin/bash
# Takes back what this lab's machine and break.sh did, for the playground: one Puma with one listening socket. Root, in the guest.
set -eu
systemctl kill --signal=KILL puma-b || true
systemctl disable --now --quiet puma-b || true
rm -rf /etc/systemd/system/puma-b.service /etc/systemd/system/puma-b.service.d /etc/systemd/system/multi-user.target.wants/puma-b.service
rm -f /etc/puma/puma-b.rb /etc/puma/reuseport.rb /etc/default/puma-b
sed -i "/^require '\/etc\/puma\/reuseport'/d; s|^bind .*|bind 'tcp://0.0.0.0:80'|" /etc/puma/puma.rb
systemctl daemon-reload
systemctl restart puma
