/*
 * The text of a plan, parsed and checked: what each client asks or sends, when, from where. Knows no sockets being open.
 */
#ifndef RINGSIDE_PLAN_H
#define RINGSIDE_PLAN_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PLAN_REQUESTS = 2000, PLAN_MS = 120000 };
enum { PLAN_DATAGRAMS_A_LINE = 10000, PLAN_DATAGRAMS_IN_ALL = 40000, PLAN_SOURCES = 256 };
enum { PLAN_LEAST_DATAGRAM = 16, PLAN_DATAGRAM = 1400 };

enum planned_kind { PLAN_HTTP, PLAN_DATAGRAMS };

/* One line. */
struct planned {
  enum planned_kind kind;
  uint32_t at_ms, connect_ms, total_ms;
  struct in_addr src;

  /* HTTP */
  uint32_t hold_ms, body;
  bool post;
  const char *path; /* into the plan's text */

  /* datagrams: how many, from how many addresses from src on, how long each, spread over how long */
  uint32_t datagrams, sources, bytes, over_ms;
  uint16_t port, ask_port;
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
