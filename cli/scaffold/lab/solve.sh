#!/bin/bash
# TODO the reference: the fix that you would want to see in production. Other right ways are solve-NAME.sh.
set -eu
exit 1
