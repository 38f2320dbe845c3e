/*
 * Plans, see plan.h. Checked whole before anything is played: a load that stops half-way would look like a suffering server.
 */
#include "plan.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BODY = 64 << 20, PATH = 1024 };

static bool parse_number(const char *text, uint32_t most, uint32_t *value) {
  char *end;
  if (*text < '0' || *text > '9') return false;
  unsigned long long n = strtoull(text, &end, 10);
  if (*end || n > most) return false;
  *value = (uint32_t)n;
  return true;
}

static bool parse_path(const char *text, const char **path) {
  if (*text != '/' || strlen(text) > PATH) return false;
  for (const char *p = text; *p; p++)
    if (*p <= ' ' || *p > '~') return false;
  *path = text;
  return true;
}

static bool parse_port(const char *text, uint16_t *port) {
  uint32_t n;
  if (!parse_number(text, 65535, &n)) return false;
  *port = (uint16_t)n;
  return n > 0;
}

static bool parse_kind(const char *text, enum planned_kind *kind) {
  *kind = strcmp(text, "datagrams") ? PLAN_HTTP : PLAN_DATAGRAMS;
  return *kind == PLAN_DATAGRAMS || !strcmp(text, "http");
}

static bool parse_http(struct planned *r, const char *key, const char *value) {
  if (!strcmp(key, "hold")) return parse_number(value, PLAN_MS, &r->hold_ms);
  if (!strcmp(key, "body")) return parse_number(value, BODY, &r->body);
  if (!strcmp(key, "path")) return parse_path(value, &r->path);
  if (strcmp(key, "method")) return false;
  r->post = !strcmp(value, "POST");
  return r->post || !strcmp(value, "GET");
}

static bool parse_datagrams(struct planned *r, const char *key, const char *value) {
  if (!strcmp(key, "sources")) return parse_number(value, PLAN_SOURCES, &r->sources);
  if (!strcmp(key, "count")) return parse_number(value, PLAN_DATAGRAMS_A_LINE, &r->datagrams);
  if (!strcmp(key, "bytes")) return parse_number(value, PLAN_DATAGRAM, &r->bytes) && r->bytes >= PLAN_LEAST_DATAGRAM;
  if (!strcmp(key, "over_ms")) return parse_number(value, PLAN_MS, &r->over_ms);
  if (!strcmp(key, "port")) return parse_port(value, &r->port);
  return !strcmp(key, "ask_port") && parse_port(value, &r->ask_port);
}

/* The kind comes before the keys that only it has. */
static bool parse_pair(struct planned *r, const char *key, const char *value) {
  if (!strcmp(key, "at")) return parse_number(value, PLAN_MS, &r->at_ms);
  if (!strcmp(key, "kind")) return parse_kind(value, &r->kind);
  if (!strcmp(key, "connect_ms")) return parse_number(value, PLAN_MS, &r->connect_ms);
  if (!strcmp(key, "total_ms")) return parse_number(value, PLAN_MS, &r->total_ms);
  if (!strcmp(key, "src")) return inet_pton(AF_INET, value, &r->src) == 1;
  return r->kind == PLAN_DATAGRAMS ? parse_datagrams(r, key, value) : parse_http(r, key, value);
}

static const char *missing(const struct planned *r) {
  if (r->kind == PLAN_HTTP)
    return r->path && r->src.s_addr && r->connect_ms && r->total_ms ? NULL : "src, path, connect_ms and total_ms are needed";
  if (!r->src.s_addr || !r->sources || !r->datagrams || !r->bytes || !r->port || !r->ask_port || !r->connect_ms || !r->total_ms)
    return "src, sources, count, bytes, port, ask_port, connect_ms and total_ms are needed";
  if (r->sources > r->datagrams) return "more sources than datagrams";
  return r->over_ms >= r->total_ms ? "over_ms leaves no time to ask" : NULL;
}

/* One line, cut up in place; an error's text or NULL. */
static const char *parse_line(char *line, struct planned *r, uint32_t earliest) {
  static char wrong[64];
  *r = (struct planned){.path = NULL};
  for (char *rest = line, *pair; (pair = strsep(&rest, " "));) {
    if (!*pair) continue;
    char *value = strchr(pair, '=');
    if (value) *value++ = 0;
    if (!value || !parse_pair(r, pair, value)) {
      snprintf(wrong, sizeof wrong, "bad %.40s", pair);
      return wrong;
    }
  }
  const char *what = missing(r);
  if (what) return what;
  if (r->at_ms < earliest) return "not sorted by time";
  if (r->at_ms + r->total_ms > PLAN_MS) return "longer than 120 s";
  return NULL;
}

static unsigned count_lines(const char *text) {
  unsigned n = 1;
  for (const char *p = text; (p = strchr(p, '\n')); p++) n++;
  return n;
}

static bool parse_lines(struct plan *plan, char *error, size_t error_size) {
  uint32_t earliest = 0, datagrams = 0;
  for (char *rest = plan->text, *line; (line = strsep(&rest, "\n"));) {
    if (!*line) continue;
    const char *wrong = plan->count == PLAN_REQUESTS ? "more than 2000 requests"
                                                     : parse_line(line, &plan->requests[plan->count], earliest);
    if (!wrong && (datagrams += plan->requests[plan->count].datagrams) > PLAN_DATAGRAMS_IN_ALL)
      wrong = "more than 40000 datagrams in all";
    if (wrong) {
      snprintf(error, error_size, "plan, request %u: %s", plan->count, wrong);
      return false;
    }
    earliest = plan->requests[plan->count++].at_ms;
  }
  if (!plan->count) snprintf(error, error_size, "plan: no requests");
  return plan->count > 0;
}

struct plan *plan_parse(const char *dst, unsigned port, const char *text, size_t length, char *error, size_t error_size) {
  struct plan *plan = calloc(1, sizeof *plan);
  if (!plan || !(plan->text = strndup(text, length))) abort();
  unsigned lines = count_lines(plan->text);
  plan->requests = calloc(lines < PLAN_REQUESTS ? lines : PLAN_REQUESTS, sizeof *plan->requests);
  if (!plan->requests) abort();
  plan->target = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  snprintf(plan->target_text, sizeof plan->target_text, "%s", dst);
  bool ok = inet_pton(AF_INET, dst, &plan->target.sin_addr) == 1 && port >= 1 && port <= 65535;
  if (!ok) snprintf(error, error_size, "plan: dst or port is wrong");
  if (ok && parse_lines(plan, error, error_size)) return plan;
  plan_free(plan);
  return NULL;
}

void plan_free(struct plan *plan) {
  if (!plan) return;
  free(plan->requests);
  free(plan->text);
  free(plan);
}
