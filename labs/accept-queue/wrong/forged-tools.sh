#!/bin/bash
# fails: served
# why: the server's own tools say whatever they are told to say; the clients outside do not.
set -eu
sysctl -qw net.core.somaxconn=4096
mv /usr/bin/ss /usr/bin/ss.real
printf '#!/bin/sh\n/usr/bin/ss.real "$@" | sed "s/^\\(LISTEN *[0-9]* *\\)[0-9]* /\\14096 /"\n' >/usr/bin/ss
chmod 755 /usr/bin/ss
