/*
 * The WAN, see wan.h. One queue per direction, in the order of arrival, so that one timer serves them; at rest there is neither queue nor
 * timer. What is too big and may be cut is passed on whole: the far end would only put the pieces together again.
 */
#include "wan.h"

#include "chance.h"
#include "loop.h"
#include "net.h"
#include "packets.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LARGEST = 1500, QUEUED = 2048, AT_ONCE = 256 };

struct queued {
  struct queued *next;
  uint64_t arrived;
  size_t length;
  uint8_t packet[];
};

/* One end: what comes in here waits here, and leaves at the other. */
static struct end {
  struct watcher watcher;
  struct end *other;
  struct queued *first, **last;
  unsigned count;
} server = {.watcher.fd = -1}, clients = {.watcher.fd = -1};

static struct timer timer;
static struct wan_counts counts;
static struct in_addr router, forged, forged_mask;
static unsigned mtu = WAN_MTU, loss;
static uint64_t delay_ns;

static bool put_out(struct end *at, const uint8_t *packet, size_t length) {
  return write(at->watcher.fd, packet, length) == (ssize_t)length;
}

static void pass_on(struct end *from, const uint8_t *packet, size_t length) {
  if (put_out(from->other, packet, length)) counts.forwarded++;
  else counts.dropped++;
}

/* ---- waiting ---- */

static void pass_first(struct end *from) {
  struct queued *q = from->first;
  from->first = q->next;
  if (!from->first) from->last = &from->first;
  from->count--;
  pass_on(from, q->packet, q->length);
  free(q);
}

static void pass_due(struct timer *t) {
  struct end *const ends[] = {&server, &clients};
  uint64_t now = now_ns(), next = UINT64_MAX;
  for (int i = 0; i < 2; i++) {
    while (ends[i]->first && ends[i]->first->arrived + delay_ns <= now) pass_first(ends[i]);
    if (ends[i]->first && ends[i]->first->arrived + delay_ns < next) next = ends[i]->first->arrived + delay_ns;
  }
  if (next != UINT64_MAX) timer_set(t, next);
}

static void wait_in_line(struct end *from, const uint8_t *packet, size_t length) {
  struct queued *q = from->count < QUEUED ? malloc(sizeof *q + length) : NULL;
  if (!q) {
    counts.dropped++;
    return;
  }
  *q = (struct queued){.arrived = now_ns(), .length = length};
  memcpy(q->packet, packet, length);
  *from->last = q;
  from->last = &q->next;
  from->count++;
  if (!timer.place) timer_set(&timer, q->arrived + delay_ns);
}

/* ---- arriving ---- */

/* Nobody has the addresses that forged packets come from: what is sent to them ends here without a word. */
static bool is_for_nobody(const uint8_t *packet) { return (packet_dst(packet).s_addr & forged_mask.s_addr) == forged.s_addr; }

static void refuse(struct end *at, const uint8_t *packet) {
  uint8_t answer[PACKET_UNREACHABLE];
  size_t length = packet_fragmentation_needed(answer, packet, router, mtu);
  counts.toobig++;
  if (length) put_out(at, answer, length);
}

static void take(struct end *from, const uint8_t *packet, size_t length) {
  if (!packet_is_ipv4(packet, length) || is_for_nobody(packet)) return;
  if (packet_too_big(packet, length, mtu)) refuse(from, packet);
  else if (loss && chance() % 1000 < loss) counts.lost++;
  else if (delay_ns || from->first) wait_in_line(from, packet, length);
  else pass_on(from, packet, length);
}

static void end_ready(struct watcher *w, uint32_t events) {
  (void)events;
  struct end *from = owner_of(w, struct end, watcher);
  static uint8_t packet[LARGEST];
  for (int i = 0; i < AT_ONCE; i++) {
    ssize_t n = read(w->fd, packet, sizeof packet);
    if (n <= 0) return;
    take(from, packet, (size_t)n);
  }
}

/* ---- the outside ---- */

static void open_end(struct end *end, struct end *other, int fd) {
  *end = (struct end){.watcher = {.fd = fd, .ready = end_ready}, .other = other, .last = &end->first};
  watch(&end->watcher, EPOLLIN);
}

void wan_open(int server_fd, int clients_fd) {
  inet_pton(AF_INET, NET_WORLD, &router);
  inet_pton(AF_INET, NET_FORGED, &forged);
  forged_mask.s_addr = htonl(~0u << (32 - NET_FORGED_PREFIX));
  timer.fire = pass_due;
  open_end(&server, &clients, server_fd);
  open_end(&clients, &server, clients_fd);
}

bool wan_exists(void) { return server.watcher.fd >= 0; }

void wan_set(unsigned wanted_mtu, unsigned delay_ms, unsigned wanted_loss) {
  mtu = wanted_mtu;
  loss = wanted_loss;
  delay_ns = (uint64_t)delay_ms * MS;
  if (timer.place) pass_due(&timer);
}

bool wan_inject(const uint8_t *packet, size_t length) { return wan_exists() && put_out(&server, packet, length); }

struct wan_counts wan_counts(void) { return counts; }
