/*
 * The two journeys, see rewind.h; each step starts the next when the other side has confirmed it.
 *
 * Saving: hold what is for the agent, and ask it for a sign of life · stop · hear all that it has said · take the world's own past · QEMU
 * writes its devices · the keeper copies the changed memory · go on. The machine stands still between the second step and the last.
 * Going back: leave the agent · kill QEMU · start another that waits · the keeper fills its memory · it reads its devices · put the
 * world's own past · go on.
 *
 * A failure before the point of no return (QEMU's death) leaves the machine running as it was; after it the machine is dead, and told so.
 */
#include "rewind.h"

#include "agent.h"
#include "foreground.h"
#include "hangup.h"
#include "keeper.h"
#include "load.h"
#include "loop.h"
#include "past.h"
#include "qemu.h"
#include "qmp.h"
#include "runs.h"
#include "upstream.h"
#include "vm.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LABEL = 160, ANSWER_MS = 5000, STEP_MS = 20000, ROUNDS = 64 };
#define LOADING "{\"capabilities\":[{\"capability\":\"x-ignore-shared\",\"state\":true},{\"capability\":\"events\",\"state\":true}]}"
#define DEVICES_FILE "{\"filename\":\"" DEVICES "\",\"live\":false}"
#define DEVICES_URI "{\"uri\":\"file:" DEVICES "\"}"

static struct moment {
  uint64_t id; /* 0: none */
  bool start;
  uint64_t at_ms;
  size_t bytes, label_length;
  uint8_t label[LABEL];
  struct past past;
  struct connections connections;
} moments[SLOTS];

static enum { IDLE, ASKING, STANDING, PACKING, LEAVING } journey;
static struct caller caller;
static struct moment *moment; /* of the journey */
static struct timer deadline;
static uint64_t last_id, began, stood_us;
static unsigned rounds;
static bool possible, with_vm;

bool rewind_is_busy(void) { return journey != IDLE; }
bool rewind_is_leaving(void) { return journey == LEAVING; }

static unsigned slot_of(const struct moment *m) { return (unsigned)(m - moments); }

static void forget(struct moment *m) {
  past_free(&m->past);
  connections_free(&m->connections);
  *m = (struct moment){0};
}

static void end_journey(void) {
  timer_stop(&deadline);
  journey = IDLE;
}

static void set_deadline(unsigned ms, void (*over)(struct timer *)) {
  deadline.fire = over;
  timer_set(&deadline, now_ns() + (uint64_t)ms * MS);
}

/* ---- saving ---- */

static void saving_failed(const char *why) {
  agent_release();
  forget(moment);
  end_journey();
  reply_text(caller, false, "%s", why);
}

static void agent_unanswered(struct timer *t) {
  (void)t;
  saving_failed("the server is too busy to be saved: its agent does not answer");
}

/* Standing still and not being told anything any more: only the end is left. */
static void stuck(struct timer *t) {
  (void)t;
  const char *why = journey == LEAVING ? "the way back took too long" : "QEMU did not answer while a moment was saved";
  vm_give_up(why);
  rewind_died(why);
  qemu_kill(NULL);
}

static void go_on(void) {
  stood_us = (now_ns() - began) / 1000;
  if (with_vm) qmp_send("cont", NULL, NULL);
  agent_release();
  agent_set_time();
}

static void kept(bool ok, size_t bytes, const char *why) {
  if (journey != PACKING) return;
  if (!ok) {
    saving_failed(why);
    return;
  }
  moment->bytes = bytes;
  end_journey();
  event_all("moment-saved moment=%llu", (unsigned long long)moment->id);
  reply_text(caller, true, "moment=%llu bytes=%zu stood_us=%llu", (unsigned long long)moment->id, bytes,
             (unsigned long long)stood_us);
}

static void copied(bool ok, const char *why) {
  if (journey != STANDING) return;
  go_on();
  timer_stop(&deadline); /* packing takes what it takes, and nobody waits for it but who asked */
  if (ok) journey = PACKING;
  else saving_failed(why);
}

static void devices_written(bool ok, const char *line) {
  (void)line;
  if (journey != STANDING) return;
  if (ok) {
    qemu_copy(slot_of(moment), copied, kept);
    return;
  }
  qemu_tidy();
  go_on();
  saving_failed("QEMU refuses to save its devices");
}

static void take_past(void) {
  past_take(&moment->past);
  if (with_vm) {
    connections_take(&moment->connections);
    qmp_send("xen-save-devices-state", DEVICES_FILE, devices_written);
    return;
  }
  go_on();
  journey = PACKING;
  kept(true, 0, "");
}

/*
 * QEMU stands still, but may have had more to say than the socket held: after it has answered another question and nothing more has come,
 * there is nothing left.
 */
static void listen_on(bool ok, const char *line) {
  (void)line;
  if (journey != STANDING) return;
  bool more = agent_drain();
  if (ok && more && ++rounds < ROUNDS) qmp_send("query-status", NULL, listen_on);
  else take_past();
}

static void stopped(bool ok, const char *line) {
  (void)line;
  if (journey != STANDING) return;
  if (!ok) {
    go_on();
    saving_failed("QEMU refuses to stop");
    return;
  }
  agent_drain();
  qmp_send("query-status", NULL, listen_on);
}

static void quiet(void) {
  if (journey != ASKING) return;
  journey = STANDING;
  began = now_ns();
  rounds = 0;
  set_deadline(STEP_MS, stuck);
  if (with_vm) qmp_send("stop", NULL, stopped);
  else take_past();
}

static const char *why_not(void) {
  if (!possible) return "this machine keeps no moments";
  if (journey == LEAVING) return "the machine is on its way back to a moment";
  if (journey != IDLE) return "a moment is being saved already";
  if (load_active() || runs_active()) return "the machine is being checked";
  return NULL;
}

static struct moment *vacant(void) {
  for (int i = 0; i < SLOTS; i++)
    if (!moments[i].id) return &moments[i];
  return NULL;
}

static uint64_t unix_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / MS;
}

void rewind_save(const struct request *r) {
  const char *error = vm_refusal();
  if (!error) error = why_not();
  /* Its end would come again with the moment, and be taken for that of the script which has its channel then. */
  if (!error && runs_unended()) error = "a script that was given up has not ended";
  struct moment *m = vacant();
  if (!error && !m) error = "there is no room for another moment";
  if (!error && r->length > LABEL) error = "a moment's label has at most 160 bytes";
  if (error) {
    answer(r, error);
    return;
  }
  *m = (struct moment){.id = ++last_id, .start = argument(r, "start")[0] == '1', .at_ms = unix_ms(), .label_length = r->length};
  memcpy(m->label, r->body, r->length);
  moment = m;
  caller = r->caller;
  journey = ASKING;
  set_deadline(ANSWER_MS, agent_unanswered);
  past_begin(&m->past);
  agent_hold(quiet);
}

/* ---- going back ---- */

static void returning_failed(const char *why) {
  vm_give_up(why);
  rewind_died(why);
  qemu_kill(NULL);
}

static void arrived(bool ok, const char *line) {
  (void)line;
  if (journey != LEAVING) return;
  if (!ok) {
    returning_failed("the machine does not go on from the moment");
    return;
  }
  end_journey();
  vm_arrive();
  reply_text(caller, true, "moment=%llu ms=%llu", (unsigned long long)moment->id, (unsigned long long)((now_ns() - began) / MS));
}

/* Before the VM runs: its first output must find the terminals that it is for, and its first packets no connection of the future. */
static void arrive(void) {
  past_put(&moment->past);
  if (with_vm) agent_renew();
  /* Before the output behind the gap: who answers that by subscribing anew is in the new epoch already. */
  event_all("rewound moment=%llu", (unsigned long long)moment->id);
  background_let_go();
  upstream_let_go();
  /* The server has its connections of that time again, and is told that nobody is at their other end. */
  hang_up(&moment->connections);
  if (with_vm) qmp_send("cont", NULL, arrived);
  else arrived(true, "");
}

void rewind_migrated(bool ok) {
  qemu_tidy();
  if (ok) arrive();
  else returning_failed("QEMU could not take the moment's devices");
}

static void incoming_started(bool ok, const char *line) {
  (void)line;
  if (!ok && journey == LEAVING) returning_failed("QEMU refuses the moment");
}

static void filled(bool ok, const char *why) {
  if (journey != LEAVING) return;
  if (!ok) {
    returning_failed(why);
    return;
  }
  qmp_send("migrate-set-capabilities", LOADING, NULL);
  qmp_send("migrate-incoming", DEVICES_URI, incoming_started);
}

/* QEMU answers its monitor once its memory is mapped, and not before. */
static void is_there(bool ok, const char *line) {
  (void)line;
  if (journey != LEAVING) return;
  if (ok) qemu_put(slot_of(moment), filled);
  else returning_failed("another QEMU could not be started");
}

static void old_is_gone(void) {
  int agent, monitor;
  if (journey != LEAVING) return;
  qemu_start(&agent, &monitor);
  const struct buffer *partial = &moment->past.partial;
  agent_resume(agent, buffer_front(partial), buffer_length(partial));
  vm_listen(monitor);
  qmp_send("query-status", NULL, is_there);
}

static struct moment *named(const struct request *r) {
  uint64_t id;
  if (!number(r, "moment", 1, UINT64_MAX, 0, &id)) return NULL;
  for (int i = 0; i < SLOTS; i++)
    if (id && moments[i].id == id) return &moments[i];
  answer(r, "no such moment");
  return NULL;
}

void rewind_back(const struct request *r) {
  const char *error = why_not();
  struct moment *m = error ? NULL : named(r);
  if (!error && !m) return;
  if (!error) error = vm_leave();
  if (error) {
    answer(r, error);
    return;
  }
  moment = m;
  caller = r->caller;
  journey = LEAVING;
  began = now_ns();
  if (!with_vm) {
    arrive();
    return;
  }
  set_deadline(STEP_MS, stuck);
  agent_part();
  runs_lost();
  foreground_lost();
  qmp_close();
  qemu_kill(old_is_gone);
}

/* ---- the rest ---- */

void rewind_died(const char *why) {
  if (journey == IDLE) return;
  bool saving = journey != LEAVING;
  if (saving) saving_failed(why);
  else {
    end_journey();
    reply_text(caller, false, "%s", why);
  }
}

void rewind_drop(const struct request *r) {
  struct moment *m = named(r);
  if (!m) return;
  if (rewind_is_busy() && m == moment) {
    answer(r, "this moment is in use");
    return;
  }
  if (with_vm) qemu_drop(slot_of(m));
  forget(m);
  answer(r, NULL);
}

void rewind_list(const struct request *r) {
  struct buffer text = {0};
  for (int i = 0; i < SLOTS; i++) {
    const struct moment *m = &moments[i];
    if (!m->id || (rewind_is_busy() && journey != LEAVING && m == moment)) continue;
    char *line = (char *)buffer_room(&text, 128 + 2 * LABEL);
    int n = sprintf(line, "moment=%llu start=%d at=%llu bytes=%zu label=", (unsigned long long)m->id, m->start,
                    (unsigned long long)m->at_ms, m->bytes);
    for (size_t k = 0; k < m->label_length; k++) n += sprintf(line + n, "%02x", m->label[k]);
    line[n++] = '\n';
    buffer_added(&text, (size_t)n);
  }
  reply(r->caller, true, buffer_front(&text), buffer_length(&text));
  buffer_free(&text);
}

void rewind_open(bool is_possible, bool has_vm) {
  possible = is_possible;
  with_vm = has_vm;
}
