/*
 * Files of /proc and /sys, see sources.h. Opened once: under emulation an open costs as much as the reading.
 */
#include "sources.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { IRQS = 16, CPU_TEXT = 4096, LIMIT_TEXT = 128 };

bool kept_read(struct kept *file, struct buffer *out, size_t most) {
  if (file->fd < 0) file->fd = open(file->path, O_RDONLY | O_CLOEXEC);
  if (file->fd < 0) return false;
  ssize_t n = pread(file->fd, buffer_room(out, most), most, 0);
  if (n >= 0) {
    buffer_added(out, (size_t)n);
    return true;
  }
  close(file->fd); /* what it told of is gone */
  file->fd = -1;
  return false;
}

void say(struct buffer *out, const char *format, ...) {
  char line[256];
  va_list values;
  va_start(values, format);
  int n = vsnprintf(line, sizeof line, format, values);
  va_end(values);
  if (n > 0) buffer_append(out, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

void source_cpu(struct buffer *out) {
  static struct kept stat = {.path = "/proc/stat", .fd = -1};
  struct buffer text = {0};
  kept_read(&stat, &text, CPU_TEXT);
  const char *end = memmem(buffer_front(&text), buffer_length(&text), "\nintr ", 6);
  if (end) buffer_append(out, buffer_front(&text), (size_t)(end - (const char *)buffer_front(&text)) + 1);
  buffer_free(&text);
}

void source_limits(struct buffer *out) {
#define SYSCTL(name) {.path = "/proc/sys/net/" name, .fd = -1}
  static struct kept limits[] = {
      SYSCTL("core/somaxconn"),          SYSCTL("core/netdev_max_backlog"), SYSCTL("core/netdev_budget"),
      SYSCTL("ipv4/tcp_max_syn_backlog"), SYSCTL("ipv4/tcp_syncookies"),     SYSCTL("ipv4/tcp_rmem"),
      SYSCTL("ipv4/tcp_wmem"),           SYSCTL("ipv4/tcp_mem"),            SYSCTL("ipv4/ip_local_port_range"),
      SYSCTL("ipv4/tcp_max_tw_buckets"), SYSCTL("netfilter/nf_conntrack_max"),
  };
#undef SYSCTL
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
    struct buffer text = {0};
    /* A sysctl's handler clears as much memory as it is asked for: little, then. */
    if (kept_read(&limits[i], &text, LIMIT_TEXT))
      say(out, "%s %.*s", strrchr(limits[i].path, '/') + 1, (int)buffer_length(&text), (const char *)buffer_front(&text));
    buffer_free(&text);
  }
}

/* ---- interrupts ---- */

static struct irq {
  struct kept counts;
  char path[48], name[32];
  int number;
} irqs[IRQS];
static unsigned irq_count;

static void forget_irqs(void) {
  for (unsigned i = 0; i < irq_count; i++)
    if (irqs[i].counts.fd >= 0) close(irqs[i].counts.fd);
  irq_count = 0;
}

static void name_irq(struct irq *irq) {
  char path[48];
  snprintf(path, sizeof path, "/sys/kernel/irq/%d/actions", irq->number);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t n = fd < 0 ? 0 : read(fd, irq->name, sizeof irq->name - 1);
  irq->name[n > 0 ? n : 0] = 0;
  irq->name[strcspn(irq->name, " \n")] = 0;
  if (!*irq->name) strcpy(irq->name, "-");
  if (fd >= 0) close(fd);
}

static void find_irqs(void) {
  forget_irqs();
  DIR *dir = opendir("/sys/class/net/eth0/device/msi_irqs");
  for (struct dirent *e; dir && irq_count < IRQS && (e = readdir(dir));) {
    int number = atoi(e->d_name);
    if (number <= 0) continue;
    struct irq *irq = &irqs[irq_count++];
    *irq = (struct irq){.number = number, .counts = {.path = irq->path, .fd = -1}};
    snprintf(irq->path, sizeof irq->path, "/sys/kernel/irq/%d/per_cpu_count", number);
    name_irq(irq);
  }
  if (dir) closedir(dir);
}

static bool read_irqs(struct buffer *out) {
  for (unsigned i = 0; i < irq_count; i++) {
    say(out, "%d %s ", irqs[i].number, irqs[i].name);
    if (!kept_read(&irqs[i].counts, out, LIMIT_TEXT)) return false;
  }
  return irq_count > 0;
}

/* A driver that resets its card gives its interrupts back and takes others. */
void source_irqs(struct buffer *out) {
  struct buffer text = {0};
  if (!read_irqs(&text)) {
    buffer_free(&text);
    find_irqs();
    read_irqs(&text);
  }
  buffer_append(out, buffer_front(&text), buffer_length(&text));
  buffer_free(&text);
}
