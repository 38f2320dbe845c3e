/*
 * Starting and burying QEMU, see qemu.h. QEMU is where a learner who breaks out of the guest would land: it gets no capability, no
 * other user's files, no new privileges, and dies with the world.
 */
#include "qemu.h"

#include "loop.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LAST_WORDS = 4096, KVM_FD = 6, FIRST_FREE_FD = 7, SCRATCH_FD = 64 };

static pid_t pid;
static struct watcher words = {.fd = -1};
static char last_words[LAST_WORDS + 1];
static size_t words_used;
static void (*on_death)(int, const char *);

static void set_capabilities(uint32_t kept) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2] = {{.effective = kept, .permitted = kept}};
  if (syscall(SYS_capset, &header, data)) {
    perror("world: capset");
    _exit(126);
  }
}

/* Fails without CAP_SETPCAP, and may: with no_new_privs no exec can gain what the permitted set has lost. */
static void drop_bounding(uint32_t kept) {
  for (int cap = 0; cap <= CAP_LAST_CAP; cap++)
    if (cap >= 32 || !(kept & 1u << cap)) prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
}

void drop_capabilities(void) {
  uint32_t kept = 1u << CAP_NET_ADMIN;
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  drop_bounding(kept);
  set_capabilities(kept);
}

static void become(uid_t uid) {
  if (uid == 0) return;
  if (setgroups(0, NULL) || setresgid(uid, uid, uid) || setresuid(uid, uid, uid)) {
    fprintf(stderr, "world: cannot become user %u: %s\n", uid, strerror(errno));
    _exit(126);
  }
}

static void place(int fd, int wanted) {
  if (dup2(fd, wanted) < 0) _exit(126);
}

static void run_qemu(char **argv, int tap, int agent, int monitor, int errors, uid_t uid) {
  int nothing = open("/dev/null", O_RDWR);
  /* Opened here, as root: the device's owner and mode are the host's, and QEMU will be nobody in particular. */
  int kvm = open("/dev/kvm", O_RDWR);
  /* The sources may sit where the targets must be: move them out of the way first. */
  int fds[] = {nothing, errors, errors, tap, agent, monitor, kvm < 0 ? nothing : kvm};
  for (int i = 0; i < FIRST_FREE_FD; i++)
    if ((fds[i] = fcntl(fds[i], F_DUPFD, SCRATCH_FD)) < 0) _exit(126);
  for (int i = 0; i < FIRST_FREE_FD; i++) place(fds[i], i);
  close_range(kvm < 0 ? KVM_FD : FIRST_FREE_FD, ~0u, 0);
  drop_bounding(0);
  become(uid);
  set_capabilities(0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* after setresuid, which clears it */
  prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);     /* or the first code translated costs each sandbox 2 MB pages */
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execvp(argv[0], argv);
  fprintf(stderr, "world: %s: %s\n", argv[0], strerror(errno));
  _exit(127);
}

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

void qemu_start(char **argv, int tap, int agent, int monitor, uid_t uid, void (*died)(int, const char *)) {
  int errors[2];
  if (pipe2(errors, O_CLOEXEC)) {
    perror("world: pipe");
    exit(1);
  }
  on_death = died;
  pid = fork();
  if (pid < 0) {
    perror("world: fork");
    exit(1);
  }
  if (pid == 0) run_qemu(argv, tap, agent, monitor, errors[1], uid);
  close(errors[1]);
  fcntl(errors[0], F_SETFL, O_NONBLOCK);
  words = (struct watcher){.fd = errors[0], .ready = hear};
  watch(&words, EPOLLIN);
}

static void name_the_end(char *text, size_t size, int wait_status) {
  if (WIFSIGNALED(wait_status))
    snprintf(text, size, "QEMU was killed by signal %d", WTERMSIG(wait_status));
  else
    snprintf(text, size, "QEMU ended with status %d", WEXITSTATUS(wait_status));
}

void qemu_reaped(pid_t child, int wait_status) {
  if (!pid || child != pid) return;
  pid = 0;
  if (words.fd >= 0) hear(&words, EPOLLIN);
  char how[64], reason[400];
  name_the_end(how, sizeof how, wait_status);
  last_words[words_used] = 0;
  const char *tail = words_used > 300 ? last_words + words_used - 300 : last_words;
  snprintf(reason, sizeof reason, "%s%s%.300s", how, *tail ? ": " : "", tail);
  for (char *p = reason; *p; p++)
    if (*p == '\n' || *p == '\r') *p = ' ';
  on_death(WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status), reason);
}

void qemu_kill(void) {
  /* As another user QEMU is beyond our kill; then our own end takes it along (PID 1's, or PDEATHSIG). */
  if (pid) kill(pid, SIGKILL);
}
