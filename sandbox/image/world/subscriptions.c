/*
 * Viewers of terminals, see subscriptions.h. Output is pulled: a viewer is an offset into the ring, never a queue of its own.
 */
#include "subscriptions.h"

#include "service.h"

#include <string.h>

enum { SUBSCRIPTIONS = 128, CHUNK = 16 * 1024 };

static struct subscription {
  bool used, sets_pace;
  uint8_t slot, channel;
  struct terminal *terminal;
  struct typist *typist; /* NULL: only looks */
  uint64_t sent, acked;
  uint32_t window;
} subscriptions[SUBSCRIPTIONS];

static struct subscription *find(uint8_t slot, uint8_t channel) {
  for (int i = 0; i < SUBSCRIPTIONS; i++) {
    struct subscription *s = &subscriptions[i];
    if (s->used && s->slot == slot && s->channel == channel) return s;
  }
  return NULL;
}

static struct subscription *vacant(void) {
  for (int i = 0; i < SUBSCRIPTIONS; i++)
    if (!subscriptions[i].used) return &subscriptions[i];
  return NULL;
}

/* Whose chunk is next: with several floods, who came first must not always be served first. */
static unsigned turn;

const char *subscribe(uint8_t slot, uint8_t channel, struct terminal *t, const struct watching *how, uint64_t *taken) {
  if (find(slot, channel)) return "this channel is taken";
  struct subscription *s = vacant();
  if (!s) return "too many subscriptions";
  struct typist *typist = *how->client ? input_typist(t, how->client) : NULL;
  if (*how->client && !typist) return "too many typists";
  /* An offset beyond the end is a memory of another terminal: show all there is. */
  uint64_t from = how->from;
  if (from > t->end || from < terminal_start(t)) from = terminal_start(t);
  *s = (struct subscription){.used = true,
                             .sets_pace = how->sets_pace,
                             .slot = slot,
                             .channel = channel,
                             .terminal = t,
                             .typist = typist,
                             .sent = from,
                             .acked = from,
                             .window = how->window};
  *taken = typist ? typist->taken : 0;
  return NULL;
}

/* How far the shell may run for those who set its pace. */
static uint64_t horizon_of(const struct subscription *s) { return s->acked + s->window; }

static void end_subscription(struct subscription *s) {
  s->used = false;
  if (s->sets_pace && subscriptions_horizon(s->terminal->number) == UINT64_MAX)
    terminal_left(s->terminal, horizon_of(s));
}

bool unsubscribe(uint8_t slot, uint8_t channel) {
  struct subscription *s = find(slot, channel);
  if (s) end_subscription(s);
  return s != NULL;
}

void subscription_input(uint8_t slot, uint8_t channel, uint64_t offset, const uint8_t *bytes, size_t length) {
  struct subscription *s = find(slot, channel);
  if (!s || !s->typist) return;
  if (!input_take(s->terminal, s->typist, offset, bytes, length))
    event_to(slot, "input-gap channel=%u typed=%llu", channel, (unsigned long long)s->typist->taken);
}

void subscription_ack(uint8_t slot, uint8_t channel, uint64_t offset) {
  struct subscription *s = find(slot, channel);
  if (s && offset > s->acked && offset <= s->sent) s->acked = offset;
}

/* One chunk for one viewer; 0 when there is nothing to send or its window is full. */
static size_t pull_chunk(struct subscription *s, struct buffer *out, size_t most) {
  if (s->sent - s->acked >= s->window) return 0;
  uint64_t start = terminal_start(s->terminal);
  if (s->sent < start) s->sent = s->acked = start; /* overtaken: the jump in offset tells the viewer */
  size_t room = s->window - (size_t)(s->sent - s->acked);
  const uint8_t *bytes;
  size_t length = terminal_read(s->terminal, s->sent, room < most ? room : most, &bytes);
  if (!length) return 0;
  uint8_t head[8];
  put64(head, s->sent);
  frame_put(out, A_OUTPUT, s->channel, head, sizeof head, bytes, length);
  s->sent += length;
  return length;
}

void subscriptions_pull(uint8_t slot, struct buffer *out, size_t enough) {
  bool more = true;
  while (more) {
    more = false;
    for (unsigned i = 0; i < SUBSCRIPTIONS && buffer_length(out) < enough; i++) {
      struct subscription *s = &subscriptions[turn++ % SUBSCRIPTIONS];
      if (s->used && s->slot == slot) more |= pull_chunk(s, out, CHUNK) > 0;
    }
    more = more && buffer_length(out) < enough;
  }
}

void subscriptions_flush_terminal(uint8_t terminal) {
  for (int i = 0; i < SUBSCRIPTIONS; i++) {
    struct subscription *s = &subscriptions[i];
    if (!s->used || s->terminal->number != terminal) continue;
    struct buffer rest = {0};
    while (pull_chunk(s, &rest, CHUNK)) {
    }
    struct frame f;
    while (frame_peek(&rest, &f) == 1) {
      service_put(s->slot, f.type, f.channel, NULL, 0, f.data, f.length);
      frame_drop(&rest, &f);
    }
    buffer_free(&rest);
  }
}

void subscriptions_typed(const struct typist *typist) {
  uint8_t offset[8];
  put64(offset, typist->typed);
  for (int i = 0; i < SUBSCRIPTIONS; i++) {
    struct subscription *s = &subscriptions[i];
    if (s->used && s->typist == typist) service_put(s->slot, A_TYPED, s->channel, offset, sizeof offset, NULL, 0);
  }
}

uint64_t subscriptions_horizon(uint8_t terminal) {
  uint64_t horizon = 0;
  bool watched = false;
  for (int i = 0; i < SUBSCRIPTIONS; i++) {
    struct subscription *s = &subscriptions[i];
    if (!s->used || !s->sets_pace || s->terminal->number != terminal) continue;
    watched = true;
    if (horizon_of(s) > horizon) horizon = horizon_of(s);
  }
  return watched ? horizon : UINT64_MAX;
}

bool subscriptions_use(const struct typist *typist) {
  for (int i = 0; i < SUBSCRIPTIONS; i++)
    if (subscriptions[i].used && subscriptions[i].typist == typist) return true;
  return false;
}

void subscriptions_forget_connection(uint8_t slot) {
  for (int i = 0; i < SUBSCRIPTIONS; i++)
    if (subscriptions[i].used && subscriptions[i].slot == slot) end_subscription(&subscriptions[i]);
}

void subscriptions_forget_terminal(uint8_t terminal) {
  for (int i = 0; i < SUBSCRIPTIONS; i++)
    if (subscriptions[i].used && subscriptions[i].terminal->number == terminal) subscriptions[i].used = false;
}
