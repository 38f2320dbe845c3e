/*
 * The world's own past, see past.h. Offsets never go back: a viewer that knows an offset of the future that was left would otherwise take other
 * bytes for it. The bytes of the past come again at new offsets, and one offset is left out before them, which every viewer takes for a loss
 * and answers by starting afresh.
 */
#include "past.h"

#include "agent.h"
#include "terminals.h"

#include <string.h>
#include <sys/mman.h>

/* Of each terminal's output so much is kept with a moment: ten thousand lines, more than a browser's screen goes back. */
enum { OUTPUT = 512 * 1024 };

static uint32_t returns;

void past_begin(struct past *past) {
  *past = (struct past){0};
  for (unsigned i = 1; i <= TERMINALS; i++) {
    const struct terminal *t = terminal_find(i);
    if (t)
      past->terminals[i - 1] =
          (struct past_terminal){.used = true, .alive = t->alive, .closing = t->closing, .serial = t->serial, .cols = t->cols, .rows = t->rows};
  }
}

static void take_output(const struct terminal *t, struct buffer *output) {
  uint64_t at = terminal_start(t);
  if (t->end - at > OUTPUT) at = t->end - OUTPUT;
  const uint8_t *bytes;
  for (size_t n; (n = terminal_read(t, at, OUTPUT, &bytes)); at += n) buffer_append(output, bytes, n);
}

void past_take(struct past *past) {
  for (unsigned i = 1; i <= TERMINALS; i++) {
    struct past_terminal *p = &past->terminals[i - 1];
    const struct terminal *t = p->used ? terminal_find(i) : NULL;
    p->used = t != NULL && t->serial == p->serial;
    if (!p->used) continue;
    p->alive = p->alive && t->alive; /* a shell may have ended while the frames before the answer came in */
    p->status = t->status;
    p->credit = t->granted - t->end;
    p->in_flight = input_in_flight(t);
    take_output(t, &p->output);
  }
  const uint8_t *partial;
  size_t length = agent_partial(&partial);
  buffer_append(&past->partial, partial, length);
}

static void put_output(struct terminal *t, const struct buffer *output) {
  madvise(t->ring, RING, MADV_DONTNEED);
  t->floor = t->end + 1;
  t->end = t->floor;
  t->alive = true;
  terminal_output(t->number, buffer_front(output), buffer_length(output));
  /* Without a byte behind it nobody would notice the gap; this one shows nothing. */
  if (!buffer_length(output)) terminal_output(t->number, (const uint8_t *)"", 1);
}

static void put_terminal(unsigned number, const struct past_terminal *p) {
  struct terminal *t = terminal_revive(number, p->serial);
  put_output(t, &p->output);
  input_rewind(t, p->in_flight);
  t->alive = p->alive;
  t->closing = p->closing;
  t->status = p->status;
  t->cols = p->cols;
  t->rows = p->rows;
  t->granted = t->end + p->credit;
  t->epoch = returns;
}

void past_put(const struct past *past) {
  returns++;
  for (unsigned i = 1; i <= TERMINALS; i++) {
    struct terminal *t = terminal_find(i);
    if (past->terminals[i - 1].used) put_terminal(i, &past->terminals[i - 1]);
    else if (t) terminal_forget(t);
  }
}

void past_free(struct past *past) {
  for (int i = 0; i < TERMINALS; i++) buffer_free(&past->terminals[i].output);
  buffer_free(&past->partial);
}
