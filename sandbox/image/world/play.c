/*
 * Playing a plan, see play.h. Costs one small block per open connection, given back at once; reads go through one shared buffer.
 */
#include "play.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { AT_ONCE = 32, READ = 64 * 1024, FILLER = 16 * 1024 };

struct shot {
  struct watcher watcher;
  struct timer timer;
  struct play *play;
  struct shot *next, **link;
  unsigned index;
  enum { CONNECTING, HOLDING, SENDING, READING } phase;
  uint64_t at;
  size_t head_sent;
  uint32_t body_sent;
  struct http http;
  struct result result;
};

static const char *const names[] = {"ok",           "http",   "refused", "reset", "connect-timeout",
                                    "read-timeout", "closed", "error"};

const char *outcome_name(enum outcome outcome) { return names[outcome]; }

static const struct planned *planned(const struct shot *s) { return &s->play->plan->requests[s->index]; }

static int64_t since(const struct shot *s) { return (int64_t)(now_ns() - s->at) / 1000; }

static void unlink_shot(struct shot *s) {
  watch_close(&s->watcher);
  timer_stop(&s->timer);
  *s->link = s->next;
  if (s->next) s->next->link = s->link;
}

static void end_if_over(struct play *p) {
  if (!p->open && p->next == p->plan->count) p->over(p);
}

/* Asked of the connection itself: the namespace's counters also hear connections that were given up earlier and still repeat themselves. */
static uint32_t retransmitted(int fd) {
  struct tcp_info info = {0};
  socklen_t size = sizeof info;
  return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) ? 0 : info.tcpi_total_retrans;
}

static void finish(struct shot *s, enum outcome outcome) {
  struct play *p = s->play;
  struct result *r = &s->result;
  r->outcome = outcome;
  r->status = s->http.at > HTTP_STATUS ? s->http.status : 0;
  r->total_us = since(s);
  r->bytes = s->http.bytes;
  r->retrans = retransmitted(s->watcher.fd);
  r->head_used = s->http.head_used;
  memcpy(r->head, s->http.head, sizeof r->head);
  unlink_shot(s);
  p->open--;
  p->finished(p, s->index, r);
  free(s);
  end_if_over(p);
}

static void finish_error(struct shot *s, int error) {
  if (error == ECONNREFUSED) finish(s, OUT_REFUSED);
  else if (error == ECONNRESET || error == EPIPE) finish(s, OUT_RESET);
  else if (error == ETIMEDOUT) finish(s, s->result.connect_us < 0 ? OUT_CONNECT_TIMEOUT : OUT_READ_TIMEOUT);
  else finish(s, OUT_ERROR);
}

/* The next moment at which this shot must act of itself. */
static void set_timer(struct shot *s) {
  const struct planned *r = planned(s);
  uint64_t deadline = s->at + (uint64_t)r->total_ms * MS, sooner = deadline;
  if (s->phase == CONNECTING) sooner = s->at + (uint64_t)r->connect_ms * MS;
  if (s->phase == HOLDING) sooner = s->at + (uint64_t)s->result.connect_us * 1000 + (uint64_t)r->hold_ms * MS;
  timer_set(&s->timer, sooner < deadline ? sooner : deadline);
}

static ssize_t send_head(struct shot *s) {
  const struct planned *r = planned(s);
  char head[1400], length[48] = "";
  if (r->post || r->body) snprintf(length, sizeof length, "Content-Length: %u\r\n", r->body);
  int n = snprintf(head, sizeof head, "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n", r->post ? "POST" : "GET",
                   r->path, s->play->plan->target_text, length);
  if (s->head_sent == (size_t)n) return 0;
  ssize_t sent = send(s->watcher.fd, head + s->head_sent, (size_t)n - s->head_sent, MSG_NOSIGNAL | (r->body ? MSG_MORE : 0));
  if (sent > 0) s->head_sent += (size_t)sent;
  return sent;
}

static ssize_t send_body(struct shot *s) {
  static char filler[FILLER];
  if (!filler[0]) memset(filler, 'x', sizeof filler);
  size_t left = planned(s)->body - s->body_sent;
  if (!left) return 0;
  ssize_t sent = send(s->watcher.fd, filler, left < FILLER ? left : FILLER, MSG_NOSIGNAL);
  if (sent > 0) s->body_sent += (uint32_t)sent;
  return sent;
}

/* Sends until all is sent or the socket is full. A failure is left to the read, which may still find an answer before it. */
static void send_request(struct shot *s) {
  ssize_t sent;
  while ((sent = send_head(s)) > 0) {
  }
  if (sent == 0)
    while ((sent = send_body(s)) > 0) {
    }
  if (sent < 0 && errno == EAGAIN) {
    watch(&s->watcher, EPOLLIN | EPOLLOUT);
    return;
  }
  s->phase = READING;
  watch(&s->watcher, EPOLLIN);
}

static void connected(struct shot *s) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(s->watcher.fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error) {
    finish_error(s, error);
    return;
  }
  s->result.connect_us = since(s);
  s->phase = planned(s)->hold_ms ? HOLDING : SENDING;
  set_timer(s);
  if (s->phase == HOLDING) watch(&s->watcher, EPOLLIN);
  else send_request(s);
}

/* False when the shot is finished. */
static bool read_answer(struct shot *s) {
  static uint8_t bytes[READ];
  ssize_t n = recv(s->watcher.fd, bytes, sizeof bytes, 0);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (n > 0) {
    if (s->result.first_us < 0) s->result.first_us = since(s);
    http_take(&s->http, bytes, (size_t)n);
  } else if (n == 0) {
    http_end(&s->http);
  }
  if (s->http.at == HTTP_DONE) finish(s, s->http.status / 100 == 2 ? OUT_OK : OUT_HTTP);
  else if (s->http.at == HTTP_BAD) finish(s, OUT_ERROR);
  else if (n == 0) finish(s, OUT_CLOSED);
  else if (n < 0) finish_error(s, errno);
  else return true;
  return false;
}

static void shot_ready(struct watcher *w, uint32_t events) {
  struct shot *s = owner_of(w, struct shot, watcher);
  if (s->phase == CONNECTING) {
    connected(s);
    return;
  }
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) && !read_answer(s)) return;
  if (s->phase == SENDING && (events & EPOLLOUT)) send_request(s);
}

static void shot_due(struct timer *t) {
  struct shot *s = owner_of(t, struct shot, timer);
  uint64_t deadline = s->at + (uint64_t)planned(s)->total_ms * MS;
  if (s->phase == CONNECTING) finish(s, OUT_CONNECT_TIMEOUT);
  else if (s->phase != HOLDING || now_ns() >= deadline) finish(s, OUT_READ_TIMEOUT);
  else {
    s->phase = SENDING;
    set_timer(s);
    send_request(s);
  }
}

static int open_socket(const struct planned *r) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
  if (fd < 0) return -1;
  /* The port is chosen at connect, so that one source address has 28,000 ports towards each server, not in all. */
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  setsockopt(fd, IPPROTO_IP, IP_FREEBIND, &on, sizeof on);
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr = r->src};
  if (bind(fd, (struct sockaddr *)&from, sizeof from) == 0) return fd;
  int error = errno;
  close(fd);
  errno = error;
  return -1;
}

static void start_shot(struct play *p, unsigned index) {
  struct shot *s = calloc(1, sizeof *s);
  if (!s) abort();
  *s = (struct shot){.watcher = {.fd = -1, .ready = shot_ready}, .timer.fire = shot_due, .play = p, .index = index};
  s->result = (struct result){.connect_us = -1, .first_us = -1, .total_us = -1};
  s->at = p->start + (uint64_t)planned(s)->at_ms * MS;
  s->next = p->shots;
  s->link = &p->shots;
  if (s->next) s->next->link = &s->next;
  p->shots = s;
  p->open++;
  if (p->started) p->started(p);
  s->watcher.fd = open_socket(planned(s));
  const struct sockaddr_in *target = &p->plan->target;
  if (s->watcher.fd < 0 || (connect(s->watcher.fd, (const struct sockaddr *)target, sizeof *target) && errno != EINPROGRESS)) {
    finish_error(s, errno);
    return;
  }
  watch(&s->watcher, EPOLLOUT);
  set_timer(s);
}

/* A burst is started in slices, so that the answers of its first are timed before its last is sent. */
static void start_due(struct timer *t) {
  struct play *p = owner_of(t, struct play, starter);
  uint64_t now = now_ns(), at = 0;
  const unsigned count = p->plan->count;
  for (int i = 0; i < AT_ONCE; i++) {
    unsigned index = p->next;
    at = p->start + (uint64_t)p->plan->requests[index].at_ms * MS;
    if (at > now) break;
    p->next++;
    if (p->next < count) timer_set(&p->starter, p->start + (uint64_t)p->plan->requests[p->next].at_ms * MS);
    else timer_stop(&p->starter);
    bool last = p->next == count;
    start_shot(p, index);
    if (last) return; /* the play may be over and freed */
  }
  if (at > now) timer_set(&p->starter, at);
}

void play_start(struct play *p) {
  p->start = now_ns();
  p->next = p->open = 0;
  p->shots = NULL;
  p->starter = (struct timer){.fire = start_due};
  timer_set(&p->starter, p->start + (uint64_t)p->plan->requests[0].at_ms * MS);
}

void play_start_no_more(struct play *p) {
  timer_stop(&p->starter);
  p->next = p->plan->count;
  end_if_over(p);
}

void play_abandon(struct play *p) {
  timer_stop(&p->starter);
  p->next = p->plan->count;
  while (p->shots) {
    struct shot *s = p->shots;
    unlink_shot(s);
    free(s);
  }
  p->open = 0;
}
