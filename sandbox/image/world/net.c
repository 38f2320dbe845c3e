/*
 * tap0 by ioctl, routes and neighbours by rtnetlink, see net.h.
 */
#include "net.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* 198.18.0.0/15 is set aside for benchmarks (RFC 2544): it collides with nobody's network. */
#define WORLD "198.18.0.1"
#define GUEST "198.18.0.2"
#define CLIENTS "198.18.16.0"
enum { CLIENTS_PREFIX = 20, QUEUE = 10000 };

struct message {
  struct nlmsghdr header;
  union {
    struct rtmsg route;
    struct ndmsg neighbour;
  };
  char attributes[64];
};

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void attribute(struct message *m, unsigned short type, const void *data, unsigned short size) {
  struct rtattr *a = (struct rtattr *)(void *)((char *)m + NLMSG_ALIGN(m->header.nlmsg_len));
  a->rta_type = type;
  a->rta_len = (unsigned short)RTA_LENGTH(size);
  memcpy(RTA_DATA(a), data, size);
  m->header.nlmsg_len = NLMSG_ALIGN(m->header.nlmsg_len) + RTA_ALIGN(a->rta_len);
}

/* Sends one rtnetlink message and returns the kernel's answer: 0 or -errno. */
static int ask_kernel(struct message *m) {
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (fd < 0) return -1;
  m->header.nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
  struct {
    struct nlmsghdr header;
    struct nlmsgerr error;
    char rest[512];
  } answer;
  ssize_t n = send(fd, m, m->header.nlmsg_len, 0) < 0 ? -1 : recv(fd, &answer, sizeof answer, 0);
  close(fd);
  if (n < (ssize_t)NLMSG_LENGTH(sizeof answer.error) || answer.header.nlmsg_type != NLMSG_ERROR) return -1;
  return answer.error.error;
}

/* `ip route add local 198.18.16.0/20 dev lo`: every client address is ours without being configured one by one. */
static void add_clients(void) {
  struct message m = {.header = {.nlmsg_len = NLMSG_LENGTH(sizeof(struct rtmsg)),
                                 .nlmsg_type = RTM_NEWROUTE,
                                 .nlmsg_flags = NLM_F_CREATE | NLM_F_REPLACE}};
  m.route = (struct rtmsg){.rtm_family = AF_INET,
                           .rtm_dst_len = CLIENTS_PREFIX,
                           .rtm_table = RT_TABLE_LOCAL,
                           .rtm_protocol = RTPROT_BOOT,
                           .rtm_scope = RT_SCOPE_HOST,
                           .rtm_type = RTN_LOCAL};
  struct in_addr net;
  inet_pton(AF_INET, CLIENTS, &net);
  unsigned lo = if_nametoindex("lo");
  attribute(&m, RTA_DST, &net, sizeof net);
  attribute(&m, RTA_OIF, &lo, sizeof lo);
  int error = ask_kernel(&m);
  if (error) {
    fprintf(stderr, "world: cannot add the clients' addresses: %s\n", strerror(-error));
    exit(1);
  }
}

static void set_address(int fd, struct ifreq *request, unsigned long command, const char *text) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  inet_pton(AF_INET, text, &address.sin_addr);
  memcpy(&request->ifr_addr, &address, sizeof address);
  if (ioctl(fd, command, request)) fail("world: tap0 address");
}

static void set_up(int fd, const char *name) {
  struct ifreq request = {0};
  snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
  if (ioctl(fd, SIOCGIFFLAGS, &request)) fail(name);
  request.ifr_flags |= IFF_UP | IFF_RUNNING;
  if (ioctl(fd, SIOCSIFFLAGS, &request)) fail(name);
}

int net_open(void) {
  int tap = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
  if (tap < 0) fail("world: /dev/net/tun");
  struct ifreq request = {0};
  snprintf(request.ifr_name, sizeof request.ifr_name, "tap0");
  request.ifr_flags = IFF_TAP | IFF_NO_PI;
  if (ioctl(tap, TUNSETIFF, &request)) fail("world: tap0");

  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("world: socket");
  set_address(fd, &request, SIOCSIFADDR, WORLD);
  set_address(fd, &request, SIOCSIFNETMASK, "255.255.255.0");
  request.ifr_qlen = QUEUE; /* or bursts are lost here and not in the guest's ring, where the labs want them lost */
  if (ioctl(fd, SIOCSIFTXQLEN, &request)) fail("world: tap0 queue");
  set_up(fd, "tap0");
  set_up(fd, "lo");
  close(fd);
  add_clients();
  return tap;
}

void net_resolve_guest(void) {
  /* NTF_USE sends an ARP request and nothing else: a datagram would show in the learner's counters. */
  struct message m = {.header = {.nlmsg_len = NLMSG_LENGTH(sizeof(struct ndmsg)),
                                 .nlmsg_type = RTM_NEWNEIGH,
                                 .nlmsg_flags = NLM_F_CREATE}};
  m.neighbour = (struct ndmsg){
      .ndm_family = AF_INET, .ndm_ifindex = (int)if_nametoindex("tap0"), .ndm_flags = NTF_USE, .ndm_state = NUD_NONE};
  struct in_addr guest;
  inet_pton(AF_INET, GUEST, &guest);
  attribute(&m, NDA_DST, &guest, sizeof guest);
  if (m.neighbour.ndm_ifindex) ask_kernel(&m);
}
