/*
 * TCP's sockets by sock_diag, as ss reads them, counted here because there may be thousands:
 *   listen PORT RECVQ SENDQ CONNECTIONS HALFOPEN   a listener; the connections of its port, accepted or not, and those still in the handshake
 *   state N COUNT                                  sockets in a state, as the kernel numbers them
 *   queues RECVQ SENDQ                             bytes that wait in all of them, but for listeners
 *   fullest in|out PORT USED LIMIT                 the socket whose buffer is fullest: memory used and allowed, bytes
 *   more 1                                         there were too many sockets, the figures are of the first ones
 * TIME_WAIT is not among them: sockstat counts it for nothing.
 */
#include "asked.h"
#include "sources.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>

enum { LISTENERS = 32, STATES = 13, MOST = 4096 };
/* As the kernel numbers them; a connection in the handshake is told as SYN_RECV. */
enum { ESTABLISHED = 1, SYN_RECV = 3, TIME_WAIT = 6, CLOSE = 7, CLOSE_WAIT = 8, LISTEN = 10 };

struct fullest {
  unsigned port, used, limit;
};

struct tally {
  struct listener {
    unsigned port, recv_q, send_q, connections, half_open;
  } listeners[LISTENERS];
  unsigned listener_count, sockets;
  unsigned states[STATES];
  uint64_t recv_q, send_q;
  struct fullest in, out;
};

static struct listener *listener_of(struct tally *t, unsigned port) {
  for (unsigned i = 0; i < t->listener_count; i++)
    if (t->listeners[i].port == port) return &t->listeners[i];
  return NULL;
}

static void note_fullest(struct fullest *f, unsigned port, unsigned used, unsigned limit) {
  if (limit && (uint64_t)used * (f->limit ? f->limit : 1) >= (uint64_t)f->used * limit) *f = (struct fullest){port, used, limit};
}

static void note_memory(struct tally *t, const struct nlmsghdr *h, const struct inet_diag_msg *socket, unsigned port) {
  int left = (int)(h->nlmsg_len - NLMSG_LENGTH(sizeof *socket));
  for (const struct rtattr *a = (const void *)(socket + 1); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
    if (a->rta_type != INET_DIAG_SKMEMINFO || RTA_PAYLOAD(a) < (SK_MEMINFO_SNDBUF + 1) * sizeof(uint32_t)) continue;
    const uint32_t *memory = RTA_DATA(a);
    note_fullest(&t->in, port, memory[SK_MEMINFO_RMEM_ALLOC], memory[SK_MEMINFO_RCVBUF]);
    note_fullest(&t->out, port, memory[SK_MEMINFO_WMEM_QUEUED], memory[SK_MEMINFO_SNDBUF]);
  }
}

/* Listeners come first in a dump, so that what follows finds its own. */
static bool count_socket(const struct nlmsghdr *h, void *context) {
  struct tally *t = context;
  const struct inet_diag_msg *socket = NLMSG_DATA(h);
  if (h->nlmsg_len < NLMSG_LENGTH(sizeof *socket) || socket->idiag_state >= STATES) return true;
  if (++t->sockets > MOST) return false;
  unsigned port = ntohs(socket->id.idiag_sport), state = socket->idiag_state;
  t->states[state]++;
  if (state == LISTEN) {
    if (t->listener_count < LISTENERS)
      t->listeners[t->listener_count++] = (struct listener){.port = port, .recv_q = socket->idiag_rqueue, .send_q = socket->idiag_wqueue};
    return true;
  }
  struct listener *l = listener_of(t, port);
  if (l && (state == ESTABLISHED || state == CLOSE_WAIT)) l->connections++;
  if (l && state == SYN_RECV) l->half_open++;
  t->recv_q += socket->idiag_rqueue;
  t->send_q += socket->idiag_wqueue;
  note_memory(t, h, socket, port);
  return true;
}

static void say_fullest(struct buffer *out, const char *way, const struct fullest *f) {
  if (f->limit) say(out, "fullest %s %u %u %u\n", way, f->port, f->used, f->limit);
}

static void say_tally(struct buffer *out, const struct tally *t) {
  for (unsigned i = 0; i < t->listener_count; i++) {
    const struct listener *l = &t->listeners[i];
    say(out, "listen %u %u %u %u %u\n", l->port, l->recv_q, l->send_q, l->connections, l->half_open);
  }
  for (unsigned i = 0; i < STATES; i++)
    if (t->states[i]) say(out, "state %u %u\n", i, t->states[i]);
  say(out, "queues %llu %llu\n", (unsigned long long)t->recv_q, (unsigned long long)t->send_q);
  say_fullest(out, "in", &t->in);
  say_fullest(out, "out", &t->out);
  if (t->sockets > MOST) say(out, "more 1\n");
}

void source_sockets(struct buffer *out) {
  static struct asked diag = {.family = NETLINK_SOCK_DIAG, .fd = -1};
  struct tally tally = {0};
  /* The old question, because it alone is for both families: one walk through the table of connections instead of two. */
  struct {
    struct nlmsghdr header;
    struct inet_diag_req wanted;
  } question = {.header = {.nlmsg_len = sizeof question, .nlmsg_type = TCPDIAG_GETSOCK},
                .wanted = {.idiag_ext = 1 << (INET_DIAG_SKMEMINFO - 1),
                           .idiag_states = ((1u << STATES) - 1) & ~(1u | 1u << TIME_WAIT | 1u << CLOSE)}};
  if (asked_dump(&diag, &question.header, count_socket, &tally) || tally.sockets > MOST) say_tally(out, &tally);
}
