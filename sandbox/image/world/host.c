/*
 * /proc/stat is the host's also within a container; the container's own part is in its control group. See host.h.
 */
#include "host.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT = 64 * 1024, COLUMNS = 8, IDLE = 3, IOWAIT = 4 };

static bool read_text(const char *path, char *text, size_t size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  size_t used = 0;
  for (ssize_t n; used < size - 1 && (n = read(fd, text + used, size - 1 - used)) > 0;) used += (size_t)n;
  close(fd);
  text[used] = 0;
  return used > 0;
}

/* The first line is `cpu user nice system idle iowait irq softirq steal …` in ticks; then one for each processor. Guests' time is in user's. */
static bool read_host(struct host_time *t) {
  static char text[TEXT];
  long ticks = sysconf(_SC_CLK_TCK);
  if (ticks <= 0 || !read_text("/proc/stat", text, sizeof text) || strncmp(text, "cpu ", 4) != 0) return false;
  char *at = text + 4;
  for (int column = 0; column < COLUMNS; column++) {
    uint64_t us = strtoull(at, &at, 10) * 1000000 / (uint64_t)ticks;
    t->all += us;
    if (column != IDLE && column != IOWAIT) t->busy += us;
  }
  for (char *line = strchr(text, '\n'); line && strncmp(line, "\ncpu", 4) == 0; line = strchr(line + 1, '\n')) t->processors++;
  return t->processors > 0;
}

static bool read_own(struct host_time *t) {
  char text[1024];
  if (read_text("/sys/fs/cgroup/cpu.stat", text, sizeof text)) {
    const char *usage = strstr(text, "usage_usec ");
    if (usage) t->own = strtoull(usage + strlen("usage_usec "), NULL, 10);
    return usage != NULL;
  }
  if (!read_text("/sys/fs/cgroup/cpuacct/cpuacct.usage", text, sizeof text)) return false;
  t->own = strtoull(text, NULL, 10) / 1000;
  return true;
}

struct host_time host_time_read(void) {
  struct host_time t = {0};
  t.told = read_host(&t) && read_own(&t);
  return t;
}

int host_left(struct host_time before, struct host_time after) {
  if (!before.told || !after.told || after.all <= before.all) return -1;
  uint64_t all = after.all - before.all, busy = after.busy - before.busy, own = after.own - before.own;
  uint64_t others = busy > own ? busy - own : 0;
  if (others > all) others = all;
  return (int)(after.processors * 100 * (all - others) / all);
}

uint64_t host_oom_kills(void) {
  char text[1024];
  if (!read_text("/sys/fs/cgroup/memory.events", text, sizeof text) &&
      !read_text("/sys/fs/cgroup/memory/memory.oom_control", text, sizeof text))
    return 0;
  const char *kills = strstr(text, "oom_kill ");
  return kills ? strtoull(kills + strlen("oom_kill "), NULL, 10) : 0;
}
