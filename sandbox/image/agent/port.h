/*
 * The agent's end of leg B: a virtio serial port, or a unix socket in tests. Knows no meaning of any frame.
 */
#ifndef RINGSIDE_PORT_H
#define RINGSIDE_PORT_H

#include "frames.h"

#include <stdbool.h>

/* What a port calls: each whole frame; the port is there again after a gap; it is gone for good. */
struct port_user {
  void (*frame)(const struct frame *);
  void (*gone)(void);
};

/* Opens the port at this path, NULL: the virtio port named `agent`. Exits with a message when there is none. */
void port_open(const char *path, const struct port_user *user);

/* Queues a frame. */
void port_put(uint8_t type, uint8_t channel, const void *payload, size_t length);

/* Whether output of terminals and runs may be queued now. The queue is kept short, so that a keystroke's echo is soon on its way. */
bool port_has_room(void);

/* Sends what can be sent now. */
void port_settle(void);

#endif
