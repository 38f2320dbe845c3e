/*
 * Terminals as the world keeps them: a ring of output each, credit for the agent, and the queue of what was typed.
 * Knows no connections; subscriptions.c does.
 */
#ifndef RINGSIDE_TERMINALS_H
#define RINGSIDE_TERMINALS_H

#include "frames.h"
#include "loop.h"
#include "pen.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RING = 1 << 20, TYPISTS = 32, CLIENT_ID = 33, ECHOES = 256 };

/* One who types: offsets count the bytes of this client. taken: received here; typed: reached the PTY. */
struct typist {
  char id[CLIENT_ID];
  uint64_t taken, typed, used;
  struct stroke stroke;
};

/* How long the shell took to say something after it was typed to, in microseconds: at the agent's port, the least that any viewer waits. */
struct echoes {
  uint64_t asked; /* when the input left that is not answered yet; 0: none */
  unsigned count;
  uint32_t us[ECHOES];
};

struct terminal {
  uint8_t number; /* 1..8; 0: the slot is free */
  bool alive, closing;
  uint32_t serial; /* never given twice, unlike the number */
  uint16_t cols, rows;
  int32_t status; /* of a shell that has ended */
  uint8_t *ring;
  uint64_t floor, end, granted; /* offsets: before the first byte there is, next byte of output, end of the credit */
  uint64_t held;                /* where the last viewer would have been waited for, until `patience` is over; 0: nobody is expected back */
  struct timer patience;
  uint32_t epoch; /* which return to the past it comes from; what was typed in another epoch is not for it */
  struct typist *typists;
  struct input *input;
  struct pen pen;
  struct echoes *echoes; /* once someone has asked for them */
};

/* Opens a new shell of this size in the guest; 0 when there are too many already. */
int terminal_open(uint16_t cols, uint16_t rows);

/* The terminal, alive or just its remains; NULL when there is none of this number. */
struct terminal *terminal_find(unsigned number);

/* SIGHUP to the shell; the slot becomes free once it is gone. Remains are freed at once. */
void terminal_close(struct terminal *t);

void terminal_resize(struct terminal *t, uint16_t cols, uint16_t rows);

/* The oldest offset that the ring still holds. */
uint64_t terminal_start(const struct terminal *t);

/* Bytes of the ring from `offset` on, contiguous in memory, at most `most`; returns how many. */
size_t terminal_read(const struct terminal *t, uint64_t offset, size_t most, const uint8_t **bytes);

/* How many are alive. */
unsigned terminals_alive(void);

/* The last viewer who sets the pace has left, most likely to come back: until then, or for a while, it goes no further than this. */
void terminal_left(struct terminal *t, uint64_t horizon);

/* Notes that input has left for the agent. */
void terminal_asked(struct terminal *t);

/* From the agent: output of a terminal, input that reached the PTY, the end of a shell. All hostile. */
void terminal_output(unsigned number, const uint8_t *bytes, size_t length);
void terminal_wrote(unsigned number, uint32_t bytes);
void terminal_closed(unsigned number, int32_t status);

/* The agent was lost with all that it had started. */
void terminals_lost(void);

/* Grants what credit there is to grant. */
void terminals_settle(void);

/* input.c: the typist of this id, found or made in place of the least recently used one without a viewer; NULL when all have. */
struct typist *input_typist(struct terminal *t, const char *id);

/* input.c: takes typed bytes, exactly once each. False: a hole, another's turn, or the queue is full; typist->taken tells where to go on. */
bool input_take(struct terminal *t, struct typist *typist, uint64_t offset, const uint8_t *bytes, size_t length);

/* input.c: the agent says that so many bytes have reached the PTY. */
void input_wrote(struct terminal *t, uint32_t bytes);

/*
 * For past.c: the terminal of this number and serial, made when there is none, in place of another one that has its number now. Nobody has seen
 * its offsets from `end` on, and nobody is expected back.
 */
struct terminal *terminal_revive(unsigned number, uint32_t serial);

/* For past.c: puts an end to a terminal that the past does not know. */
void terminal_forget(struct terminal *t);

/* input.c: sends on what waited while the agent was held. */
void input_settle(struct terminal *t);

/* input.c: bytes that the agent has and the PTY does not. */
size_t input_in_flight(const struct terminal *t);

/* input.c: all that was typed counts as having arrived, nobody is inside a sequence, and so much is under way in the agent. */
void input_rewind(struct terminal *t, size_t in_flight);

/* input.c: drops what is queued; the shell is gone. */
void input_free(struct terminal *t);

#endif
