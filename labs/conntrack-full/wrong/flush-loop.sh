#!/bin/bash
# fails: table
# why: Emptying the table each second makes room for a moment, throws away what the firewall knows of every connection, and leaves the table as small as it is.
set -eu
cat >/usr/local/sbin/make-room <<'LOOP'
#!/bin/sh
while conntrack -F 2>/dev/null; do sleep 1; done
LOOP
chmod 755 /usr/local/sbin/make-room
printf '[Service]\nExecStart=/usr/local/sbin/make-room\n' >/run/systemd/system/make-room.service
systemctl start make-room
