/*
 * What the host's processors do, which part of it this container does, and whom it had no memory for: by the host's kernel, so that no guest can
 * write it.
 */
#ifndef RINGSIDE_HOST_H
#define RINGSIDE_HOST_H

#include <stdbool.h>
#include <stdint.h>

/* Sums over all processors since boot, in microseconds. `told`: the host says all of it. */
struct host_time {
  bool told;
  unsigned processors;
  uint64_t all, busy, own;
};

struct host_time host_time_read(void);

/*
 * Between two readings, hundredths of a processor that this container had or could have had: all of the host's, less what others used. -1: the host did
 * not tell.
 */
int host_left(struct host_time before, struct host_time after);

/* How many processes of this container have been killed for want of memory; 0 where the host does not tell. */
uint64_t host_oom_kills(void);

#endif
