/*
 * /proc/net/snmp and /proc/net/netstat: pairs of lines, names and then values. See netstat.h.
 */
#include "netstat.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT = 16 * 1024 };

static size_t read_file(const char *path, char *text, size_t size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  size_t used = 0;
  if (fd >= 0) {
    for (ssize_t n; used < size - 1 && (n = read(fd, text + used, size - 1 - used)) > 0;) used += (size_t)n;
    close(fd);
  }
  text[used] = 0;
  return used;
}

/* The next word of a line, or NULL at its end. */
static const char *word(const char **at, size_t *length) {
  const char *p = *at;
  while (*p == ' ') p++;
  *length = strcspn(p, " \n");
  *at = p + *length;
  return *length ? p : NULL;
}

static uint64_t counter(const char *text, const char *group, const char *name) {
  size_t group_length = strlen(group), name_length = strlen(name), length, other;
  for (const char *names = text; names && *names;) {
    const char *values = strchr(names, '\n');
    if (!values) return 0;
    values++;
    if (strncmp(names, group, group_length) == 0) {
      const char *a = names + group_length, *b = values + group_length;
      for (const char *n, *v; (n = word(&a, &length)) && (v = word(&b, &other));)
        if (length == name_length && strncmp(n, name, length) == 0) return strtoull(v, NULL, 10);
    }
    const char *next = strchr(values, '\n');
    names = next ? next + 1 : NULL;
  }
  return 0;
}

uint64_t netstat_retrans(void) {
  char text[TEXT];
  read_file("/proc/net/snmp", text, sizeof text);
  return counter(text, "Tcp:", "RetransSegs");
}

struct netstat netstat_read(void) {
  char text[TEXT];
  struct netstat n;
  read_file("/proc/net/snmp", text, sizeof text);
  n.retrans_segs = counter(text, "Tcp:", "RetransSegs");
  n.out_rsts = counter(text, "Tcp:", "OutRsts");
  n.estab_resets = counter(text, "Tcp:", "EstabResets");
  n.active_opens = counter(text, "Tcp:", "ActiveOpens");
  read_file("/proc/net/netstat", text, sizeof text);
  n.syn_retrans = counter(text, "TcpExt:", "TCPSynRetrans");
  return n;
}

void netstat_text(struct buffer *out) {
  static const char *const paths[] = {"/proc/net/snmp", "/proc/net/netstat"};
  for (int i = 0; i < 2; i++) {
    size_t n = read_file(paths[i], (char *)buffer_room(out, TEXT), TEXT);
    buffer_added(out, n);
  }
}
