#!/bin/bash
# fails: durable
# why: the card is mended, and whatever cut its ring is still written for the next boot.
set -eu
ethtool -G eth0 rx 4096
