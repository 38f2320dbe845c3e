/*
 * Leg B, see agent.h. The world always reads what the agent sends: every byte ends in a ring or in a bounded buffer, so there is
 * nothing to wait for and a hostile agent can only waste its own time.
 */
#include "agent.h"

#include "counters.h"
#include "foreground.h"
#include "frames.h"
#include "loop.h"
#include "runs.h"
#include "service.h"
#include "terminals.h"
#include "vm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { READ = 64 * 1024, QUEUE = 8 << 20 };

static struct watcher port = {.fd = -1}, listener = {.fd = -1};
static struct buffer in, out, later; /* later: what came while the agent is held */
static bool up, timed, deaf, held;
static uint32_t nonce;
static void (*pinged)(void);

static void port_ready(struct watcher *w, uint32_t events);

bool agent_is_up(void) { return up; }
bool agent_is_timed(void) { return up && timed; }
size_t agent_queue(void) { return buffer_length(&out); }

static void set_up(bool now) {
  if (up == now) return;
  up = now;
  event_all("agent state=%s", up ? "up" : "down");
  vm_agent_changed();
}

/* The agent and all that it had started are gone; a half frame must not meet the next one's first. */
static void lost(void) {
  buffer_free(&in);
  buffer_free(&out);
  buffer_free(&later);
  timed = false;
  set_up(false);
  runs_lost();
  terminals_lost();
  foreground_lost();
}

void agent_suspect(void) { set_up(false); }

void agent_put(uint8_t type, uint8_t channel, const void *payload, size_t length) {
  if (port.fd < 0 || deaf) return;
  struct buffer *queue = held ? &later : &out;
  if (buffer_length(queue) + length > QUEUE) {
    fprintf(stderr, "world: the agent does not read\n");
    return;
  }
  frame_put(queue, type, channel, payload, length, NULL, 0);
}

void agent_set_time(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  uint8_t payload[40];
  put64(payload, (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec);
  if (getrandom(payload + 8, 32, 0) != 32) memset(payload + 8, 0, 32);
  timed = false;
  agent_put(B_TIME, 0, payload, sizeof payload);
}

void agent_ping(void (*done)(void)) {
  uint8_t payload[4];
  put32(payload, ++nonce);
  pinged = done;
  agent_put(B_PING, 0, payload, sizeof payload);
}

void agent_hold(void (*quiet)(void)) {
  agent_ping(quiet);
  held = true;
}

bool agent_is_held(void) { return held; }

void agent_release(void) {
  held = false;
  pinged = NULL;
  buffer_append(&out, buffer_front(&later), buffer_length(&later));
  buffer_free(&later);
}

static void ready(void) {
  runs_lost();
  terminals_lost();
  agent_set_time();
  set_up(true);
}

static void pong(const struct frame *f) {
  void (*done)(void) = pinged;
  if (!done || get32(f->data) != nonce) return;
  pinged = NULL;
  done();
}

static void take_frame(const struct frame *f) {
  if (f->type != B_READY) set_up(true);
  switch (f->type) {
    case B_READY:
      ready();
      break;
    case B_PONG:
      if (f->length == 4) pong(f);
      break;
    case B_TIMED:
      timed = true;
      vm_agent_changed();
      break;
    case B_STDOUT:
    case B_STDERR:
      run_output(f->channel, f->type == B_STDERR, f->data, f->length);
      break;
    case B_EXIT:
      if (f->length == 4) run_exit(f->channel, (int32_t)get32(f->data));
      break;
    case B_OUTPUT:
      terminal_output(f->channel, f->data, f->length);
      break;
    case B_WROTE:
      if (f->length == 4) terminal_wrote(f->channel, get32(f->data));
      break;
    case B_CLOSED:
      if (f->length == 4) terminal_closed(f->channel, (int32_t)get32(f->data));
      break;
    case B_COUNTED:
      counters_take(f->data, f->length);
      break;
    case B_IN_FRONT:
      foreground_told(f->channel, f->data, f->length);
      break;
    default:
      break; /* a later agent may say more than we know */
  }
}

/* A socket can be closed; QEMU's port cannot: then nothing is believed until the guest opens it anew. */
static void hang_up(void) {
  if (listener.fd >= 0)
    watch_close(&port);
  else
    deaf = true;
  lost();
}

static void take_frames(void) {
  struct frame f;
  int whole;
  while ((whole = frame_peek(&in, &f)) == 1) {
    take_frame(&f);
    if (!buffer_length(&in)) return; /* lost meanwhile */
    frame_drop(&in, &f);
  }
  if (whole < 0) {
    fprintf(stderr, "world: the agent's stream is corrupt\n");
    hang_up();
  } else if (!buffer_length(&in)) {
    buffer_free(&in);
  }
}

static bool read_some(void) {
  ssize_t n = read(port.fd, buffer_room(&in, READ), READ);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (n <= 0) {
    watch_close(&port);
    lost();
    return false;
  }
  if (deaf) return true;
  buffer_added(&in, (size_t)n);
  take_frames();
  return port.fd >= 0;
}

bool agent_drain(void) {
  bool any = false;
  while (port.fd >= 0 && read_some()) any = true;
  return any;
}

size_t agent_partial(const uint8_t **bytes) {
  *bytes = buffer_front(&in);
  return buffer_length(&in);
}

void agent_part(void) {
  watch_close(&port);
  buffer_free(&in);
  buffer_free(&out);
  buffer_free(&later);
  held = false;
  pinged = NULL;
}

static void port_ready(struct watcher *w, uint32_t events) {
  (void)w;
  if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_some();
}

void agent_settle(void) {
  if (port.fd < 0) return;
  while (buffer_length(&out)) {
    ssize_t n = send(port.fd, buffer_front(&out), buffer_length(&out), MSG_NOSIGNAL);
    if (n < 0) break; /* a broken end also shows when reading */
    buffer_take(&out, (size_t)n);
  }
  watch(&port, (uint32_t)EPOLLIN | (buffer_length(&out) ? (uint32_t)EPOLLOUT : 0));
}

void agent_open(int fd) {
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  port = (struct watcher){.fd = fd, .ready = port_ready};
  deaf = false;
  watch(&port, EPOLLIN);
}

void agent_resume(int fd, const uint8_t *partial, size_t length) {
  agent_open(fd);
  buffer_append(&in, partial, length);
  timed = false;
  held = true;
  set_up(true);
}

void agent_renew(void) {
  buffer_free(&later);
  held = false;
}

void agent_port_changed(bool open) {
  if (port.fd < 0) return;
  if (open) {
    deaf = false;
    agent_set_time();
    return;
  }
  /* What the old agent had sent lies before this event: take it, then start afresh. */
  while (read_some()) {
  }
  if (port.fd >= 0) lost();
}

static void accept_agent(struct watcher *w, uint32_t events) {
  (void)events;
  int fd = accept4(w->fd, NULL, NULL, SOCK_CLOEXEC);
  if (fd < 0) return;
  if (port.fd >= 0) {
    watch_close(&port);
    lost();
  }
  agent_open(fd);
  agent_set_time();
}

void agent_listen(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  unlink(path);
  listener = (struct watcher){.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), .ready = accept_agent};
  if (listener.fd < 0 || bind(listener.fd, (struct sockaddr *)&address, sizeof address) || listen(listener.fd, 4)) {
    perror(path);
    exit(1);
  }
  watch(&listener, EPOLLIN);
}
