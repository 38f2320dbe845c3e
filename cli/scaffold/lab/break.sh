#!/bin/bash
# TODO what it breaks and how. Bash that starts one program at most; root, in the guest; idempotent; fails when the machine is not broken afterwards.
set -eu
echo "TODO: break.sh breaks nothing yet ($LAB_CAUSE, $LAB_LIMIT, $LAB_REMARK)" >&2
exit 1
