#!/bin/bash
# fails: ports
# why: ends what waits, again and again: the clients are content, and what the waiting protects them from is back.
set -eu
cat >/usr/local/sbin/sweep <<'SWEEP'
#!/bin/bash
while :; do
  ss -K state time-wait dst 198.18.0.1 >/dev/null
  read -rt 0.3 <> <(:) || true
done
SWEEP
chmod 755 /usr/local/sbin/sweep
setsid /usr/local/sbin/sweep </dev/null >/dev/null 2>&1 &
sleep 1
