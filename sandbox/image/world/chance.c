/*
 * xorshift64*, see chance.h: seeded once, no system call per packet.
 */
#include "chance.h"

#include <sys/random.h>

uint32_t chance(void) {
  static uint64_t state;
  while (!state)
    if (getrandom(&state, sizeof state, 0) != (ssize_t)sizeof state) state = 0;
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return (uint32_t)(state * 0x2545f4914f6cdd1dull >> 32);
}
