/*
 * Starting processes that do not take after the agent: signals, session, limits. Knows no frames.
 */
#ifndef RINGSIDE_CHILD_H
#define RINGSIDE_CHILD_H

#include <stdint.h>
#include <sys/types.h>

/* Where children start and find their start-up files; /root when never called. */
void child_home(const char *path);

/* A login shell on a PTY of its own; the PTY's master in *master, non-blocking. -1 with errno when it cannot be. */
pid_t child_shell(int *master);

/* bash that runs the script from memory; its output in *out and *err, non-blocking. It leads a process group. */
pid_t child_script(const uint8_t *script, size_t length, int *out, int *err);

/* An exit status as shells tell it: 128 + signal when killed. */
int child_status(int wait_status);

#endif
