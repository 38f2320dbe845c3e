/*
 * Small named notes that the service keeps here across its own death. Knows nothing of what they say.
 */
#ifndef RINGSIDE_MEMO_H
#define RINGSIDE_MEMO_H

#include <stddef.h>

/* Keeps a copy; an error's text, or NULL. */
const char *memo_set(const char *name, const void *bytes, size_t length);

/* The note, or NULL. */
const void *memo_get(const char *name, size_t *length);

#endif
