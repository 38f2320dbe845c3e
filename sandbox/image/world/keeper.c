/*
 * The keeper, see keeper.h. QEMU is where a learner who breaks out of the guest would land: it gets no capability, no other user's files,
 * no new privileges, and dies with the keeper, as the keeper dies with the world.
 *
 * The keeper is of QEMU's user because only so may it look into QEMU's memory, and it was forked while the world could still become that
 * user; no process here can now become another one. It is not dumpable, so that QEMU cannot look into it in turn: the worst that a QEMU
 * gone bad can do to its keeper is to kill it, and then the machine is dead.
 */
#include "keeper.h"

#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KVM_FD = 6, FIRST_FREE_FD = 7, SCRATCH_FD = 64, LARGEST_DEVICES = 4 << 20, HANDED = 3 };

static struct keeper self;
static int kvm = -1, nothing = -1;
static pid_t qemu;
static struct kept moments[SLOTS];

/* ---- powers ---- */

void keeper_set_capabilities(uint32_t kept) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2] = {{.effective = kept, .permitted = kept}};
  if (syscall(SYS_capset, &header, data)) {
    perror("world: capset");
    _exit(126);
  }
}

/* Fails without CAP_SETPCAP, and may: with no_new_privs no exec can gain what the permitted set has lost. */
void keeper_bound(uint32_t kept) {
  for (int cap = 0; cap <= CAP_LAST_CAP; cap++)
    if (cap >= 32 || !(kept & 1u << cap)) prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
}

static void become(uid_t uid) {
  if (uid == 0) return;
  if (setgroups(0, NULL) || setresgid(uid, uid, uid) || setresuid(uid, uid, uid)) {
    fprintf(stderr, "world: cannot become user %u: %s\n", uid, strerror(errno));
    _exit(126);
  }
}

/* The wish to die with one's parent comes after `become`, which would clear it. */
static void disarm(void) {
  keeper_bound(0);
  become(self.uid);
  keeper_set_capabilities(0);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  prctl(PR_SET_NAME, "keeper", 0, 0, 0);
}

/* ---- QEMU's process ---- */

static void place(int fd, int wanted) {
  if (dup2(fd, wanted) < 0) _exit(126);
}

/*
 * QEMU is handed every socket that it needs. One that it could make itself would have buffers that no limit of the container counts (TCP's, where
 * control groups are of version 1): socket() and socketpair() are refused, in this process and whatever comes of it. So is io_uring, whose
 * sockets no filter sees (IORING_OP_SOCKET; engines before Docker 25 let it pass), as by a kernel that has none: QEMU does without. A call by
 * another architecture's numbers, which would mean other calls, ends it.
 */
static void forbid_sockets(void) {
#ifdef __x86_64__
  enum { ARCHITECTURE = AUDIT_ARCH_X86_64 };
#else
  enum { ARCHITECTURE = AUDIT_ARCH_AARCH64 };
#endif
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)ARCHITECTURE, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#ifdef __x86_64__
      /* x32: the same calls under numbers of their own. */
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x40000000, 3, 0),
#endif
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socketpair, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 1, 2),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {.len = sizeof code / sizeof code[0], .filter = code};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0)) _exit(126);
}

static _Noreturn void run_qemu(const int handed[HANDED]) {
  int errors = handed[2];
  /* The sources may sit where the targets must be: move them out of the way first. */
  int fds[] = {nothing, errors, errors, self.tap, handed[0], handed[1], kvm < 0 ? nothing : kvm};
  for (int i = 0; i < FIRST_FREE_FD; i++)
    if ((fds[i] = fcntl(fds[i], F_DUPFD, SCRATCH_FD)) < 0) _exit(126);
  for (int i = 0; i < FIRST_FREE_FD; i++) place(fds[i], i);
  close_range(kvm < 0 ? KVM_FD : FIRST_FREE_FD, ~0u, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0); /* or the first code translated costs each sandbox 2 MB pages */
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  forbid_sockets();
  execvp(self.argv[0], self.argv);
  fprintf(stderr, "world: %s: %s\n", self.argv[0], strerror(errno));
  _exit(127);
}

/* ---- what is said to the world ---- */

static void say(struct keeper_message message) {
  if (send(self.control, &message, sizeof message, MSG_NOSIGNAL) < 0) _exit(0);
}

static void answer(uint8_t kind, uint8_t slot, const char *error) {
  struct keeper_message message = {.kind = kind, .slot = slot, .ok = !error, .bytes = moments[slot].length};
  if (error) strncpy(message.text, error, sizeof message.text - 1);
  say(message);
}

static void start(const int handed[HANDED]) {
  qemu = fork();
  if (qemu == 0) run_qemu(handed);
  for (int i = 0; i < HANDED; i++) close(handed[i]);
  if (qemu > 0) return;
  qemu = 0;
  say((struct keeper_message){.kind = K_DIED, .status = 126 << 8});
}

static void reap(void) {
  int status;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
    if (pid == qemu) {
      qemu = 0;
      say((struct keeper_message){.kind = K_DIED, .status = status});
    }
}

/* ---- moments ---- */

static size_t room(void) {
  size_t taken = 0;
  for (int i = 0; i < SLOTS; i++) taken += moments[i].length;
  return taken < (size_t)KEPT_MB << 20 ? ((size_t)KEPT_MB << 20) - taken : 0;
}

/* QEMU made this file, so it may be anything: no link is followed, nothing is waited for, its size is bounded. */
static const char *add_devices(struct kept *kept) {
  struct stat s;
  int fd = open(DEVICES, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return "QEMU has not written its devices";
  const char *error = "QEMU's devices are too large";
  if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0 && s.st_size <= LARGEST_DEVICES) {
    uint8_t *bytes = malloc((size_t)s.st_size);
    ssize_t n = bytes ? read(fd, bytes, (size_t)s.st_size) : -1;
    error = n > 0 ? memory_add(kept, bytes, (size_t)n) : "QEMU's devices cannot be read";
    free(bytes);
  }
  close(fd);
  return error;
}

static void copy(uint8_t slot) {
  struct kept *kept = &moments[slot];
  memory_drop(kept);
  const char *error = qemu ? memory_copy(qemu, kept, room()) : "QEMU does not run";
  if (!error) error = add_devices(kept);
  unlink(DEVICES);
  if (error) memory_drop(kept);
  answer(K_COPIED, slot, error);
  if (error) return;
  error = memory_pack(kept);
  if (error) memory_drop(kept);
  answer(K_KEPT, slot, error);
}

static int devices = -1;

static bool write_devices(const uint8_t *bytes, size_t length) { return write(devices, bytes, length) == (ssize_t)length; }

static void put(uint8_t slot) {
  unlink(DEVICES);
  devices = open(DEVICES, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  const char *error = devices < 0        ? "the devices cannot be written"
                      : !qemu            ? "QEMU does not run"
                      : !moments[slot].bytes ? "nothing was kept"
                                         : memory_put(qemu, &moments[slot], write_devices);
  if (devices >= 0) close(devices);
  answer(K_FILLED, slot, error);
}

/* ---- the loop ---- */

static void take(const struct keeper_message *message, const int handed[HANDED]) {
  if (message->slot >= SLOTS) _exit(1);
  if (message->kind == K_START) start(handed);
  else if (message->kind == K_COPY) copy(message->slot);
  else if (message->kind == K_PUT) put(message->slot);
  else if (message->kind == K_TIDY) unlink(DEVICES);
  else if (message->kind == K_DROP) memory_drop(&moments[message->slot]);
  else if (message->kind == K_KILL && qemu) kill(qemu, SIGKILL);
}

static void hear(void) {
  struct keeper_message message;
  int handed[HANDED] = {-1, -1, -1};
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE(sizeof handed)];
  } control = {0};
  struct iovec part = {&message, sizeof message};
  struct msghdr whole = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  ssize_t n = recvmsg(self.control, &whole, MSG_CMSG_CLOEXEC);
  if (n < 0 && errno == EINTR) return;
  if (n != (ssize_t)sizeof message) _exit(0); /* the world has ended */
  bool has = whole.msg_controllen >= CMSG_LEN(sizeof handed) && control.header.cmsg_type == SCM_RIGHTS;
  if (has) memcpy(handed, CMSG_DATA(&control.header), sizeof handed);
  if ((message.kind == K_START) != has) _exit(1);
  take(&message, handed);
}

static int watch_children(void) {
  sigset_t set;
  sigfillset(&set);
  sigprocmask(SIG_SETMASK, &set, NULL);
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* What the world has open is not the keeper's. Moves what is to the numbers from SCRATCH_FD on and closes the rest. */
static void keep_descriptors(void) {
  int *kept[] = {&self.tap, &self.control, &nothing, &kvm};
  nothing = open("/dev/null", O_RDWR);
  /* Opened as root: the device's owner and mode are the host's, and QEMU will be nobody in particular. */
  kvm = open("/dev/kvm", O_RDWR);
  int next = SCRATCH_FD;
  for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
    if (*kept[i] < 0) continue;
    int fd = fcntl(*kept[i], F_DUPFD_CLOEXEC, SCRATCH_FD);
    if (fd < 0) _exit(126);
    if (fd >= next) next = fd + 1;
    *kept[i] = fd;
  }
  close_range(3, SCRATCH_FD - 1, 0);
  close_range((unsigned)next, ~0u, 0);
}

void keeper_serve(const struct keeper *keeper) {
  self = *keeper;
  keep_descriptors();
  int children = watch_children();
  disarm();
  if (self.ram && !memory_open(self.ram)) fprintf(stderr, "world: %s: %s\n", self.ram, strerror(errno));
  struct pollfd polled[] = {{.fd = self.control, .events = POLLIN}, {.fd = children, .events = POLLIN}};
  for (;;) {
    if (poll(polled, 2, -1) < 0) continue;
    struct signalfd_siginfo info;
    while (read(children, &info, sizeof info) == (ssize_t)sizeof info) {
    }
    reap();
    if (polled[0].revents) hear();
  }
}
