/*
 * What only netlink tells, passed on as the kernel wrote it: eth0's queueing disciplines, the firewall's rules with their counters. Reading
 * them is the service's part, which is not emulated.
 */
#include "asked.h"
#include "sources.h"

#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stddef.h>
#include <unistd.h>

struct passing {
  struct buffer *out;
  size_t end; /* of what may be written */
  int device; /* 0: any */
};

static bool pass_on(const struct nlmsghdr *h, void *context) {
  const struct passing *p = context;
  if (buffer_length(p->out) + NLMSG_ALIGN(h->nlmsg_len) > p->end) return false;
  static const uint8_t padding[NLMSG_ALIGNTO];
  buffer_append(p->out, h, h->nlmsg_len);
  buffer_append(p->out, padding, NLMSG_ALIGN(h->nlmsg_len) - h->nlmsg_len);
  return true;
}

static bool pass_qdisc(const struct nlmsghdr *h, void *context) {
  const struct passing *p = context;
  const struct tcmsg *qdisc = NLMSG_DATA(h);
  return h->nlmsg_len < NLMSG_LENGTH(sizeof *qdisc) || qdisc->tcm_ifindex != p->device || pass_on(h, context);
}

void source_qdiscs(struct buffer *out) {
  static struct asked route = {.family = NETLINK_ROUTE, .fd = -1};
  static int device; /* it is never unplugged, and asking for its number costs as much as the dump */
  if (!device) device = (int)if_nametoindex("eth0");
  struct passing passing = {.out = out, .end = buffer_length(out) + SOURCE_MAX, .device = device};
  struct {
    struct nlmsghdr header;
    struct tcmsg qdisc;
  } question = {.header = {.nlmsg_len = sizeof question, .nlmsg_type = RTM_GETQDISC}, .qdisc = {.tcm_ifindex = passing.device}};
  if (passing.device) asked_dump(&route, &question.header, pass_qdisc, &passing);
}

void source_rules(struct buffer *out) {
  static struct asked firewall = {.family = NETLINK_NETFILTER, .fd = -1};
  struct passing passing = {.out = out, .end = buffer_length(out) + SOURCE_MAX};
  struct {
    struct nlmsghdr header;
    struct nfgenmsg rules;
  } question = {.header = {.nlmsg_len = sizeof question, .nlmsg_type = NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETRULE}};
  /* Asking would load what is not there. */
  if (!access("/sys/module/nf_tables", F_OK)) asked_dump(&firewall, &question.header, pass_on, &passing);
}
