#!/bin/bash
# fails: untouched
# why: A longer ring looks like an improvement, and improving was not asked: the sheet then describes another server.
ethtool -G eth0 rx 4096
