/*
 * One page of memory made small against the page it once was: what stayed in its place and what repeats itself is named, not kept. Pure:
 * knows no process and no file.
 */
#ifndef RINGSIDE_PACK_H
#define RINGSIDE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* PACKED: the most that a page becomes, which is itself and a byte that says so. */
enum { PAGE = 4096, PACKED = PAGE + 1 };

/* Packs `page`, of which `reference` is the older version, into at most PACKED bytes; returns how many. */
size_t pack(const uint8_t reference[PAGE], const uint8_t page[PAGE], uint8_t *packed);

/* The page again; false when the bytes are not what `pack` makes. */
bool unpack(const uint8_t reference[PAGE], const uint8_t *packed, size_t length, uint8_t page[PAGE]);

#endif
