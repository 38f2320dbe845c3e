/*
 * The telemetry collector of the server: takes datagrams, keeps the first eight bytes of the last ones, and tells them to whoever connects.
 * Knows nothing of who sends, of who asks, or why.
 *
 *   telemetryd [UDP_PORT TCP_PORT]      8125 and 8126 unless told
 *
 * An answer is a u32le count and then as many times eight bytes, oldest first; then the connection is closed. Datagrams shorter than
 * eight bytes are not kept. Its own receive buffer is far larger than any burst, so that what a burst loses was lost before it.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { UDP_PORT = 8125, TCP_PORT = 8126, RECEIVE = 16 << 20 };
enum { HELD = 16384, NONCE = 8, COUNT = 4, BATCH = 64, DRAIN = 4 * HELD, CLIENTS = 8, PATIENCE_S = 10 };

/* A ring: the next one goes to `taken % HELD`. Untouched pages of it cost nothing. */
static uint8_t held[HELD][NONCE];
static uint64_t taken;

/* Who is being answered, from a copy: the ring goes on meanwhile. */
static struct client {
  int fd;
  uint8_t *answer;
  size_t length, sent;
  time_t deadline;
} clients[CLIENTS];

static _Noreturn void fail(const char *what) {
  fprintf(stderr, "telemetryd: %s: %s\n", what, strerror(errno));
  exit(1);
}

static time_t seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec;
}

/* ---- taking ---- */

/* One batch; how many came. */
static int take_batch(int udp) {
  static uint8_t first[BATCH][NONCE];
  static struct iovec parts[BATCH];
  static struct mmsghdr messages[BATCH];
  for (int i = 0; i < BATCH; i++) {
    parts[i] = (struct iovec){first[i], NONCE};
    messages[i] = (struct mmsghdr){.msg_hdr = {.msg_iov = &parts[i], .msg_iovlen = 1}};
  }
  int n = recvmmsg(udp, messages, BATCH, MSG_DONTWAIT, NULL);
  for (int i = 0; i < n; i++)
    if (messages[i].msg_len == NONCE) memcpy(held[taken++ % HELD], first[i], NONCE);
  return n;
}

/* All that waits; bounded, since a flood need never end. */
static void drain(int udp) {
  for (int n, all = 0; all < DRAIN && (n = take_batch(udp)) > 0; all += n) {
  }
}

/* ---- telling ---- */

static void copy_held(struct client *c) {
  uint32_t count = taken < HELD ? (uint32_t)taken : HELD;
  c->length = COUNT + (size_t)count * NONCE;
  c->answer = malloc(c->length);
  if (!c->answer) fail("out of memory");
  for (int i = 0; i < COUNT; i++) c->answer[i] = (uint8_t)(count >> 8 * i);
  for (uint32_t i = 0; i < count; i++)
    memcpy(c->answer + COUNT + (size_t)i * NONCE, held[(taken - count + i) % HELD], NONCE);
}

static void drop(struct client *c) {
  close(c->fd);
  free(c->answer);
  *c = (struct client){.fd = -1};
}

static void tell(struct client *c) {
  ssize_t n = send(c->fd, c->answer + c->sent, c->length - c->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (n > 0) c->sent += (size_t)n;
  if (c->sent == c->length || (n < 0 && errno != EAGAIN && errno != EINTR)) drop(c);
}

static struct client *free_client(void) {
  for (int i = 0; i < CLIENTS; i++)
    if (clients[i].fd < 0) return &clients[i];
  return NULL;
}

static void answer_one(int tcp, int udp) {
  struct client *c = free_client();
  int fd = c ? accept4(tcp, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK) : -1;
  if (fd < 0) return;
  drain(udp);
  *c = (struct client){.fd = fd, .deadline = seconds() + PATIENCE_S};
  copy_held(c);
  tell(c);
}

/* Whether somebody is still being answered. */
static bool drop_late(void) {
  bool any = false;
  for (int i = 0; i < CLIENTS; i++) {
    if (clients[i].fd >= 0 && seconds() >= clients[i].deadline) drop(&clients[i]);
    any |= clients[i].fd >= 0;
  }
  return any;
}

/* ---- the loop ---- */

static void serve(int udp, int tcp) {
  for (;;) {
    bool busy = drop_late();
    struct pollfd wishes[2 + CLIENTS] = {{.fd = udp, .events = POLLIN}, {.fd = free_client() ? tcp : -1, .events = POLLIN}};
    for (int i = 0; i < CLIENTS; i++) wishes[2 + i] = (struct pollfd){.fd = clients[i].fd, .events = POLLOUT};
    if (poll(wishes, 2 + CLIENTS, busy ? 1000 : -1) < 0) continue;
    if (wishes[0].revents) drain(udp);
    for (int i = 0; i < CLIENTS; i++)
      if (wishes[2 + i].revents) tell(&clients[i]);
    if (wishes[1].revents) answer_one(tcp, udp);
  }
}

static int listen_on(int type, unsigned port) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  int on = 1, fd = socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) fail("socket");
  if (type == SOCK_STREAM) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&at, sizeof at)) fail("bind");
  return fd;
}

static unsigned parse_port(const char *text) {
  char *end;
  unsigned long port = strtoul(text, &end, 10);
  if (*text < '1' || *text > '9' || *end || port > 65535) {
    fputs("usage: telemetryd [UDP_PORT TCP_PORT]\n", stderr);
    exit(2);
  }
  return (unsigned)port;
}

int main(int argc, char **argv) {
  if (argc != 1 && argc != 3) parse_port("");
  int udp = listen_on(SOCK_DGRAM, argc == 3 ? parse_port(argv[1]) : UDP_PORT);
  int tcp = listen_on(SOCK_STREAM, argc == 3 ? parse_port(argv[2]) : TCP_PORT);
  int size = RECEIVE;
  /* Without the capability the kernel's own bound holds: better than not to start. */
  if (setsockopt(udp, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size))
    setsockopt(udp, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  if (listen(tcp, CLIENTS)) fail("listen");
  for (int i = 0; i < CLIENTS; i++) clients[i].fd = -1;
  serve(udp, tcp);
}
