/*
 * Where the counters come from: each function appends what it finds, and nothing when the machine has no such thing. All keep what they opened,
 * and look for it anew when it is gone. None loads a module that is not there.
 */
#ifndef RINGSIDE_AGENT_SOURCES_H
#define RINGSIDE_AGENT_SOURCES_H

#include "frames.h"

#include <stdbool.h>

/* No source may give more. */
enum { SOURCE_MAX = 12 * 1024 };

/* A file that stays open. `fd` is -1 at first and whenever the file is not there. */
struct kept {
  const char *path;
  int fd;
};

/* Its text from the start, at most `most` bytes; false when there is none. */
bool kept_read(struct kept *file, struct buffer *out, size_t most);

/* A formatted line. */
void say(struct buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* /proc/stat up to the line of interrupts: the rest is long and told elsewhere. */
void source_cpu(struct buffer *out);

/* Lines `name value`: the kernel's limits. */
void source_limits(struct buffer *out);

/* eth0: lines `name value` of its driver, rings and the statistics that tell of losses and queues. */
void source_nic(struct buffer *out);

/* eth0's interrupts: lines `number name counts`, the counts by CPU with commas between. */
void source_irqs(struct buffer *out);

/* eth0's queueing disciplines and the firewall's rules: netlink messages as the kernel wrote them. */
void source_qdiscs(struct buffer *out);
void source_rules(struct buffer *out);

/* TCP's sockets: listeners, states, the fullest buffers. See sockets.c for the lines. */
void source_sockets(struct buffer *out);

/* Puma's processes: lines `pid descriptors limit threads workers busy stopped`. */
void source_puma(struct buffer *out);

#endif
