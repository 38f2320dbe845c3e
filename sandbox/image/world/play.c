/*
 * Playing a plan, see play.h: what is due is started, what has ended is told. Costs one small block per line under way, given back at once.
 */
#include "play.h"

#include "shot.h"

#include <errno.h>

enum { AT_ONCE = 32 };

static const char *const names[] = {"ok",           "http",   "refused", "reset", "connect-timeout",
                                    "read-timeout", "closed", "error",   "lost"};

const char *outcome_name(enum outcome outcome) { return names[outcome]; }

struct result result_none(void) {
  return (struct result){.outcome = OUT_CONNECT_TIMEOUT, .connect_us = -1, .first_us = -1, .total_us = -1, .delivered = -1};
}

/* ---- shots ---- */

void shot_enter(struct shot *s, struct play *p, unsigned index) {
  s->play = p;
  s->index = index;
  s->at = p->start + (uint64_t)p->plan->requests[index].at_ms * MS;
  s->result = result_none();
  s->next = p->shots;
  s->link = &p->shots;
  if (s->next) s->next->link = &s->next;
  p->shots = s;
  p->open++;
  if (p->started) p->started(p, index);
}

const struct planned *shot_planned(const struct shot *s) { return &s->play->plan->requests[s->index]; }

uint64_t shot_deadline(const struct shot *s) { return s->at + (uint64_t)shot_planned(s)->total_ms * MS; }

int64_t shot_us(const struct shot *s) { return (int64_t)(now_ns() - s->at) / 1000; }

static void discard(struct shot *s) {
  *s->link = s->next;
  if (s->next) s->next->link = s->link;
  s->play->open--;
  s->discard(s);
}

static void end_if_over(struct play *p) {
  if (!p->open && p->next == p->plan->count) p->over(p);
}

void shot_finish(struct shot *s, enum outcome outcome) {
  struct play *p = s->play;
  unsigned index = s->index;
  struct result result = s->result;
  result.outcome = outcome;
  result.total_us = shot_us(s);
  discard(s);
  p->finished(p, index, &result);
  end_if_over(p);
}

void shot_finish_error(struct shot *s, int error, bool connected) {
  if (error == ECONNREFUSED) shot_finish(s, OUT_REFUSED);
  else if (error == ECONNRESET || error == EPIPE) shot_finish(s, OUT_RESET);
  else if (error == ETIMEDOUT) shot_finish(s, connected ? OUT_READ_TIMEOUT : OUT_CONNECT_TIMEOUT);
  else shot_finish(s, OUT_ERROR);
}

/* ---- the play ---- */

static void start_one(struct play *p, unsigned index) {
  if (p->plan->requests[index].kind == PLAN_DATAGRAMS) volley_start(p, index);
  else visit_start(p, index);
}

/* A burst is started in slices, so that the answers of its first are timed before its last is sent. */
static void start_due(struct timer *t) {
  struct play *p = owner_of(t, struct play, starter);
  uint64_t now = now_ns(), at = 0;
  const unsigned count = p->plan->count;
  for (int i = 0; i < AT_ONCE; i++) {
    unsigned index = p->next;
    at = p->start + (uint64_t)p->plan->requests[index].at_ms * MS;
    if (at > now) break;
    p->next++;
    if (p->next < count) timer_set(&p->starter, p->start + (uint64_t)p->plan->requests[p->next].at_ms * MS);
    else timer_stop(&p->starter);
    bool last = p->next == count;
    start_one(p, index);
    if (last) return; /* the play may be over and freed */
  }
  if (at > now) timer_set(&p->starter, at);
}

void play_start(struct play *p) {
  p->start = now_ns();
  p->next = p->open = 0;
  p->shots = NULL;
  p->starter = (struct timer){.fire = start_due};
  timer_set(&p->starter, p->start + (uint64_t)p->plan->requests[0].at_ms * MS);
}

void play_start_no_more(struct play *p) {
  timer_stop(&p->starter);
  p->next = p->plan->count;
  end_if_over(p);
}

void play_give_up(struct play *p) {
  unsigned open = p->open;
  timer_stop(&p->starter);
  p->next = p->plan->count;
  if (!open) p->over(p);
  /* The last one may take the play along: it is not asked any more. */
  for (; open; open--) p->shots->give_up(p->shots);
}

void play_abandon(struct play *p) {
  timer_stop(&p->starter);
  p->next = p->plan->count;
  while (p->shots) {
    p->shots->abandoned = true;
    discard(p->shots);
  }
}
