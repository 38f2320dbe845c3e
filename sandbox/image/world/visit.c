/*
 * One client's visit: connects, keeps silent for a while if so planned, asks by HTTP, reads the answer. Contract in shot.h. Reads go through
 * one shared buffer.
 */
#include "client.h"
#include "shot.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { READ = 64 * 1024, FILLER = 16 * 1024 };

struct visit {
  struct shot shot;
  struct watcher watcher;
  struct timer timer;
  enum { CONNECTING, HOLDING, SENDING, READING } phase;
  size_t head_sent;
  uint32_t body_sent;
  struct http http;
};

static const struct planned *planned(const struct visit *v) { return shot_planned(&v->shot); }

static void discard(struct shot *s) {
  struct visit *v = owner_of(s, struct visit, shot);
  (s->abandoned ? watch_abort : watch_close)(&v->watcher);
  timer_stop(&v->timer);
  free(v);
}

static void note(struct visit *v) {
  struct result *r = &v->shot.result;
  r->status = v->http.at > HTTP_STATUS ? v->http.status : 0;
  r->bytes = v->http.bytes;
  r->retrans = client_retransmitted(v->watcher.fd);
  r->head_used = v->http.head_used;
  memcpy(r->head, v->http.head, sizeof r->head);
}

static void finish(struct visit *v, enum outcome outcome) {
  note(v);
  shot_finish(&v->shot, outcome);
}

static void finish_error(struct visit *v, int error) {
  note(v);
  shot_finish_error(&v->shot, error, v->shot.result.connect_us >= 0);
}

static void give_up(struct shot *s) {
  struct visit *v = owner_of(s, struct visit, shot);
  finish(v, v->phase == CONNECTING ? OUT_CONNECT_TIMEOUT : OUT_READ_TIMEOUT);
}

/* The next moment at which this visit must act of itself. */
static void set_timer(struct visit *v) {
  const struct planned *p = planned(v);
  uint64_t deadline = shot_deadline(&v->shot), sooner = deadline, at = v->shot.at;
  if (v->phase == CONNECTING) sooner = at + (uint64_t)p->connect_ms * MS;
  if (v->phase == HOLDING) sooner = at + (uint64_t)v->shot.result.connect_us * 1000 + (uint64_t)p->hold_ms * MS;
  timer_set(&v->timer, sooner < deadline ? sooner : deadline);
}

static ssize_t send_head(struct visit *v) {
  const struct planned *p = planned(v);
  char head[1400], length[48] = "";
  if (p->post || p->body) snprintf(length, sizeof length, "Content-Length: %u\r\n", p->body);
  int n = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n", p->post ? "POST" : "GET",
                   p->path, v->shot.play->plan->target_text, length);
  if (v->head_sent == (size_t)n) return 0;
  ssize_t sent = send(v->watcher.fd, head + v->head_sent, (size_t)n - v->head_sent, MSG_NOSIGNAL | (p->body ? MSG_MORE : 0));
  if (sent > 0) v->head_sent += (size_t)sent;
  return sent;
}

static ssize_t send_body(struct visit *v) {
  static char filler[FILLER];
  if (!filler[0]) memset(filler, 'x', sizeof filler);
  size_t left = planned(v)->body - v->body_sent;
  if (!left) return 0;
  ssize_t sent = send(v->watcher.fd, filler, left < FILLER ? left : FILLER, MSG_NOSIGNAL);
  if (sent > 0) v->body_sent += (uint32_t)sent;
  return sent;
}

/* Sends until all is sent or the socket is full. A failure is left to the read, which may still find an answer before it. */
static void send_request(struct visit *v) {
  ssize_t sent;
  while ((sent = send_head(v)) > 0) {
  }
  if (sent == 0)
    while ((sent = send_body(v)) > 0) {
    }
  if (sent < 0 && errno == EAGAIN) {
    watch(&v->watcher, EPOLLIN | EPOLLOUT);
    return;
  }
  v->phase = READING;
  watch(&v->watcher, EPOLLIN);
}

static void connected(struct visit *v) {
  int error = client_connect_error(v->watcher.fd);
  if (error) {
    finish_error(v, error);
    return;
  }
  v->shot.result.connect_us = shot_us(&v->shot);
  v->phase = planned(v)->hold_ms ? HOLDING : SENDING;
  set_timer(v);
  if (v->phase == HOLDING) watch(&v->watcher, EPOLLIN);
  else send_request(v);
}

/* False when the visit is finished. */
static bool read_answer(struct visit *v) {
  static uint8_t bytes[READ];
  ssize_t n = recv(v->watcher.fd, bytes, sizeof bytes, 0);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (n > 0) {
    if (v->shot.result.first_us < 0) v->shot.result.first_us = shot_us(&v->shot);
    http_take(&v->http, bytes, (size_t)n);
  } else if (n == 0) {
    http_end(&v->http);
  }
  if (v->http.at == HTTP_DONE) finish(v, v->http.status / 100 == 2 ? OUT_OK : OUT_HTTP);
  else if (v->http.at == HTTP_BAD) finish(v, OUT_ERROR);
  else if (n == 0) finish(v, OUT_CLOSED);
  else if (n < 0) finish_error(v, errno);
  else return true;
  return false;
}

static void visit_ready(struct watcher *w, uint32_t events) {
  struct visit *v = owner_of(w, struct visit, watcher);
  if (v->phase == CONNECTING) {
    connected(v);
    return;
  }
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) && !read_answer(v)) return;
  if (v->phase == SENDING && (events & EPOLLOUT)) send_request(v);
}

static void visit_due(struct timer *t) {
  struct visit *v = owner_of(t, struct visit, timer);
  if (v->phase != HOLDING || now_ns() >= shot_deadline(&v->shot)) {
    give_up(&v->shot);
    return;
  }
  v->phase = SENDING;
  set_timer(v);
  send_request(v);
}

void visit_start(struct play *p, unsigned index) {
  struct visit *v = calloc(1, sizeof *v);
  if (!v) abort();
  *v = (struct visit){.shot = {.give_up = give_up, .discard = discard},
                      .watcher = {.fd = -1, .ready = visit_ready},
                      .timer.fire = visit_due};
  shot_enter(&v->shot, p, index);
  v->watcher.fd = client_connect(planned(v)->src, &p->plan->target);
  if (v->watcher.fd < 0) {
    finish_error(v, errno);
    return;
  }
  watch(&v->watcher, EPOLLOUT);
  set_timer(v);
}
