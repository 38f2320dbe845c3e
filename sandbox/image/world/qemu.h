/*
 * QEMU's process as the world has it: started, heard, copied aside, put back, killed. The work is the keeper's (keeper.h), which this talks to
 * without ever waiting for it. Knows no QMP.
 */
#ifndef RINGSIDE_QEMU_H
#define RINGSIDE_QEMU_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * Forks the keeper, which has the tap and will run this command line as user `uid` (0: as we are); `ram` is the file that QEMU maps privately,
 * or NULL. `died` is called with the reason whenever QEMU ends by itself, and when the keeper does.
 */
void qemu_open(char **argv, int tap, uid_t uid, const char *ram, void (*died)(int status, const char *reason));

/* Starts QEMU with fd 3 = tap, 4 = agent, 5 = monitor; gives our ends of the two. */
void qemu_start(int *agent, int *monitor);

/* From SIGCHLD: this child has ended. */
void qemu_reaped(pid_t pid, int wait_status);

/* Kills QEMU if it runs; `gone` (may be NULL) is called in place of `died`. */
void qemu_kill(void (*gone)(void));

/* Copies the memory of a QEMU that stands still. `copied`: it may run on. `kept` (not after a failure of `copied`): packed, so large. */
void qemu_copy(unsigned slot, void (*copied)(bool ok, const char *why), void (*kept)(bool ok, size_t bytes, const char *why));

/* Fills the memory of a QEMU that waits, and writes its devices; qemu_tidy when they were read. */
void qemu_put(unsigned slot, void (*filled)(bool ok, const char *why));
void qemu_tidy(void);

/* Forgets what was kept. */
void qemu_drop(unsigned slot);

/* Keeps CAP_NET_ADMIN and nothing else, for good. */
void drop_capabilities(void);

#endif
