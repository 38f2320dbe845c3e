#!/bin/sh
# Takes out of the guest what a learner never opens, and what would only cost image, boot or memory. Keeps manual pages, bash completion,
# vim's syntax files and the copyright notices. Knows nothing of the course.
set -eu
cd /usr/share
rm -rf info locale/* i18n/locales doc-base lintian bug gcc gdb perl5/i18n applications pixmaps icons rubygems-integration/*/doc ri
find doc -type f ! -name copyright -delete
find doc -depth -type d -empty -delete
find man -mindepth 1 -maxdepth 1 -type d ! -name 'man[1-8]' -exec rm -rf {} +

# vim: the languages that are on this server, no spelling, tutor or help in other tongues.
vim=$(echo /usr/share/vim/vim[0-9]*)
rm -rf "$vim"/spell "$vim"/tutor "$vim"/lang "$vim"/print "$vim"/macros

# Nothing is built or translated here.
rm -rf /usr/lib/x86_64-linux-gnu/gconv /usr/lib/x86_64-linux-gnu/*.a /usr/include /usr/lib/x86_64-linux-gnu/pkgconfig
rm -rf /var/cache/debconf/*-old /var/lib/dpkg/*-old /var/log/*.log /var/log/apt /var/cache/apt/*
