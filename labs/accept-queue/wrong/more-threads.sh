#!/bin/bash
# fails: served
# why: waiting clients look like too few threads; but a wave arrives faster than any number of threads can accept it.
set -eu
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=32/' /etc/default/puma
systemctl restart puma
