/*
 * The keeper: a process of QEMU's own user beside the world, QEMU's parent. Starts and kills it, copies its memory aside and puts it back.
 * This is what the two say to each other, over a socket of whole messages; qemu.c is the world's end. Knows no terminal and no QMP.
 */
#ifndef RINGSIDE_KEEPER_H
#define RINGSIDE_KEEPER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* SLOTS: how many moments are kept at most. KEPT_MB: how much memory they may take, all together and packed. */
enum { SLOTS = 6, KEPT_MB = 112, KEEPER_TEXT = 200 };

enum keeper_kind {
  /* To the keeper. */
  K_START,  /* with three descriptors: QEMU's ends of the agent's and the monitor's socket, and its stderr */
  K_COPY,   /* QEMU is stopped and has written its devices to DEVICES: keep both; answered by COPIED, then KEPT */
  K_PUT,    /* QEMU waits for a migration: fill its memory and write DEVICES; answered by FILLED */
  K_TIDY,   /* DEVICES has served */
  K_DROP,   /* forget this moment */
  K_KILL,   /* ends QEMU; answered by DIED, as every end of it is */
  /* From the keeper. */
  K_COPIED, /* QEMU may run on; not ok: nothing was kept, and no KEPT follows */
  K_KEPT,   /* the moment is packed, `bytes` large; not ok: it has no room and is forgotten */
  K_FILLED,
  K_DIED, /* `status` as waitpid tells it */
};

struct keeper_message {
  uint8_t kind, slot;
  bool ok;
  int32_t status;
  uint64_t bytes;
  char text[KEEPER_TEXT]; /* why not */
};

/* What QEMU writes its devices' state to and reads it from: on the container's small tmpfs, for as long as one step takes. */
#define DEVICES "/tmp/devices"

struct keeper {
  char **argv;     /* QEMU's command line */
  int tap, control;
  uid_t uid;       /* whom QEMU and the keeper run as; 0: as we are */
  const char *ram; /* the file that QEMU maps privately as the guest's memory */
};

/* Serves until the world is gone. To be called in a process of its own, as root, with no other thread. */
_Noreturn void keeper_serve(const struct keeper *keeper);

/* Gives up all capabilities but these in the bounding set, for this process and what it will start. */
void keeper_bound(uint32_t kept);

/* Sets the effective and permitted capabilities; ends the process when it cannot. */
void keeper_set_capabilities(uint32_t kept);

#endif
