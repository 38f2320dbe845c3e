/*
 * What runs in a terminal beside its shell, asked of the agent. Knows no connections and no PTY.
 */
#ifndef RINGSIDE_FOREGROUND_H
#define RINGSIDE_FOREGROUND_H

#include "service.h"
#include "terminals.h"

/* Replies `busy=0|1 program=NAME`; an error when the agent does not answer soon. */
void foreground_ask(struct caller caller, const struct terminal *t);

/* From the agent: `u8 busy`, then the program's name. Hostile. */
void foreground_told(unsigned number, const uint8_t *bytes, size_t length);

/* The agent was lost with what it was asked. */
void foreground_lost(void);

#endif
