/*
 * The world's network, see net.h. All of it is made at start: what is running later has no business with rules and routes.
 *
 * Packets of the far clients take the WAN in both directions, and both of its ends are in this one namespace. So what leaves as one of
 * them goes to wan1, whatever its destination; what comes from the wire for one of them goes to wan0 although the address is our own,
 * and for that the kernel's rule "local first" must come after ours. tcp_early_demux and udp_early_demux are off (sandbox/docker.ts),
 * or the wire's packets would be handed to their sockets before any rule is asked.
 */
#include "net.h"

#include "netlink.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define NEAR "198.18.16.0"
#define FAR_AND_FORGED NET_FAR
enum { NEAR_PREFIX = 20, FAR_AND_FORGED_PREFIX = 16, QUEUE = 10000, WAN_QUEUE = 2000 };
enum { TABLE_TO_FAR = 100, TABLE_FROM_FAR = 101 };
enum { FIRST = 0, WIRE_FIRST = 50, FAR_NEXT = 60, LOCAL_THEN = 200 };

static void must(int error, const char *what) {
  if (!error) return;
  fprintf(stderr, "world: cannot add %s: %s\n", what, strerror(-error));
  exit(1);
}

/* `ip route add local NET dev lo`: every client address is ours without being configured one by one. */
static void add_clients(const char *net, uint8_t prefix) {
  struct message m = message_of(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, sizeof m.route);
  m.route = (struct rtmsg){.rtm_family = AF_INET,
                           .rtm_dst_len = prefix,
                           .rtm_table = RT_TABLE_LOCAL,
                           .rtm_protocol = RTPROT_BOOT,
                           .rtm_scope = RT_SCOPE_HOST,
                           .rtm_type = RTN_LOCAL};
  unsigned lo = if_nametoindex("lo");
  attribute_address(&m, RTA_DST, net);
  attribute(&m, RTA_OIF, &lo, sizeof lo);
  must(ask_kernel(&m), "the clients' addresses");
}

/* `ip route add default dev DEVICE table TABLE`. */
static void add_way(const char *device, uint8_t table) {
  struct message m = message_of(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, sizeof m.route);
  m.route = (struct rtmsg){.rtm_family = AF_INET,
                           .rtm_table = table,
                           .rtm_protocol = RTPROT_BOOT,
                           .rtm_scope = RT_SCOPE_LINK,
                           .rtm_type = RTN_UNICAST};
  unsigned out = if_nametoindex(device);
  attribute(&m, RTA_OIF, &out, sizeof out);
  must(ask_kernel(&m), "the WAN's routes");
}

static struct message rule(unsigned short type, uint32_t order, uint8_t table) {
  struct message m = message_of(type, type == RTM_NEWRULE ? NLM_F_CREATE | NLM_F_EXCL : 0, sizeof m.rule);
  m.rule = (struct fib_rule_hdr){.family = AF_INET, .table = table, .action = FR_ACT_TO_TBL};
  attribute(&m, FRA_PRIORITY, &order, sizeof order);
  return m;
}

static void coming_from(struct message *m, const char *device) {
  attribute(m, FRA_IIFNAME, device, (unsigned short)(strlen(device) + 1));
}

static void add_rules(void) {
  struct message to = rule(RTM_NEWRULE, WIRE_FIRST, TABLE_TO_FAR);
  to.rule.dst_len = FAR_AND_FORGED_PREFIX;
  attribute_address(&to, FRA_DST, FAR_AND_FORGED);
  coming_from(&to, "tap0");
  struct message from = rule(RTM_NEWRULE, FAR_NEXT, TABLE_FROM_FAR);
  from.rule.src_len = NET_FAR_PREFIX;
  attribute_address(&from, FRA_SRC, NET_FAR);
  coming_from(&from, "lo");
  struct message local = rule(RTM_NEWRULE, LOCAL_THEN, RT_TABLE_LOCAL);
  struct message before = rule(RTM_DELRULE, FIRST, RT_TABLE_LOCAL);
  must(ask_kernel(&to), "the WAN's rules");
  must(ask_kernel(&from), "the WAN's rules");
  must(ask_kernel(&local), "the WAN's rules"); /* before its elder goes, so that the world is never without one */
  must(ask_kernel(&before), "the WAN's rules");
}

static void set_address(const char *device, unsigned long command, const char *text) {
  struct ifreq request = {0};
  struct sockaddr_in address = {.sin_family = AF_INET};
  inet_pton(AF_INET, text, &address.sin_addr);
  snprintf(request.ifr_name, sizeof request.ifr_name, "%s", device);
  memcpy(&request.ifr_addr, &address, sizeof address);
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || ioctl(fd, command, &request)) {
    perror("world: tap0 address");
    exit(1);
  }
  close(fd);
}

int net_open(void) {
  int tap = make_device("tap0", IFF_TAP);
  set_address("tap0", SIOCSIFADDR, NET_WORLD);
  /* Nobody is on the wire but we two. With more, packets for them would fill the neighbour table, which all of the host's networks share. */
  set_address("tap0", SIOCSIFNETMASK, "255.255.255.252");
  start_device("tap0", QUEUE); /* or bursts are lost here and not in the guest's ring, where the labs want them lost */
  start_device("lo", 0);
  add_clients(NEAR, NEAR_PREFIX);
  return tap;
}

void net_open_wan(int *server, int *clients) {
  *server = make_device("wan0", IFF_TUN);
  *clients = make_device("wan1", IFF_TUN);
  start_device("wan0", WAN_QUEUE);
  start_device("wan1", WAN_QUEUE);
  add_way("wan0", TABLE_TO_FAR);
  add_way("wan1", TABLE_FROM_FAR);
  add_rules();
  add_clients(NET_FAR, NET_FAR_PREFIX);
}

void net_resolve_guest(void) {
  /* NTF_USE sends an ARP request and nothing else: a datagram would show in the learner's counters. */
  struct message m = message_of(RTM_NEWNEIGH, NLM_F_CREATE, sizeof m.neighbour);
  m.neighbour = (struct ndmsg){
      .ndm_family = AF_INET, .ndm_ifindex = (int)if_nametoindex("tap0"), .ndm_flags = NTF_USE, .ndm_state = NUD_NONE};
  attribute_address(&m, NDA_DST, NET_GUEST);
  if (m.neighbour.ndm_ifindex) ask_kernel(&m);
}

static uint64_t tap_statistic(const char *name) {
  char path[64], text[24] = "";
  snprintf(path, sizeof path, "/sys/class/net/tap0/statistics/%s", name);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = read(fd, text, sizeof text - 1);
  close(fd);
  return n > 0 ? strtoull(text, NULL, 10) : 0;
}

uint64_t net_dropped(void) { return tap_statistic("tx_dropped"); }

struct wire_counts net_counts(void) {
  return (struct wire_counts){
      .to = tap_statistic("tx_packets"), .from = tap_statistic("rx_packets"), .dropped = net_dropped()};
}
