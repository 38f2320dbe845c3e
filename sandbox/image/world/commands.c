/*
 * Commands, see commands.h and PROTOCOL.md, whose table is the order of this file.
 */
#include "commands.h"

#include "agent.h"
#include "counters.h"
#include "foreground.h"
#include "frames.h"
#include "memo.h"
#include "request.h"
#include "rewind.h"
#include "runs.h"
#include "subscriptions.h"
#include "terminals.h"
#include "traffic.h"
#include "vm.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 1024, LONGEST_RUN_MS = 600000, LARGEST_OUTPUT = 8 << 20 };

static bool guest_refuses(const struct request *r) {
  const char *why = vm_refusal();
  if (why) reply_text(r->caller, false, "%s", why);
  return why != NULL;
}

static struct terminal *named_terminal(const struct request *r) {
  struct terminal *t = terminal_find((unsigned)strtoul(argument(r, "term"), NULL, 10));
  if (!t) reply_text(r->caller, false, "no such terminal");
  return t;
}

static void hello(const struct request *r) { vm_hello(r->caller); }

static void wait_ready(const struct request *r) {
  uint64_t timeout;
  if (number(r, "timeout", 0, LONGEST_RUN_MS, 30000, &timeout)) vm_wait_ready(r->caller, timeout);
}

static void exec(const struct request *r) {
  uint64_t timeout, limit;
  if (!number(r, "timeout", 1, LONGEST_RUN_MS, 30000, &timeout)) return;
  if (!number(r, "limit", 0, LARGEST_OUTPUT, 256 * 1024, &limit)) return;
  if (guest_refuses(r)) return;
  run_start(r->caller, timeout, limit, (const char *)r->body, r->length);
}

static void counters(const struct request *r) {
  uint64_t timeout, since;
  if (!number(r, "timeout", 1, 10000, 1000, &timeout) || !number(r, "since", 0, UINT64_MAX, UINT64_MAX, &since)) return;
  /* Without an agent there is still what this side sees; a machine at rest is not asked at all. */
  if (vm_running() || !guest_refuses(r)) counters_ask(r->caller, timeout, since);
}

static bool size_of(const struct request *r, uint64_t *cols, uint64_t *rows) {
  return number(r, "cols", 1, 1000, 80, cols) && number(r, "rows", 1, 1000, 24, rows);
}

static void term_open(const struct request *r) {
  uint64_t cols, rows;
  if (!size_of(r, &cols, &rows) || guest_refuses(r)) return;
  int term = terminal_open((uint16_t)cols, (uint16_t)rows);
  if (term) reply_text(r->caller, true, "term=%d serial=%u", term, (unsigned)terminal_find((unsigned)term)->serial);
  else answer(r, "too many terminals");
}

static void term_close(const struct request *r) {
  struct terminal *t = named_terminal(r);
  if (!t) return;
  terminal_close(t);
  answer(r, NULL);
}

static void term_resize(const struct request *r) {
  uint64_t cols, rows;
  struct terminal *t = named_terminal(r);
  if (!t || !size_of(r, &cols, &rows)) return;
  terminal_resize(t, (uint16_t)cols, (uint16_t)rows);
  answer(r, NULL);
}

static void term_foreground(const struct request *r) {
  struct terminal *t = named_terminal(r);
  if (t && !guest_refuses(r)) foreground_ask(r->caller, t);
}

/* Tells the times since the last asking. The first asking begins it. */
static void echo_times(const struct request *r) {
  struct terminal *t = named_terminal(r);
  if (!t) return;
  if (!t->echoes && !(t->echoes = calloc(1, sizeof *t->echoes))) abort();
  char text[ECHOES * 11 + 1] = "";
  size_t n = 0;
  for (unsigned i = 0; i < t->echoes->count; i++) n += (size_t)sprintf(text + n, "%u\n", (unsigned)t->echoes->us[i]);
  t->echoes->count = 0;
  reply(r->caller, true, text, n);
}

static bool is_client_id(const char *id) {
  for (const char *p = id; *p; p++)
    if (!isalnum((unsigned char)*p) && *p != '-') return false;
  return strlen(id) < CLIENT_ID;
}

static void subscribe_to(const struct request *r) {
  uint64_t channel, from = UINT64_MAX, window, pace, taken;
  const char *client = argument(r, "client"), *start = argument(r, "from");
  struct terminal *t = named_terminal(r);
  if (!t || !number(r, "channel", 1, 255, 0, &channel) || !number(r, "window", 4096, RING, RING, &window)) return;
  if (!number(r, "pace", 0, 1, 1, &pace)) return;
  if (!is_client_id(client)) {
    answer(r, "client must be at most 32 letters, digits and dashes");
    return;
  }
  if (!strcmp(start, "live")) from = t->end;
  else if (strcmp(start, "start") && !number(r, "from", 0, UINT64_MAX, 0, &from)) return;
  const struct watching how = {.client = client, .from = from, .window = (uint32_t)window, .sets_pace = pace};
  const char *error = subscribe(r->caller.slot, (uint8_t)channel, t, &how, &taken);
  if (error) answer(r, error);
  else
    reply_text(r->caller, true, "start=%llu end=%llu typed=%llu epoch=%u", (unsigned long long)terminal_start(t),
               (unsigned long long)t->end, (unsigned long long)taken, t->epoch);
}

static void unsubscribe_from(const struct request *r) {
  uint64_t channel;
  if (!number(r, "channel", 1, 255, 0, &channel)) return;
  answer(r, unsubscribe(r->caller.slot, (uint8_t)channel) ? NULL : "no such subscription");
}

static void set_memo(const struct request *r) { answer(r, memo_set(argument(r, "name"), r->body, r->length)); }

static void get_memo(const struct request *r) {
  size_t length;
  const void *bytes = memo_get(argument(r, "name"), &length);
  if (bytes) reply(r->caller, true, bytes, length);
  else answer(r, "no memo");
}

static void vm(const struct request *r) {
  const char *op = argument(r, "op");
  if (!strcmp(op, "stop")) vm_stop(r->caller);
  else if (!strcmp(op, "cont")) vm_cont(r->caller);
  else answer(r, "op must be stop or cont");
}

static void save(const struct request *r) {
  const char *path = argument(r, "path");
  /* The path goes into JSON and into a migration URI. */
  if (*path != '/' || strlen(path) > 400 ||
      path[strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")])
    answer(r, "path must be absolute, of letters, digits and ._-");
  else
    vm_save(r->caller, path);
}

static void power_off(const struct request *r) {
  answer(r, NULL);
  service_end();
}

static const struct {
  const char *name;
  void (*run)(const struct request *);
} commands[] = {
    {"hello", hello},
    {"wait-ready", wait_ready},
    {"exec", exec},
    {"load", traffic_load},
    {"background", traffic_background},
    {"background-stop", traffic_background_stop},
    {"background-stats", traffic_background_stats},
    {"netstat", traffic_netstat},
    {"wan", traffic_wan},
    {"flood", traffic_flood},
    {"upstream", traffic_upstream},
    {"world-stats", traffic_world_stats},
    {"counters", counters},
    {"term-open", term_open},
    {"term-close", term_close},
    {"term-resize", term_resize},
    {"term-foreground", term_foreground},
    {"echo-times", echo_times},
    {"subscribe", subscribe_to},
    {"unsubscribe", unsubscribe_from},
    {"memo-set", set_memo},
    {"memo-get", get_memo},
    {"vm", vm},
    {"vm-save", save},
    {"moment-save", rewind_save},
    {"moment-back", rewind_back},
    {"moment-drop", rewind_drop},
    {"moments", rewind_list},
    {"poweroff", power_off},
};

void command_run(struct caller caller, const uint8_t *text, size_t length) {
  char line[LINE + 2] = {0};
  const uint8_t *end = memchr(text, '\n', length);
  size_t first = end ? (size_t)(end - text) : length;
  if (first >= LINE || memchr(text, 0, first)) {
    reply_text(caller, false, "the command's line is too long or holds a NUL");
    return;
  }
  memcpy(line, text, first);
  for (char *p = line; *p; p++)
    if (*p == ' ') *p = 0;
  struct request r = {.caller = caller, .arguments = line + strlen(line) + 1, .body = text + first, .length = length - first};
  if (end) {
    r.body++;
    r.length--;
  }
  for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
    if (!strcmp(commands[i].name, line)) {
      commands[i].run(&r);
      return;
    }
  reply_text(caller, false, "no such command: %.40s", line);
}
