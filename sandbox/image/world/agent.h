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

/*
 * For a moment to be saved: from now on what is for the agent waits here, behind a question for a sign of life. At the answer nothing is
 * under way to the agent. Whoever sends what is counted (input, credit) asks agent_is_held first and comes again after agent_release.
 */
void agent_hold(void (*quiet)(void));
bool agent_is_held(void);
void agent_release(void);

/* Takes all that has arrived; whether anything had. */
bool agent_drain(void);

/* The beginning of a frame whose end has not arrived. */
size_t agent_partial(const uint8_t **bytes);

/*
 * For another VM in place of this one: nothing is heard or said any more; then heard again, over this fd, after so much of a frame; then said again,
 * and what was to be said meanwhile is dropped, as it was meant for the VM that is gone.
 */
void agent_part(void);
void agent_resume(int fd, const uint8_t *partial, size_t length);
void agent_renew(void);

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
