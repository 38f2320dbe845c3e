/*
 * Who may type next when several type into one terminal: bytes of two are never mixed inside an escape sequence, a character or a bracketed
 * paste. Knows streams of typed bytes and the time, no terminal and no connection.
 */
#ifndef RINGSIDE_PEN_H
#define RINGSIDE_PEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where one typist's stream stands. */
struct stroke {
  uint8_t state, left, params; /* what it is inside of; bytes still to come; length of param */
  char param[4];               /* the first bytes of a control sequence */
  bool paste;
  uint32_t length; /* bytes since it was last between two keys */
  uint64_t at;     /* when it last typed */
};

/* Follows the bytes of one typist. */
void stroke_follow(struct stroke *s, const uint8_t *bytes, size_t length, uint64_t now);

/* Whether another's byte may come next. */
bool stroke_done(const struct stroke *s);

/* The pen of one terminal: who holds it, since when, and who was told to wait. Typists are compared, never looked into. */
struct pen {
  const void *holder, *next;
  uint64_t since, last, next_until;
  uint32_t taken; /* bytes since the holder has it */
};

/* Whether this typist may type now. One who may not is the next, if it asks again soon. */
bool pen_asks(struct pen *pen, const void *typist, const struct stroke *holders, uint64_t now);

/* It has typed so many bytes, after which its stream stands so. */
void pen_typed(struct pen *pen, const void *typist, const struct stroke *s, size_t length, uint64_t now);

/* This typist is no more. */
void pen_forget(struct pen *pen, const void *typist);

#endif
