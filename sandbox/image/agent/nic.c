/*
 * eth0's rings and the statistics of its driver, by ethtool's ioctls. Their names differ by driver; those are sent that any driver of the course
 * has for packets by queue and for packets that found no room.
 */
#include "sources.h"

#include <fnmatch.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STATS = 512, WANTED = 64 };

static const char *const patterns[] = {
    "pkts rx OOB",         "ucast pkts rx",    "rx buf alloc fail", "rx_fifo_errors", "rx_missed_errors",
    "rx_no_buffer_count",  "rx_queue_*_packets", "rx_queue_*_drops",
};

static int asker = -1;
static struct ethtool_stats *stats;
static struct {
  uint16_t at;
  char name[ETH_GSTRING_LEN + 1];
} wanted[WANTED];
static unsigned wanted_count, known_stats;

static bool ask(void *command) {
  struct ifreq request = {.ifr_name = "eth0", .ifr_data = command};
  if (asker < 0) asker = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  return asker >= 0 && ioctl(asker, SIOCETHTOOL, &request) == 0;
}

static bool is_wanted(const char *name) {
  for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
    if (!fnmatch(patterns[i], name, 0)) return true;
  return false;
}

static void want(unsigned at, const char *raw) {
  char name[ETH_GSTRING_LEN + 1];
  snprintf(name, sizeof name, "%.*s", ETH_GSTRING_LEN, raw + strspn(raw, " "));
  if (wanted_count == WANTED || !is_wanted(name)) return;
  for (char *p = name; *p; p++)
    if (*p == ' ') *p = '_';
  wanted[wanted_count].at = (uint16_t)at;
  strcpy(wanted[wanted_count++].name, name);
}

/* The number of queues, and with it the list, can be changed at any time. */
static void learn_names(unsigned count) {
  struct ethtool_gstrings *names = calloc(1, sizeof *names + (size_t)count * ETH_GSTRING_LEN + 1);
  free(stats);
  stats = calloc(1, sizeof *stats + (size_t)count * sizeof stats->data[0]);
  if (!names || !stats) abort();
  *names = (struct ethtool_gstrings){.cmd = ETHTOOL_GSTRINGS, .string_set = ETH_SS_STATS, .len = count};
  known_stats = count;
  wanted_count = 0;
  if (ask(names) && names->len == count)
    for (unsigned i = 0; i < count; i++) want(i, (const char *)names->data + (size_t)i * ETH_GSTRING_LEN);
  free(names);
}

static void say_stats(struct buffer *out, unsigned count) {
  if (count != known_stats) learn_names(count);
  stats->cmd = ETHTOOL_GSTATS;
  stats->n_stats = count;
  /* Between the two questions the list may have changed: then the next second has it. */
  if (!ask(stats) || stats->n_stats != count) return;
  for (unsigned i = 0; i < wanted_count; i++)
    say(out, "%s %llu\n", wanted[i].name, (unsigned long long)stats->data[wanted[i].at]);
}

void source_nic(struct buffer *out) {
  struct ethtool_drvinfo driver = {.cmd = ETHTOOL_GDRVINFO};
  struct ethtool_ringparam ring = {.cmd = ETHTOOL_GRINGPARAM};
  if (!ask(&driver)) return;
  say(out, "driver %.31s\n", driver.driver);
  if (ask(&ring))
    say(out, "rx %u\nrx_max %u\ntx %u\ntx_max %u\n", ring.rx_pending, ring.rx_max_pending, ring.tx_pending, ring.tx_max_pending);
  if (driver.n_stats > 0 && driver.n_stats <= STATS) say_stats(out, driver.n_stats);
}
