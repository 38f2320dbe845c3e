/*
 * Leg A: the service's connections, their requests and what is said back. Knows no command's meaning.
 */
#ifndef RINGSIDE_SERVICE_H
#define RINGSIDE_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CONNECTIONS = 8 };

/* Who waits for a reply. Stays harmless after the connection has gone: the generation tells. */
struct caller {
  uint8_t slot;
  uint32_t generation;
  uint32_t id;
};

/* Listens on a unix socket; without any connection for `linger` seconds (0: for ever) the world ends. */
void service_open(const char *path, unsigned linger);

/* Sends what can be sent now. */
void service_settle(void);

/* Ends the world with status 0 once all replies have left, or after a second. */
void service_end(void);

/* Whether the caller's connection is still there. */
bool caller_alive(struct caller caller);

/* Replies to a request, in as many parts as it takes. ok=false: the bytes are the error's text. */
void reply(struct caller caller, bool ok, const void *bytes, size_t length);

/* Replies with a short formatted text. */
void reply_text(struct caller caller, bool ok, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Tells every connection. */
void event_all(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Tells one connection. */
void event_to(uint8_t slot, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Sends a frame to one connection; for small frames only, OUTPUT is pulled. */
void service_put(uint8_t slot, uint8_t type, uint8_t channel, const void *head, size_t head_length, const void *body,
                 size_t body_length);

#endif
