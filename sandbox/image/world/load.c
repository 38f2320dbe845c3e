/*
 * One load at a time, for one caller; see load.h.
 */
#include "load.h"

#include "frames.h"
#include "host.h"
#include "netstat.h"
#include "play.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINE = 320, LOOK_MS = 5 };

static struct load {
  struct play play;
  struct timer looking; /* for a retransmission */
  struct plan *plan;
  struct caller caller;
  struct result *results;
  struct netstat before;
  struct host_time host;
} *load;

bool load_active(void) { return load != NULL; }

static void release(void) {
  timer_stop(&load->looking);
  plan_free(load->plan);
  free(load->results);
  free(load);
  load = NULL;
  load_suspend_background();
}

static void put_result(struct buffer *out, unsigned i, const struct result *r) {
  char *line = (char *)buffer_room(out, LINE);
  int n = snprintf(line, LINE, "i=%u outcome=%s status=%u connect_us=%lld first_us=%lld total_us=%lld bytes=%llu retrans=%u",
                   i, outcome_name(r->outcome), r->status, (long long)r->connect_us, (long long)r->first_us,
                   (long long)r->total_us, (unsigned long long)r->bytes, r->retrans);
  if (load->plan->requests[i].kind == PLAN_DATAGRAMS)
    n += snprintf(line + n, LINE - (size_t)n, " sent=%u delivered=%d", r->sent, r->delivered);
  n += snprintf(line + n, LINE - (size_t)n, " head=");
  for (int k = 0; k < r->head_used; k++) n += snprintf(line + n, LINE - (size_t)n, "%02x", r->head[k]);
  line[n++] = '\n';
  buffer_added(out, (size_t)n);
}

static void put_netstat(struct buffer *out) {
  struct netstat a = load->before, b = netstat_read();
  char *line = (char *)buffer_room(out, 256);
  int n = snprintf(line, 256, "netstat retrans_segs=%llu out_rsts=%llu in_rsts=%llu active_opens=%llu syn_retrans=%llu ms=%llu",
                   (unsigned long long)(b.retrans_segs - a.retrans_segs), (unsigned long long)(b.out_rsts - a.out_rsts),
                   (unsigned long long)(b.estab_resets - a.estab_resets),
                   (unsigned long long)(b.active_opens - a.active_opens),
                   (unsigned long long)(b.syn_retrans - a.syn_retrans),
                   (unsigned long long)((now_ns() - load->play.start) / MS));
  int left = host_left(load->host, host_time_read());
  if (left >= 0) n += snprintf(line + n, 256 - (size_t)n, " host_left=%d", left);
  line[n++] = '\n';
  buffer_added(out, (size_t)n);
}

static void keep(struct play *play, unsigned index, const struct result *r) {
  (void)play;
  load->results[index] = *r;
}

static void tell(struct play *play) {
  (void)play;
  struct buffer text = {0};
  for (unsigned i = 0; i < load->plan->count; i++) put_result(&text, i, &load->results[i]);
  put_netstat(&text);
  reply(load->caller, true, buffer_front(&text), buffer_length(&text));
  buffer_free(&text);
  release();
}

static void look(struct timer *t) {
  if (netstat_retrans() > load->before.retrans_segs) play_give_up(&load->play); /* which ends the load */
  else timer_set(t, now_ns() + LOOK_MS * MS);
}

void load_play(struct caller caller, struct plan *plan, bool until_retrans) {
  load_check_caller();
  if (load) {
    plan_free(plan);
    reply_text(caller, false, "another load plays");
    return;
  }
  load = calloc(1, sizeof *load);
  if (!load || !(load->results = calloc(plan->count, sizeof *load->results))) abort();
  for (unsigned i = 0; i < plan->count; i++) load->results[i] = result_none();
  load->plan = plan;
  load->caller = caller;
  load->play = (struct play){.plan = plan, .finished = keep, .over = tell};
  load_suspend_background();
  load->before = netstat_read();
  load->host = host_time_read();
  play_start(&load->play);
  load->looking.fire = look;
  if (until_retrans) timer_set(&load->looking, now_ns() + LOOK_MS * MS);
}

void load_check_caller(void) {
  if (!load || caller_alive(load->caller)) return;
  play_abandon(&load->play);
  release();
}
