/*
 * Notes in plain memory, see memo.h: they live and die with the container, as they should.
 */
#include "memo.h"

#include <stdlib.h>
#include <string.h>

enum { MEMOS = 16, NAME = 65, LARGEST = 512 * 1024 };

static struct memo {
  char name[NAME];
  void *bytes;
  size_t length;
} memos[MEMOS];

static struct memo *find(const char *name) {
  for (int i = 0; i < MEMOS; i++)
    if (strcmp(memos[i].name, name) == 0) return &memos[i];
  return NULL;
}

const char *memo_set(const char *name, const void *bytes, size_t length) {
  if (!*name || strlen(name) >= NAME) return "a memo needs a name of 1 to 64 characters";
  if (length > LARGEST) return "a memo holds at most 512 KiB";
  struct memo *m = find(name);
  if (!m) m = find("");
  if (!m) return "too many memos";
  void *copy = malloc(length + 1);
  if (!copy) return "out of memory";
  memcpy(copy, bytes, length);
  free(m->bytes);
  strcpy(m->name, name);
  m->bytes = copy;
  m->length = length;
  return NULL;
}

const void *memo_get(const char *name, size_t *length) {
  struct memo *m = *name ? find(name) : NULL;
  if (!m) return NULL;
  *length = m->length;
  return m->bytes;
}
