/*
 * Hanging up, see hangup.h. A connect from the near end to the far one sends a SYN into a connection that the other side believes in. It answers
 * with the sequence number that it expects (a challenge ACK, RFC 5961, 4.2), which our kernel, for which this is the answer to no SYN of its own,
 * refuses with a reset of just that number (RFC 9293, 3.5.1: how half-open connections are discovered). So no raw socket is needed.
 */
#include "hangup.h"

#include "loop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 1024, PATIENCE_MS = 3000, SYN_SENT = 2, TIME_WAIT = 6, CLOSE = 7, LISTEN = 10 };

struct call {
  struct watcher watcher;
  struct timer timer;
};

/* The kernel writes an address as the number that it is in memory. */
static struct sockaddr_in end(unsigned address, unsigned port) {
  return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr = {address}, .sin_port = htons((uint16_t)port)};
}

void connections_take(struct connections *connections) {
  *connections = (struct connections){0};
  FILE *file = fopen("/proc/net/tcp", "re");
  if (!file) return;
  connections->list = calloc(MOST, sizeof *connections->list);
  if (!connections->list) abort();
  char line[256];
  unsigned near, near_port, far, far_port, state;
  while (connections->count < MOST && fgets(line, sizeof line, file)) {
    if (sscanf(line, " %*u: %8X:%4X %8X:%4X %2X", &near, &near_port, &far, &far_port, &state) != 5) continue;
    /* Of one that was only asked for the other end need not know; asked again, it would be a client that nobody sent. */
    if (state == LISTEN || state == SYN_SENT || state == TIME_WAIT || state == CLOSE) continue;
    connections->list[connections->count++] = (struct ends){end(near, near_port), end(far, far_port)};
  }
  fclose(file);
}

void connections_free(struct connections *connections) {
  free(connections->list);
  *connections = (struct connections){0};
}

/* A far end with a listener takes a SYN that is sent once more, when the connection is gone, for a new client: it is told at once that this was none. */
static void give_up(struct call *call) {
  watch_abort(&call->watcher);
  timer_stop(&call->timer);
  free(call);
}

/* The SYN that was sent once more found no connection any more: refused, or taken by a listener. */
static void over(struct watcher *w, uint32_t events) {
  (void)events;
  give_up(owner_of(w, struct call, watcher));
}

static void unanswered(struct timer *t) { give_up(owner_of(t, struct call, timer)); }

/* One that ended here a moment ago (TIME_WAIT) cannot be called: its far end waits as long as its own patience lasts. */
static void tell(const struct ends *ends) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
  if (fd < 0) return;
  setsockopt(fd, IPPROTO_IP, IP_FREEBIND, &on, sizeof on);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  /* A listener of ours may hold the near end's port: it shares it. */
  setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  if (bind(fd, (const struct sockaddr *)&ends->near, sizeof ends->near) ||
      connect(fd, (const struct sockaddr *)&ends->far, sizeof ends->far) == 0 || errno != EINPROGRESS) {
    close(fd);
    return;
  }
  struct call *call = calloc(1, sizeof *call);
  if (!call) abort();
  *call = (struct call){.watcher = {.fd = fd, .ready = over}, .timer.fire = unanswered};
  watch(&call->watcher, EPOLLOUT);
  timer_set(&call->timer, now_ns() + (uint64_t)PATIENCE_MS * MS);
}

void hang_up(const struct connections *connections) {
  for (size_t i = 0; i < connections->count; i++) tell(&connections->list[i]);
}
