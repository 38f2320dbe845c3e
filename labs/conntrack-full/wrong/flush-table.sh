#!/bin/bash
# fails: served
# why: an empty table is full again after as many clients as it has places.
set -eu
conntrack -F
