/*
 * QMP, see qmp.h. QEMU is only half trusted (a guest may have broken into it), so lines are bounded and the scanner looks for a key
 * and its value and believes no structure.
 */
#include "qmp.h"

#include "frames.h"
#include "loop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINE = 64 * 1024, QUEUE = 16 };

static struct watcher monitor = {.fd = -1};
static struct buffer in, out;
static void (*on_event)(const char *, const char *);
static void (*waiting[QUEUE])(bool, const char *); /* QMP answers in order */
static unsigned first, count;

/* Points behind `"key":` and blanks, or NULL. */
static const char *value_of(const char *line, const char *key) {
  size_t length = strlen(key);
  for (const char *p = line; (p = strstr(p, key)); p += length) {
    if (p == line || p[-1] != '"' || p[length] != '"') continue;
    const char *value = p + length + 1;
    value += strspn(value, " ");
    if (*value != ':') continue;
    return value + 1 + strspn(value + 1, " ");
  }
  return NULL;
}

bool json_text(const char *line, const char *key, char *value, size_t size) {
  const char *p = value_of(line, key);
  if (!p || *p != '"') return false;
  size_t used = 0;
  for (p++; *p && *p != '"'; p++) {
    if (*p == '\\' && p[1]) p++;
    if (used + 1 < size) value[used++] = *p;
  }
  value[used] = 0;
  return true;
}

bool json_true(const char *line, const char *key) {
  const char *p = value_of(line, key);
  return p && strncmp(p, "true", 4) == 0;
}

static void answer(bool ok, const char *line) {
  if (!count) return;
  void (*done)(bool, const char *) = waiting[first];
  first = (first + 1) % QUEUE;
  count--;
  if (!ok) fprintf(stderr, "world: QMP: %s\n", line);
  if (done) done(ok, line);
}

static void take_line(const char *line) {
  char name[64];
  if (value_of(line, "QMP")) return; /* the greeting */
  if (json_text(line, "event", name, sizeof name))
    on_event(name, line);
  else if (value_of(line, "return"))
    answer(true, line);
  else if (value_of(line, "error"))
    answer(false, line);
}

static void take_lines(void) {
  char *front, *end;
  while (buffer_length(&in) && (end = memchr(front = (char *)buffer_front(&in), '\n', buffer_length(&in)))) {
    size_t length = (size_t)(end - front) + 1;
    *end = 0;
    take_line(front);
    buffer_take(&in, length);
  }
  if (buffer_length(&in) > LINE) buffer_free(&in);
}

static void flush_out(void) {
  if (monitor.fd < 0) return;
  while (buffer_length(&out)) {
    ssize_t n = send(monitor.fd, buffer_front(&out), buffer_length(&out), MSG_NOSIGNAL);
    if (n < 0) break;
    buffer_take(&out, (size_t)n);
  }
  watch(&monitor, (uint32_t)EPOLLIN | (buffer_length(&out) ? (uint32_t)EPOLLOUT : 0));
}

static void monitor_ready(struct watcher *w, uint32_t events) {
  if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
    ssize_t n = read(w->fd, buffer_room(&in, 4096), 4096);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
      watch_close(w); /* QEMU's end is told by SIGCHLD */
      return;
    }
    if (n > 0) buffer_added(&in, (size_t)n);
    take_lines();
  }
  flush_out();
}

void qmp_open(int fd, void (*event)(const char *, const char *)) {
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  monitor = (struct watcher){.fd = fd, .ready = monitor_ready};
  on_event = event;
  watch(&monitor, EPOLLIN);
  qmp_send("qmp_capabilities", NULL, NULL);
}

void qmp_close(void) {
  watch_close(&monitor);
  buffer_free(&in);
  buffer_free(&out);
  count = 0;
}

void qmp_send(const char *command, const char *arguments, void (*done)(bool, const char *)) {
  if (monitor.fd < 0 || count == QUEUE) {
    if (done) done(false, "QEMU's monitor is closed");
    return;
  }
  char line[1024];
  int n = arguments ? snprintf(line, sizeof line, "{\"execute\":\"%s\",\"arguments\":%s}\n", command, arguments)
                    : snprintf(line, sizeof line, "{\"execute\":\"%s\"}\n", command);
  if (n < 0 || (size_t)n >= sizeof line) {
    if (done) done(false, "the command is too long");
    return;
  }
  waiting[(first + count++) % QUEUE] = done;
  buffer_append(&out, line, (size_t)n);
  flush_out();
}
