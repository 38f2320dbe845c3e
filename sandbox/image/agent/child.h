/*
 * Starting processes that do not take after the agent: signals, session, limits. Knows no frames.
 */
#ifndef RINGSIDE_CHILD_H
#define RINGSIDE_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Where children start and find their start-up files; /root when never called. */
void child_home(const char *path);

/* A login shell on a PTY of its own; the PTY's master in *master, non-blocking. -1 with errno when it cannot be. */
pid_t child_shell(int *master);

/* bash that will run one script: it waits, fully started, until it is given one. It leads a process group. */
struct runner {
  pid_t pid;
  int script, go, out, err;
};

/* Starts one; its output in .out and .err, non-blocking. False with errno when it cannot be. */
bool child_runner(struct runner *runner);

/* Gives it its script; .out and .err stay open and are the caller's. False when the script found no room. */
bool child_run(struct runner *runner, const uint8_t *script, size_t length);

/* Closes what child_runner opened and child_run did not hand over. */
void child_forget(struct runner *runner);

/* An exit status as shells tell it: 128 + signal when killed. */
int child_status(int wait_status);

#endif
