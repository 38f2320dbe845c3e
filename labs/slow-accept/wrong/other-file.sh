#!/bin/bash
# fails: served
# why: a number of threads that nobody goes by is made larger; which of the files is in force was not asked.
set -eu
case $LAB_CAUSE in
  settings) sed -i "s/'PUMA_THREADS', '8'/'PUMA_THREADS', '32'/" /etc/puma/puma.rb ;;
  *) sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=48/' /etc/default/puma ;;
esac
systemctl restart puma
