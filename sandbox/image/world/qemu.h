/*
 * The process of QEMU: how it is started with as little power as possible, and why it died. Knows no QMP.
 */
#ifndef RINGSIDE_QEMU_H
#define RINGSIDE_QEMU_H

#include <sys/types.h>

/* Starts QEMU with fd 3 = tap, 4 = agent, 5 = monitor, as user `uid` (0: as we are); `died` is called with the reason. */
void qemu_start(char **argv, int tap, int agent, int monitor, uid_t uid, void (*died)(int status, const char *reason));

/* From SIGCHLD: this child has ended. */
void qemu_reaped(pid_t pid, int wait_status);

/* Kills QEMU if it runs. */
void qemu_kill(void);

/* Keeps CAP_NET_ADMIN and nothing else, for good. */
void drop_capabilities(void);

#endif
