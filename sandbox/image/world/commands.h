/*
 * The requests of leg A: their first line parsed, their work handed on. Knows what each command means, and no more.
 */
#ifndef RINGSIDE_COMMANDS_H
#define RINGSIDE_COMMANDS_H

#include "service.h"

/* Runs one request; the reply may come later. */
void command_run(struct caller caller, const uint8_t *text, size_t length);

#endif
