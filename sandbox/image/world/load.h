/*
 * Loads: a plan played once for a caller, and one in the background over and over, with statistics per second.
 */
#ifndef RINGSIDE_LOAD_H
#define RINGSIDE_LOAD_H

#include "frames.h"
#include "plan.h"
#include "service.h"

/*
 * Plays the plan (taken over) once and replies; the background rests meanwhile. `until_retrans`: gives up at the first segment that
 * anybody in this namespace sends again.
 */
void load_play(struct caller caller, struct plan *plan, bool until_retrans);

/* Whether a load plays. */
bool load_active(void);

/* Ends a load whose caller has gone. */
void load_check_caller(void);

/* background.c: plays the plan (taken over) every so many ms, in place of a running one. */
void background_start(struct plan *plan, uint64_t every_ms);

/* background.c: ends it and closes what is open. */
void background_stop(void);

/* background.c: drops the connections under way, uncounted: their server has become another one. */
void background_let_go(void);

/* background.c: replies with the last seconds. */
void background_stats(struct caller caller, unsigned seconds);

/* background.c: appends the seconds that are kept and began after this moment of unix time. */
void background_text(struct buffer *text, uint64_t since);

/* background.c: rests or goes on, according to whether a load plays and the VM runs. */
void load_suspend_background(void);

#endif
