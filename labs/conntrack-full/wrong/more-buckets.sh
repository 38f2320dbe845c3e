#!/bin/bash
# fails: served
# why: buckets make the search shorter; how many entries there may be is another number.
set -eu
echo 65536 >/sys/module/nf_conntrack/parameters/hashsize
