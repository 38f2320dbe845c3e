/*
 * Dumps, see asked.h. The kernel writes the first part of an answer while the question is sent and each next one while the last is read, so
 * that nothing here waits.
 */
#include "asked.h"

#include <errno.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PART = 32 * 1024 };

static bool hang_up(struct asked *s) {
  close(s->fd);
  s->fd = -1;
  return false;
}

bool asked_dump(struct asked *s, struct nlmsghdr *question, bool (*each)(const struct nlmsghdr *, void *), void *context) {
  static uint32_t sequence;
  static _Alignas(struct nlmsghdr) char part[PART];
  question->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  question->nlmsg_seq = ++sequence;
  if (s->fd < 0) s->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, s->family);
  if (s->fd < 0) return false;
  if (send(s->fd, question, question->nlmsg_len, 0) < 0) return hang_up(s);
  for (;;) {
    ssize_t n = recv(s->fd, part, sizeof part, MSG_DONTWAIT);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return hang_up(s);
    int left = (int)n;
    for (const struct nlmsghdr *h = (void *)part; NLMSG_OK(h, left); h = NLMSG_NEXT(h, left)) {
      if (h->nlmsg_type == NLMSG_DONE) return true;
      if (h->nlmsg_type == NLMSG_ERROR || h->nlmsg_seq != sequence || !each(h, context)) return hang_up(s);
    }
  }
}
