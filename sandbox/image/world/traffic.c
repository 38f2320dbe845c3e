/*
 * Commands about traffic, see traffic.h. Everything is read and checked before anything is changed.
 */
#include "traffic.h"

#include "flood.h"
#include "frames.h"
#include "load.h"
#include "net.h"
#include "netstat.h"
#include "upstream.h"
#include "vm.h"
#include "wan.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

static struct plan *parse_plan(const struct request *r) {
  uint64_t port;
  char error[160];
  if (!number(r, "port", 1, 65535, 80, &port)) return NULL;
  struct plan *plan = plan_parse(argument(r, "dst"), (unsigned)port, (const char *)r->body, r->length, error, sizeof error);
  if (!plan) reply_text(r->caller, false, "%s", error);
  return plan;
}

void traffic_load(const struct request *r) {
  const char *until = argument(r, "until");
  if (*until && strcmp(until, "retrans")) {
    answer(r, "until must be retrans");
    return;
  }
  if (!vm_running()) {
    answer(r, "the VM does not run");
    return;
  }
  struct plan *plan = parse_plan(r);
  if (plan) load_play(r->caller, plan, *until);
}

void traffic_background(const struct request *r) {
  uint64_t every;
  if (!number(r, "every", 100, PLAN_MS, 1000, &every)) return;
  struct plan *plan = parse_plan(r);
  if (!plan) return;
  background_start(plan, every);
  answer(r, NULL);
}

void traffic_background_stop(const struct request *r) {
  background_stop();
  answer(r, NULL);
}

void traffic_background_stats(const struct request *r) {
  uint64_t seconds;
  if (number(r, "seconds", 1, 120, 60, &seconds)) background_stats(r->caller, (unsigned)seconds);
}

void traffic_netstat(const struct request *r) {
  struct buffer text = {0};
  netstat_text(&text);
  reply(r->caller, true, buffer_front(&text), buffer_length(&text));
  buffer_free(&text);
}

static bool no_wan(const struct request *r) {
  if (!wan_exists()) answer(r, "there is no WAN here");
  return !wan_exists();
}

void traffic_wan(const struct request *r) {
  uint64_t mtu, delay, loss;
  if (!number(r, "mtu", WAN_LEAST_MTU, WAN_MTU, WAN_MTU, &mtu)) return;
  if (!number(r, "delay", 0, WAN_LONGEST_DELAY_MS, 0, &delay) || !number(r, "loss", 0, 1000, 0, &loss)) return;
  if (no_wan(r)) return;
  wan_set((unsigned)mtu, (unsigned)delay, (unsigned)loss);
  answer(r, NULL);
}

void traffic_flood(const struct request *r) {
  uint64_t pps, port;
  struct in_addr dst = {0};
  if (!number(r, "pps", 0, FLOOD_PPS, UINT64_MAX, &pps) || !number(r, "port", 1, 65535, 80, &port) || no_wan(r)) return;
  if (pps && inet_pton(AF_INET, argument(r, "dst"), &dst) != 1) {
    answer(r, "dst must be an address");
    return;
  }
  flood_set((unsigned)pps, dst, (uint16_t)port);
  answer(r, NULL);
}

void traffic_upstream(const struct request *r) {
  uint64_t port, delay, keepalive, limit;
  if (!number(r, "port", 0, 65535, UINT64_MAX, &port)) return;
  if (port && port < UPSTREAM_LEAST_PORT) {
    reply_text(r->caller, false, "port must be 0 or a number from %d to 65535", UPSTREAM_LEAST_PORT);
    return;
  }
  if (!number(r, "delay", 0, UPSTREAM_LONGEST_DELAY_MS, 0, &delay) || !number(r, "keepalive", 0, 1, 1, &keepalive)) return;
  if (!number(r, "limit", 1, UPSTREAM_CONNECTIONS, UPSTREAM_CONNECTIONS, &limit)) return;
  struct upstream wanted = {
      .port = (uint16_t)port, .delay_ms = (unsigned)delay, .keepalive = keepalive, .limit = (unsigned)limit};
  answer(r, upstream_set(&wanted));
}

void traffic_world_stats(const struct request *r) {
  struct upstream_counts u = upstream_counts();
  struct wan_counts w = wan_counts();
  reply_text(r->caller, true,
             "flood sent=%llu\nupstream accepted=%llu requests=%llu open=%u most_open=%u\n"
             "wan forwarded=%llu toobig=%llu lost=%llu dropped=%llu\nwire dropped=%llu\n",
             (unsigned long long)flood_sent(), (unsigned long long)u.accepted, (unsigned long long)u.requests, u.open,
             u.most_open, (unsigned long long)w.forwarded, (unsigned long long)w.toobig, (unsigned long long)w.lost,
             (unsigned long long)w.dropped, (unsigned long long)net_dropped());
}
