/*
 * Puma's processes from outside: descriptors, threads, and which of the workers do something. A worker without work waits in a futex; one that
 * runs has no place to wait in, and one that talks to somebody waits elsewhere. Those that sleep by Ruby's own means count as waiting.
 *
 * They are looked for where systemd keeps them, in services named puma*; a Puma that somebody started by hand in a shell is not seen.
 */
#include "sources.h"

#include "loop.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PROCESSES = 4, WORKERS = 64, LOOK_EVERY = 5000 };
#define SERVICES "/sys/fs/cgroup/system.slice"

static struct process {
  pid_t pid;
  nlink_t threads;
  int workers[WORKERS]; /* their wchan */
  unsigned worker_count;
} processes[PROCESSES];
static unsigned process_count;
static uint64_t look_at;

static size_t read_small(const char *path, char *text, size_t size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t n = fd < 0 ? -1 : read(fd, text, size - 1);
  if (fd >= 0) close(fd);
  text[n > 0 ? n : 0] = 0;
  return n > 0 ? (size_t)n : 0;
}

static void forget_workers(struct process *p) {
  for (unsigned i = 0; i < p->worker_count; i++) close(p->workers[i]);
  p->worker_count = 0;
}

/* `puma srv tp 001`; the thread that only trims the pool is `puma srv tp tri`. */
static bool is_worker(const char *name) { return !strncmp(name, "puma srv tp ", 12) && isdigit((unsigned char)name[12]); }

static void find_workers(struct process *p) {
  char path[96], name[32];
  snprintf(path, sizeof path, "/proc/%d/task", (int)p->pid);
  forget_workers(p);
  DIR *dir = opendir(path);
  for (struct dirent *e; dir && p->worker_count < WORKERS && (e = readdir(dir));) {
    if (!isdigit((unsigned char)*e->d_name)) continue;
    snprintf(path, sizeof path, "/proc/%d/task/%.16s/comm", (int)p->pid, e->d_name);
    if (!read_small(path, name, sizeof name) || !is_worker(name)) continue;
    snprintf(path, sizeof path, "/proc/%d/task/%.16s/wchan", (int)p->pid, e->d_name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) p->workers[p->worker_count++] = fd;
  }
  if (dir) closedir(dir);
}

struct found {
  pid_t pids[PROCESSES];
  unsigned count;
};

static void add_process(struct found *found, pid_t pid) {
  char path[64], name[32];
  snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
  if (found->count < PROCESSES && read_small(path, name, sizeof name) && !strncmp(name, "puma", 4))
    found->pids[found->count++] = pid;
}

static void add_service(struct found *found, const char *name) {
  char path[160], text[512];
  snprintf(path, sizeof path, SERVICES "/%.64s/cgroup.procs", name);
  read_small(path, text, sizeof text);
  for (char *at = text; isdigit((unsigned char)*at); at += strspn(at, "\n")) add_process(found, (pid_t)strtol(at, &at, 10));
}

static bool are_known(const struct found *found) {
  for (unsigned i = 0; i < found->count; i++)
    if (i >= process_count || processes[i].pid != found->pids[i]) return false;
  return found->count == process_count;
}

static void find_processes(void) {
  struct found found = {0};
  DIR *dir = opendir(SERVICES);
  for (struct dirent *e; dir && (e = readdir(dir));)
    if (!strncmp(e->d_name, "puma", 4)) add_service(&found, e->d_name);
  if (dir) closedir(dir);
  if (are_known(&found)) return;
  for (unsigned i = 0; i < process_count; i++) forget_workers(&processes[i]);
  process_count = found.count;
  for (unsigned i = 0; i < found.count; i++) processes[i] = (struct process){.pid = found.pids[i]};
}

static bool count_workers(const struct process *p, unsigned *busy, unsigned *stopped) {
  for (unsigned i = 0; i < p->worker_count; i++) {
    char where[64];
    ssize_t n = pread(p->workers[i], where, sizeof where - 1, 0);
    if (n < 0) return false; /* the thread is gone */
    where[n] = 0;
    if (!strcmp(where, "do_signal_stop")) ++*stopped;
    else if (strncmp(where, "futex", 5)) ++*busy;
  }
  return true;
}

static bool say_process(struct buffer *out, struct process *p) {
  char path[64];
  struct stat fds, tasks;
  struct rlimit limit;
  unsigned busy = 0, stopped = 0;
  snprintf(path, sizeof path, "/proc/%d/fd", (int)p->pid);
  if (stat(path, &fds)) return false;
  snprintf(path, sizeof path, "/proc/%d/task", (int)p->pid);
  if (stat(path, &tasks) || prlimit(p->pid, RLIMIT_NOFILE, NULL, &limit)) return false;
  if (tasks.st_nlink != p->threads) find_workers(p);
  p->threads = tasks.st_nlink;
  if (!count_workers(p, &busy, &stopped)) return false;
  /* Since 6.2 the size of /proc/PID/fd is the number of its entries; a directory has two links more than directories in it. */
  say(out, "%d %lld %llu %lu %u %u %u\n", (int)p->pid, (long long)fds.st_size, (unsigned long long)limit.rlim_cur,
      (unsigned long)tasks.st_nlink - 2, p->worker_count, busy, stopped);
  return true;
}

void source_puma(struct buffer *out) {
  if (now_ns() >= look_at) {
    find_processes();
    look_at = now_ns() + (uint64_t)LOOK_EVERY * MS;
  }
  for (unsigned i = 0; i < process_count; i++)
    if (!say_process(out, &processes[i])) { /* restarted: look again the next time */
      processes[i].threads = 0;
      look_at = 0;
    }
}
