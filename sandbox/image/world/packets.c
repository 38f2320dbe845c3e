/*
 * Bytes of IPv4, ICMP and TCP, see packets.h. What is read here may come from a learner who is root: only packet_is_ipv4 has looked at it.
 */
#include "packets.h"

#include <arpa/inet.h>
#include <string.h>

enum { IP = 20, ICMP = 8, QUOTED = 8, TTL = 64, DONT_FRAGMENT = 0x40, SYN_FLAG = 0x02 };
enum { ICMP_UNREACHABLE = 3, ICMP_TOO_BIG = 4, ICMP_ECHO = 8, ICMP_ECHO_REPLY = 0 };

static void put16be(uint8_t *p, unsigned v) {
  p[0] = (uint8_t)(v >> 8);
  p[1] = (uint8_t)v;
}

static void put32be(uint8_t *p, uint32_t v) {
  put16be(p, v >> 16);
  put16be(p + 2, v & 0xffff);
}

static unsigned get16be(const uint8_t *p) { return (unsigned)(p[0] << 8 | p[1]); }

static size_t header_of(const uint8_t *packet) { return (size_t)(packet[0] & 15) * 4; }

static uint32_t sum(const uint8_t *bytes, size_t length, uint32_t total) {
  for (size_t i = 0; i + 1 < length; i += 2) total += get16be(bytes + i);
  if (length % 2) total += (uint32_t)bytes[length - 1] << 8;
  return total;
}

static uint16_t fold(uint32_t total) {
  while (total >> 16) total = (total & 0xffff) + (total >> 16);
  return (uint16_t)~total;
}

uint16_t packet_checksum(const uint8_t *bytes, size_t length) { return fold(sum(bytes, length, 0)); }

bool packet_is_ipv4(const uint8_t *packet, size_t length) {
  if (length < IP || packet[0] >> 4 != 4) return false;
  return header_of(packet) >= IP && header_of(packet) <= length && get16be(packet + 2) == length;
}

static struct in_addr address_at(const uint8_t *p) {
  struct in_addr address;
  memcpy(&address, p, sizeof address);
  return address;
}

struct in_addr packet_src(const uint8_t *packet) { return address_at(packet + 12); }
struct in_addr packet_dst(const uint8_t *packet) { return address_at(packet + 16); }

bool packet_too_big(const uint8_t *packet, size_t length, unsigned mtu) {
  return length > mtu && packet[6] & DONT_FRAGMENT;
}

static void put_header(uint8_t *out, size_t length, uint8_t protocol, struct in_addr src, struct in_addr dst) {
  memset(out, 0, IP);
  out[0] = 0x45;
  put16be(out + 2, (unsigned)length);
  out[6] = DONT_FRAGMENT;
  out[8] = TTL;
  out[9] = protocol;
  memcpy(out + 12, &src, 4);
  memcpy(out + 16, &dst, 4);
  put16be(out + 10, packet_checksum(out, IP));
}

/* Neither a later fragment nor an error: two routers must not keep each other busy. */
static bool may_be_answered(const uint8_t *packet) {
  if (get16be(packet + 6) & 0x1fff) return false;
  if (packet[9] != IPPROTO_ICMP) return true;
  uint8_t type = packet[header_of(packet)];
  return type == ICMP_ECHO || type == ICMP_ECHO_REPLY;
}

size_t packet_fragmentation_needed(uint8_t *out, const uint8_t *packet, struct in_addr router, unsigned mtu) {
  size_t quoted = header_of(packet) + QUOTED, length = IP + ICMP + quoted;
  if (get16be(packet + 2) < quoted || !may_be_answered(packet)) return 0;
  put_header(out, length, IPPROTO_ICMP, router, packet_src(packet));
  uint8_t *icmp = out + IP;
  memset(icmp, 0, ICMP);
  icmp[0] = ICMP_UNREACHABLE;
  icmp[1] = ICMP_TOO_BIG;
  put16be(icmp + 6, mtu);
  memcpy(icmp + ICMP, packet, quoted);
  put16be(icmp + 2, packet_checksum(icmp, ICMP + quoted));
  return length;
}

void packet_syn(uint8_t *out, const struct syn *syn) {
  /* The largest segment 1460, selective acknowledgements: what every client says today. */
  static const uint8_t options[] = {2, 4, 0x05, 0xb4, 1, 1, 4, 2};
  enum { TCP = 20 + sizeof options, WINDOW = 64240 };
  put_header(out, IP + TCP, IPPROTO_TCP, syn->src, syn->dst);
  uint8_t *tcp = out + IP;
  memset(tcp, 0, TCP);
  put16be(tcp, syn->src_port);
  put16be(tcp + 2, syn->dst_port);
  put32be(tcp + 4, syn->sequence);
  tcp[12] = TCP / 4 << 4;
  tcp[13] = SYN_FLAG;
  put16be(tcp + 14, WINDOW);
  memcpy(tcp + 20, options, sizeof options);
  uint32_t pseudo = sum(out + 12, 8, IPPROTO_TCP + TCP);
  put16be(tcp + 16, fold(sum(tcp, TCP, pseudo)));
}
