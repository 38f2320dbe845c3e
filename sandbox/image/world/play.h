/*
 * One play of a plan: each line in its time, non-blocking, timed from the plan's start. Knows neither who asked nor what becomes of the
 * results, nor what a line does: that is visit.c (HTTP) and volley.c (datagrams).
 */
#ifndef RINGSIDE_PLAY_H
#define RINGSIDE_PLAY_H

#include "http.h"
#include "loop.h"
#include "plan.h"

enum outcome {
  OUT_OK,
  OUT_HTTP,
  OUT_REFUSED,
  OUT_RESET,
  OUT_CONNECT_TIMEOUT,
  OUT_READ_TIMEOUT,
  OUT_CLOSED,
  OUT_ERROR,
  OUT_LOST
};

/* Times in microseconds from the line's `at`; -1 where it did not happen. */
struct result {
  enum outcome outcome;
  uint16_t status;
  int64_t connect_us, first_us, total_us;
  uint64_t bytes;
  uint32_t retrans;  /* segments of this connection that had to be sent again, its SYN included */
  uint32_t sent;     /* datagrams */
  int32_t delivered; /* of these; -1: nobody could be asked */
  uint8_t head_used;
  uint8_t head[HTTP_HEAD];
};

struct shot;

struct play {
  const struct plan *plan;
  uint64_t start;
  unsigned next, open; /* the next line to start; how many are under way */
  struct timer starter;
  struct shot *shots;
  void (*started)(struct play *, unsigned index); /* may be NULL */
  void (*finished)(struct play *, unsigned index, const struct result *);
  void (*over)(struct play *); /* all have finished; may free the play */
};

/* A result before anything has happened. */
struct result result_none(void);

/* Starts it now; the three callbacks and the plan are set by the caller. */
void play_start(struct play *play);

/* Starts no further lines; those under way go on, and `over` comes after the last. */
void play_start_no_more(struct play *play);

/* Starts no further lines, and those under way end now as if their time were over; then `over` comes. */
void play_give_up(struct play *play);

/* Closes all that is under way, without another callback. */
void play_abandon(struct play *play);

/* The name of an outcome as PROTOCOL.md has it. */
const char *outcome_name(enum outcome outcome);

#endif
