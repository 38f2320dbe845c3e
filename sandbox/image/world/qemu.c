/*
 * The world's end of the keeper, see qemu.h and keeper.h. Messages are handled in order on both sides, and each question has one answer, so
 * one question of a kind is under way at a time.
 */
#include "qemu.h"

#include "host.h"
#include "keeper.h"
#include "loop.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LAST_WORDS = 4096, HANDED = 3 };

static pid_t keeper;
static bool runs;
static uint64_t oom_kills; /* before this QEMU */
static struct watcher control = {.fd = -1}, words = {.fd = -1};
static char last_words[LAST_WORDS + 1];
static size_t words_used;
static void (*on_death)(int, const char *);
static void (*on_gone)(void);
static void (*on_copied)(bool, const char *), (*on_filled)(bool, const char *);
static void (*on_kept)(bool, size_t, const char *);

void drop_capabilities(void) {
  uint32_t kept = 1u << CAP_NET_ADMIN;
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  keeper_bound(kept);
  keeper_set_capabilities(kept);
}

/* ---- its last words ---- */

/* Passed on to the container's log, and its end kept as the reason in case QEMU dies. */
static void hear(struct watcher *w, uint32_t events) {
  (void)events;
  char text[1024];
  ssize_t n = read(w->fd, text, sizeof text);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) {
    watch_close(w);
    return;
  }
  if (write(STDERR_FILENO, text, (size_t)n) < 0) { /* nobody reads the log: no harm */
  }
  size_t length = (size_t)n;
  if (words_used + length > LAST_WORDS) {
    size_t over = words_used + length - LAST_WORDS;
    memmove(last_words, last_words + over, words_used - over);
    words_used -= over;
  }
  memcpy(last_words + words_used, text, length);
  words_used += length;
}

/* The kernel's killer leaves no other word than a number in the container's control group. */
static const char *want_of_memory(void) { return host_oom_kills() > oom_kills ? ", for want of memory" : ""; }

static void name_the_end(char *text, size_t size, int wait_status) {
  if (WIFSIGNALED(wait_status))
    snprintf(text, size, "QEMU was killed by signal %d%s", WTERMSIG(wait_status), want_of_memory());
  else
    snprintf(text, size, "QEMU ended with status %d", WEXITSTATUS(wait_status));
}

static void buried(int wait_status) {
  runs = false;
  if (words.fd >= 0) hear(&words, EPOLLIN);
  watch_close(&words);
  if (on_gone) {
    void (*gone)(void) = on_gone;
    on_gone = NULL;
    gone();
    return;
  }
  char how[64], reason[400];
  name_the_end(how, sizeof how, wait_status);
  last_words[words_used] = 0;
  const char *tail = words_used > 300 ? last_words + words_used - 300 : last_words;
  snprintf(reason, sizeof reason, "%s%s%.300s", how, *tail ? ": " : "", tail);
  for (char *p = reason; *p; p++)
    if (*p == '\n' || *p == '\r') *p = ' ';
  on_death(WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status), reason);
}

/* ---- the keeper ---- */

static void ask(struct keeper_message message, const int *handed) {
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE(HANDED * sizeof(int))];
  } ancillary = {.header = {.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(HANDED * sizeof(int))}};
  struct iovec part = {&message, sizeof message};
  struct msghdr whole = {.msg_iov = &part, .msg_iovlen = 1};
  if (handed) {
    memcpy(CMSG_DATA(&ancillary.header), handed, HANDED * sizeof(int));
    whole.msg_control = &ancillary;
    whole.msg_controllen = sizeof ancillary;
  }
  /* A keeper that is gone is told by SIGCHLD; its queue holds far more than the few questions that can be under way. */
  if (sendmsg(control.fd, &whole, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) fprintf(stderr, "world: the keeper: %s\n", strerror(errno));
}

static void take(struct keeper_message *m) {
  m->text[sizeof m->text - 1] = 0;
  if (m->kind == K_COPIED && on_copied) on_copied(m->ok, m->text);
  else if (m->kind == K_KEPT && on_kept) on_kept(m->ok, (size_t)m->bytes, m->text);
  else if (m->kind == K_FILLED && on_filled) on_filled(m->ok, m->text);
  else if (m->kind == K_DIED) buried(m->status);
}

static void control_ready(struct watcher *w, uint32_t events) {
  (void)events;
  struct keeper_message message;
  ssize_t n;
  while (w->fd >= 0 && (n = recv(w->fd, &message, sizeof message, MSG_DONTWAIT)) == (ssize_t)sizeof message) take(&message);
  if (w->fd >= 0 && n == 0) watch_close(w); /* its end is told by SIGCHLD */
}

void qemu_open(char **argv, int tap, uid_t uid, const char *ram, void (*died)(int, const char *)) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends)) {
    perror("world: socketpair");
    exit(1);
  }
  on_death = died;
  keeper = fork();
  if (keeper < 0) {
    perror("world: fork");
    exit(1);
  }
  if (keeper == 0) keeper_serve(&(struct keeper){.argv = argv, .tap = tap, .control = ends[1], .uid = uid, .ram = ram});
  close(ends[1]);
  control = (struct watcher){.fd = ends[0], .ready = control_ready};
  watch(&control, EPOLLIN);
}

static void pair(int ends[2]) {
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) {
    perror("world: socketpair");
    exit(1);
  }
}

void qemu_start(int *agent, int *monitor) {
  int agents[2], monitors[2], errors[2];
  pair(agents);
  pair(monitors);
  if (pipe2(errors, O_CLOEXEC)) {
    perror("world: pipe");
    exit(1);
  }
  oom_kills = host_oom_kills();
  ask((struct keeper_message){.kind = K_START}, (int[HANDED]){agents[1], monitors[1], errors[1]});
  close(agents[1]);
  close(monitors[1]);
  close(errors[1]);
  fcntl(errors[0], F_SETFL, O_NONBLOCK);
  words = (struct watcher){.fd = errors[0], .ready = hear};
  words_used = 0;
  watch(&words, EPOLLIN);
  runs = true;
  *agent = agents[0];
  *monitor = monitors[0];
}

void qemu_reaped(pid_t child, int wait_status) {
  if (!keeper || child != keeper) return;
  keeper = 0;
  if (control.fd >= 0) control_ready(&control, EPOLLIN); /* what it said before */
  watch_close(&control);
  (void)wait_status;
  on_gone = NULL;
  char reason[100];
  snprintf(reason, sizeof reason, "QEMU's keeper was killed%s, and QEMU with it", want_of_memory());
  if (runs) on_death(1, reason);
  runs = false;
}

void qemu_kill(void (*gone)(void)) {
  if (!runs) {
    if (gone) gone();
    return;
  }
  on_gone = gone;
  ask((struct keeper_message){.kind = K_KILL}, NULL);
}

void qemu_copy(unsigned slot, void (*copied)(bool, const char *), void (*kept)(bool, size_t, const char *)) {
  on_copied = copied;
  on_kept = kept;
  ask((struct keeper_message){.kind = K_COPY, .slot = (uint8_t)slot}, NULL);
}

void qemu_put(unsigned slot, void (*filled)(bool, const char *)) {
  on_filled = filled;
  ask((struct keeper_message){.kind = K_PUT, .slot = (uint8_t)slot}, NULL);
}

void qemu_tidy(void) { ask((struct keeper_message){.kind = K_TIDY}, NULL); }

void qemu_drop(unsigned slot) { ask((struct keeper_message){.kind = K_DROP, .slot = (uint8_t)slot}, NULL); }
