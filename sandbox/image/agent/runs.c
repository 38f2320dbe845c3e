/*
 * Runs, see runs.h. A pipe that nobody empties holds up its writer: that is all the flow control there is, and enough.
 */
#include "runs.h"

#include "child.h"
#include "loop.h"
#include "port.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* AFTER_END: what a full pipe can still hold when the script has ended. A daemon it left behind may write for ever. */
enum { CHUNK = 4096, AFTER_END = 64 * 1024, SPARE_AFTER = 1500 };

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

static struct runner spare;
static struct timer spare_timer;
static unsigned turn;

static uint8_t channel_of(const struct run *r) { return (uint8_t)(r - runs + 1); }

/* ---- the spare runner: starting bash is the longest part of a short script in a machine that has just been restored ---- */

static void start_spare(struct timer *t) {
  if (!spare.pid && !child_runner(&spare)) timer_set(t, now_ns() + (uint64_t)SPARE_AFTER * MS);
}

void runs_open(void) {
  spare_timer.fire = start_spare;
  start_spare(&spare_timer);
}

/* Whoever is root may have ended it a moment ago. */
static bool is_alive(pid_t pid) {
  siginfo_t info = {0};
  return pid > 0 && waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

static bool take_runner(struct runner *r) {
  if (spare.pid && !is_alive(spare.pid)) child_forget(&spare);
  *r = spare;
  spare = (struct runner){0};
  /* Not at once: its start would compete with the script for the processor. */
  timer_set(&spare_timer, now_ns() + (uint64_t)SPARE_AFTER * MS);
  return r->pid > 0 || child_runner(r);
}

/* ---- a run's life ---- */

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
  struct runner runner;
  if (r->used) disown(r);
  bool started = take_runner(&runner);
  *r = (struct run){.used = true, .pid = runner.pid, .exited = !started, .status = 127};
  const int fds[] = {started ? runner.out : -1, started ? runner.err : -1};
  for (int i = 0; i < 2; i++) r->streams[i].watcher = (struct watcher){.fd = fds[i], .ready = stream_ready};
  if (!started) {
    end(r);
    return;
  }
  if (!child_run(&runner, f->data, f->length)) kill(-runner.pid, SIGKILL);
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
  if (pid == spare.pid) {
    child_forget(&spare);
    timer_set(&spare_timer, now_ns() + (uint64_t)SPARE_AFTER * MS);
    return true;
  }
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
  if (spare.pid > 0) kill(-spare.pid, SIGKILL);
  for (int i = 0; i < RUNS; i++)
    if (runs[i].used && !runs[i].exited) kill(-runs[i].pid, SIGKILL);
}
