/*
 * Chance for losses and forged addresses. No secret may rest on it: what must not be guessed comes from getrandom itself.
 */
#ifndef RINGSIDE_CHANCE_H
#define RINGSIDE_CHANCE_H

#include <stdint.h>

/* 32 random bits, cheap. */
uint32_t chance(void);

#endif
