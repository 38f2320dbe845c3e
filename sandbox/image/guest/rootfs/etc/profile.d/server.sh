# A login shell as on a server that somebody cares for. Sourced by bash only.
export LANG=C.UTF-8 EDITOR=vim PAGER=less LESS=-R
# man's own seccomp filter costs a second under emulation and guards nobody here: the pages are Debian's.
export MAN_DISABLE_SECCOMP=1 MANROFFOPT=-c
