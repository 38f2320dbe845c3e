# An interactive shell of root.
case $- in *i*) ;; *) return ;; esac

HISTCONTROL=ignoreboth
HISTSIZE=5000
HISTFILESIZE=10000
shopt -s histappend checkwinsize

PS1='\[\e[1;31m\]\u@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]# '

LS_COLORS='di=1;34:ln=1;36:so=1;35:pi=33:ex=1;32:bd=1;33:cd=1;33:su=37;41:or=1;31'
export LS_COLORS
alias ls='ls --color=auto' ll='ls -l --color=auto' la='ls -lA --color=auto'
alias grep='grep --color=auto' ip='ip --color=auto' diff='diff --color=auto'

# Completion only once: bash-completion marks itself in the environment.
if [ -z "${BASH_COMPLETION_VERSINFO-}" ] && [ -f /usr/share/bash-completion/bash_completion ]; then
  . /usr/share/bash-completion/bash_completion
fi
