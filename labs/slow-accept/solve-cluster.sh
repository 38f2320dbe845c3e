#!/bin/bash
# A right fix with processes beside the threads: two workers of eight threads each, behind the same listening socket.
set -eu
rm -f /etc/default/puma-local
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=8/' /etc/default/puma
sed -i 's/^threads .*/threads count, count/' /etc/puma/puma.rb
printf 'workers 2\npreload_app!\n' >>/etc/puma/puma.rb
systemctl restart puma
# The master is ready before its workers are.
for _ in {1..60}; do
  if curl -sf -m 10 -o /dev/null http://127.0.0.1/health; then break; fi
  sleep 0.25
done
sleep 1
