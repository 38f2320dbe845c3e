/*
 * Scripts that run in the guest: output collected up to a limit, a deadline, one reply each.
 */
#ifndef RINGSIDE_RUNS_H
#define RINGSIDE_RUNS_H

#include "service.h"

/* Starts a script and replies when it has ended, at the latest shortly after the deadline. */
void run_start(struct caller caller, uint64_t timeout_ms, size_t limit, const char *script, size_t length);

/* From the agent, hostile. */
void run_output(unsigned channel, bool is_stderr, const uint8_t *bytes, size_t length);
void run_exit(unsigned channel, int32_t status);

/* The agent was lost with all that it had started: who waits is told. */
void runs_lost(void);

/* How many scripts run. */
unsigned runs_active(void);

/* Whether the guest still has to say of any script that it has ended, also of one that nobody waits for any more. */
bool runs_unended(void);

#endif
