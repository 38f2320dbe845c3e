#!/bin/bash
# A right fix that follows no habit: a limit that is large enough, just where the small one stood.
set -eu
case $LAB_CAUSE in
  settings) sed -i 's/^PUMA_OPEN_FILES=.*/PUMA_OPEN_FILES=200/' /etc/default/puma ;;
  config) sed -i 's/RLIMIT_NOFILE, [0-9]*/RLIMIT_NOFILE, 200/' /etc/puma/puma.rb ;;
esac
systemctl restart puma
