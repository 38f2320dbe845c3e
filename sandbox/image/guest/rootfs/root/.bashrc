# An interactive shell of root.
case $- in *i*) ;; *) return ;; esac

HISTCONTROL=ignoreboth
HISTSIZE=5000
HISTFILESIZE=2000
shopt -s histappend checkwinsize

# Each command goes to the history file at once, with its time: a check reads there how the learner worked (sandbox/work.ts), and what another shell
# does is known to the next. Before it runs, since `watch` is seldom ended; hence the trap, which goes off once a line. At the prompt, what
# sets off no trap. Builtins only, silent even under `set -x` and on a full disk; $? and $_ stay as they were. Set but empty: times are written,
# and `history` looks as ever.
HISTTIMEFORMAT=
RINGSIDE_NOTE='{ RINGSIDE_LAST=$_; history -a; trap - DEBUG; : "$RINGSIDE_LAST"; } 2>/dev/null'
PROMPT_COMMAND='{ history -a; trap "$RINGSIDE_NOTE" DEBUG; } 2>/dev/null'

PS1='\[\e[1;31m\]\u@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]# '

LS_COLORS='di=1;34:ln=1;36:so=1;35:pi=33:ex=1;32:bd=1;33:cd=1;33:su=37;41:or=1;31'
export LS_COLORS
alias ls='ls --color=auto' ll='ls -l --color=auto' la='ls -lA --color=auto'
alias grep='grep --color=auto' ip='ip --color=auto' diff='diff --color=auto'

# Completion only once: bash-completion marks itself in the environment.
if [ -z "${BASH_COMPLETION_VERSINFO-}" ] && [ -f /usr/share/bash-completion/bash_completion ]; then
  . /usr/share/bash-completion/bash_completion
fi
