/*
 * The text of a plan, parsed and checked: what each client asks, when, from where. Knows no sockets being open.
 */
#ifndef RINGSIDE_PLAN_H
#define RINGSIDE_PLAN_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PLAN_REQUESTS = 2000, PLAN_MS = 120000 };

struct planned {
  uint32_t at_ms, connect_ms, total_ms, hold_ms, body;
  struct in_addr src;
  bool post;
  const char *path; /* into the plan's text */
};

struct plan {
  struct sockaddr_in target;
  char target_text[INET_ADDRSTRLEN];
  char *text;
  struct planned *requests;
  unsigned count;
};

/* Parses a plan; NULL with the error's text when it breaks a rule. */
struct plan *plan_parse(const char *dst, unsigned port, const char *text, size_t length, char *error, size_t error_size);

void plan_free(struct plan *plan);

#endif
