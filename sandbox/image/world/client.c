/*
 * The clients' sockets, see client.h. Their addresses are local by a route, not one by one: hence the free bind.
 */
#include "client.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

static int close_and_fail(int fd) {
  int error = errno;
  close(fd);
  errno = error;
  return -1;
}

int client_socket(int type, struct in_addr src) {
  int fd = socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
  if (fd < 0) return -1;
  /* The port is chosen at connect, so that one source address has 28,000 ports towards each server, not in all. */
  if (type == SOCK_STREAM) setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  setsockopt(fd, IPPROTO_IP, IP_FREEBIND, &on, sizeof on);
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr = src};
  return bind(fd, (struct sockaddr *)&from, sizeof from) ? close_and_fail(fd) : fd;
}

int client_connect(struct in_addr src, const struct sockaddr_in *target) {
  int fd = client_socket(SOCK_STREAM, src);
  if (fd < 0) return -1;
  if (connect(fd, (const struct sockaddr *)target, sizeof *target) && errno != EINPROGRESS) return close_and_fail(fd);
  return fd;
}

int client_connect_error(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) ? errno : error;
}

/* Asked of the connection itself: the namespace's counters also hear connections that were given up earlier and still repeat themselves. */
uint32_t client_retransmitted(int fd) {
  struct tcp_info info = {0};
  socklen_t size = sizeof info;
  return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) ? 0 : info.tcpi_total_retrans;
}
