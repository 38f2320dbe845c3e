/*
 * One second of counters: the agent's answer, unread, and beside it what this side of the wire has seen, both under the world's clock. Knows no
 * counter of the guest's.
 */
#ifndef RINGSIDE_COUNTERS_H
#define RINGSIDE_COUNTERS_H

#include "service.h"

/* Asks the agent and replies when it has answered, or, without its part, when the time is up. Those who ask meanwhile get the same answer. */
void counters_ask(struct caller caller, uint64_t timeout_ms, uint64_t since);

/* From the agent, hostile. */
void counters_take(const uint8_t *bytes, size_t length);

#endif
