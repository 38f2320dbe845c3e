/*
 * Counters: one frame that answers one request, and nothing at all when nobody asks. Knows the frame and how often each source is read;
 * what the sources mean is for whoever reads the frame.
 */
#ifndef RINGSIDE_AGENT_COUNTERS_H
#define RINGSIDE_AGENT_COUNTERS_H

#include "frames.h"

/* A request for the counters: answered with those sources that are due. */
void counters_frame(const struct frame *f);

#endif
