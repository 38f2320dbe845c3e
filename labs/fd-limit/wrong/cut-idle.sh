#!/bin/bash
# fails: idle
# why: whoever does not ask within a second is thrown out, so that descriptors become free; these are customers, too.
set -eu
sed -i 's/^first_data_timeout .*/first_data_timeout 1/' /etc/puma/puma.rb
systemctl restart puma
