/*
 * The frame of counters, see counters.h and PROTOCOL.md: u32 nonce, then for each source that was due a header (u8 id, u8 0, u16le length) and
 * what it gave. A source without a header was not due; one of no length is not there on this machine.
 *
 * The whole may cost 1 % of a core, on a machine that is emulated. What changes seldom is read seldom. And each source pays for itself: one
 * that took long, because the learner's machine has thousands of sockets, is not asked again before its share of the time has passed.
 */
#include "counters.h"

#include "loop.h"
#include "port.h"
#include "sources.h"

#include <time.h>

/* WHOLE: the most a frame holds. SHARE: a source may take one part in so many of the time, but rests no longer than LONGEST. EARLY: a request
   may come that much before the time. */
enum { WHOLE = 48 * 1024, SHARE = 400, LONGEST = 5000, EARLY = 300 };

static struct source {
  uint8_t id;
  uint16_t every; /* ms */
  void (*read)(struct buffer *);
  struct kept file; /* instead of `read` */
  uint64_t due, costs[2]; /* of processor time, ns, the last and the one before; 0: not read yet */
} sources[] = {
    {.id = 1, .file = {.path = "/proc/net/netstat", .fd = -1}},
    {.id = 2, .file = {.path = "/proc/net/snmp", .fd = -1}},
    {.id = 3, .file = {.path = "/proc/net/softnet_stat", .fd = -1}},
    {.id = 4, .file = {.path = "/proc/softirqs", .fd = -1}},
    {.id = 5, .read = source_cpu},
    {.id = 6, .file = {.path = "/proc/meminfo", .fd = -1}, .every = 5000},
    {.id = 7, .file = {.path = "/proc/net/sockstat", .fd = -1}},
    {.id = 8, .file = {.path = "/proc/net/dev", .fd = -1}},
    {.id = 9, .read = source_irqs},
    {.id = 10, .read = source_nic},
    {.id = 11, .read = source_qdiscs},
    /* There once the module is. Its first column is the count, so that no sysctl need be read. */
    {.id = 12, .file = {.path = "/proc/net/stat/nf_conntrack", .fd = -1}},
    {.id = 13, .read = source_sockets},
    {.id = 14, .read = source_puma},
    {.id = 15, .read = source_rules, .every = 5000},
    {.id = 16, .read = source_limits, .every = 5000},
};

static void read_source(struct source *s, struct buffer *out) {
  size_t before = buffer_length(out);
  uint8_t header[4] = {s->id};
  buffer_append(out, header, sizeof header);
  if (s->read) s->read(out);
  else kept_read(&s->file, out, SOURCE_MAX);
  put16(buffer_front(out) + before + 2, (uint16_t)(buffer_length(out) - before - sizeof header));
}

/* Processor time, not the clock's: whoever runs meanwhile is not to be charged to a source. */
static uint64_t spent_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

static uint64_t smaller(uint64_t a, uint64_t b) { return a < b ? a : b; }

/* What is dear is so each time. A host that was busy just now is not, and neither is a first time, when an emulator translates the code. */
static uint64_t cost_of(struct source *s, uint64_t spent) {
  uint64_t cost = smaller(spent, smaller(s->costs[0], s->costs[1]));
  s->costs[1] = s->costs[0];
  s->costs[0] = spent;
  return cost;
}

/* Up to its share a source that is read every second is due whenever anybody asks, however the requests fall. */
static uint64_t next_due(const struct source *s, uint64_t began, uint64_t cost) {
  uint64_t rest = smaller(cost * SHARE, (uint64_t)LONGEST * MS), least = (uint64_t)s->every * MS;
  if (!s->every && rest <= SECOND) return 0;
  return began + (rest < least ? least : rest);
}

static void read_if_due(struct source *s, struct buffer *out) {
  uint64_t began = now_ns(), before = spent_ns();
  if (began + (uint64_t)EARLY * MS < s->due || buffer_length(out) + 4 + SOURCE_MAX > WHOLE) return;
  read_source(s, out);
  s->due = next_due(s, began, cost_of(s, spent_ns() - before));
}

void counters_frame(const struct frame *f) {
  static unsigned first;
  enum { COUNT = sizeof sources / sizeof sources[0] };
  struct buffer body = {0};
  if (f->length != 4) return;
  buffer_append(&body, f->data, 4);
  /* Each time another one is first: should they not all fit, none is left out for ever. */
  for (unsigned i = 0; i < COUNT; i++) read_if_due(&sources[(first + i) % COUNT], &body);
  first = (first + 1) % COUNT;
  port_put(B_COUNTED, 0, buffer_front(&body), buffer_length(&body));
  buffer_free(&body);
}
