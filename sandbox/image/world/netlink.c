/*
 * Asking the kernel for a network, see netlink.h. Without any of it a sandbox is useless, so that devices fail loudly here.
 */
#include "netlink.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static _Noreturn void fail(const char *what, const char *name) {
  fprintf(stderr, "world: %s%s: %s\n", name, what, strerror(errno));
  exit(1);
}

struct message message_of(unsigned short type, unsigned short flags, size_t size) {
  return (struct message){
      .header = {.nlmsg_len = (uint32_t)NLMSG_LENGTH(size), .nlmsg_type = type, .nlmsg_flags = flags}};
}

void attribute(struct message *m, unsigned short type, const void *data, unsigned short size) {
  struct rtattr *a = (struct rtattr *)(void *)((char *)m + NLMSG_ALIGN(m->header.nlmsg_len));
  a->rta_type = type;
  a->rta_len = (unsigned short)RTA_LENGTH(size);
  memcpy(RTA_DATA(a), data, size);
  m->header.nlmsg_len = NLMSG_ALIGN(m->header.nlmsg_len) + RTA_ALIGN(a->rta_len);
}

void attribute_address(struct message *m, unsigned short type, const char *text) {
  struct in_addr address;
  inet_pton(AF_INET, text, &address);
  attribute(m, type, &address, sizeof address);
}

int ask_kernel(struct message *m) {
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

int make_device(const char *name, short kind) {
  int device = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
  if (device < 0) fail(" needs /dev/net/tun", name);
  struct ifreq request = {0};
  snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
  request.ifr_flags = (short)(kind | IFF_NO_PI);
  if (ioctl(device, TUNSETIFF, &request)) fail("", name);
  return device;
}

void start_device(const char *name, int queue) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) fail(" socket", name);
  struct ifreq request = {0};
  snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
  request.ifr_qlen = queue;
  if (queue && ioctl(fd, SIOCSIFTXQLEN, &request)) fail(" queue", name);
  if (ioctl(fd, SIOCGIFFLAGS, &request)) fail("", name);
  request.ifr_flags |= IFF_UP | IFF_RUNNING;
  if (ioctl(fd, SIOCSIFFLAGS, &request)) fail(" does not come up", name);
  close(fd);
}
