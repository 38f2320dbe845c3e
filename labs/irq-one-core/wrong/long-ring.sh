#!/bin/bash
# fails: spread
# why: a ring that holds a whole burst loses none of it, and one processor still empties it alone.
set -eu
sed -i '$a\    post-up ethtool -G eth0 rx 4096' /etc/network/interfaces
ethtool -G eth0 rx 4096
