/*
 * The upstream, see upstream.h. A connection costs a small block and the bytes of its request's head, 4 KiB at most, and none is kept that says
 * nothing for half a minute.
 *
 * After an answer that was to be the last, the peer may close first: who closes first keeps the port in TIME_WAIT, and it is the server's
 * ports that the labs are about. A peer that waits for our end instead gets it after a second.
 */
#include "upstream.h"

#include "frames.h"
#include "loop.h"
#include "net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD = 4096, IDLE_MS = 30000, FAREWELL_MS = 1000, BACKLOG = 512 };

#define PRICES "{\"currency\":\"EUR\",\"prices\":{\"anchor\":4990,\"bell\":1250,\"compass\":2375,\"rope\":640}}\n"

static struct connection {
  struct connection *next, **link;
  struct watcher watcher;
  struct timer timer;
  enum { HEARING, DELAYING, ANSWERING, LEAVING } phase;
  bool last;      /* this answer is the last one here */
  bool head_only; /* and it goes without its body */
  struct buffer in, out;
} *connections;

static struct watcher listener = {.fd = -1};
static struct upstream now;
static struct upstream_counts counts;
static const char *address = NET_WORLD;

static void hear(struct connection *c);

/* ---- connections ---- */

static void settle_listener(void) {
  if (listener.fd < 0) return;
  if (counts.open < now.limit) watch(&listener, EPOLLIN);
  else unwatch(&listener);
}

static void drop_by(struct connection *c, void (*end)(struct watcher *)) {
  end(&c->watcher);
  timer_stop(&c->timer);
  buffer_free(&c->in);
  buffer_free(&c->out);
  *c->link = c->next;
  if (c->next) c->next->link = c->link;
  free(c);
  counts.open--;
  settle_listener();
}

static void drop(struct connection *c) { drop_by(c, watch_close); }

static void wait_for(struct connection *c, unsigned ms) { timer_set(&c->timer, now_ns() + (uint64_t)ms * MS); }

static void listen_again(struct connection *c) {
  c->phase = HEARING;
  wait_for(c, IDLE_MS);
  watch(&c->watcher, EPOLLIN);
}

/* ---- answering ---- */

static void leave(struct connection *c) {
  c->phase = LEAVING;
  wait_for(c, FAREWELL_MS);
  watch(&c->watcher, EPOLLIN);
}

/* May end the connection. */
static void send_answer(struct connection *c) {
  ssize_t n = send(c->watcher.fd, buffer_front(&c->out), buffer_length(&c->out), MSG_NOSIGNAL);
  if (n < 0 && errno != EAGAIN && errno != EINTR) {
    drop(c);
    return;
  }
  if (n > 0) buffer_take(&c->out, (size_t)n);
  if (buffer_length(&c->out)) {
    watch(&c->watcher, EPOLLOUT);
  } else if (c->last) {
    leave(c);
  } else {
    listen_again(c);
    if (buffer_length(&c->in)) hear(c);
  }
}

static void answer(struct connection *c, const char *status, const char *body) {
  char head[256];
  int n = snprintf(head, sizeof head,
                   "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nConnection: %s\r\n\r\n", status,
                   strlen(body), c->last ? "close" : "keep-alive");
  buffer_append(&c->out, head, (size_t)n);
  if (!c->head_only) buffer_append(&c->out, body, strlen(body));
  c->phase = ANSWERING;
  wait_for(c, IDLE_MS);
  send_answer(c);
}

static void refuse(struct connection *c, const char *status) {
  c->last = true;
  c->head_only = false;
  answer(c, status, "{}\n");
}

/* ---- hearing ---- */

/* The value of a header within `head`, which ends with an empty line; NULL without one. */
static const char *header(const char *head, const char *name) {
  size_t length = strlen(name);
  for (const char *line = head; (line = strstr(line, "\r\n")) && line[2] != '\r';) {
    line += 2;
    if (strncasecmp(line, name, length) != 0 || line[length] != ':') continue;
    line += length + 1;
    return line + strspn(line, " \t");
  }
  return NULL;
}

static bool says(const char *value, const char *word) { return value && strncasecmp(value, word, strlen(word)) == 0; }

/* A body would have to be read or be taken for the next request; nobody who asks for prices sends one. */
static bool has_body(const char *head) {
  const char *length = header(head, "Content-Length");
  return header(head, "Transfer-Encoding") || (length && strtoull(length, NULL, 10) != 0);
}

static void take_request(struct connection *c, const char *head) {
  bool get = strncmp(head, "GET ", 4) == 0, old = strstr(head, " HTTP/1.0\r\n") != NULL;
  if (!get && strncmp(head, "HEAD ", 5) != 0) refuse(c, "405 Method Not Allowed");
  else if (!old && !strstr(head, " HTTP/1.1\r\n")) refuse(c, "400 Bad Request");
  else if (has_body(head)) refuse(c, "413 Content Too Large");
  else {
    const char *wish = header(head, "Connection");
    c->last = !now.keepalive || says(wish, "close") || (old && !says(wish, "keep-alive"));
    c->head_only = !get;
    counts.requests++;
    c->phase = DELAYING;
    /* Not read meanwhile; but a peer that gives up is let go at once. */
    watch(&c->watcher, EPOLLRDHUP);
    wait_for(c, now.delay_ms);
  }
}

/* Looks for a whole head in what has arrived; may end the connection. */
static void hear(struct connection *c) {
  char head[HEAD + 1];
  size_t length = buffer_length(&c->in);
  memcpy(head, buffer_front(&c->in), length);
  head[length] = 0;
  char *end = strstr(head, "\r\n\r\n");
  if (strlen(head) < length) refuse(c, "400 Bad Request");
  else if (end) {
    end[4] = 0;
    buffer_take(&c->in, (size_t)(end + 4 - head));
    take_request(c, head);
  } else if (length == HEAD) {
    refuse(c, "431 Request Header Fields Too Large");
  }
}

static void read_some(struct connection *c) {
  size_t room = HEAD - buffer_length(&c->in);
  ssize_t n = recv(c->watcher.fd, buffer_room(&c->in, room), room, 0);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) {
    drop(c);
    return;
  }
  buffer_added(&c->in, (size_t)n);
  hear(c);
}

/* The peer closes, which is what we wait for; or talks on, which nobody hears any more. */
static void see_off(struct connection *c) {
  char rest[HEAD];
  ssize_t n = recv(c->watcher.fd, rest, sizeof rest, 0);
  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) drop(c);
}

static void connection_ready(struct watcher *w, uint32_t events) {
  struct connection *c = owner_of(w, struct connection, watcher);
  if (c->phase == HEARING) read_some(c);
  else if (c->phase == LEAVING) see_off(c);
  else if (c->phase == DELAYING || events & (EPOLLHUP | EPOLLERR)) drop(c);
  else send_answer(c);
}

static void connection_due(struct timer *t) {
  struct connection *c = owner_of(t, struct connection, timer);
  if (c->phase == DELAYING) answer(c, "200 OK", PRICES);
  else drop(c);
}

static void accept_one(struct watcher *w, uint32_t events) {
  (void)events;
  int fd = accept4(w->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return;
  struct connection *c = calloc(1, sizeof *c);
  if (!c) abort();
  *c = (struct connection){.next = connections,
                           .link = &connections,
                           .watcher = {.fd = fd, .ready = connection_ready},
                           .timer.fire = connection_due};
  if (c->next) c->next->link = &c->next;
  connections = c;
  counts.accepted++;
  if (++counts.open > counts.most_open) counts.most_open = counts.open;
  listen_again(c);
  settle_listener();
}

/* ---- the outside ---- */

static bool open_listener(uint16_t port) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
  int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  inet_pton(AF_INET, address, &at.sin_addr);
  if (fd < 0) return false;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on); /* for hang_up, which calls from this port */
  listener = (struct watcher){.fd = fd, .ready = accept_one};
  if (bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(fd, BACKLOG) == 0) return true;
  watch_close(&listener);
  return false;
}

/* At once: nothing of them may be left when others call from their ends. */
void upstream_let_go(void) {
  while (connections) drop_by(connections, watch_abort);
}

static void close_all(void) {
  watch_close(&listener);
  upstream_let_go();
}

void upstream_listens_at(const char *where) { address = where; }

const char *upstream_set(const struct upstream *wanted) {
  if (wanted->port != now.port) {
    close_all();
    now = (struct upstream){0};
    if (wanted->port && !open_listener(wanted->port)) return "the port cannot be opened";
  }
  now = *wanted;
  settle_listener();
  return NULL;
}

struct upstream_counts upstream_counts(void) { return counts; }
