/*
 * The commands that make or tell of traffic: loads, the background, the WAN, the flood, the upstream, counters. Knows what each means, and no
 * more; one part of the table in commands.c.
 */
#ifndef RINGSIDE_TRAFFIC_H
#define RINGSIDE_TRAFFIC_H

#include "request.h"

void traffic_load(const struct request *r);
void traffic_background(const struct request *r);
void traffic_background_stop(const struct request *r);
void traffic_background_stats(const struct request *r);
void traffic_netstat(const struct request *r);
void traffic_wan(const struct request *r);
void traffic_flood(const struct request *r);
void traffic_upstream(const struct request *r);
void traffic_world_stats(const struct request *r);

#endif
