/*
 * Connections whose other end is of another time. A machine that goes back has connections again that the world has long closed: a server that waits
 * for an answer on one waits until its own patience ends. Knows no VM and nobody's protocol.
 */
#ifndef RINGSIDE_HANGUP_H
#define RINGSIDE_HANGUP_H

#include <netinet/in.h>
#include <stddef.h>

/* The two ends of each connection at some moment, seen from here. */
struct connections {
  struct ends {
    struct sockaddr_in near, far;
  } *list;
  size_t count;
};

/* All TCP connections of this network namespace, 1024 at most. */
void connections_take(struct connections *connections);

void connections_free(struct connections *connections);

/*
 * Lets the far ends know that nobody is there any more; to be called when no socket of ours holds the near ends, not even one that is
 * being closed (watch_abort). Takes a round trip, and gives up after three seconds where nothing answers.
 */
void hang_up(const struct connections *connections);

#endif
