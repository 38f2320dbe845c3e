/*
 * Who watches which terminal on which channel, how far each has come, and what each types. Knows the rings, not the agent.
 */
#ifndef RINGSIDE_SUBSCRIPTIONS_H
#define RINGSIDE_SUBSCRIPTIONS_H

#include "frames.h"
#include "terminals.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How someone watches: `client` names who types, "" one who only looks; whoever does not set the pace is waited for by nobody. */
struct watching {
  const char *client;
  uint64_t from;
  uint32_t window;
  bool sets_pace;
};

/* Starts a subscription; an error's text, or NULL when all is well. */
const char *subscribe(uint8_t slot, uint8_t channel, struct terminal *t, const struct watching *how, uint64_t *taken);

/* Ends it; false when there was none. */
bool unsubscribe(uint8_t slot, uint8_t channel);

/* Frames of leg A that name a channel; unknown channels are ignored, they may have just been closed. */
void subscription_input(uint8_t slot, uint8_t channel, uint64_t offset, const uint8_t *bytes, size_t length);
void subscription_ack(uint8_t slot, uint8_t channel, uint64_t offset);

/* Appends OUTPUT of this connection's subscriptions, in turns, until the buffer holds `enough` bytes. */
void subscriptions_pull(uint8_t slot, struct buffer *out, size_t enough);

/* Tells those who type as this typist how far they have come. */
void subscriptions_typed(const struct typist *typist);

/* The offset up to which the agent may send: the foremost viewer's window, UINT64_MAX when nobody watches who sets the pace. */
uint64_t subscriptions_horizon(uint8_t terminal);

/* Whether anyone is subscribed as this typist. */
bool subscriptions_use(const struct typist *typist);

/* Sends the last output of a terminal to its viewers before its end is told. */
void subscriptions_flush_terminal(uint8_t terminal);

void subscriptions_forget_connection(uint8_t slot);
void subscriptions_forget_terminal(uint8_t terminal);

#endif
