/*
 * What the world itself had at a moment, to be put back beside the VM's memory: the terminals' output, their credit, what was under way to
 * their shells, the beginning of a frame. Knows the terminals and the agent; knows no VM.
 */
#ifndef RINGSIDE_PAST_H
#define RINGSIDE_PAST_H

#include "frames.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct past {
  struct past_terminal {
    bool used, alive, closing;
    uint32_t serial;
    uint16_t cols, rows; /* as the guest has it */
    int32_t status;
    uint64_t credit; /* what the agent may still send */
    size_t in_flight;
    struct buffer output;
  } terminals[TERMINALS];
  struct buffer partial;
};

/* Which terminals there are, as the agent knows them; to be called when it is held, before more are opened or closed. */
void past_begin(struct past *past);

/* The rest, when nothing is under way any more. */
void past_take(struct past *past);

/* Makes the terminals what they were. Their output goes on at offsets nobody has seen, behind a gap, so that each viewer starts afresh. */
void past_put(const struct past *past);

/* Gives the memory back. */
void past_free(struct past *past);

#endif
