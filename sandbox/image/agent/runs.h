/*
 * Scripts: started, their output passed on, ended by group; and the spare runner that the next one needs not wait for. Knows no port's workings.
 */
#ifndef RINGSIDE_AGENT_RUNS_H
#define RINGSIDE_AGENT_RUNS_H

#include "frames.h"

#include <stdbool.h>
#include <sys/types.h>

/* Starts the spare runner. */
void runs_open(void);

/* A frame whose channel is a run's. */
void run_frame(const struct frame *f);

/* Moves one chunk of one run into the port. True if there was any. */
bool runs_pump(void);

/* True when this child was a script. */
bool run_reaped(pid_t pid, int wait_status);

/* Kills all scripts with their groups. */
void runs_end(void);

#endif
