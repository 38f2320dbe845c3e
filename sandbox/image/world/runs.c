/*
 * Runs, see runs.h. The deadline is kept here, outside the guest: an agent that says nothing any more cannot hold up a verdict.
 */
#include "runs.h"

#include "agent.h"
#include "frames.h"
#include "loop.h"

#include <stdio.h>
#include <string.h>

enum { GRACE = 3000 }; /* ms between KILL and giving the agent up; an emulated guest under load needs its time */

static struct run {
  enum { FREE, RUNNING, KILLED, GIVEN_UP } phase; /* GIVEN_UP: answered, but the channel stays taken until its EXIT */
  struct caller caller;
  struct buffer out, err;
  size_t limit;
  bool truncated;
  uint64_t started;
  struct timer deadline;
} runs[RUNS];

static uint8_t channel_of(const struct run *r) { return (uint8_t)(r - runs + 1); }

static void forget_output(struct run *r) {
  timer_stop(&r->deadline);
  buffer_free(&r->out);
  buffer_free(&r->err);
}

static void deadline_over(struct timer *t) {
  struct run *r = owner_of(t, struct run, deadline);
  if (r->phase == RUNNING) {
    agent_put(B_KILL, channel_of(r), NULL, 0);
    r->phase = KILLED;
    timer_set(&r->deadline, now_ns() + (uint64_t)GRACE * MS);
    return;
  }
  r->phase = GIVEN_UP;
  forget_output(r);
  reply_text(r->caller, false, "the agent does not answer");
  agent_suspect();
}

void run_start(struct caller caller, uint64_t timeout_ms, size_t limit, const char *script, size_t length) {
  struct run *r = NULL;
  for (int i = 0; i < RUNS && !r; i++)
    if (runs[i].phase == FREE) r = &runs[i];
  if (!r) {
    reply_text(caller, false, "too many scripts at once");
    return;
  }
  *r = (struct run){.phase = RUNNING, .caller = caller, .limit = limit, .started = now_ns(), .deadline.fire = deadline_over};
  timer_set(&r->deadline, r->started + timeout_ms * MS);
  agent_put(B_EXEC, channel_of(r), script, length);
}

static struct run *find(unsigned channel) {
  return channel >= 1 && channel <= RUNS && runs[channel - 1].phase != FREE ? &runs[channel - 1] : NULL;
}

void run_output(unsigned channel, bool is_stderr, const uint8_t *bytes, size_t length) {
  struct run *r = find(channel);
  if (!r || r->phase == GIVEN_UP) return;
  struct buffer *b = is_stderr ? &r->err : &r->out;
  size_t room = r->limit - buffer_length(b);
  if (length > room) r->truncated = true;
  buffer_append(b, bytes, length < room ? length : room);
}

void run_exit(unsigned channel, int32_t status) {
  struct run *r = find(channel);
  if (!r) return;
  if (r->phase != GIVEN_UP) {
    char head[160];
    int n = snprintf(head, sizeof head, "exit=%d timeout=%d truncated=%d ms=%llu stdout=%zu stderr=%zu\n", (int)status,
                     r->phase == KILLED, r->truncated, (unsigned long long)((now_ns() - r->started) / MS),
                     buffer_length(&r->out), buffer_length(&r->err));
    struct buffer whole = {0};
    buffer_append(&whole, head, (size_t)n);
    buffer_append(&whole, buffer_front(&r->out), buffer_length(&r->out));
    buffer_append(&whole, buffer_front(&r->err), buffer_length(&r->err));
    reply(r->caller, true, buffer_front(&whole), buffer_length(&whole));
    buffer_free(&whole);
  }
  forget_output(r);
  r->phase = FREE;
}

void runs_lost(void) {
  for (int i = 0; i < RUNS; i++) {
    struct run *r = &runs[i];
    if (r->phase == RUNNING || r->phase == KILLED) reply_text(r->caller, false, "the agent was lost while the script ran");
    forget_output(r);
    r->phase = FREE;
  }
}

unsigned runs_active(void) {
  unsigned n = 0;
  for (int i = 0; i < RUNS; i++) n += runs[i].phase == RUNNING || runs[i].phase == KILLED;
  return n;
}

bool runs_unended(void) {
  for (int i = 0; i < RUNS; i++)
    if (runs[i].phase != FREE) return true;
  return false;
}
