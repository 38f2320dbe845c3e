#!/bin/bash
# fails: served
# why: the runbook's answer; what stops the second Puma does so again, and a socket that another process holds is not closed by it.
set -eu
systemctl daemon-reload
systemctl restart puma puma-b
