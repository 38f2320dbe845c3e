/*
 * For pack.test.ts: packs made-up pages and unpacks them, and hands the unpacker what nothing has packed. Prints what went wrong.
 */
#include "../world/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint8_t older[PAGE], page[PAGE], packed[PACKED], again[PAGE];

static void noise(uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) bytes[i] = (uint8_t)(rand() >> 7);
}

static size_t comes_back(const char *what) {
  size_t length = pack(older, page, packed);
  uint8_t *exact = malloc(length);
  memcpy(exact, packed, length);
  memset(again, 0xee, PAGE);
  if (length > PACKED || !unpack(older, exact, length, again) || memcmp(again, page, PAGE)) printf("%s does not come back\n", what);
  free(exact);
  return length;
}

static void small(const char *what, size_t most) {
  size_t length = comes_back(what);
  if (length > most) printf("%s takes %zu bytes\n", what, length);
}

static void known(void) {
  noise(older, PAGE);
  memcpy(page, older, PAGE);
  small("a page that did not change", 32);
  memset(page, 0, PAGE);
  small("a page of zeros", 32);
  memcpy(page, older, PAGE);
  for (int i = 0; i < 16; i++) page[i * 256] ^= 0xff;
  small("a page with 16 bytes changed", 16 * 6 + 32);
  memset(older, 0, PAGE);
  for (int i = 0; i < PAGE; i++) page[i] = (uint8_t)"the same words again "[i % 21];
  small("a page that repeats itself", 64);
  noise(page, PAGE);
  small("a page of noise", PACKED);
}

/* Every mixture of what stays, what repeats and what is new, at every alignment. */
static void mixtures(void) {
  for (int round = 0; round < 20000; round++) {
    noise(older, PAGE);
    for (size_t at = 0; at < PAGE;) {
      size_t length = 1 + (size_t)rand() % (rand() % 4 ? 40 : 900);
      if (length > PAGE - at) length = PAGE - at;
      int kind = rand() % 4;
      if (kind == 0) memcpy(page + at, older + at, length);
      else if (kind == 1) memset(page + at, rand() % 3, length);
      else if (kind == 2 && at >= length) memcpy(page + at, page + (size_t)rand() % (at - length + 1), length);
      else noise(page + at, length);
      at += length;
    }
    comes_back("a mixture");
  }
}

/* Whatever comes out is fine; what must not happen, the sanitizer tells. */
static void rubbish(void) {
  for (int round = 0; round < 200000; round++) {
    size_t length = (size_t)rand() % 80;
    uint8_t *bytes = malloc(length + !length);
    noise(bytes, length);
    if (length) bytes[0] = (uint8_t)(rand() % 3);
    unpack(older, bytes, length, again);
    free(bytes);
  }
}

/* A packed page with some bytes changed: nearly right, which is where bounds are tried. */
static void damage(void) {
  uint8_t *room = malloc(PAGE);
  for (int round = 0; round < 20000; round++) {
    memcpy(page, older, PAGE);
    for (int i = 0; i < 20; i++) noise(page + rand() % (PAGE - 40), (size_t)rand() % 40);
    size_t length = pack(older, page, packed);
    uint8_t *bytes = malloc(length);
    memcpy(bytes, packed, length);
    for (int i = rand() % 3; i >= 0; i--) bytes[(size_t)rand() % length] = rand() % 2 ? 0xff : (uint8_t)rand();
    unpack(older, bytes, length, room);
    free(bytes);
  }
  free(room);
}

int main(void) {
  srand(7);
  known();
  mixtures();
  rubbish();
  damage();
}
