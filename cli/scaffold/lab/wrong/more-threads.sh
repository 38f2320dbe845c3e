#!/bin/bash
# fails: served
# why: TODO why people try it: waiting clients look like too few threads.
set -eu
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=32/' /etc/default/puma
systemctl restart puma
