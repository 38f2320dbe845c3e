#!/bin/bash
# fails: durable
# why: TODO why people try it: it mends the running server, and the file stays as it was.
set -eu
exit 1
