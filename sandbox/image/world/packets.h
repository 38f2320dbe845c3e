/*
 * IPv4 packets as bytes: looked at, and two kinds made. Pure: knows no device, no queue and no clock.
 */
#ifndef RINGSIDE_PACKETS_H
#define RINGSIDE_PACKETS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PACKET_SYN = 48, PACKET_UNREACHABLE = 20 + 8 + 60 + 8 };

/* Whose connection a forged SYN asks for. Ports are numbers, not in network order. */
struct syn {
  struct in_addr src, dst;
  uint16_t src_port, dst_port;
  uint32_t sequence;
};

/* The Internet checksum (RFC 1071) of some bytes, in host order. */
uint16_t packet_checksum(const uint8_t *bytes, size_t length);

/* Whether this is a whole IPv4 packet: nothing else below may be asked about what is not. */
bool packet_is_ipv4(const uint8_t *packet, size_t length);

/* The source and the destination of an IPv4 packet. */
struct in_addr packet_src(const uint8_t *packet);
struct in_addr packet_dst(const uint8_t *packet);

/* Whether a link of this MTU must refuse the packet: too long, and not to be cut. */
bool packet_too_big(const uint8_t *packet, size_t length, unsigned mtu);

/*
 * The router's answer to a packet that is too big (ICMP "fragmentation needed", RFC 1191), PACKET_UNREACHABLE bytes at most.
 * Its length; 0 where no answer may be given (RFC 1122, 3.2.2).
 */
size_t packet_fragmentation_needed(uint8_t *out, const uint8_t *packet, struct in_addr router, unsigned mtu);

/* A SYN as Linux sends it, PACKET_SYN bytes. */
void packet_syn(uint8_t *out, const struct syn *syn);

#endif
