/*
 * The microVM's life, see vm.h. The order of a restore and of a save is what this file is about; each step starts the next when QEMU
 * has confirmed it.
 */
#include "vm.h"

#include "agent.h"
#include "frames.h"
#include "load.h"
#include "loop.h"
#include "net.h"
#include "qemu.h"
#include "qmp.h"
#include "rewind.h"
#include "runs.h"
#include "terminals.h"

#include <stdio.h>
#include <string.h>

enum { WAITERS = 32, TOGGLE_S = 20 };
/* RAM lies in a shared file and is not migrated; events, so that nobody has to poll. */
#define CAPABILITIES \
  "{\"capabilities\":[{\"capability\":\"x-ignore-shared\",\"state\":true},{\"capability\":\"events\",\"state\":true}]}"

static enum state { BOOTING, RESTORING, RUNNING, PAUSED, DEAD } state;
static const char *const state_names[] = {"booting", "restoring", "running", "paused", "dead"};
static enum vm_mode mode;
static uint64_t born, restore_us;
static char reason[400], state_file[512];

static struct waiter {
  bool used;
  struct caller caller;
  struct timer deadline;
} waiters[WAITERS];

static struct {
  bool active, done;
  struct caller caller;
  char path[512];
  struct timer deadline; /* for the agent's answer; QEMU's are certain */
} saving;

static struct {
  bool active;
  struct caller caller;
  struct timer deadline;
} toggling; /* who waits for stop or cont */

bool vm_running(void) { return state == RUNNING && !saving.active; }

const char *vm_refusal(void) {
  if (state == DEAD) return reason;
  if (state == PAUSED) return "the VM is paused";
  if (saving.active) return "the VM is being saved";
  if (state == RESTORING || !agent_is_up()) return "the agent is not there";
  return NULL;
}

void vm_hello(struct caller caller) {
  char text[2560];
  int n = snprintf(text, sizeof text, "state=%s\nagent=%s\nrestore_us=%llu\nuptime_ms=%llu\nreason=%s\n", state_names[state],
                   agent_is_up() ? "up" : "down", (unsigned long long)restore_us,
                   (unsigned long long)((now_ns() - born) / MS), reason);
  for (unsigned i = 1; i <= TERMINALS; i++) {
    const struct terminal *t = terminal_find(i);
    if (t)
      n += snprintf(text + n, sizeof text - (size_t)n, "terminal=%u serial=%u start=%llu end=%llu alive=%d status=%d cols=%u rows=%u epoch=%u\n", i,
                    (unsigned)t->serial, (unsigned long long)terminal_start(t), (unsigned long long)t->end, t->alive,
                    t->status, t->cols, t->rows, (unsigned)t->epoch);
  }
  reply(caller, true, text, (size_t)n);
}

/* ---- waiting for readiness ---- */

static bool is_ready(void) { return vm_running() && agent_is_timed(); }

static void answer_waiters(bool ok, const char *error) {
  for (int i = 0; i < WAITERS; i++) {
    if (!waiters[i].used) continue;
    waiters[i].used = false;
    timer_stop(&waiters[i].deadline);
    if (ok) vm_hello(waiters[i].caller);
    else reply_text(waiters[i].caller, false, "%s", error);
  }
}

static void waited_too_long(struct timer *t) {
  struct waiter *w = owner_of(t, struct waiter, deadline);
  w->used = false;
  reply_text(w->caller, false, "not ready in time: state=%s agent=%s", state_names[state], agent_is_up() ? "up" : "down");
}

void vm_wait_ready(struct caller caller, uint64_t timeout_ms) {
  if (is_ready()) {
    vm_hello(caller);
    return;
  }
  if (state == DEAD) {
    reply_text(caller, false, "%s", reason);
    return;
  }
  for (int i = 0; i < WAITERS; i++) {
    if (waiters[i].used) continue;
    waiters[i] = (struct waiter){.used = true, .caller = caller, .deadline.fire = waited_too_long};
    timer_set(&waiters[i].deadline, now_ns() + timeout_ms * MS);
    return;
  }
  reply_text(caller, false, "too many wait");
}

static void enter(enum state next) {
  if (state == next) return;
  state = next;
  event_all("state state=%s", state_names[state]);
  load_suspend_background();
}

static void toggled(void) {
  toggling.active = false;
  timer_stop(&toggling.deadline);
}

static void die(const char *why) {
  if (state == DEAD) return;
  snprintf(reason, sizeof reason, "%s", why);
  enter(DEAD);
  event_all("dead reason=%s", reason);
  answer_waiters(false, reason);
  if (toggling.active) {
    toggled();
    reply_text(toggling.caller, false, "%s", reason);
  }
  runs_lost();
  terminals_lost();
}

static void start_running(void) {
  enter(RUNNING);
  agent_set_time();
  if (mode != MODE_NONE) net_resolve_guest();
}

void vm_agent_changed(void) {
  if (state == BOOTING && agent_is_up()) start_running();
  if (is_ready()) answer_waiters(true, NULL);
}

/* ---- restore ---- */

static void restored(bool ok, const char *line) {
  (void)line;
  if (!ok) {
    die("the restored VM does not start");
    return;
  }
  restore_us = (now_ns() - born) / 1000;
  start_running();
}

static void incoming_started(bool ok, const char *line) {
  (void)line;
  if (!ok) die("QEMU refuses the template");
}

static void restore(void) {
  char arguments[600];
  snprintf(arguments, sizeof arguments, "{\"uri\":\"file:%s\"}", state_file);
  qmp_send("migrate-set-capabilities", CAPABILITIES, NULL);
  qmp_send("migrate-incoming", arguments, incoming_started);
}

/* ---- save ---- */

static void save_failed(const char *why) {
  saving.active = false;
  timer_stop(&saving.deadline);
  reply_text(saving.caller, false, "%s", why);
}

static void save_unanswered(struct timer *t) {
  (void)t;
  save_failed("the agent does not answer");
}

static void migrate_started(bool ok, const char *line) {
  (void)line;
  if (!ok) save_failed("QEMU refuses to save");
}

/* The agent has answered: no frame is under way, neither here nor there. */
static void save_quiescent(void) {
  char arguments[600];
  if (!saving.active) return;
  timer_stop(&saving.deadline);
  snprintf(arguments, sizeof arguments, "{\"uri\":\"file:%s\"}", saving.path);
  qmp_send("stop", NULL, NULL);
  qmp_send("migrate-set-capabilities", CAPABILITIES, NULL);
  qmp_send("migrate", arguments, migrate_started);
}

void vm_save(struct caller caller, const char *path) {
  if (!vm_running() || !agent_is_up() || mode == MODE_NONE)
    reply_text(caller, false, "the VM does not run");
  else if (rewind_is_busy() || runs_active() || terminals_alive() || load_active() || agent_queue())
    reply_text(caller, false, "the VM is busy: close terminals, scripts and loads first");
  else {
    saving.active = true;
    saving.caller = caller;
    snprintf(saving.path, sizeof saving.path, "%s", path);
    load_suspend_background();
    saving.deadline.fire = save_unanswered;
    timer_set(&saving.deadline, now_ns() + 10 * SECOND);
    agent_ping(save_quiescent);
  }
}

/* ---- stop and cont ---- */

static void stopped(bool ok, const char *line) {
  (void)line;
  if (!toggling.active) return; /* it died meanwhile */
  toggled();
  if (ok) enter(PAUSED);
  reply_text(toggling.caller, ok, ok ? "ok" : "QEMU refuses to stop");
}

static void continued(bool ok, const char *line) {
  (void)line;
  if (!toggling.active) return;
  toggled();
  if (ok) start_running();
  reply_text(toggling.caller, ok, ok ? "ok" : "QEMU refuses to go on");
}

/* Its main loop hangs: nobody would be told, and what is typed to wake the machine would wait for ever. */
static void toggle_unanswered(struct timer *t) {
  (void)t;
  die("QEMU does not answer");
  qemu_kill(NULL);
}

static void toggle(struct caller caller, enum state from, const char *command, void (*done)(bool, const char *)) {
  if (state == DEAD) {
    reply_text(caller, false, "%s", reason);
  } else if (rewind_is_busy() || saving.active || toggling.active || mode == MODE_NONE || state == BOOTING || state == RESTORING) {
    reply_text(caller, false, "not now");
  } else if (state != from) {
    reply_text(caller, true, "ok");
  } else {
    toggling.active = true;
    toggling.caller = caller;
    toggling.deadline.fire = toggle_unanswered;
    timer_set(&toggling.deadline, now_ns() + TOGGLE_S * SECOND);
    qmp_send(command, NULL, done);
  }
}

void vm_stop(struct caller caller) { toggle(caller, RUNNING, "stop", stopped); }
void vm_cont(struct caller caller) { toggle(caller, PAUSED, "cont", continued); }

/* ---- leaving for the past ---- */

const char *vm_leave(void) {
  if (state == DEAD) return reason;
  if (saving.active || toggling.active || (state != RUNNING && state != PAUSED)) return "not now";
  enter(RESTORING);
  return NULL;
}

void vm_arrive(void) { start_running(); }
void vm_give_up(const char *why) { die(why); }

/* ---- QEMU's events ---- */

static void migrated(const char *status) {
  bool failed = strcmp(status, "failed") == 0;
  if (!failed && strcmp(status, "completed") != 0) return;
  if (rewind_is_leaving()) {
    rewind_migrated(!failed);
  } else if (state == RESTORING) {
    if (failed) die("the template could not be restored");
    else qmp_send("cont", NULL, restored);
  } else if (saving.active) {
    if (failed) {
      save_failed("the template could not be saved");
      qmp_send("cont", NULL, NULL);
    } else {
      saving.done = true;
      qmp_send("quit", NULL, NULL);
    }
  }
}

static void shut_down(const char *line) {
  char why[64] = "";
  if (saving.done) return;
  json_text(line, "reason", why, sizeof why);
  if (strcmp(why, "guest-shutdown") == 0) die("the server was switched off from inside");
  else if (strcmp(why, "guest-reset") == 0) die("the server was restarted, or its kernel panicked");
  else if (strcmp(why, "guest-panic") == 0) die("the server's kernel panicked");
}

static void qmp_event(const char *name, const char *line) {
  char status[32] = "";
  if (strcmp(name, "MIGRATION") == 0) {
    json_text(line, "status", status, sizeof status);
    migrated(status);
  } else if (strcmp(name, "GUEST_PANICKED") == 0) {
    die("the server's kernel panicked");
  } else if (strcmp(name, "SHUTDOWN") == 0) {
    shut_down(line);
  } else if (strcmp(name, "VSERPORT_CHANGE") == 0) {
    agent_port_changed(json_true(line, "open"));
  }
}

void vm_qemu_died(int status, const char *why) {
  if (saving.done && status == 0) {
    reply_text(saving.caller, true, "ok");
    service_end();
    return;
  }
  if (saving.active) save_failed(why);
  die(why);
  rewind_died(why);
}

void vm_listen(int monitor) { qmp_open(monitor, qmp_event); }

void vm_open(enum vm_mode wanted, const char *file, int monitor) {
  mode = wanted;
  born = now_ns();
  state = mode == MODE_RESTORE ? RESTORING : BOOTING;
  if (file) snprintf(state_file, sizeof state_file, "%s", file);
  if (monitor >= 0) qmp_open(monitor, qmp_event);
  if (mode == MODE_RESTORE) restore();
}
