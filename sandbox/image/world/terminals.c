/*
 * Rings and credit, see terminals.h. The ring is mapped whole but touched as it fills, so an idle terminal costs a few pages.
 */
#include "terminals.h"

#include "agent.h"
#include "loop.h"
#include "service.h"
#include "subscriptions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Credit in flight is kept well below the ring: what is granted can no longer be stopped by Ctrl-C. */
enum { AHEAD = 128 * 1024, WORTH_A_FRAME = 32 * 1024, PATIENCE_MS = 30000 };

static struct terminal terminals[TERMINALS];
static uint64_t highest[TERMINALS]; /* no offset of this number is used for other bytes after a return to the past */
static uint32_t opened;

struct terminal *terminal_find(unsigned number) {
  if (number < 1 || number > TERMINALS || !terminals[number - 1].number) return NULL;
  return &terminals[number - 1];
}

static void release(struct terminal *t) {
  if (t->end > highest[t - terminals]) highest[t - terminals] = t->end;
  subscriptions_forget_terminal(t->number);
  timer_stop(&t->patience);
  input_free(t);
  if (t->ring) munmap(t->ring, RING);
  free(t->typists);
  free(t->echoes);
  *t = (struct terminal){0};
}

/* A slot nobody uses, else one that only holds the last words of a dead shell. */
static struct terminal *vacant(void) {
  for (int i = 0; i < TERMINALS; i++)
    if (!terminals[i].number) return &terminals[i];
  for (int i = 0; i < TERMINALS; i++)
    if (!terminals[i].alive) {
      release(&terminals[i]);
      return &terminals[i];
    }
  return NULL;
}

static void furnish(struct terminal *t) {
  t->ring = mmap(NULL, RING, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  t->typists = calloc(TYPISTS, sizeof *t->typists);
  if (t->ring == MAP_FAILED || !t->typists) abort();
  t->number = (uint8_t)(t - terminals + 1);
}

int terminal_open(uint16_t cols, uint16_t rows) {
  struct terminal *t = vacant();
  if (!t) return 0;
  furnish(t);
  t->alive = true;
  t->serial = ++opened;
  t->cols = cols;
  t->rows = rows;
  uint8_t size[4];
  put16(size, cols);
  put16(size + 2, rows);
  agent_put(B_OPEN, t->number, size, sizeof size);
  return t->number;
}

void terminal_close(struct terminal *t) {
  if (!t->alive) {
    release(t);
    return;
  }
  t->closing = true;
  agent_put(B_CLOSE, t->number, NULL, 0);
}

void terminal_resize(struct terminal *t, uint16_t cols, uint16_t rows) {
  t->cols = cols;
  t->rows = rows;
  uint8_t size[4];
  put16(size, cols);
  put16(size + 2, rows);
  if (t->alive) agent_put(B_RESIZE, t->number, size, sizeof size);
}

struct terminal *terminal_revive(unsigned number, uint32_t serial) {
  struct terminal *t = &terminals[number - 1];
  if (t->number && t->serial != serial) terminal_forget(t);
  if (!t->number) furnish(t);
  t->serial = serial;
  t->held = 0;
  timer_stop(&t->patience);
  if (t->echoes) t->echoes->asked = 0;
  if (t->end < highest[number - 1]) t->end = highest[number - 1];
  return t;
}

void terminal_forget(struct terminal *t) {
  terminal_closed(t->number, -1);
  if (t->number) release(t);
}

uint64_t terminal_start(const struct terminal *t) {
  uint64_t oldest = t->end > RING ? t->end - RING : 0;
  return oldest > t->floor ? oldest : t->floor;
}

size_t terminal_read(const struct terminal *t, uint64_t offset, size_t most, const uint8_t **bytes) {
  if (offset >= t->end) return 0;
  size_t at = offset % RING, length = RING - at;
  if (length > t->end - offset) length = t->end - offset;
  *bytes = t->ring + at;
  return length < most ? length : most;
}

unsigned terminals_alive(void) {
  unsigned n = 0;
  for (int i = 0; i < TERMINALS; i++) n += terminals[i].alive;
  return n;
}

void terminal_asked(struct terminal *t) {
  if (t->echoes && !t->echoes->asked) t->echoes->asked = now_ns();
}

static void note_echo(struct echoes *e) {
  if (!e || !e->asked) return;
  if (e->count < ECHOES) e->us[e->count++] = (uint32_t)((now_ns() - e->asked) / 1000);
  e->asked = 0;
}

void terminal_output(unsigned number, const uint8_t *bytes, size_t length) {
  struct terminal *t = terminal_find(number);
  if (!t || !t->alive) return;
  note_echo(t->echoes);
  while (length) {
    size_t at = t->end % RING, part = RING - at < length ? RING - at : length;
    memcpy(t->ring + at, bytes, part);
    t->end += part;
    bytes += part;
    length -= part;
  }
  if (t->granted < t->end) t->granted = t->end; /* an agent that overdraws gains nothing */
}

void terminal_wrote(unsigned number, uint32_t bytes) {
  struct terminal *t = terminal_find(number);
  if (t && t->alive) input_wrote(t, bytes);
}

void terminal_closed(unsigned number, int32_t status) {
  struct terminal *t = terminal_find(number);
  if (!t || !t->alive) return;
  t->alive = false;
  t->status = status;
  input_free(t);
  subscriptions_flush_terminal(t->number);
  event_all("terminal-closed term=%u status=%d", number, status);
  if (t->closing) release(t);
}

void terminals_lost(void) {
  for (unsigned i = 1; i <= TERMINALS; i++) terminal_closed(i, -1);
}

/* Nothing to do but to settle again. */
static void patience_over(struct timer *timer) { owner_of(timer, struct terminal, patience)->held = 0; }

void terminal_left(struct terminal *t, uint64_t horizon) {
  t->held = horizon;
  t->patience.fire = patience_over;
  timer_set(&t->patience, now_ns() + (uint64_t)PATIENCE_MS * MS);
}

/*
 * The foremost viewer sets the pace. When the last one has left, a flood waits for it as for one that is slow, or a short cut would cost more
 * than the ring holds; when it does not come back the shell runs free, and the ring keeps the end of it.
 */
static void grant(struct terminal *t) {
  uint64_t horizon = subscriptions_horizon(t->number);
  if (horizon == UINT64_MAX && t->held) horizon = t->held;
  uint64_t wanted = horizon < t->end + AHEAD ? horizon : t->end + AHEAD;
  if (wanted <= t->granted) return;
  if (wanted - t->granted < WORTH_A_FRAME && t->granted > t->end) return;
  uint8_t n[4];
  put32(n, (uint32_t)(wanted - t->granted));
  agent_put(B_CREDIT, t->number, n, sizeof n);
  t->granted = wanted;
}

void terminals_settle(void) {
  if (agent_is_held()) return;
  for (int i = 0; i < TERMINALS; i++)
    if (terminals[i].alive) {
      input_settle(&terminals[i]);
      grant(&terminals[i]);
    }
}
