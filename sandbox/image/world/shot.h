/*
 * One line of a plan under way, as the play sees it: its place, its time, its result. What kind of line it is, only its functions know.
 */
#ifndef RINGSIDE_SHOT_H
#define RINGSIDE_SHOT_H

#include "play.h"

struct shot {
  struct play *play;
  struct shot *next, **link;
  unsigned index;
  uint64_t at;
  struct result result;
  bool abandoned; /* nobody waits for it any more: what is open is not closed, but reset */
  void (*give_up)(struct shot *); /* finishes it as if its time were over */
  void (*discard)(struct shot *); /* closes what is open and frees it */
};

/* Enters the line into the play; its two functions are set by the caller. */
void shot_enter(struct shot *shot, struct play *play, unsigned index);

/* What the plan says of it. */
const struct planned *shot_planned(const struct shot *shot);

/* When its time is over. */
uint64_t shot_deadline(const struct shot *shot);

/* Microseconds since its `at`. */
int64_t shot_us(const struct shot *shot);

/* Tells the result with this outcome and discards the shot; the play may be over and freed after that. */
void shot_finish(struct shot *shot, enum outcome outcome);

/* The same with the outcome that an errno means; `connected` tells two kinds of time-out apart. */
void shot_finish_error(struct shot *shot, int error, bool connected);

/* visit.c: one client's connection and its HTTP request. */
void visit_start(struct play *play, unsigned index);

/* volley.c: datagrams of some clients, and what became of them. */
void volley_start(struct play *play, unsigned index);

#endif
