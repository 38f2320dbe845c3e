/*
 * The SYN flood: connections asked for by nobody, so many a second, from forged addresses behind the WAN. Knows neither what the server
 * answers nor whether it does.
 */
#ifndef RINGSIDE_FLOOD_H
#define RINGSIDE_FLOOD_H

#include <netinet/in.h>
#include <stdint.h>

enum { FLOOD_PPS = 2000 };

/* Floods this address and port with so many SYNs a second from now on, in place of what was; 0: none. */
void flood_set(unsigned pps, struct in_addr dst, uint16_t port);

/* Rests or goes on, according to whether the VM runs. */
void flood_settle(void);

/* How many SYNs were sent since the world began. */
uint64_t flood_sent(void);

#endif
