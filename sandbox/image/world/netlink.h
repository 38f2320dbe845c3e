/*
 * Routes, rules and neighbours by rtnetlink, devices by ioctl. Knows how the kernel is asked, not which network is to come of it.
 */
#ifndef RINGSIDE_NETLINK_H
#define RINGSIDE_NETLINK_H

#include <linux/fib_rules.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stddef.h>

/* One message under construction: a header, its struct, then the attributes. */
struct message {
  struct nlmsghdr header;
  union {
    struct rtmsg route;
    struct ndmsg neighbour;
    struct fib_rule_hdr rule;
  };
  char attributes[96];
};

/* An empty message of this type with a struct of this size. */
struct message message_of(unsigned short type, unsigned short flags, size_t size);

/* Appends an attribute. */
void attribute(struct message *m, unsigned short type, const void *data, unsigned short size);

/* Appends an IPv4 address that is written as text. */
void attribute_address(struct message *m, unsigned short type, const char *text);

/* Sends the message and returns the kernel's answer: 0 or -errno. */
int ask_kernel(struct message *m);

/* Makes a tun or tap device (IFF_TUN, IFF_TAP); returns its fd, exits with a message when it cannot. */
int make_device(const char *name, short kind);

/* Sets the length of a device's queue and brings it up; exits with a message when it cannot. */
void start_device(const char *name, int queue);

#endif
