#!/bin/bash
# fails: app
# why: a hundredth of the picture downloads in no time; it only is not the picture.
set -eu
sed -i 's/\[0, 1024\] \* kilobytes/[0, 1024] * (kilobytes \/ 100)/' /srv/shop/config.ru
systemctl restart puma
