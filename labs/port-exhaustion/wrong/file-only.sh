#!/bin/bash
# fails: served
# why: the right thing is where the next boot reads it, and nobody reads it now.
set -eu
rm -f "$LAB_FILE"
