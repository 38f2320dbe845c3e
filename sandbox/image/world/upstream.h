/*
 * The upstream: a price service in the world that the server's application may ask, as slow as a lab wants it. Speaks HTTP/1.1 with peers
 * it does not trust; knows nothing of why they ask.
 */
#ifndef RINGSIDE_UPSTREAM_H
#define RINGSIDE_UPSTREAM_H

#include <stdbool.h>
#include <stdint.h>

enum { UPSTREAM_LEAST_PORT = 1024, UPSTREAM_CONNECTIONS = 512, UPSTREAM_LONGEST_DELAY_MS = 60000 };

/* `limit`: so many connections are served at once, further ones wait in the kernel's queue. */
struct upstream {
  uint16_t port; /* 0: none */
  unsigned delay_ms;
  bool keepalive;
  unsigned limit;
};

/* All but `open` only grow. */
struct upstream_counts {
  uint64_t accepted, requests;
  unsigned open, most_open;
};

/* Where it listens. */
void upstream_listens_at(const char *address);

/* Opens, changes or closes it; connections live on while the port stays the same. An error's text, or NULL. */
const char *upstream_set(const struct upstream *wanted);

/* Drops all connections; it listens on. */
void upstream_let_go(void);

/* What was asked of it so far. */
struct upstream_counts upstream_counts(void);

#endif
