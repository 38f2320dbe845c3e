/*
 * The SYN flood, see flood.h. A timer only while it floods; a loop that was late catches up a little, never for long.
 */
#include "flood.h"

#include "chance.h"
#include "loop.h"
#include "net.h"
#include "packets.h"
#include "vm.h"
#include "wan.h"

#include <arpa/inet.h>

enum { TICK_MS = 5, LATE_MS = 100, LEAST_PORT = 1024 };

static struct timer timer;
static unsigned pps;
static struct in_addr target;
static uint16_t target_port;
static uint64_t since, told; /* when it began or went on, and how many were told to go since */
static uint64_t sent;

/* Neither the first nor the last address of the range: nobody's client has these. */
static struct in_addr somebody(void) {
  struct in_addr net;
  inet_pton(AF_INET, NET_FORGED, &net);
  uint32_t hosts = (1u << (32 - NET_FORGED_PREFIX)) - 2;
  return (struct in_addr){htonl(ntohl(net.s_addr) + 1 + chance() % hosts)};
}

static void send_one(void) {
  uint8_t packet[PACKET_SYN];
  struct syn syn = {.src = somebody(),
                    .dst = target,
                    .src_port = (uint16_t)(LEAST_PORT + chance() % (65536 - LEAST_PORT)),
                    .dst_port = target_port,
                    .sequence = chance()};
  packet_syn(packet, &syn);
  if (wan_inject(packet, sizeof packet)) sent++;
}

static void begin(uint64_t now) {
  since = now;
  told = 0;
}

static void send_due(struct timer *t) {
  uint64_t now = now_ns();
  uint64_t due = (now - since) * pps / SECOND;
  uint64_t most = (uint64_t)pps * LATE_MS / 1000 + 1;
  if (due - told > most) told = due - most;
  for (; told < due; told++) send_one();
  timer_set(t, now + TICK_MS * MS);
}

void flood_set(unsigned wanted, struct in_addr dst, uint16_t port) {
  timer_stop(&timer);
  pps = wanted;
  target = dst;
  target_port = port;
  flood_settle();
}

void flood_settle(void) {
  bool run = pps && vm_running();
  if (run == (timer.place != 0)) return;
  timer_stop(&timer);
  if (!run) return;
  timer.fire = send_due;
  begin(now_ns());
  timer_set(&timer, since);
}

uint64_t flood_sent(void) { return sent; }
