#!/bin/bash
# fails: app
# why: a picture of one kilobyte fits into any packet; it only is not the picture.
set -eu
sed -i 's/\[0, 1024\] \* kilobytes/[0, 1024]/' /srv/shop/config.ru
systemctl restart puma
