/*
 * The wire to the guest: tap0, the world's addresses, the neighbour entry. Knows no QEMU.
 */
#ifndef RINGSIDE_NET_H
#define RINGSIDE_NET_H

/* Makes tap0 and the world's addresses; returns the tap's fd, exits with a message when it cannot. */
int net_open(void);

/* Asks the kernel to resolve the guest's MAC now, so that the first burst of a load does not wait for ARP. */
void net_resolve_guest(void);

#endif
