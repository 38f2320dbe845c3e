/*
 * fork, and what must happen before exec; see child.h.
 */
#include "child.h"

#include <fcntl.h>
#include <paths.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define SHELL "/bin/bash"
#define PATH "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

static char home_variable[256] = "HOME=/root";
static const char *home = home_variable + sizeof "HOME";
static char *const environment[] = {"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", home_variable,
                                    "USER=root",           "LOGNAME=root",        "SHELL=" SHELL, PATH,
                                    NULL};

void child_home(const char *path) {
  snprintf(home_variable, sizeof home_variable, "HOME=%s", path);
}

/* The agent is hard to kill when memory runs out and ignores some signals; its children must be ordinary. */
static void be_ordinary(void) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (fd >= 0) {
    if (write(fd, "0", 1) < 0) { /* not allowed: then it stays as it was */
    }
    close(fd);
  }
  if (chdir(home) && chdir("/")) { /* a home that is gone is the learner's business */
  }
}

static _Noreturn void become_shell(const char *terminal) {
  setsid();
  int tty = open(terminal, O_RDWR);
  if (tty < 0 || ioctl(tty, TIOCSCTTY, 0)) _exit(126);
  for (int i = 0; i < 3; i++) dup2(tty, i);
  if (tty > 2) close(tty);
  be_ordinary();
  execle(SHELL, "-bash", (char *)NULL, environment);
  _exit(127);
}

pid_t child_shell(int *master) {
  char name[64];
  struct winsize size = {.ws_col = 80, .ws_row = 24};
  int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return -1;
  struct termios t;
  if (grantpt(fd) || unlockpt(fd) || ptsname_r(fd, name, sizeof name) || tcgetattr(fd, &t)) goto failed;
  t.c_iflag |= IUTF8; /* erasing a letter erases all its bytes */
  tcsetattr(fd, TCSANOW, &t);
  ioctl(fd, TIOCSWINSZ, &size);
  pid_t pid = fork();
  if (pid == 0) become_shell(name);
  if (pid < 0) goto failed;
  *master = fd;
  return pid;
failed:
  close(fd);
  return -1;
}

static _Noreturn void become_script(int script, int out, int err) {
  char file[32];
  setsid(); /* its own group, and no terminal that it could ask */
  int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, 0);
  dup2(out, 1);
  dup2(err, 2);
  dup2(script, 3); /* dup2 clears close-on-exec */
  if (nothing > 3) close(nothing);
  be_ordinary();
  snprintf(file, sizeof file, "/dev/fd/%d", 3);
  execle(SHELL, "bash", file, (char *)NULL, environment);
  _exit(127);
}

/* A sealed copy in memory: needs no writable disk, which a lab may have taken away. */
static int in_memory(const uint8_t *script, size_t length) {
  int fd = memfd_create("script", MFD_CLOEXEC);
  for (size_t done = 0; fd >= 0 && done < length;) {
    ssize_t n = write(fd, script + done, length - done);
    if (n <= 0) {
      close(fd);
      return -1;
    }
    done += (size_t)n;
  }
  return fd;
}

pid_t child_script(const uint8_t *script, size_t length, int *out, int *err) {
  int outs[2] = {-1, -1}, errs[2] = {-1, -1};
  int fd = in_memory(script, length);
  pid_t pid = -1;
  if (fd >= 0 && !pipe2(outs, O_CLOEXEC) && !pipe2(errs, O_CLOEXEC)) {
    pid = fork();
    /* The targets 0 to 3 must not be sources: the agent keeps 0 to 2 open, and 3 is its epoll or a pipe's duplicate. */
    if (pid == 0) become_script(fcntl(fd, F_DUPFD_CLOEXEC, 10), fcntl(outs[1], F_DUPFD_CLOEXEC, 10), fcntl(errs[1], F_DUPFD_CLOEXEC, 10));
  }
  close(fd);
  close(outs[1]);
  close(errs[1]);
  if (pid < 0) {
    close(outs[0]);
    close(errs[0]);
    return -1;
  }
  fcntl(outs[0], F_SETFL, O_NONBLOCK);
  fcntl(errs[0], F_SETFL, O_NONBLOCK);
  *out = outs[0];
  *err = errs[0];
  return pid;
}

int child_status(int s) { return WIFSIGNALED(s) ? 128 + WTERMSIG(s) : WEXITSTATUS(s); }
