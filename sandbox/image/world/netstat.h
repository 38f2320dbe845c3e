/*
 * The world's own kernel counters.
 */
#ifndef RINGSIDE_NETSTAT_H
#define RINGSIDE_NETSTAT_H

#include "frames.h"

#include <stdint.h>

/* What a load is told about: monotonic counters of this network namespace. */
struct netstat {
  uint64_t retrans_segs, out_rsts, estab_resets, active_opens, syn_retrans;
};

/* Reads them; what cannot be read is 0. */
struct netstat netstat_read(void);

/* Tcp RetransSegs alone, the cheap one. */
uint64_t netstat_retrans(void);

/* Appends the text of /proc/net/snmp and /proc/net/netstat. */
void netstat_text(struct buffer *out);

#endif
