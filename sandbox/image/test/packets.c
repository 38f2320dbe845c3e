/*
 * Prints what packets.c makes and thinks, a line each, for packets.test.ts: packets in hex, answers as numbers. Arguments are packets in hex,
 * looked at with an MTU of 1280.
 */
#include "../world/packets.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print(const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) printf("%02x", bytes[i]);
  putchar('\n');
}

static void look_at(const char *hex) {
  size_t length = strlen(hex) / 2;
  uint8_t *packet = malloc(length + !length), answer[PACKET_UNREACHABLE];
  for (size_t i = 0; i < length; i++) sscanf(hex + 2 * i, "%2hhx", &packet[i]);
  bool whole = packet_is_ipv4(packet, length);
  printf("%d %d ", whole, whole && packet_too_big(packet, length, 1280));
  struct in_addr router;
  inet_pton(AF_INET, "198.18.0.1", &router);
  print(answer, whole ? packet_fragmentation_needed(answer, packet, router, 1280) : 0);
  free(packet);
}

int main(int argc, char **argv) {
  uint8_t packet[PACKET_SYN];
  struct syn syn = {.src_port = 40000, .dst_port = 80, .sequence = 0xfedcba98};
  inet_pton(AF_INET, "198.19.200.7", &syn.src);
  inet_pton(AF_INET, "198.18.0.2", &syn.dst);
  packet_syn(packet, &syn);
  print(packet, sizeof packet);
  for (int i = 1; i < argc; i++) look_at(argv[i]);
}
