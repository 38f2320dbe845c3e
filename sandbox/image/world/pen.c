/*
 * The pen, see pen.h. A typist whose bytes end inside something holds it: for a moment when that may be a key by itself (Escape, Alt-[), for a
 * second when it may not, and never longer than the bounds below, whatever it sends. Then whoever waits is first.
 */
#include "pen.h"

#include "loop.h"

#include <string.h>

enum { KEY_MS = 100, IDLE_MS = 1000, HOLD_MS = 10000, NEXT_MS = 600 };
/* A page keeps at most 1 MiB of a paste; no sequence that a terminal sends is nearly as long as 4 KiB. */
enum { LONGEST_PASTE = (1 << 20) + 4096, LONGEST = 4096 };

enum { BETWEEN, CHARACTER, ESCAPE, SEQUENCE, SINGLE, STRING, STRING_ESCAPE };

static void begin_character(struct stroke *s, uint8_t byte) {
  s->left = byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 ? 2 : 1;
  s->state = byte >= 0xc2 && byte < 0xf5 ? CHARACTER : BETWEEN;
}

static void after_escape(struct stroke *s, uint8_t byte) {
  s->params = 0;
  s->left = 1;
  if (byte == 0x1b) s->state = ESCAPE;
  else if (byte == '[') s->state = SEQUENCE;
  else if (byte == 'O') s->state = SINGLE;
  else if (memchr("]PX^_", byte, 5)) s->state = STRING;
  else if (byte >= 0xc2) begin_character(s, byte); /* Alt with a letter beyond ASCII */
  else s->state = BETWEEN;
}

static bool param_is(const struct stroke *s, const char *text) { return s->params == 3 && memcmp(s->param, text, 3) == 0; }

static void end_sequence(struct stroke *s, uint8_t byte) {
  s->state = BETWEEN;
  if (byte == '~' && param_is(s, "200")) s->paste = true;
  else if (byte == '~' && param_is(s, "201")) s->paste = false;
  else if (byte == 'M' && s->params == 0) {
    s->state = SINGLE; /* the mouse as of old: three bytes follow */
    s->left = 3;
  } else if (byte == '[' && s->params == 0) {
    s->state = SINGLE; /* F1 to F5 of the Linux console */
    s->left = 1;
  }
}

static void in_sequence(struct stroke *s, uint8_t byte) {
  if (byte == 0x1b) s->state = ESCAPE;
  else if (byte < 0x20 || byte > 0x7e) s->state = BETWEEN;
  else if (byte >= 0x40) end_sequence(s, byte);
  else if (s->params < sizeof s->param) s->param[s->params++] = (char)byte;
}

static void follow(struct stroke *s, uint8_t byte) {
  switch (s->state) {
    case BETWEEN:
      if (byte == 0x1b) s->state = ESCAPE;
      else if (byte >= 0x80) begin_character(s, byte);
      break;
    case CHARACTER:
      if ((byte & 0xc0) != 0x80) {
        s->state = BETWEEN;
        follow(s, byte);
      } else if (--s->left == 0) {
        s->state = BETWEEN;
      }
      break;
    case ESCAPE:
      after_escape(s, byte);
      break;
    case SEQUENCE:
      in_sequence(s, byte);
      break;
    case SINGLE:
      if (--s->left == 0) s->state = BETWEEN;
      break;
    case STRING:
      if (byte == 0x1b) s->state = STRING_ESCAPE;
      else if (byte == 0x07 || byte == 0x18 || byte == 0x1a) s->state = BETWEEN;
      break;
    default: /* STRING_ESCAPE */
      if (byte == '\\') s->state = BETWEEN;
      else after_escape(s, byte);
      break;
  }
}

bool stroke_done(const struct stroke *s) { return s->state == BETWEEN && !s->paste; }

static bool may_be_a_key(const struct stroke *s) { return !s->paste && s->length <= 2 && s->state != CHARACTER; }

void stroke_follow(struct stroke *s, const uint8_t *bytes, size_t length, uint64_t now) {
  /* It was a key by itself. */
  if (may_be_a_key(s) && now - s->at > (uint64_t)KEY_MS * MS) *s = (struct stroke){0};
  s->at = now;
  for (size_t i = 0; i < length; i++) {
    follow(s, bytes[i]);
    s->length = stroke_done(s) ? 0 : s->length + 1;
    /* Nobody's terminal says this: what it began is given up, so that it cannot go on for ever. */
    if (s->length > (s->paste ? LONGEST_PASTE : LONGEST)) *s = (struct stroke){.at = now};
  }
}

static bool is_over(const struct pen *pen, uint64_t now) {
  return now - pen->since > (uint64_t)HOLD_MS * MS || pen->taken > LONGEST_PASTE;
}

static bool is_idle(const struct pen *pen, const struct stroke *s, uint64_t now) {
  return now - pen->last > (uint64_t)(may_be_a_key(s) ? KEY_MS : IDLE_MS) * MS;
}

static bool somebody_waits(const struct pen *pen, const void *but, uint64_t now) {
  return pen->next && pen->next != but && now < pen->next_until;
}

bool pen_asks(struct pen *pen, const void *typist, const struct stroke *holders, uint64_t now) {
  bool over = pen->holder && is_over(pen, now);
  if (pen->holder && pen->holder != typist && (over || is_idle(pen, holders, now))) pen->holder = NULL;
  if (pen->holder == typist && !(over && somebody_waits(pen, typist, now))) return true;
  if (pen->holder == typist) pen->holder = NULL;
  if (!pen->holder && !somebody_waits(pen, typist, now)) return true;
  if (!somebody_waits(pen, typist, now)) {
    pen->next = typist;
    pen->next_until = now + (uint64_t)NEXT_MS * MS;
  }
  return false;
}

void pen_typed(struct pen *pen, const void *typist, const struct stroke *s, size_t length, uint64_t now) {
  if (pen->next == typist) pen->next = NULL;
  if (pen->holder != typist) {
    pen->since = now;
    pen->taken = 0;
  }
  pen->holder = stroke_done(s) ? NULL : typist;
  pen->last = now;
  pen->taken += (uint32_t)length;
}

void pen_forget(struct pen *pen, const void *typist) {
  if (pen->holder == typist) pen->holder = NULL;
  if (pen->next == typist) pen->next = NULL;
}
