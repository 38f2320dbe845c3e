/*
 * The guest's memory seen from outside QEMU: which pages it has changed of the file that it maps, copied aside packed, put back into another
 * QEMU. Knows processes by their number; knows no QMP, no moments' names and no messages.
 */
#ifndef RINGSIDE_MEMORY_H
#define RINGSIDE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* One moment's pages and devices, packed one after the other in memory that is mapped whole and touched as it fills. */
struct kept {
  uint8_t *bytes;
  size_t length, room, added;
  unsigned pages;
};

/* Opens the file that every QEMU here maps; false and errno. */
bool memory_open(const char *path);

/*
 * Copies what this process has changed. Returns with all of it read; what could not be packed meanwhile waits for memory_pack. At most `room`
 * bytes are kept. An error's text, or NULL.
 */
const char *memory_copy(pid_t pid, struct kept *kept, size_t room);

/* Packs what is left of memory_copy; an error's text, or NULL. */
const char *memory_pack(struct kept *kept);

/* Keeps some bytes that are no page beside the pages, in the same room. */
const char *memory_add(struct kept *kept, const uint8_t *bytes, size_t length);

/* Makes the memory of a fresh process what was kept; hands out the bytes of memory_add in pieces. An error's text, or NULL. */
const char *memory_put(pid_t pid, const struct kept *kept, bool (*added)(const uint8_t *bytes, size_t length));

/* Gives the room back. */
void memory_drop(struct kept *kept);

#endif
