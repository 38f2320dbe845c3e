/*
 * Leg A, see service.h. Nothing here ever waits: a connection that does not read is no longer read from, and terminal output is
 * pulled from the rings only while its queue is short. So a slow connection costs a bounded queue and slows nobody.
 */
#include "service.h"

#include "commands.h"
#include "frames.h"
#include "loop.h"
#include "subscriptions.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { READ = 64 * 1024, PART = 64 * 1024, PULL_BELOW = 64 * 1024, READ_BELOW = 1 << 20, PENDING = 64 };

static struct connection {
  struct watcher watcher;
  struct buffer in, out;
  uint32_t generation;
  unsigned pending; /* requests without a reply yet */
} connections[CONNECTIONS];

static struct watcher listener = {.fd = -1};
static struct timer linger_timer, end_timer;
static uint64_t linger_ns;
static bool ending;

static uint8_t slot_of(const struct connection *c) { return (uint8_t)(c - connections); }

static void linger_over(struct timer *t) {
  (void)t;
  fprintf(stderr, "world: nobody has been here for long enough, the end\n");
  loop_end(0);
}

static void count_connections(void) {
  bool any = false;
  for (int i = 0; i < CONNECTIONS; i++) any |= connections[i].watcher.fd >= 0;
  if (any || !linger_ns)
    timer_stop(&linger_timer);
  else
    timer_set(&linger_timer, now_ns() + linger_ns);
}

static void drop(struct connection *c) {
  watch_close(&c->watcher);
  buffer_free(&c->in);
  buffer_free(&c->out);
  c->generation++;
  c->pending = 0;
  subscriptions_forget_connection(slot_of(c));
  count_connections();
}

static void take_frame(struct connection *c, const struct frame *f) {
  uint8_t slot = slot_of(c);
  if (f->type == A_REQUEST && f->length >= 4) {
    struct caller caller = {.slot = slot, .generation = c->generation, .id = get32(f->data)};
    c->pending++;
    if (c->pending > PENDING)
      reply_text(caller, false, "too many requests at once");
    else
      command_run(caller, f->data + 4, f->length - 4);
  } else if (f->type == A_INPUT && f->length >= 8) {
    subscription_input(slot, f->channel, get64(f->data), f->data + 8, f->length - 8);
  } else if (f->type == A_ACK && f->length == 8) {
    subscription_ack(slot, f->channel, get64(f->data));
  } else {
    fprintf(stderr, "world: the service sent a frame of type %#x that nobody knows\n", f->type);
    drop(c);
  }
}

static void read_some(struct connection *c) {
  ssize_t n = read(c->watcher.fd, buffer_room(&c->in, READ), READ);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) {
    drop(c);
    return;
  }
  buffer_added(&c->in, (size_t)n);
  struct frame f;
  int whole;
  uint32_t generation = c->generation;
  while ((whole = frame_peek(&c->in, &f)) == 1) {
    take_frame(c, &f);
    if (c->generation != generation) return;
    frame_drop(&c->in, &f);
  }
  if (whole < 0) drop(c);
  else if (buffer_length(&c->in) == 0) buffer_free(&c->in);
}

static void connection_ready(struct watcher *w, uint32_t events) {
  struct connection *c = owner_of(w, struct connection, watcher);
  if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_some(c);
  /* Writing happens in service_settle, after the whole batch: frames of one moment leave together. */
}

static void accept_one(struct watcher *w, uint32_t events) {
  (void)events;
  int fd = accept4(w->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return;
  for (int i = 0; i < CONNECTIONS; i++) {
    struct connection *c = &connections[i];
    if (c->watcher.fd >= 0) continue;
    c->watcher = (struct watcher){.fd = fd, .ready = connection_ready};
    watch(&c->watcher, EPOLLIN);
    count_connections();
    return;
  }
  fprintf(stderr, "world: more than %d connections\n", CONNECTIONS);
  close(fd);
}

void service_open(const char *path, unsigned linger) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) {
    fprintf(stderr, "world: %s is too long for a socket\n", path);
    exit(2);
  }
  memcpy(address.sun_path, path, strlen(path));
  unlink(path);
  mode_t before = umask(0177);
  listener = (struct watcher){.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), .ready = accept_one};
  if (listener.fd < 0 || bind(listener.fd, (struct sockaddr *)&address, sizeof address) || listen(listener.fd, CONNECTIONS)) {
    perror(path);
    exit(1);
  }
  umask(before);
  for (int i = 0; i < CONNECTIONS; i++) connections[i].watcher.fd = -1;
  linger_ns = linger * SECOND;
  linger_timer.fire = linger_over;
  watch(&listener, EPOLLIN);
  count_connections();
}

/* Sends the queue, refilled from the rings while it is short. False when the connection is lost. */
static bool send_some(struct connection *c) {
  for (int round = 0; round < 16; round++) {
    if (buffer_length(&c->out) < PULL_BELOW) subscriptions_pull(slot_of(c), &c->out, PULL_BELOW);
    size_t length = buffer_length(&c->out);
    if (length == 0) return true;
    ssize_t n = send(c->watcher.fd, buffer_front(&c->out), length, MSG_NOSIGNAL);
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    buffer_take(&c->out, (size_t)n);
  }
  return true;
}

static void settle_one(struct connection *c) {
  if (!send_some(c)) {
    drop(c);
    return;
  }
  size_t left = buffer_length(&c->out);
  watch(&c->watcher, (left < READ_BELOW ? (uint32_t)EPOLLIN : 0) | (left ? (uint32_t)EPOLLOUT : 0));
}

void service_settle(void) {
  bool left = false;
  for (int i = 0; i < CONNECTIONS; i++) {
    if (connections[i].watcher.fd >= 0) settle_one(&connections[i]);
    left |= buffer_length(&connections[i].out) > 0;
  }
  if (ending && !left) loop_end(0);
}

static void end_now(struct timer *t) {
  (void)t;
  loop_end(0);
}

void service_end(void) {
  ending = true;
  end_timer.fire = end_now;
  timer_set(&end_timer, now_ns() + SECOND);
}

bool caller_alive(struct caller caller) { return connections[caller.slot].generation == caller.generation; }

void service_put(uint8_t slot, uint8_t type, uint8_t channel, const void *head, size_t head_length, const void *body,
                 size_t body_length) {
  struct connection *c = &connections[slot];
  if (c->watcher.fd >= 0) frame_put(&c->out, type, channel, head, head_length, body, body_length);
}

void reply(struct caller caller, bool ok, const void *bytes, size_t length) {
  if (!caller_alive(caller)) return;
  struct connection *c = &connections[caller.slot];
  if (c->pending) c->pending--;
  const uint8_t *p = bytes;
  do {
    size_t part = length < PART ? length : PART;
    uint8_t head[6];
    put32(head, caller.id);
    head[4] = part == length;
    head[5] = ok;
    service_put(caller.slot, A_REPLY, 0, head, sizeof head, p, part);
    if (part) p += part;
    length -= part;
  } while (length);
}

static size_t fill(char *text, size_t size, const char *format, va_list arguments) {
  int n = vsnprintf(text, size, format, arguments);
  return n < 0 ? 0 : (size_t)n < size ? (size_t)n : size - 1;
}

void reply_text(struct caller caller, bool ok, const char *format, ...) {
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  size_t n = fill(text, sizeof text, format, arguments);
  va_end(arguments);
  reply(caller, ok, text, n);
}

void event_all(const char *format, ...) {
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  size_t n = fill(text, sizeof text, format, arguments);
  va_end(arguments);
  for (uint8_t i = 0; i < CONNECTIONS; i++) service_put(i, A_EVENT, 0, NULL, 0, text, n);
}

void event_to(uint8_t slot, const char *format, ...) {
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  size_t n = fill(text, sizeof text, format, arguments);
  va_end(arguments);
  service_put(slot, A_EVENT, 0, NULL, 0, text, n);
}
