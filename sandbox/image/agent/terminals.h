/*
 * Terminals in the guest: login shells on PTYs, their output within the world's credit, and the spare one. Knows no port's workings.
 */
#ifndef RINGSIDE_AGENT_TERMINALS_H
#define RINGSIDE_AGENT_TERMINALS_H

#include "frames.h"

#include <stdbool.h>
#include <sys/types.h>

/* Starts the spare shell. */
void terminals_open(void);

/* A frame whose channel is a terminal's. */
void terminal_frame(const struct frame *f);

/* Moves one chunk of one terminal into the port, `eager` ones only: those that were typed into since their last chunk. True if any. */
bool terminals_pump(bool eager);

/* True when this child was a shell. */
bool terminal_reaped(pid_t pid, int wait_status);

/* SIGHUP to all shells. */
void terminals_end(void);

#endif
