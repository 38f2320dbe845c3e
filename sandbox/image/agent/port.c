/*
 * The port, see port.h. A virtio port has no connections: when the host's end closes, reads give 0 and poll says HUP without end. So on
 * HUP the port is no longer polled but looked at by a timer, and what was half-way in either direction is dropped: the next host
 * starts with a whole frame.
 */
#include "port.h"

#include "loop.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* CHUNK: the kernel copies a write to a port into one allocation; small ones always succeed. */
enum { READ = 64 * 1024, CHUNK = 16 * 1024, ROOM = 16 * 1024, LOOK_EVERY = 100, QUIET = 20, FOR_GOOD = 10000 };

static struct watcher port = {.fd = -1};
static struct port_user user;
static struct buffer in, out;
static struct timer look;
static bool away, is_socket;
static uint64_t away_since;
static char path[256];

static void port_ready(struct watcher *w, uint32_t events);

/* /dev/vportNpM whose name is `agent`; udev's links are not there early in the boot. */
static bool find_virtio(void) {
  DIR *dir = opendir("/sys/class/virtio-ports");
  bool found = false;
  for (struct dirent *e; dir && !found && (e = readdir(dir));) {
    char file[300], name[16] = "";
    snprintf(file, sizeof file, "/sys/class/virtio-ports/%.64s/name", e->d_name);
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue;
    ssize_t n = read(fd, name, sizeof name - 1);
    close(fd);
    found = n >= 5 && !strcmp(name, "agent\n");
    if (found) snprintf(path, sizeof path, "/dev/%.64s", e->d_name);
  }
  if (dir) closedir(dir);
  return found;
}

static int dial(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%.107s", path);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address)) {
    close(fd);
    return -1;
  }
  if (fd >= 0) fcntl(fd, F_SETFL, O_NONBLOCK);
  return fd;
}

static int open_path(void) {
  struct stat s;
  is_socket = stat(path, &s) == 0 && S_ISSOCK(s.st_mode);
  return is_socket ? dial() : open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

static void go_away(void) {
  if (away) return;
  away = true;
  away_since = now_ns();
  buffer_free(&in);
  buffer_free(&out);
  if (is_socket) watch_close(&port);
  else unwatch(&port);
  timer_set(&look, now_ns() + (uint64_t)LOOK_EVERY * MS);
}

static bool is_back(void) {
  if (is_socket) return (port.fd = dial()) >= 0;
  struct pollfd p = {.fd = port.fd, .events = POLLIN};
  return poll(&p, 1, 0) >= 0 && !(p.revents & (POLLHUP | POLLERR));
}

static void look_again(struct timer *t) {
  if (is_back()) {
    away = false;
    watch(&port, EPOLLIN);
  } else if (now_ns() - away_since > (uint64_t)FOR_GOOD * MS) {
    user.gone();
  } else {
    timer_set(t, now_ns() + (uint64_t)LOOK_EVERY * MS);
  }
}

static void take_frames(void) {
  struct frame f;
  int whole;
  while ((whole = frame_peek(&in, &f)) == 1) {
    user.frame(&f);
    frame_drop(&in, &f);
  }
  if (whole < 0) {
    /* There is no mark to find the next frame by. The service manager starts us anew, and READY tells the world. */
    fputs("agent: the stream is corrupt\n", stderr);
    user.gone();
  }
}

static void port_ready(struct watcher *w, uint32_t events) {
  if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
    ssize_t n = read(w->fd, buffer_room(&in, READ), READ);
    if (n > 0) {
      buffer_added(&in, (size_t)n);
      take_frames();
      if (!buffer_length(&in)) buffer_free(&in);
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
      go_away();
    } else if (events & EPOLLHUP) {
      go_away();
    }
  }
}

bool port_has_room(void) { return !away && buffer_length(&out) < ROOM; }

void port_put(uint8_t type, uint8_t channel, const void *payload, size_t length) {
  if (!away) frame_put(&out, type, channel, payload, length, NULL, 0);
}

void port_settle(void) {
  if (away) return;
  while (buffer_length(&out)) {
    size_t length = buffer_length(&out);
    ssize_t n = write(port.fd, buffer_front(&out), length < CHUNK ? length : CHUNK);
    if (n <= 0) break; /* a closed end also shows when reading */
    buffer_take(&out, (size_t)n);
  }
  watch(&port, (uint32_t)EPOLLIN | (buffer_length(&out) ? (uint32_t)EPOLLOUT : 0));
}

/* Bytes meant for an agent that died before us may still lie in the port, cut anywhere: they go, until it is quiet. */
static void discard_stale(void) {
  char bytes[4096];
  struct pollfd p = {.fd = port.fd, .events = POLLIN};
  while (poll(&p, 1, QUIET) > 0 && read(port.fd, bytes, sizeof bytes) > 0) {
  }
}

void port_open(const char *wanted, const struct port_user *whose) {
  user = *whose;
  look.fire = look_again;
  if (wanted) snprintf(path, sizeof path, "%s", wanted);
  else if (!find_virtio()) fputs("agent: there is no virtio port named agent\n", stderr);
  port = (struct watcher){.fd = *path ? open_path() : -1, .ready = port_ready};
  if (port.fd < 0) {
    perror(*path ? path : "agent");
    exit(1);
  }
  if (!is_socket) discard_stale();
  watch(&port, EPOLLIN);
}
