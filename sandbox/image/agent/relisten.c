/*
 * `agent relisten PORT BACKLOG`: calls listen() again on the sockets that listen on this TCP port, from outside their processes. The kernel
 * then computes the queue's length anew, min(BACKLOG, somaxconn), just as it does when the server is restarted, without the price
 * of a restart. Knows nothing of the rest of the agent.
 */
#include "relisten.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { INODES = 64, LISTENING = 0x0a };

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

static int relisten_fd(pid_t pid, int fd, int backlog) {
  int process = (int)syscall(SYS_pidfd_open, pid, 0);
  if (process < 0) return -1;
  int copy = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
  close(process);
  if (copy < 0) return -1;
  int result = listen(copy, backlog);
  close(copy);
  return result;
}

/* Which of the sought sockets this link of /proc/PID/fd names, or -1. */
static int sought(const char *link) {
  unsigned long inode;
  if (sscanf(link, "socket:[%lu]", &inode) != 1) return -1;
  for (unsigned i = 0; i < inode_count; i++)
    if (inodes[i] == inode && !done[i]) return (int)i;
  return -1;
}

static void search_process(pid_t pid, int backlog) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
  DIR *dir = opendir(path);
  for (struct dirent *e; dir && (e = readdir(dir));) {
    char link[64] = "";
    if (readlinkat(dirfd(dir), e->d_name, link, sizeof link - 1) < 0) continue;
    int i = sought(link);
    if (i < 0) continue;
    if (relisten_fd(pid, atoi(e->d_name), backlog)) perror("agent: listen");
    else done[i] = true;
  }
  if (dir) closedir(dir);
}

static void search_all(int backlog) {
  DIR *dir = opendir("/proc");
  for (struct dirent *e; dir && (e = readdir(dir));)
    if (isdigit((unsigned char)e->d_name[0])) search_process(atoi(e->d_name), backlog);
  if (dir) closedir(dir);
}

int relisten_main(int argc, char **argv) {
  int port = argc == 4 ? atoi(argv[2]) : 0, backlog = argc == 4 ? atoi(argv[3]) : 0;
  if (port < 1 || port > 65535 || backlog < 1) {
    fputs("usage: agent relisten PORT BACKLOG\n", stderr);
    return 2;
  }
  collect("/proc/net/tcp", (unsigned)port);
  collect("/proc/net/tcp6", (unsigned)port);
  search_all(backlog);
  unsigned n = 0;
  for (unsigned i = 0; i < inode_count; i++) n += done[i];
  if (n && n == inode_count) return 0;
  fprintf(stderr, inode_count ? "agent: not every listener of port %d could be reached\n" : "agent: nothing listens on port %d\n",
          port);
  return 1;
}
