/*
 * One play of a plan: a connection per request, non-blocking, timed from the plan's start. Knows neither who asked nor what becomes of
 * the results.
 */
#ifndef RINGSIDE_PLAY_H
#define RINGSIDE_PLAY_H

#include "http.h"
#include "loop.h"
#include "plan.h"

enum outcome { OUT_OK, OUT_HTTP, OUT_REFUSED, OUT_RESET, OUT_CONNECT_TIMEOUT, OUT_READ_TIMEOUT, OUT_CLOSED, OUT_ERROR };

/* Times in microseconds from the request's `at`; -1 where it did not happen. */
struct result {
  enum outcome outcome;
  uint16_t status;
  int64_t connect_us, first_us, total_us;
  uint64_t bytes;
  uint32_t retrans; /* segments of this connection that had to be sent again, its SYN included */
  uint8_t head_used;
  uint8_t head[HTTP_HEAD];
};

struct shot;

struct play {
  const struct plan *plan;
  uint64_t start;
  unsigned next, open; /* the next request to start; how many are under way */
  struct timer starter;
  struct shot *shots;
  void (*started)(struct play *); /* may be NULL */
  void (*finished)(struct play *, unsigned index, const struct result *);
  void (*over)(struct play *); /* all have finished; may free the play */
};

/* Starts it now; the three callbacks and the plan are set by the caller. */
void play_start(struct play *play);

/* Starts no further requests; those under way go on, and `over` comes after the last. */
void play_start_no_more(struct play *play);

/* Closes all that is under way, without another callback. */
void play_abandon(struct play *play);

/* The name of an outcome as PROTOCOL.md has it. */
const char *outcome_name(enum outcome outcome);

#endif
