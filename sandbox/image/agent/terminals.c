/*
 * PTYs, see terminals.h. Reads and writes never block: output waits in the PTY until there is credit and room in the port, input waits
 * in a queue that is as long as the world may send ahead.
 */
#include "terminals.h"

#include "child.h"
#include "foreground.h"
#include "loop.h"
#include "port.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* CHUNK: what a PTY gives at once. LAST_WORDS: how long a PTY is read after its shell's end while others still hold it open. */
enum { CHUNK = 4096, RETRY = 20, LAST_WORDS = 300, SPARE_AFTER = 1500, HUP_PATIENCE = 2000 };

static struct terminal {
  struct watcher watcher; /* the PTY's master */
  struct timer timer;     /* retries input; after the end: the last words; while closing: the patience with SIGHUP */
  pid_t pid;
  bool used, readable, typed, exited, closing;
  int status;
  uint64_t credit;
  struct buffer input;
} terminals[TERMINALS];

static struct {
  pid_t pid;
  int master;
  struct timer timer;
} spare;

static unsigned turn;

static uint8_t channel_of(const struct terminal *t) { return (uint8_t)(t - terminals + 1); }

static uint64_t in_ms(unsigned ms) { return now_ns() + (uint64_t)ms * MS; }

/* ---- the spare shell: it has read its start-up files before anyone asks for it ---- */

static void start_spare(struct timer *t) {
  (void)t;
  if (!spare.pid) spare.pid = child_shell(&spare.master);
  if (spare.pid > 0) return;
  spare.pid = 0;
  timer_set(&spare.timer, in_ms(SPARE_AFTER));
}

void terminals_open(void) {
  spare.timer.fire = start_spare;
  start_spare(NULL);
}

/* Only for somebody who is at work, and when they pause: its start-up takes a second of processor time under emulation, which forty machines
   that start at once do not have, and would compete with keystrokes. */
static void prepare_spare(void) {
  if (!spare.pid) timer_set(&spare.timer, in_ms(SPARE_AFTER));
}

static pid_t take_shell(int *master) {
  pid_t pid = spare.pid;
  *master = spare.master;
  spare.pid = 0;
  return pid > 0 ? pid : child_shell(master);
}

/* ---- a terminal's life ---- */

static void close_pty(struct terminal *t) {
  watch_close(&t->watcher);
  buffer_free(&t->input);
  t->readable = false;
}

static void forget(struct terminal *t) {
  uint8_t status[4];
  put32(status, (uint32_t)t->status);
  port_put(B_CLOSED, channel_of(t), status, sizeof status);
  timer_stop(&t->timer);
  close_pty(t);
  *t = (struct terminal){0};
}

static void write_input(struct terminal *t) {
  size_t written = 0;
  while (buffer_length(&t->input)) {
    ssize_t n = write(t->watcher.fd, buffer_front(&t->input), buffer_length(&t->input));
    if (n <= 0) break;
    buffer_take(&t->input, (size_t)n);
    written += (size_t)n;
  }
  uint8_t n[4];
  put32(n, (uint32_t)written);
  if (written) port_put(B_WROTE, channel_of(t), n, sizeof n);
  /* A PTY does not always tell when it takes input again, so a full one is asked. */
  if (buffer_length(&t->input)) timer_set(&t->timer, in_ms(RETRY));
}

static void timer_due(struct timer *timer) {
  struct terminal *t = owner_of(timer, struct terminal, timer);
  if (t->exited) forget(t);
  else if (t->closing) kill(-t->pid, SIGKILL);
  else write_input(t);
}

static void pty_ready(struct watcher *w, uint32_t events) {
  struct terminal *t = owner_of(w, struct terminal, watcher);
  if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) t->readable = true;
  if (events & EPOLLOUT && buffer_length(&t->input)) write_input(t);
}

static void resize(struct terminal *t, const uint8_t *size) {
  struct winsize w = {.ws_col = get16(size), .ws_row = get16(size + 2)};
  ioctl(t->watcher.fd, TIOCSWINSZ, &w);
}

static void hang_up(struct terminal *t) {
  if (t->closing || t->exited) return;
  t->closing = true;
  close_pty(t); /* the kernel sends SIGHUP to the session's foreground */
  kill(-t->pid, SIGHUP);
  kill(-t->pid, SIGCONT);
  timer_set(&t->timer, in_ms(HUP_PATIENCE));
}

/* A world that opens what is open has lost its memory: it is another one, and the old shell is nobody's. */
static void disown(struct terminal *t) {
  kill(-t->pid, SIGHUP);
  timer_stop(&t->timer);
  close_pty(t);
  *t = (struct terminal){0};
}

static void open_terminal(struct terminal *t, const uint8_t *size) {
  if (t->used) disown(t);
  int master;
  pid_t pid = take_shell(&master);
  if (pid < 0) {
    uint8_t status[4];
    put32(status, 127);
    port_put(B_CLOSED, channel_of(t), status, sizeof status);
    return;
  }
  *t = (struct terminal){.used = true, .pid = pid, .watcher = {.fd = master, .ready = pty_ready}, .timer.fire = timer_due};
  resize(t, size);
  watch(&t->watcher, EPOLLIN | EPOLLOUT | EPOLLET);
}

static void take_input(struct terminal *t, const struct frame *f) {
  if (t->exited || t->closing || buffer_length(&t->input) + f->length > INPUT_WINDOW) return;
  t->typed = true;
  prepare_spare();
  buffer_append(&t->input, f->data, f->length);
  write_input(t);
}

static void tell_foreground(const struct terminal *t) {
  char answer[1 + FOREGROUND_NAME] = {0};
  size_t length = 1;
  if (!t->exited && !t->closing) length += foreground_of(t->pid, t->watcher.fd, answer + 1);
  answer[0] = length > 1;
  port_put(B_IN_FRONT, channel_of(t), answer, length);
}

void terminal_frame(const struct frame *f) {
  if (f->channel < 1 || f->channel > TERMINALS) return;
  struct terminal *t = &terminals[f->channel - 1];
  if (f->type == B_OPEN && f->length == 4) open_terminal(t, f->data);
  if (!t->used) return;
  if (f->type == B_INPUT) take_input(t, f);
  if (f->type == B_RESIZE && f->length == 4 && !t->closing) resize(t, f->data);
  if (f->type == B_CREDIT && f->length == 4) t->credit += get32(f->data);
  if (f->type == B_FOREGROUND) tell_foreground(t);
  if (f->type == B_CLOSE) hang_up(t);
}

/* ---- output ---- */

static bool pump_one(struct terminal *t) {
  if (!t->used || !t->readable || !t->credit) return false;
  uint8_t bytes[CHUNK];
  ssize_t n = read(t->watcher.fd, bytes, t->credit < CHUNK ? (size_t)t->credit : CHUNK);
  t->typed = false;
  if (n > 0) {
    port_put(B_OUTPUT, channel_of(t), bytes, (size_t)n);
    t->credit -= (uint64_t)n;
    return true;
  }
  if (n < 0 && errno == EINTR) return true;
  t->readable = false;
  /* EIO: nobody holds the other side any more. */
  if (t->exited && !(n < 0 && errno == EAGAIN)) forget(t);
  return false;
}

bool terminals_pump(bool eager) {
  for (unsigned i = 0; i < TERMINALS; i++) {
    struct terminal *t = &terminals[(turn + i) % TERMINALS];
    if ((eager && !t->typed) || !pump_one(t)) continue;
    turn = (unsigned)(t - terminals) + 1;
    return true;
  }
  return false;
}

static void shell_ended(struct terminal *t, int status) {
  t->exited = true;
  t->status = status;
  if (t->closing) {
    forget(t);
    return;
  }
  t->readable = true;
  timer_set(&t->timer, in_ms(LAST_WORDS));
}

bool terminal_reaped(pid_t pid, int wait_status) {
  if (pid == spare.pid) {
    close(spare.master);
    spare.pid = 0;
    timer_set(&spare.timer, in_ms(SPARE_AFTER));
    return true;
  }
  for (int i = 0; i < TERMINALS; i++) {
    if (!terminals[i].used || terminals[i].pid != pid) continue;
    shell_ended(&terminals[i], child_status(wait_status));
    return true;
  }
  return false;
}

void terminals_end(void) {
  if (spare.pid > 0) kill(-spare.pid, SIGHUP);
  for (int i = 0; i < TERMINALS; i++)
    if (terminals[i].used) kill(-terminals[i].pid, SIGHUP);
}
