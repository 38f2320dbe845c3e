#!/bin/bash
# The reference: as many threads as the price service keeps waiting, and some to spare, in the file that is in force.
set -eu
case $LAB_CAUSE in
  settings) sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=24/' /etc/default/puma ;;
  config) sed -i 's/^threads .*/threads count, count/' /etc/puma/puma.rb && sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=24/' /etc/default/puma ;;
  override) sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=24/' /etc/default/puma-local ;;
esac
systemctl restart puma
