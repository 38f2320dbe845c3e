/*
 * The life of the microVM: booting or restoring, running, paused, saved, dead. Knows QMP's commands, no terminals and no loads.
 */
#ifndef RINGSIDE_VM_H
#define RINGSIDE_VM_H

#include "service.h"

#include <stdbool.h>

enum vm_mode { MODE_COLD, MODE_RESTORE, MODE_NONE };

/* Starts the life; `state` is the template's file in MODE_RESTORE; `monitor` is QMP's fd, -1 in MODE_NONE. */
void vm_open(enum vm_mode mode, const char *state, int monitor);

/* Whether guest code runs now. */
bool vm_running(void);

/* Why nothing can be asked of the guest now, or NULL. */
const char *vm_refusal(void);

/* Requests of the service. */
void vm_hello(struct caller caller);
void vm_wait_ready(struct caller caller, uint64_t timeout_ms);
void vm_stop(struct caller caller);
void vm_cont(struct caller caller);
void vm_save(struct caller caller, const char *path);

/* For rewind.c: leaves this VM's present, an error's text or NULL; hears another QEMU's monitor from then on; has come to the past; has not. */
const char *vm_leave(void);
void vm_listen(int monitor);
void vm_arrive(void);
void vm_give_up(const char *why);

/* The agent came, went, or confirmed the clock. */
void vm_agent_changed(void);

/* QEMU's process has ended. */
void vm_qemu_died(int status, const char *reason);

#endif
