/*
 * `world connect [SOCKET]`: splices stdin and stdout to the world's socket, until either side ends. What `docker exec` runs for the
 * service, which may be there before the world has come to open its socket; knows no frames.
 */
#include "connect.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { SIZE = 32 * 1024, PATIENCE_MS = 15000, LOOK_MS = 5 };

/* One direction; two of them, so that a full stdout never holds up a keystroke. */
struct lane {
  int from, to;
  size_t start, end;
  char bytes[SIZE];
};

/*
 * Docker calls a container started when its first process is, and on a busy host that one may get round to its socket later than we to
 * ours. Not there, or bound and not yet listening: it is on its way. Anything else, and too long, is an error.
 */
static int dial(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  for (int waited = 0; fd >= 0; waited += LOOK_MS) {
    if (!connect(fd, (struct sockaddr *)&address, sizeof address)) return fd;
    if ((errno != ENOENT && errno != ECONNREFUSED) || waited >= PATIENCE_MS) break;
    nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000L}, NULL);
  }
  perror(path);
  return -1;
}

static int blocked(ssize_t n) { return n < 0 && (errno == EAGAIN || errno == EINTR); }

/* False at the end of either side. */
static int move(struct lane *lane) {
  if (lane->start == lane->end) {
    ssize_t n = read(lane->from, lane->bytes, SIZE);
    if (blocked(n)) return 1;
    if (n <= 0) return 0;
    lane->start = 0;
    lane->end = (size_t)n;
  }
  ssize_t n = write(lane->to, lane->bytes + lane->start, lane->end - lane->start);
  if (blocked(n)) return 1;
  if (n <= 0) return 0;
  lane->start += (size_t)n;
  return 1;
}

static struct pollfd wish(const struct lane *lane) {
  int full = lane->start < lane->end;
  return (struct pollfd){.fd = full ? lane->to : lane->from, .events = full ? POLLOUT : POLLIN};
}

int connect_main(const char *path) {
  static struct lane in, out;
  int fd = dial(path);
  if (fd < 0) return 1;
  const int all[] = {STDIN_FILENO, STDOUT_FILENO, fd};
  for (int i = 0; i < 3; i++) fcntl(all[i], F_SETFL, fcntl(all[i], F_GETFL) | O_NONBLOCK);
  in.from = STDIN_FILENO;
  in.to = out.from = fd;
  out.to = STDOUT_FILENO;
  for (;;) {
    struct pollfd wishes[] = {wish(&in), wish(&out)};
    if (poll(wishes, 2, -1) < 0 && errno != EINTR) return 1;
    if (wishes[0].revents && !move(&in)) return 0;
    if (wishes[1].revents && !move(&out)) return 0;
  }
}
