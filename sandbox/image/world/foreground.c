/*
 * Questions under way, see foreground.h: one for each terminal at a time, each with a deadline of its own.
 */
#include "foreground.h"

#include "agent.h"
#include "loop.h"

#include <ctype.h>

enum { PATIENCE = 2000, NAME = 15 };

static struct question {
  bool asked;
  struct caller caller;
  struct timer deadline;
} questions[TERMINALS];

static void give_up(struct question *q) {
  q->asked = false;
  timer_stop(&q->deadline);
  reply_text(q->caller, false, "the agent does not answer");
}

static void deadline_over(struct timer *t) { give_up(owner_of(t, struct question, deadline)); }

void foreground_ask(struct caller caller, const struct terminal *t) {
  struct question *q = &questions[t->number - 1];
  if (q->asked || !t->alive) {
    reply_text(caller, !t->alive, t->alive ? "it is being asked already" : "busy=0 program=");
    return;
  }
  *q = (struct question){.asked = true, .caller = caller, .deadline.fire = deadline_over};
  timer_set(&q->deadline, now_ns() + (uint64_t)PATIENCE * MS);
  agent_put(B_FOREGROUND, t->number, NULL, 0);
}

void foreground_told(unsigned number, const uint8_t *bytes, size_t length) {
  if (number < 1 || number > TERMINALS || length < 1 || !questions[number - 1].asked) return;
  struct question *q = &questions[number - 1];
  char name[NAME + 1] = "";
  for (size_t i = 1; i < length && i <= NAME; i++) name[i - 1] = isgraph(bytes[i]) ? (char)bytes[i] : '?';
  q->asked = false;
  timer_stop(&q->deadline);
  reply_text(q->caller, true, "busy=%d program=%s", bytes[0] == 1, name);
}

void foreground_lost(void) {
  for (int i = 0; i < TERMINALS; i++)
    if (questions[i].asked) give_up(&questions[i]);
}
