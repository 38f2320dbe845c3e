/*
 * The agent: root in the guest, at the other end of a virtio serial port. Gives out terminals, runs scripts, reads counters when asked,
 * nothing else. What it says is a convenience: a learner is root too, so no grade rests on it alone. PROTOCOL.md is the contract.
 */
#include "child.h"
#include "counters.h"
#include "frames.h"
#include "loop.h"
#include "port.h"
#include "runs.h"
#include "terminals.h"

#include <fcntl.h>
#include <getopt.h>
#include <linux/random.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool sets_clock = true;
static struct timer go_on;

/* A restored clone has its parent's clock and random state. */
static void set_time(const struct frame *f) {
  uint64_t ns = get64(f->data);
  struct timespec t = {.tv_sec = (time_t)(ns / SECOND), .tv_nsec = (long)(ns % SECOND)};
  if (sets_clock && clock_settime(CLOCK_REALTIME, &t)) perror("agent: clock");
  struct {
    int bits, size;
    uint8_t bytes[32];
  } seed = {.bits = 256, .size = 32};
  memcpy(seed.bytes, f->data + 8, sizeof seed.bytes);
  int fd = open("/dev/urandom", O_RDWR | O_CLOEXEC);
  if (fd >= 0) {
    if (ioctl(fd, RNDADDENTROPY, &seed) || ioctl(fd, RNDRESEEDCRNG)) perror("agent: random pool");
    close(fd);
  }
  port_put(B_TIMED, 0, NULL, 0);
}

static void take_frame(const struct frame *f) {
  switch (f->type) {
    case B_PING:
      if (f->length == 4) port_put(B_PONG, 0, f->data, 4);
      break;
    case B_TIME:
      if (f->length == 40) set_time(f);
      break;
    case B_EXEC:
    case B_KILL:
      run_frame(f);
      break;
    case B_COUNT:
      counters_frame(f);
      break;
    default:
      terminal_frame(f);
      break;
  }
}

static void end_all(void) {
  runs_end();
  terminals_end();
  loop_end(1);
}

static void signalled(struct watcher *w, uint32_t events) {
  (void)events;
  struct signalfd_siginfo info;
  while (read(w->fd, &info, sizeof info) == (ssize_t)sizeof info)
    if (info.ssi_signo != SIGCHLD) end_all();
  int status;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
    if (!run_reaped(pid, status)) terminal_reaped(pid, status);
}

static void watch_signals(void) {
  static struct watcher watcher;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigprocmask(SIG_BLOCK, &set, NULL);
  signal(SIGPIPE, SIG_IGN);
  watcher = (struct watcher){.fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK), .ready = signalled};
  watch(&watcher, EPOLLIN);
}

static void nothing(struct timer *t) { (void)t; }

/* One chunk each in turn: terminals that were just typed into, then the others, then scripts. So `yes` holds up nobody's echo. */
static bool pump_round(void) {
  bool moved = terminals_pump(true);
  moved |= terminals_pump(false);
  moved |= runs_pump();
  return moved;
}

static void settle(void) {
  bool moved = true;
  for (int i = 0; i < 16 && moved && port_has_room(); i++) moved = pump_round();
  port_settle();
  /* More to move, and the port takes it: go on at once, but let new input be seen first. */
  if (moved && port_has_room()) {
    go_on.fire = nothing;
    timer_set(&go_on, 0);
  }
}

int main(int argc, char **argv) {
  static const struct option known[] = {
      {"port", required_argument, NULL, 'p'},
      {"home", required_argument, NULL, 'h'},
      {"no-clock", no_argument, NULL, 'c'},
      {NULL, 0, NULL, 0},
  };
  static const struct port_user user = {.frame = take_frame, .gone = end_all};
  const char *path = NULL;
  for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
    if (c == 'p') path = optarg;
    else if (c == 'h') child_home(optarg);
    else if (c == 'c') sets_clock = false;
    else {
      fputs("usage: agent [--port PATH] [--home DIR] [--no-clock]\n", stderr);
      return 2;
    }
  }
  watch_signals();
  port_open(path, &user);
  port_put(B_READY, 0, NULL, 0);
  terminals_open();
  runs_open();
  return loop_run(settle);
}
