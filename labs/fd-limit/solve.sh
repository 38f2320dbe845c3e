#!/bin/bash
# The reference: nothing lowers the limit any more, so that the unit's own is in force again, and Puma is started anew.
set -eu
sed -i '/RLIMIT_NOFILE/d' /etc/puma/puma.rb
sed -i '/PUMA_OPEN_FILES/d' /etc/default/puma
systemctl restart puma
