/*
 * `world connect`: see connect.c.
 */
#ifndef RINGSIDE_CONNECT_H
#define RINGSIDE_CONNECT_H

/* Splices stdin and stdout to the unix socket, waiting up to 15 s for it to be there; returns the exit status. */
int connect_main(const char *path);

#endif
