/*
 * The wire to the guest and the way round it: tap0, the WAN's two ends, the clients' addresses, rules and routes, the neighbour entry.
 * Knows no QEMU and no packet.
 */
#ifndef RINGSIDE_NET_H
#define RINGSIDE_NET_H

#include <stdint.h>

/* 198.18.0.0/15 is set aside for benchmarks (RFC 2544): it collides with nobody's network. */
#define NET_WORLD "198.18.0.1"
#define NET_GUEST "198.18.0.2"
/* The half of 198.19.0.0/16 whose clients sit behind the WAN, and the half that forged packets say they come from. */
#define NET_FAR "198.19.0.0"
#define NET_FORGED "198.19.128.0"
enum { NET_FAR_PREFIX = 17, NET_FORGED_PREFIX = 17 };

/* Makes tap0 and the world's addresses; returns the tap's fd, exits with a message when it cannot. */
int net_open(void);

/* Makes the WAN's two ends with their rules and routes; exits with a message when it cannot. */
void net_open_wan(int *server, int *clients);

/* Asks the kernel to resolve the guest's MAC now, so that the first burst of a load does not wait for ARP. */
void net_resolve_guest(void);

/* How many packets the wire's own queue could not hold since it was made. */
uint64_t net_dropped(void);

/* Packets that QEMU has taken off the wire for the server, that the server has sent, and that the wire could not hold. */
struct wire_counts {
  uint64_t to, from, dropped;
};
struct wire_counts net_counts(void);

#endif
