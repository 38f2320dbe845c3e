/*
 * A client of QEMU's monitor: commands in order, events. Knows no meaning of any command.
 */
#ifndef RINGSIDE_QMP_H
#define RINGSIDE_QMP_H

#include <stdbool.h>
#include <stddef.h>

/* Talks over this fd. `event` is called with each event's name and its whole line. */
void qmp_open(int fd, void (*event)(const char *name, const char *line));

/* Hangs up; nobody hears of what was asked and not answered. */
void qmp_close(void);

/* Sends a command (`arguments` is JSON or NULL); `done` (may be NULL) gets whether it succeeded and the answer's line. */
void qmp_send(const char *command, const char *arguments, void (*done)(bool ok, const char *line));

/* Finds "key": "text" anywhere in a line; false when there is none. */
bool json_text(const char *line, const char *key, char *value, size_t size);

/* Finds "key": true anywhere in a line. */
bool json_true(const char *line, const char *key);

#endif
