/*
 * Sockets that speak as one of the clients. Knows no plan.
 */
#ifndef RINGSIDE_CLIENT_H
#define RINGSIDE_CLIENT_H

#include <netinet/in.h>
#include <stdint.h>

/* A non-blocking socket (SOCK_STREAM, SOCK_DGRAM) of this client with an ephemeral port; -1 and errno. */
int client_socket(int type, struct in_addr src);

/* A connection of this client to the target, being made; -1 and errno. */
int client_connect(struct in_addr src, const struct sockaddr_in *target);

/* How connecting ended: 0, or an errno. */
int client_connect_error(int fd);

/* Segments of this connection that had to be sent again, its SYN included. */
uint32_t client_retransmitted(int fd);

#endif
