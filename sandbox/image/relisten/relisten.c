/*
 * A builtin for bash: `relisten PORT BACKLOG LIMIT` calls listen() again on the sockets that listen on this TCP port, from outside their
 * processes. The kernel then computes the queue's length anew, min(BACKLOG, somaxconn), just as it does when the server is restarted,
 * without the price of a restart; LIMIT is what must come of it. A builtin and not a program, since starting a process takes 0.2 s in
 * an emulated machine that has just been restored. Knows no lab.
 */
#include "builtin.h"

#include <ctype.h>
#include <dirent.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { INODES = 64, PROCESSES = 4096, LISTENING = 0x0a };

static unsigned long inodes[INODES];
static bool done[INODES];
static unsigned inode_count;

/* Inodes of the sockets in state LISTEN on this port, from /proc/net/tcp or tcp6. */
static void collect(const char *table, unsigned port) {
  FILE *f = fopen(table, "re");
  char line[512];
  while (f && fgets(line, sizeof line, f)) {
    unsigned local, state;
    unsigned long inode;
    if (sscanf(line, " %*u: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x %*s %*s %*s %*u %*u %lu", &local, &state, &inode) == 3 &&
        local == port && state == LISTENING && inode_count < INODES)
      inodes[inode_count++] = inode;
  }
  if (f) fclose(f);
}

/* Of a socket in LISTEN the kernel tells the limit of its accept queue here (tcp_get_info, net/ipv4/tcp.c). */
static int limit_of(int fd) {
  struct tcp_info info = {0};
  socklen_t size = sizeof info;
  return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) ? -1 : (int)info.tcpi_sacked;
}

/* False when the socket cannot be reached or holds another number afterwards. */
static bool relisten_fd(pid_t pid, int fd, int backlog, int limit) {
  int process = (int)syscall(SYS_pidfd_open, pid, 0);
  int copy = process < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, process, fd, 0);
  if (process >= 0) close(process);
  if (copy < 0 || listen(copy, backlog)) {
    perror("relisten");
    if (copy >= 0) close(copy);
    return false;
  }
  int now = limit_of(copy);
  close(copy);
  if (now != limit) fprintf(stderr, "relisten: the queue holds %d, not %d\n", now, limit);
  return now == limit;
}

/* Which of the sought sockets this link of /proc/PID/fd names, or -1. */
static int sought(const char *link) {
  unsigned long inode;
  if (sscanf(link, "socket:[%lu]", &inode) != 1) return -1;
  for (unsigned i = 0; i < inode_count; i++)
    if (inodes[i] == inode && !done[i]) return (int)i;
  return -1;
}

static void search_process(pid_t pid, int backlog, int limit) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
  DIR *dir = opendir(path);
  for (struct dirent *e; dir && (e = readdir(dir));) {
    char link[64] = "";
    if (readlinkat(dirfd(dir), e->d_name, link, sizeof link - 1) < 0) continue;
    int i = sought(link);
    if (i < 0) continue;
    done[i] = relisten_fd(pid, atoi(e->d_name), backlog, limit);
  }
  if (dir) closedir(dir);
}

static bool all_done(void) {
  for (unsigned i = 0; i < inode_count; i++)
    if (!done[i]) return false;
  return true;
}

/* The newest processes first: the kernel's threads, which are older than any server, would cost more than all the rest. */
static void search_all(int backlog, int limit) {
  static pid_t pids[PROCESSES];
  unsigned count = 0;
  DIR *dir = opendir("/proc");
  for (struct dirent *e; dir && count < PROCESSES && (e = readdir(dir));)
    if (isdigit((unsigned char)e->d_name[0])) pids[count++] = atoi(e->d_name);
  if (dir) closedir(dir);
  while (count && !all_done()) search_process(pids[--count], backlog, limit);
}

static int number(const struct word_list *words) { return words ? atoi(words->word->word) : 0; }

/* Statics outlive a call here: the shell goes on. */
static void forget_the_last_call(void) {
  inode_count = 0;
  memset(done, 0, sizeof done);
}

int relisten_builtin(struct word_list *words) {
  const struct word_list *second = words ? words->next : NULL, *third = second ? second->next : NULL;
  int port = number(words), backlog = number(second), limit = number(third);
  if (port < 1 || port > 65535 || backlog < 1 || limit < 1 || third->next) {
    fputs("usage: relisten PORT BACKLOG LIMIT\n", stderr);
    return EX_USAGE;
  }
  forget_the_last_call();
  collect("/proc/net/tcp", (unsigned)port);
  collect("/proc/net/tcp6", (unsigned)port);
  search_all(backlog, limit);
  if (inode_count && all_done()) return 0;
  fprintf(stderr, inode_count ? "relisten: not every listener of port %d is as wanted\n" : "relisten: nothing listens on port %d\n", port);
  return 1;
}

static char *const description[] = {"Calls listen() again on the sockets that listen on a TCP port.", NULL};

struct builtin relisten_struct = {"relisten", relisten_builtin, BUILTIN_ENABLED, description, "relisten PORT BACKLOG LIMIT", NULL};
