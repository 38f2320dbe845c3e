/*
 * What runs in a shell's terminal beside the shell. Knows no frames.
 */
#ifndef RINGSIDE_AGENT_FOREGROUND_H
#define RINGSIDE_AGENT_FOREGROUND_H

#include <stddef.h>
#include <sys/types.h>

enum { FOREGROUND_NAME = 15 };

/* The name of what is in front of the shell, else of something that it has started; its length, 0 when there is neither. Not ended by NUL. */
size_t foreground_of(pid_t shell, int master, char *name);

#endif
