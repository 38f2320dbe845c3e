if [ -f ~/.bashrc ]; then . ~/.bashrc; fi
if [ -t 1 ] && [ -f /etc/motd ]; then cat /etc/motd; fi
