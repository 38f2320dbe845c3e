/*
 * The world: PID 1 of a sandbox's container. Sets up the wire, starts QEMU, gives up its powers and then serves from one loop.
 * Knows the order of these steps and nothing of what happens in them. PROTOCOL.md is the contract.
 */
#include "agent.h"
#include "connect.h"
#include "flood.h"
#include "load.h"
#include "loop.h"
#include "net.h"
#include "qemu.h"
#include "rewind.h"
#include "service.h"
#include "terminals.h"
#include "upstream.h"
#include "vm.h"
#include "wan.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOCKET "/run/ringside.sock"
enum { DESCRIPTORS = 8192, QEMU_UID = 900 };

struct options {
  enum vm_mode mode;
  const char *state, *ram, *socket, *agent_socket;
  unsigned linger;
  bool wan;
  uid_t uid;
  char **qemu;
};

static _Noreturn void usage(void) {
  fputs("usage: world --mode cold|restore [--state FILE --ram FILE] --linger SECONDS [--uid N] [--socket PATH]\n"
        "             -- QEMU ARGUMENT...\n"
        "       world --mode none --agent-socket PATH --linger SECONDS [--socket PATH] [--wan]   (no VM: tests)\n"
        "       world connect [SOCKET]\n",
        stderr);
  exit(2);
}

static unsigned parse_number(const char *text) {
  char *end;
  unsigned long n = strtoul(text, &end, 10);
  if (!*text || *end || n > 1000000) usage();
  return (unsigned)n;
}

static enum vm_mode parse_mode(const char *text) {
  if (!strcmp(text, "cold")) return MODE_COLD;
  if (!strcmp(text, "restore")) return MODE_RESTORE;
  if (!strcmp(text, "none")) return MODE_NONE;
  usage();
}

static struct options parse(int argc, char **argv) {
  static const struct option known[] = {
      {"mode", required_argument, NULL, 'm'},   {"state", required_argument, NULL, 's'},
      {"ram", required_argument, NULL, 'r'},    {"linger", required_argument, NULL, 'l'},
      {"uid", required_argument, NULL, 'u'},    {"socket", required_argument, NULL, 'p'},
      {"wan", no_argument, NULL, 'w'},          {"agent-socket", required_argument, NULL, 'a'},
      {NULL, 0, NULL, 0},
  };
  struct options o = {.mode = MODE_COLD, .socket = SOCKET, .uid = QEMU_UID};
  bool lingers = false;
  for (int c; (c = getopt_long(argc, argv, "+", known, NULL)) != -1;) {
    if (c == 'm') o.mode = parse_mode(optarg);
    else if (c == 's') o.state = optarg;
    else if (c == 'r') o.ram = optarg;
    else if (c == 'l') o.linger = parse_number(optarg), lingers = true;
    else if (c == 'u') o.uid = parse_number(optarg);
    else if (c == 'p') o.socket = optarg;
    else if (c == 'a') o.agent_socket = optarg;
    else if (c == 'w') o.wan = true;
    else usage();
  }
  o.qemu = argv + optind;
  if (!lingers || (o.mode == MODE_RESTORE) != (o.state != NULL) || !o.state != !o.ram) usage();
  if ((o.mode == MODE_NONE) != (o.agent_socket != NULL) || (o.mode == MODE_NONE) != (o.qemu[0] == NULL)) usage();
  return o;
}

static void reap_all(void) {
  int status;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) qemu_reaped(pid, status);
}

static void signalled(struct watcher *w, uint32_t events) {
  (void)events;
  struct signalfd_siginfo info;
  while (read(w->fd, &info, sizeof info) == (ssize_t)sizeof info) {
    if (info.ssi_signo == SIGCHLD) reap_all();
    else loop_end(0);
  }
}

static void watch_signals(void) {
  static struct watcher watcher;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigprocmask(SIG_BLOCK, &set, NULL);
  signal(SIGPIPE, SIG_IGN);
  watcher = (struct watcher){.fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK), .ready = signalled};
  watch(&watcher, EPOLLIN);
}

static void raise_descriptors(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= DESCRIPTORS) return;
  limit.rlim_cur = limit.rlim_max < DESCRIPTORS ? limit.rlim_max : DESCRIPTORS;
  setrlimit(RLIMIT_NOFILE, &limit);
}

static void start_wan(void) {
  int server, clients;
  net_open_wan(&server, &clients);
  wan_open(server, clients);
}

/* Everything between the outside and QEMU: the wire, the keeper, our own disarming, and then the process. */
static void start_vm(const struct options *o) {
  int agent, monitor, tap = net_open();
  start_wan();
  qemu_open(o->qemu, tap, o->uid, o->ram, vm_qemu_died);
  close(tap);
  drop_capabilities();
  qemu_start(&agent, &monitor);
  agent_open(agent);
  rewind_open(o->mode == MODE_RESTORE, true);
  vm_open(o->mode, o->state, monitor);
}

/* No VM: the wire, if there is to be one, is the test's own tap0. */
static void start_without_vm(const struct options *o) {
  if (o->wan) start_wan();
  else upstream_listens_at("127.0.0.1");
  rewind_open(true, false);
  vm_open(MODE_NONE, NULL, -1);
}

static void settle(void) {
  load_check_caller();
  flood_settle();
  terminals_settle();
  agent_settle();
  service_settle();
}

int main(int argc, char **argv) {
  if (argc >= 2 && !strcmp(argv[1], "connect")) return connect_main(argc > 2 ? argv[2] : SOCKET);
  struct options o = parse(argc, argv);
  raise_descriptors();
  watch_signals();
  if (o.mode == MODE_NONE) agent_listen(o.agent_socket);
  service_open(o.socket, o.linger);
  if (o.mode == MODE_NONE) start_without_vm(&o);
  else start_vm(&o);
  int status = loop_run(settle);
  qemu_kill(NULL);
  return status;
}
