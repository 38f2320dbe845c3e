/*
 * What is typed into a terminal: each byte of each client exactly once, in order, and the client told when it has reached the PTY.
 * Knows no connections. Contract in terminals.h.
 */
#include "agent.h"
#include "loop.h"
#include "subscriptions.h"
#include "terminals.h"

#include <stdlib.h>
#include <string.h>

enum { QUEUE = 256 * 1024, SEGMENTS = 256 };

/* Whose bytes follow each other in the stream that goes to the agent; typist NULL: forgotten meanwhile. */
struct segment {
  struct typist *typist;
  size_t length;
};

struct input {
  struct buffer waiting; /* not yet sent to the agent */
  size_t in_flight;      /* sent, not yet in the PTY */
  struct segment segments[SEGMENTS];
  unsigned first, count;
};

static uint64_t clock_of_use;

static void forget_segments(struct terminal *t, const struct typist *typist) {
  if (!t->input) return;
  for (unsigned i = 0; i < SEGMENTS; i++)
    if (t->input->segments[i].typist == typist) t->input->segments[i].typist = NULL;
}

struct typist *input_typist(struct terminal *t, const char *id) {
  struct typist *oldest = NULL;
  for (int i = 0; i < TYPISTS; i++) {
    struct typist *typist = &t->typists[i];
    if (typist->used && strcmp(typist->id, id) == 0) {
      typist->used = ++clock_of_use;
      return typist;
    }
    if (!subscriptions_use(typist) && (!oldest || typist->used < oldest->used)) oldest = typist;
  }
  if (!oldest) return NULL;
  forget_segments(t, oldest);
  pen_forget(&t->pen, oldest);
  *oldest = (struct typist){.used = ++clock_of_use};
  strncpy(oldest->id, id, sizeof oldest->id - 1);
  return oldest;
}

/* Sends what the agent's own queue is sure to hold. */
static void send_waiting(struct terminal *t) {
  struct input *in = t->input;
  if (agent_is_held()) return;
  size_t length = buffer_length(&in->waiting), room = INPUT_WINDOW - in->in_flight;
  if (length > room) length = room;
  if (!length) return;
  agent_put(B_INPUT, t->number, buffer_front(&in->waiting), length);
  terminal_asked(t);
  buffer_take(&in->waiting, length);
  in->in_flight += length;
}

/* Notes whose the next bytes are; false when too many take turns too fast. */
static bool note_segment(struct input *in, struct typist *typist, size_t length) {
  if (in->count) {
    struct segment *last = &in->segments[(in->first + in->count - 1) % SEGMENTS];
    if (last->typist == typist) {
      last->length += length;
      return true;
    }
  }
  if (in->count == SEGMENTS) return false;
  in->segments[(in->first + in->count++) % SEGMENTS] = (struct segment){typist, length};
  return true;
}

static bool may_type(struct terminal *t, const struct typist *typist, uint64_t now) {
  const struct typist *holder = t->pen.holder;
  return pen_asks(&t->pen, typist, holder ? &holder->stroke : NULL, now);
}

bool input_take(struct terminal *t, struct typist *typist, uint64_t offset, const uint8_t *bytes, size_t length) {
  if (offset > typist->taken) return false;
  typist->used = ++clock_of_use;
  uint64_t known = typist->taken - offset;
  if (known >= length) return true; /* all of it was here before */
  bytes += known;
  length -= (size_t)known;
  if (!t->alive) return true;
  uint64_t now = now_ns();
  if (!may_type(t, typist, now)) return false;
  if (!t->input && !(t->input = calloc(1, sizeof *t->input))) abort();
  size_t room = QUEUE - buffer_length(&t->input->waiting), fits = length < room ? length : room;
  if (!fits || !note_segment(t->input, typist, fits)) return false;
  buffer_append(&t->input->waiting, bytes, fits);
  typist->taken += fits;
  stroke_follow(&typist->stroke, bytes, fits, now);
  pen_typed(&t->pen, typist, &typist->stroke, fits, now);
  send_waiting(t);
  return fits == length;
}

void input_wrote(struct terminal *t, uint32_t bytes) {
  struct input *in = t->input;
  if (!in || bytes > in->in_flight) return; /* the agent says what cannot be */
  in->in_flight -= bytes;
  while (bytes && in->count) {
    struct segment *s = &in->segments[in->first];
    size_t part = s->length < bytes ? s->length : bytes;
    s->length -= part;
    bytes -= (uint32_t)part;
    if (s->typist) {
      s->typist->typed += part;
      subscriptions_typed(s->typist);
    }
    if (!s->length) {
      in->first = (in->first + 1) % SEGMENTS;
      in->count--;
    }
  }
  send_waiting(t);
}

void input_settle(struct terminal *t) {
  if (t->input) send_waiting(t);
}

size_t input_in_flight(const struct terminal *t) { return t->input ? t->input->in_flight : 0; }

void input_rewind(struct terminal *t, size_t in_flight) {
  input_free(t);
  t->pen = (struct pen){0};
  for (int i = 0; i < TYPISTS; i++) {
    struct typist *typist = &t->typists[i];
    typist->stroke = (struct stroke){0};
    if (!typist->used || typist->typed == typist->taken) continue;
    typist->typed = typist->taken;
    subscriptions_typed(typist);
  }
  if (!in_flight) return;
  if (!(t->input = calloc(1, sizeof *t->input))) abort();
  t->input->in_flight = in_flight;
  note_segment(t->input, NULL, in_flight);
}

void input_free(struct terminal *t) {
  if (!t->input) return;
  buffer_free(&t->input->waiting);
  free(t->input);
  t->input = NULL;
}
