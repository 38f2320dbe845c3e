/*
 * `agent relisten PORT BACKLOG`: see relisten.c.
 */
#ifndef RINGSIDE_RELISTEN_H
#define RINGSIDE_RELISTEN_H

/* Returns the exit status. */
int relisten_main(int argc, char **argv);

#endif
