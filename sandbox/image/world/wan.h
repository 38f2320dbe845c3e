/*
 * The WAN between the far clients and the server: a router with an MTU, a delay and losses of its own. Moves packets from one of its ends
 * to the other; knows no rules, no routes and nobody's connections.
 */
#ifndef RINGSIDE_WAN_H
#define RINGSIDE_WAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WAN_MTU = 1500, WAN_LEAST_MTU = 576, WAN_LONGEST_DELAY_MS = 2000 };

/* Monotonic; a packet is counted once, in either direction. */
struct wan_counts {
  uint64_t forwarded, toobig, lost, dropped;
};

/* Takes over the two ends, see net_open_wan. Neither delay nor loss at first. */
void wan_open(int server, int clients);

/* Whether there is one. */
bool wan_exists(void);

/* Changes it at once, for the packets under way too. The delay is of each way, the loss in packets of a thousand. */
void wan_set(unsigned mtu, unsigned delay_ms, unsigned loss);

/* Lets a packet come out at the server's end, as if from afar; false when it is not taken. */
bool wan_inject(const uint8_t *packet, size_t length);

/* What became of the packets so far. */
struct wan_counts wan_counts(void);

#endif
