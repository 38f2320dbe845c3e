/*
 * Counters, see counters.h. A reply is one line, then the seconds of the background, then the agent's bytes:
 *   t=UNIX_MS took_us=N to=PACKETS from=PACKETS dropped=PACKETS seconds=LENGTH guest=LENGTH|-1
 * The agent's own idea of time is not asked for: a learner may set its clock.
 */
#include "counters.h"

#include "agent.h"
#include "frames.h"
#include "load.h"
#include "loop.h"
#include "net.h"

#include <stdio.h>
#include <time.h>

enum { ASKERS = CONNECTIONS, LARGEST = 64 * 1024 };

static struct asker {
  struct caller caller;
  uint64_t since;
} askers[ASKERS];
static unsigned asker_count;
static uint32_t nonce;
static uint64_t asked_at;
static struct timer patience;

static uint64_t unix_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / MS;
}

/* Bytes NULL: the agent has not answered. */
static void tell(const struct asker *a, uint64_t t, uint64_t took, const uint8_t *bytes, size_t length) {
  struct buffer seconds = {0}, whole = {0};
  struct wire_counts wire = net_counts();
  char head[256];
  background_text(&seconds, a->since);
  int n = snprintf(head, sizeof head, "t=%llu took_us=%llu to=%llu from=%llu dropped=%llu seconds=%zu guest=%lld\n",
                   (unsigned long long)t, (unsigned long long)took, (unsigned long long)wire.to, (unsigned long long)wire.from,
                   (unsigned long long)wire.dropped, buffer_length(&seconds), bytes ? (long long)length : -1);
  buffer_append(&whole, head, (size_t)n);
  buffer_append(&whole, buffer_front(&seconds), buffer_length(&seconds));
  if (bytes) buffer_append(&whole, bytes, length);
  reply(a->caller, true, buffer_front(&whole), buffer_length(&whole));
  buffer_free(&whole);
  buffer_free(&seconds);
}

static void tell_all(const uint8_t *bytes, size_t length) {
  uint64_t t = unix_ms(), took = (now_ns() - asked_at) / 1000;
  timer_stop(&patience);
  for (unsigned i = 0; i < asker_count; i++) tell(&askers[i], t, took, bytes, length);
  asker_count = 0;
}

static void waited_enough(struct timer *t) {
  (void)t;
  tell_all(NULL, 0);
}

void counters_ask(struct caller caller, uint64_t timeout_ms, uint64_t since) {
  if (asker_count == ASKERS) {
    reply_text(caller, false, "too many ask for counters");
    return;
  }
  askers[asker_count++] = (struct asker){.caller = caller, .since = since};
  if (asker_count > 1) return; /* the question is on its way */
  uint8_t question[4];
  put32(question, ++nonce);
  asked_at = now_ns();
  patience.fire = waited_enough;
  timer_set(&patience, asked_at + (agent_is_up() ? timeout_ms * MS : 0));
  agent_put(B_COUNT, 0, question, sizeof question);
}

/* An answer that comes too late, twice, or unasked is nobody's. */
void counters_take(const uint8_t *bytes, size_t length) {
  if (!asker_count || length < 4 || length > LARGEST || get32(bytes) != nonce) return;
  tell_all(bytes + 4, length - 4);
}
