/*
 * The background: everyday traffic, and how it fares second by second. Contract in load.h. At rest it costs nothing, not even a timer.
 */
#include "frames.h"
#include "load.h"
#include "netstat.h"
#include "play.h"
#include "vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SECONDS = 120, SAMPLES = 1024, PLAYS = 16 };

struct second {
  uint64_t time;
  uint32_t started, ok, failed, timeout;
  int64_t p50, p95, max; /* us; -1: nothing was answered */
  uint64_t retrans;
};

static struct plan *plan;
static uint64_t every;
static bool resting;
static struct timer round_timer, second_timer;
static struct play *plays[PLAYS];
static struct second seconds[SECONDS], now;
static unsigned kept;
static uint32_t samples[SAMPLES];
static unsigned sample_count;
static uint64_t retrans_before;

static uint64_t unix_time(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (uint64_t)t.tv_sec;
}

/* ---- statistics ---- */

static int by_size(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static int64_t percentile(unsigned percent) {
  if (!sample_count) return -1;
  unsigned at = (sample_count * percent + 99) / 100;
  return samples[at ? at - 1 : 0];
}

static void close_second(void) {
  qsort(samples, sample_count, sizeof samples[0], by_size);
  now.p50 = percentile(50);
  now.p95 = percentile(95);
  uint64_t retrans = netstat_retrans();
  now.retrans = retrans - retrans_before;
  retrans_before = retrans;
  seconds[kept++ % SECONDS] = now;
}

static void open_second(void) {
  now = (struct second){.time = unix_time(), .max = -1};
  sample_count = 0;
  timer_set(&second_timer, now_ns() + SECOND);
}

static void second_over(struct timer *t) {
  (void)t;
  close_second();
  open_second();
}

static bool is_volley(const struct play *p, unsigned index) { return p->plan->requests[index].kind == PLAN_DATAGRAMS; }

/* Datagrams are counted when their fate is known: only then are they known to have left. */
static void count_start(struct play *p, unsigned index) {
  if (!is_volley(p, index)) now.started++;
}

static void count_volley(const struct result *r) {
  now.started += r->sent;
  if (r->delivered >= 0) {
    now.ok += (uint32_t)r->delivered;
    now.failed += r->sent - (uint32_t)r->delivered;
  } else if (r->outcome == OUT_CONNECT_TIMEOUT || r->outcome == OUT_READ_TIMEOUT) {
    now.timeout += r->sent;
  } else {
    now.failed += r->sent;
  }
}

static void count_end(struct play *p, unsigned index, const struct result *r) {
  if (is_volley(p, index)) {
    count_volley(r);
    return;
  }
  if (r->outcome == OUT_OK) {
    uint32_t us = r->total_us > UINT32_MAX ? UINT32_MAX : (uint32_t)r->total_us;
    now.ok++;
    if (us > now.max) now.max = us;
    if (sample_count < SAMPLES) samples[sample_count++] = us;
  } else if (r->outcome == OUT_CONNECT_TIMEOUT || r->outcome == OUT_READ_TIMEOUT) {
    now.timeout++;
  } else {
    now.failed++;
  }
}

/* ---- rounds ---- */

static void round_over(struct play *p) {
  for (int i = 0; i < PLAYS; i++)
    if (plays[i] == p) plays[i] = NULL;
  free(p);
}

/* Rounds may overlap when the server is slow; beyond PLAYS of them this round is skipped, as clients give up coming. */
static void start_round(struct timer *t) {
  timer_set(t, now_ns() + every * MS);
  for (int i = 0; i < PLAYS; i++) {
    if (plays[i]) continue;
    plays[i] = calloc(1, sizeof *plays[i]);
    if (!plays[i]) abort();
    *plays[i] = (struct play){.plan = plan, .started = count_start, .finished = count_end, .over = round_over};
    play_start(plays[i]);
    return;
  }
}

static void rest(void) {
  timer_stop(&round_timer);
  for (int i = 0; i < PLAYS; i++)
    if (plays[i]) play_start_no_more(plays[i]);
}

static void go_on(void) {
  round_timer.fire = start_round;
  timer_set(&round_timer, now_ns());
}

/* A paused VM also stops the clock of the statistics: its container must cost nothing. */
static void run_clock(bool run) {
  if (run && !second_timer.place) {
    second_timer.fire = second_over;
    retrans_before = netstat_retrans();
    open_second();
  } else if (!run && second_timer.place) {
    timer_stop(&second_timer);
    close_second();
  }
}

void load_suspend_background(void) {
  if (!plan) return;
  run_clock(vm_running());
  bool must_rest = load_active() || !vm_running();
  if (must_rest == resting) return;
  resting = must_rest;
  if (resting) rest();
  else go_on();
}

void background_start(struct plan *wanted, uint64_t every_ms) {
  background_stop();
  plan = wanted;
  every = every_ms;
  resting = true;
  kept = 0;
  load_suspend_background();
}

void background_let_go(void) {
  for (int i = 0; i < PLAYS; i++) {
    if (!plays[i]) continue;
    play_abandon(plays[i]);
    free(plays[i]);
    plays[i] = NULL;
  }
}

void background_stop(void) {
  if (!plan) return;
  timer_stop(&round_timer);
  background_let_go();
  run_clock(false);
  plan_free(plan);
  plan = NULL;
}

static void append_second(struct buffer *text, const struct second *s) {
  char *line = (char *)buffer_room(text, 256);
  int n = snprintf(line, 256, "t=%llu started=%u ok=%u failed=%u timeout=%u p50_us=%lld p95_us=%lld max_us=%lld retrans=%llu\n",
                   (unsigned long long)s->time, s->started, s->ok, s->failed, s->timeout, (long long)s->p50, (long long)s->p95,
                   (long long)s->max, (unsigned long long)s->retrans);
  buffer_added(text, (size_t)n);
}

void background_stats(struct caller caller, unsigned wanted) {
  unsigned have = kept < SECONDS ? kept : SECONDS;
  if (wanted > have) wanted = have;
  struct buffer text = {0};
  for (unsigned i = kept - wanted; i != kept; i++) append_second(&text, &seconds[i % SECONDS]);
  reply(caller, true, buffer_front(&text), buffer_length(&text));
  buffer_free(&text);
}

void background_text(struct buffer *text, uint64_t since) {
  unsigned have = kept < SECONDS ? kept : SECONDS;
  for (unsigned i = kept - have; i != kept; i++)
    if (seconds[i % SECONDS].time > since) append_second(text, &seconds[i % SECONDS]);
}
