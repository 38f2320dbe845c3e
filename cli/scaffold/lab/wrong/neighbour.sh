#!/bin/bash
# fails: served
# why: TODO why people try it: the setting beside the one that is in force.
set -eu
exit 1
