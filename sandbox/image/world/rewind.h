/*
 * Moments of the VM: saved while it runs, gone back to, forgotten. Knows the order of the steps, and the few requests that ask for them;
 * knows neither QEMU's memory (memory.c) nor what a terminal is (past.c).
 */
#ifndef RINGSIDE_REWIND_H
#define RINGSIDE_REWIND_H

#include "request.h"

#include <stdbool.h>

/* `with_vm`: there is a QEMU whose memory can be kept. Without one, as in tests, a moment is what the world itself has. */
void rewind_open(bool possible, bool with_vm);

/* Whether a moment is being saved or gone back to; and whether it is the latter. */
bool rewind_is_busy(void);
bool rewind_is_leaving(void);

/* From vm.c: the other QEMU has taken its devices, or could not; QEMU has died. */
void rewind_migrated(bool ok);
void rewind_died(const char *why);

/* Requests of the service, a part of the table in commands.c. */
void rewind_save(const struct request *r);
void rewind_back(const struct request *r);
void rewind_drop(const struct request *r);
void rewind_list(const struct request *r);

#endif
