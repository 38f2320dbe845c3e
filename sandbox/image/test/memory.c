/*
 * For memory.test.ts: a process that maps a file privately and changes some of it, as QEMU does; its changes are copied aside and put into
 * another such process. Prints what went wrong. Argument: the file.
 */
#include "../world/memory.h"
#include "../world/pack.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGES = 20000 };
static const char *path;
static char told[64];
static size_t told_length;

static void fill(uint8_t *page, unsigned seed) {
  for (unsigned i = 0; i < PAGE; i++) page[i] = (uint8_t)((i * seed * 2654435761u) >> 24);
}

/* Changes its mapping as `kind` says, tells that it has, and then sums it up each time it is asked. */
struct other {
  pid_t pid;
  int ask, answer;
};

static uint64_t sum(const uint8_t *bytes) {
  uint64_t h = 14695981039346656037ull;
  for (size_t i = 0; i < (size_t)PAGES * PAGE / 8; i++) {
    uint64_t v;
    memcpy(&v, bytes + i * 8, 8);
    h = (h ^ v) * 1099511628211ull;
  }
  return h;
}

static void be(int kind, int ask, int answer) {
  int fd = open(path, O_RDONLY);
  uint8_t *at = mmap(NULL, (size_t)PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  /* Reading maps the file's own pages, which are not changes. */
  volatile uint8_t seen = at[7 * PAGE];
  (void)seen;
  if (kind == 1)
    for (unsigned i = 0; i < PAGES; i += 1 + i % 3) {
      if (i % 5 == 0) memset(at + (size_t)i * PAGE, 0, PAGE);
      else if (i % 5 == 1) at[(size_t)i * PAGE + i % PAGE] ^= 0x5a;
      else fill(at + (size_t)i * PAGE, i);
    }
  if (kind == 2) memset(at + 100 * PAGE, 0xcc, 3 * PAGE); /* what a QEMU writes while it starts */
  char c = 0;
  do {
    uint64_t s = sum(at);
    if (write(answer, &s, sizeof s) != sizeof s) _exit(1);
  } while (read(ask, &c, 1) == 1);
  _exit(0);
}

static struct other start(int kind) {
  int ask[2], answer[2];
  if (pipe(ask) || pipe(answer)) exit(1);
  pid_t pid = fork();
  if (pid == 0) be(kind, ask[0], answer[1]);
  return (struct other){pid, ask[1], answer[0]};
}

static uint64_t hear(struct other *o) {
  uint64_t s = 0;
  if (read(o->answer, &s, sizeof s) != sizeof s) puts("a process does not answer");
  return s;
}

static uint64_t ask(struct other *o) {
  if (write(o->ask, "x", 1) != 1) puts("a process is gone");
  return hear(o);
}

static void end(struct other *o) {
  kill(o->pid, SIGKILL);
  waitpid(o->pid, NULL, 0);
}

static bool take(const uint8_t *bytes, size_t length) {
  if (told_length + length > sizeof told) return false;
  memcpy(told + told_length, bytes, length);
  told_length += length;
  return true;
}

static void must(bool ok, const char *what) {
  if (!ok) puts(what);
}

int main(int argc, char **argv) {
  path = argv[argc - 1];
  int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
  uint8_t page[PAGE];
  for (unsigned i = 0; i < PAGES; i++) {
    fill(page, i / 7);
    if (write(fd, page, PAGE) != PAGE) return 1;
  }
  must(memory_open(path), "the file does not open");

  struct other changed = start(1), fresh = start(2), same = start(0);
  uint64_t wanted = hear(&changed);
  struct kept kept = {0}, none = {0}, tight = {0};
  must(hear(&fresh) != hear(&same), "the fresh one has changed nothing");
  const char *error = memory_copy(changed.pid, &kept, 100 << 20);
  if (!error) error = memory_add(&kept, (const uint8_t *)"the devices", 11);
  if (!error) error = memory_pack(&kept);
  must(!error, error ? error : "");
  must(kept.pages > PAGES / 3 && kept.pages < PAGES * 3 / 4, "not just what changed was kept");
  end(&changed);

  error = memory_put(fresh.pid, &kept, take);
  must(!error, error ? error : "");
  must(ask(&fresh) == wanted, "the memory is not what was kept");
  must(told_length == 11 && !memcmp(told, "the devices", 11), "the devices are not what was kept");

  must(!memory_copy(same.pid, &none, 100 << 20) && none.pages == 0, "an unchanged process costs something");
  must(memory_copy(fresh.pid, &tight, 1 << 20) || memory_pack(&tight), "a moment is larger than its room");
  must(memory_copy(1 << 22, &tight, 1 << 20) != NULL, "a process that is not there was copied");
  memory_drop(&kept);
  memory_drop(&none);
  end(&fresh);
  end(&same);
}
