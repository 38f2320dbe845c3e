/*
 * Datagrams of some clients to one port, and then one question to the server's collector: which of them have arrived? Contract in shot.h.
 * Each datagram begins with eight bytes that nobody can guess, so that the collector can only tell of what it has really been sent.
 */
#include "client.h"
#include "frames.h"
#include "shot.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

enum { AT_ONCE = 64, READ = 16 * 1024, SETTLE_MS = 150, FULL_MS = 1, TRIES = 8, COUNT = 4, NONCE = 8, MOST_HELD = 16384 };

struct volley {
  struct shot shot;
  struct watcher watcher; /* the connection to the collector */
  struct timer timer;
  enum { SENDING, SETTLING, CONNECTING, READING } phase;
  int *sockets;     /* one per source, -1 where it is closed */
  uint64_t *nonces; /* in the order of sending, sorted before they are looked up */
  bool *found;
  bool counted;  /* the collector has told how many it holds */
  uint32_t left; /* of these, not yet read */
  uint64_t asked;
  uint8_t part[NONCE];
  unsigned part_used;
};

static const struct planned *planned(const struct volley *v) { return shot_planned(&v->shot); }

static bool all_told(const struct volley *v) { return v->counted && v->left == 0; }

static void close_sockets(struct volley *v) {
  for (uint32_t i = 0; v->sockets && i < planned(v)->sources; i++)
    if (v->sockets[i] >= 0) close(v->sockets[i]);
  free(v->sockets);
  v->sockets = NULL;
}

static void discard(struct shot *s) {
  struct volley *v = owner_of(s, struct volley, shot);
  watch_close(&v->watcher);
  timer_stop(&v->timer);
  close_sockets(v);
  free(v->nonces);
  free(v->found);
  free(v);
}

static void note(struct volley *v) {
  struct result *r = &v->shot.result;
  if (v->watcher.fd >= 0) r->retrans = client_retransmitted(v->watcher.fd);
  if (!all_told(v)) r->delivered = -1; /* half an answer is none */
}

static void finish(struct volley *v, enum outcome outcome) {
  note(v);
  shot_finish(&v->shot, outcome);
}

static void finish_error(struct volley *v, int error) {
  note(v);
  shot_finish_error(&v->shot, error, v->phase == READING);
}

static void give_up(struct shot *s) {
  struct volley *v = owner_of(s, struct volley, shot);
  finish(v, v->phase == CONNECTING ? OUT_CONNECT_TIMEOUT : OUT_READ_TIMEOUT);
}

/* Acts again at that moment, or when its time is over. */
static void wake(struct volley *v, uint64_t at) {
  uint64_t deadline = shot_deadline(&v->shot);
  timer_set(&v->timer, at < deadline ? at : deadline);
}

/* ---- asking ---- */

static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* A nonce that is told twice was still delivered once. */
static void look_up(struct volley *v, const uint8_t *bytes) {
  uint64_t nonce;
  memcpy(&nonce, bytes, sizeof nonce);
  const uint64_t *known = bsearch(&nonce, v->nonces, v->shot.result.sent, sizeof nonce, by_value);
  if (!known || v->found[known - v->nonces]) return;
  v->found[known - v->nonces] = true;
  v->shot.result.delivered++;
}

static void take_part(struct volley *v) {
  v->part_used = 0;
  if (v->counted) {
    look_up(v, v->part);
    v->left--;
  } else {
    v->counted = true;
    v->left = get32(v->part);
  }
}

/* False when the collector tells what cannot be. */
static bool take(struct volley *v, const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length && !all_told(v); i++) {
    v->part[v->part_used++] = bytes[i];
    if (v->part_used == (v->counted ? NONCE : COUNT)) take_part(v);
    if (v->left > MOST_HELD) return false;
  }
  return true;
}

static void read_list(struct volley *v) {
  static uint8_t bytes[READ];
  struct result *r = &v->shot.result;
  ssize_t n = recv(v->watcher.fd, bytes, sizeof bytes, 0);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) {
    if (n) finish_error(v, errno);
    else finish(v, OUT_CLOSED);
    return;
  }
  if (r->first_us < 0) r->first_us = shot_us(&v->shot);
  r->bytes += (uint64_t)n;
  if (!take(v, bytes, (size_t)n)) finish(v, OUT_ERROR);
  else if (all_told(v)) finish(v, (uint32_t)r->delivered == r->sent ? OUT_OK : OUT_LOST);
}

static void connected(struct volley *v) {
  int error = client_connect_error(v->watcher.fd);
  if (error) {
    finish_error(v, error);
    return;
  }
  v->shot.result.connect_us = shot_us(&v->shot);
  v->shot.result.delivered = 0;
  v->phase = READING;
  watch(&v->watcher, EPOLLIN);
  wake(v, shot_deadline(&v->shot));
}

static void collector_ready(struct watcher *w, uint32_t events) {
  (void)events;
  struct volley *v = owner_of(w, struct volley, watcher);
  if (v->phase == CONNECTING) connected(v);
  else read_list(v);
}

static void ask(struct volley *v) {
  struct sockaddr_in target = v->shot.play->plan->target;
  target.sin_port = htons(planned(v)->ask_port);
  qsort(v->nonces, v->shot.result.sent, sizeof *v->nonces, by_value);
  v->phase = CONNECTING;
  v->asked = now_ns();
  v->watcher.fd = client_connect(planned(v)->src, &target);
  if (v->watcher.fd < 0) {
    finish_error(v, errno);
    return;
  }
  watch(&v->watcher, EPOLLOUT);
  wake(v, v->asked + (uint64_t)planned(v)->connect_ms * MS);
}

/* ---- sending ---- */

/* When the datagram of this number is to go: all at once, or spread evenly. */
static uint64_t time_of(const struct volley *v, uint32_t number) {
  const struct planned *p = planned(v);
  return v->shot.at + (uint64_t)p->over_ms * MS * number / p->datagrams;
}

static bool is_full(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS; }

/* 0, or an errno. What an earlier datagram met on its way is told to a later one, which has then not left: it is tried again. */
static int send_one(struct volley *v, uint32_t number) {
  static uint8_t datagram[PLAN_DATAGRAM];
  const struct planned *p = planned(v);
  struct sockaddr_in target = v->shot.play->plan->target;
  target.sin_port = htons(p->port);
  memcpy(datagram, &v->nonces[number], NONCE);
  int fd = v->sockets[number % p->sources];
  for (int i = 0; i < TRIES; i++) {
    if (sendto(fd, datagram, p->bytes, MSG_NOSIGNAL, (struct sockaddr *)&target, sizeof target) >= 0) return 0;
    if (is_full(errno)) break;
  }
  return errno;
}

static void settle(struct volley *v) {
  close_sockets(v);
  v->phase = SETTLING;
  wake(v, now_ns() + SETTLE_MS * MS);
}

/* In slices, so that the loop has other guests too. */
static void send_slice(struct volley *v) {
  uint32_t *sent = &v->shot.result.sent, count = planned(v)->datagrams;
  uint64_t now = now_ns();
  for (int i = 0; i < AT_ONCE && *sent < count && time_of(v, *sent) <= now; i++) {
    int error = send_one(v, *sent);
    if (is_full(error)) {
      wake(v, now + FULL_MS * MS);
      return;
    }
    if (error) {
      finish_error(v, error);
      return;
    }
    ++*sent;
  }
  if (*sent == count) {
    settle(v);
    return;
  }
  uint64_t next = time_of(v, *sent), soonest = now_ns();
  wake(v, next > soonest ? next : soonest);
}

static void volley_due(struct timer *t) {
  struct volley *v = owner_of(t, struct volley, timer);
  if (now_ns() >= shot_deadline(&v->shot)) give_up(&v->shot);
  else if (v->phase == SENDING) send_slice(v);
  else if (v->phase == SETTLING) ask(v);
  else give_up(&v->shot);
}

static bool draw_nonces(struct volley *v) {
  uint8_t *bytes = (uint8_t *)v->nonces;
  size_t wanted = planned(v)->datagrams * sizeof *v->nonces;
  for (size_t have = 0; have < wanted;) {
    ssize_t n = getrandom(bytes + have, wanted - have, 0);
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) have += (size_t)n;
  }
  return true;
}

/* Told when a queue is full: without IP_RECVERR the kernel drops the datagram and reports success. */
static bool open_sockets(struct volley *v) {
  const struct planned *p = planned(v);
  int on = 1;
  for (uint32_t i = 0; i < p->sources; i++) v->sockets[i] = -1;
  for (uint32_t i = 0; i < p->sources; i++) {
    struct in_addr src = {htonl(ntohl(p->src.s_addr) + i)};
    v->sockets[i] = client_socket(SOCK_DGRAM, src);
    if (v->sockets[i] < 0) return false;
    setsockopt(v->sockets[i], IPPROTO_IP, IP_RECVERR, &on, sizeof on);
  }
  return true;
}

void volley_start(struct play *p, unsigned index) {
  const struct planned *line = &p->plan->requests[index];
  struct volley *v = calloc(1, sizeof *v);
  if (!v) abort();
  *v = (struct volley){.shot = {.give_up = give_up, .discard = discard},
                       .watcher = {.fd = -1, .ready = collector_ready},
                       .timer.fire = volley_due,
                       .sockets = calloc(line->sources, sizeof *v->sockets),
                       .nonces = calloc(line->datagrams, sizeof *v->nonces),
                       .found = calloc(line->datagrams, sizeof *v->found)};
  if (!v->sockets || !v->nonces || !v->found) abort();
  shot_enter(&v->shot, p, index);
  if (open_sockets(v) && draw_nonces(v)) wake(v, v->shot.at);
  else finish_error(v, errno);
}
