/*
 * Dumps by netlink: one question, then messages until the kernel has no more. Knows no meaning of any message.
 */
#ifndef RINGSIDE_AGENT_ASKED_H
#define RINGSIDE_AGENT_ASKED_H

#include <linux/netlink.h>
#include <stdbool.h>

/* A socket to one family of netlink; `fd` is -1 while there is none. */
struct asked {
  int family, fd;
};

/*
 * Sends the question, a dump, and calls `each` with every message of the answer until it returns false. False when the kernel refuses, and
 * when it was not heard to the end: the socket is then closed, and the rest of the answer with it.
 */
bool asked_dump(struct asked *socket, struct nlmsghdr *question, bool (*each)(const struct nlmsghdr *, void *), void *context);

#endif
