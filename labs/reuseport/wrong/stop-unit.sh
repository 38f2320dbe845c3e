#!/bin/bash
# fails: served
# why: the unit is stopped as units are, which ends its main process alone; a helper that it forked has the socket open, too.
set -eu
systemctl daemon-reload
systemctl restart puma-b
systemctl disable -q --now puma-b
