#!/bin/bash
# fails: served
# why: the server's own tools say whatever they are told to say; the clients outside do not.
set -eu
mv /usr/bin/ss /usr/bin/ss.real
printf '#!/bin/sh\n/usr/bin/ss.real "$@" | grep "^LISTEN *0 "\n' >/usr/bin/ss
chmod 755 /usr/bin/ss
systemctl disable -q puma-b
