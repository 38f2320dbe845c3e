/*
 * Leg B: the agent in the guest, believed nothing. Knows the frames; what they mean to terminals and runs is theirs.
 */
#ifndef RINGSIDE_AGENT_H
#define RINGSIDE_AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Talks over this fd: QEMU's chardev. */
void agent_open(int fd);

/* For a world without QEMU: an agent on this machine connects to this unix socket, again and again as it pleases. */
void agent_listen(const char *path);

/* Whether the agent has shown itself since it was last lost, and whether it has confirmed the clock since the VM last ran. */
bool agent_is_up(void);
bool agent_is_timed(void);

/* Sets the guest's clock and feeds its random pool; agent_is_timed is false until the agent confirms. */
void agent_set_time(void);

/* Asks for a sign of life; `done` is called at the answer. All frames before it have then been handled on both sides. */
void agent_ping(void (*done)(void));

/* Queues a frame for the agent. */
void agent_put(uint8_t type, uint8_t channel, const void *payload, size_t length);

/* How many bytes wait to be sent. */
size_t agent_queue(void);

/* The guest's end of the port was closed or opened, as QEMU tells. */
void agent_port_changed(bool open);

/* The agent does not do what it must: it counts as down until it speaks again. */
void agent_suspect(void);

/* Sends what can be sent now. */
void agent_settle(void);

#endif
