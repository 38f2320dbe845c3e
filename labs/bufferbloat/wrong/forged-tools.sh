#!/bin/bash
# fails: prompt
# why: the server's tools show the queue that one wishes for; the packets wait in the other.
set -eu
mv /usr/sbin/tc /usr/sbin/tc.real
printf '#!/bin/sh\n/usr/sbin/tc.real "$@" | sed "s/[pb]fifo/fq_codel/g"\n' >/usr/sbin/tc
chmod 755 /usr/sbin/tc
