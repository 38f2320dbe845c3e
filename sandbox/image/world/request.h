/*
 * One request of leg A, its arguments read and checked, its short replies. Knows no command.
 */
#ifndef RINGSIDE_REQUEST_H
#define RINGSIDE_REQUEST_H

#include "service.h"

/* `arguments` is the rest of the first line, each pair ended by NUL, the last by two. */
struct request {
  struct caller caller;
  const char *arguments;
  const uint8_t *body;
  size_t length;
};

/* The value of a key, "" without one. */
const char *argument(const struct request *r, const char *key);

/* A number between least and most, `otherwise` when it is missing; false when it is anything else, and then the caller has been told. */
bool number(const struct request *r, const char *key, uint64_t least, uint64_t most, uint64_t otherwise, uint64_t *value);

/* Replies with this error, or with ok when there is none. */
void answer(const struct request *r, const char *error);

#endif
