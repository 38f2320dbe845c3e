/*
 * Runs, see runs.h. A pipe that nobody empties holds up its writer: that is all the flow control there is, and enough.
 */
#include "runs.h"

#include "child.h"
#include "loop.h"
#include "port.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

/* AFTER_END: what a full pipe can still hold when the script has ended. A daemon it left behind may write for ever. */
enum { CHUNK = 4096, AFTER_END = 64 * 1024 };

struct stream {
  struct watcher watcher;
  bool readable;
  size_t left; /* after the end of the script */
};

static struct run {
  pid_t pid;
  bool used, exited;
  int status;
  struct stream streams[2]; /* stdout, stderr */
} runs[RUNS];

static unsigned turn;

static uint8_t channel_of(const struct run *r) { return (uint8_t)(r - runs + 1); }

static void stream_ready(struct watcher *w, uint32_t events) {
  (void)events;
  owner_of(w, struct stream, watcher)->readable = true;
}

static void end(struct run *r) {
  uint8_t status[4];
  put32(status, (uint32_t)r->status);
  port_put(B_EXIT, channel_of(r), status, sizeof status);
  for (int i = 0; i < 2; i++) watch_close(&r->streams[i].watcher);
  *r = (struct run){0};
}

/* A world that starts what runs has lost its memory: it is another one, and the old script is nobody's. */
static void disown(struct run *r) {
  if (!r->exited) kill(-r->pid, SIGKILL);
  for (int i = 0; i < 2; i++) watch_close(&r->streams[i].watcher);
  *r = (struct run){0};
}

static void start(struct run *r, const struct frame *f) {
  int fds[2];
  if (r->used) disown(r);
  pid_t pid = child_script(f->data, f->length, &fds[0], &fds[1]);
  *r = (struct run){.used = true, .pid = pid, .exited = pid < 0, .status = 127};
  for (int i = 0; i < 2; i++) r->streams[i].watcher = (struct watcher){.fd = pid < 0 ? -1 : fds[i], .ready = stream_ready};
  if (pid < 0) {
    end(r);
    return;
  }
  for (int i = 0; i < 2; i++) watch(&r->streams[i].watcher, EPOLLIN | EPOLLET);
}

void run_frame(const struct frame *f) {
  if (f->channel < 1 || f->channel > RUNS) return;
  struct run *r = &runs[f->channel - 1];
  if (f->type == B_EXEC) start(r, f);
  else if (f->type == B_KILL && r->used && !r->exited) kill(-r->pid, SIGKILL);
}

/* One chunk of a stream; false when it has nothing now. */
static bool pump_stream(struct run *r, int i) {
  struct stream *s = &r->streams[i];
  if (!s->readable || s->watcher.fd < 0) return false;
  uint8_t bytes[CHUNK];
  size_t most = r->exited && s->left < CHUNK ? s->left : CHUNK;
  ssize_t n = most ? read(s->watcher.fd, bytes, most) : 0;
  if (n < 0 && errno == EINTR) return true;
  if (n > 0) {
    port_put(i ? B_STDERR : B_STDOUT, channel_of(r), bytes, (size_t)n);
    if (r->exited) s->left -= (size_t)n;
    return true;
  }
  s->readable = false;
  if (n == 0) watch_close(&s->watcher);
  return false;
}

static bool pump_one(struct run *r) {
  if (!r->used) return false;
  if (pump_stream(r, 0) || pump_stream(r, 1)) return true;
  if (r->exited) end(r);
  return false;
}

bool runs_pump(void) {
  for (unsigned i = 0; i < RUNS; i++) {
    struct run *r = &runs[(turn + i) % RUNS];
    if (!pump_one(r)) continue;
    turn = (unsigned)(r - runs) + 1;
    return true;
  }
  return false;
}

bool run_reaped(pid_t pid, int wait_status) {
  for (int i = 0; i < RUNS; i++) {
    struct run *r = &runs[i];
    if (!r->used || r->exited || r->pid != pid) continue;
    r->exited = true;
    r->status = child_status(wait_status);
    for (int k = 0; k < 2; k++) {
      r->streams[k].left = AFTER_END;
      r->streams[k].readable = true;
    }
    return true;
  }
  return false;
}

void runs_end(void) {
  for (int i = 0; i < RUNS; i++)
    if (runs[i].used && !runs[i].exited) kill(-runs[i].pid, SIGKILL);
}
