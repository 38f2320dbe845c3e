/*
 * Copying the guest's memory, see memory.h. QEMU maps the template's file privately, so a page that it has written is anonymous, and the
 * kernel tells which ones are (pagemap): a moment costs what has changed and not the guest's size. A migration to a file would
 * write all of it, 200 MB of which four fifths lie in the template already.
 *
 * QEMU is of our own user and our child, which is what the kernel asks of who looks into another process (also where Yama guards ptrace).
 * What QEMU has in its memory may be anything; it is copied and never believed.
 */
#include "memory.h"

#include "pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* WAITING: pages copied raw while QEMU stands still, packed when it runs again; more than that is packed at once. */
enum { WAITING = 12 * 1024, BATCH = 512, RUN = 64, MAPPINGS = 16, HEAD = 6, NO_PAGE = 0xffffffffu };
#define IS_PRESENT (1ull << 63)
#define IS_SWAPPED (1ull << 62)
#define IS_FILE (1ull << 61)

static const char *file;
static const uint8_t *reference;
static size_t pages;

static struct {
  uint8_t *bytes;
  uint32_t *numbers;
  unsigned used;
} waiting;

struct mapping {
  uint64_t start, end, offset;
};

/* A process as we see it. */
struct seen {
  int memory, map;
  struct mapping mappings[MAPPINGS];
  unsigned count;
};

bool memory_open(const char *path) {
  struct stat s;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat(fd, &s)) return false;
  void *at = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (at == MAP_FAILED) return false;
  file = path;
  reference = at;
  pages = (size_t)s.st_size / PAGE;
  return true;
}

/* ---- another process ---- */

static int open_of(pid_t pid, const char *name, int flags) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
  return open(path, flags | O_CLOEXEC);
}

/* The lines of /proc/PID/maps that name the file: `start-end perms offset device inode path`. */
static void find_mappings(pid_t pid, struct seen *s) {
  int fd = open_of(pid, "maps", O_RDONLY);
  FILE *maps = fd < 0 ? NULL : fdopen(fd, "r");
  char line[600];
  while (maps && s->count < MAPPINGS && fgets(line, sizeof line, maps)) {
    unsigned long long start, end, offset;
    int path = 0;
    if (sscanf(line, "%llx-%llx %*s %llx %*s %*s %n", &start, &end, &offset, &path) < 3 || !path) continue;
    line[strcspn(line, "\n")] = 0;
    if (strcmp(line + path, file) == 0) s->mappings[s->count++] = (struct mapping){start, end, offset};
  }
  if (maps) fclose(maps);
}

static void leave(struct seen *s) {
  if (s->memory >= 0) close(s->memory);
  if (s->map >= 0) close(s->map);
}

static const char *look_into(pid_t pid, struct seen *s, int flags) {
  *s = (struct seen){.memory = open_of(pid, "mem", flags), .map = open_of(pid, "pagemap", O_RDONLY)};
  find_mappings(pid, s);
  if (s->memory >= 0 && s->map >= 0 && s->count) return NULL;
  leave(s);
  return "this host does not let a process read its child's memory (kernel.yama.ptrace_scope above 1, or a security module)";
}

static bool is_changed(uint64_t entry) {
  return entry & IS_SWAPPED || ((entry & IS_PRESENT) && !(entry & IS_FILE));
}

/* Calls for each run of changed pages: their first number, how many, where they are in the process. */
static const char *each_change(const struct seen *s, const char *(*call)(const struct seen *, uint32_t, unsigned, uint64_t, void *),
                               void *context) {
  uint64_t entries[BATCH];
  for (unsigned m = 0; m < s->count; m++) {
    const struct mapping *map = &s->mappings[m];
    for (uint64_t at = map->start; at < map->end; at += (uint64_t)BATCH * PAGE) {
      size_t n = (map->end - at) / PAGE < BATCH ? (size_t)((map->end - at) / PAGE) : BATCH;
      if (pread(s->map, entries, n * 8, (off_t)(at / PAGE * 8)) != (ssize_t)(n * 8)) return "the memory's map cannot be read";
      for (size_t i = 0; i < n;) {
        size_t from = i;
        while (i < n && i - from < RUN && is_changed(entries[i])) i++;
        uint64_t first = (at - map->start + map->offset) / PAGE + from;
        if (i == from) {
          i++;
          continue;
        }
        if (first + (i - from) > pages) return "the memory is larger than its file";
        const char *error = call(s, (uint32_t)first, (unsigned)(i - from), at + from * PAGE, context);
        if (error) return error;
      }
    }
  }
  return NULL;
}

/* ---- keeping ---- */

static const char *append(struct kept *kept, uint32_t number, const uint8_t *older, const uint8_t *page) {
  if (kept->length + HEAD + PACKED > kept->room) return "there is no room for another moment";
  uint8_t *head = kept->bytes + kept->length;
  uint16_t length = (uint16_t)pack(older, page, head + HEAD);
  memcpy(head, &number, 4);
  memcpy(head + 4, &length, 2);
  kept->length += HEAD + length;
  return NULL;
}

const char *memory_pack(struct kept *kept) {
  const char *error = NULL;
  for (unsigned i = 0; i < waiting.used && !error; i++)
    error = append(kept, waiting.numbers[i], reference + (size_t)waiting.numbers[i] * PAGE, waiting.bytes + (size_t)i * PAGE);
  waiting.used = 0;
  if (waiting.bytes) madvise(waiting.bytes, (size_t)WAITING * PAGE, MADV_DONTNEED);
  return error;
}

static const char *copy_run(const struct seen *s, uint32_t first, unsigned count, uint64_t at, void *context) {
  struct kept *kept = context;
  const char *error = waiting.used + count > WAITING ? memory_pack(kept) : NULL;
  if (error) return error;
  size_t length = (size_t)count * PAGE;
  if (pread(s->memory, waiting.bytes + (size_t)waiting.used * PAGE, length, (off_t)at) != (ssize_t)length)
    return "the machine's memory cannot be read";
  for (unsigned i = 0; i < count; i++) waiting.numbers[waiting.used++] = first + i;
  kept->pages += count;
  return NULL;
}

static bool prepare(struct kept *kept, size_t room) {
  if (!waiting.bytes) {
    waiting.numbers = calloc(WAITING, sizeof *waiting.numbers);
    void *at = mmap(NULL, (size_t)WAITING * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (!waiting.numbers || at == MAP_FAILED) return false;
    waiting.bytes = at;
  }
  waiting.used = 0;
  void *at = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at == MAP_FAILED) return false;
  *kept = (struct kept){.bytes = at, .room = room};
  return true;
}

const char *memory_copy(pid_t pid, struct kept *kept, size_t room) {
  struct seen s;
  if (room < HEAD + PACKED || !prepare(kept, room)) return "there is no room for another moment";
  const char *error = look_into(pid, &s, O_RDONLY);
  if (error) return error;
  error = each_change(&s, copy_run, kept);
  leave(&s);
  return error;
}

const char *memory_add(struct kept *kept, const uint8_t *bytes, size_t length) {
  static const uint8_t nothing[PAGE];
  const char *error = NULL;
  for (size_t at = 0; at < length && !error; at += PAGE) {
    uint8_t page[PAGE] = {0};
    memcpy(page, bytes + at, length - at < PAGE ? length - at : PAGE);
    error = append(kept, NO_PAGE, nothing, page);
  }
  kept->added += length;
  return error;
}

void memory_drop(struct kept *kept) {
  if (kept->bytes) munmap(kept->bytes, kept->room);
  *kept = (struct kept){0};
}

/* ---- putting back ---- */

static bool write_page(const struct seen *s, uint32_t number, const uint8_t *page) {
  for (unsigned m = 0; m < s->count; m++) {
    const struct mapping *map = &s->mappings[m];
    uint64_t offset = (uint64_t)number * PAGE;
    if (offset < map->offset || offset - map->offset >= map->end - map->start) continue;
    return pwrite(s->memory, page, PAGE, (off_t)(map->start + offset - map->offset)) == PAGE;
  }
  return false;
}

/* What QEMU has written itself while it started is not of that moment. */
static const char *undo_run(const struct seen *s, uint32_t first, unsigned count, uint64_t at, void *context) {
  (void)at;
  (void)context;
  for (unsigned i = 0; i < count; i++)
    if (!write_page(s, first + i, reference + (size_t)(first + i) * PAGE)) return "the machine's memory cannot be written";
  return NULL;
}

static const char *put_all(const struct seen *s, const struct kept *kept, bool (*added)(const uint8_t *, size_t)) {
  static const uint8_t nothing[PAGE];
  size_t left = kept->added;
  for (size_t at = 0; at + HEAD <= kept->length;) {
    uint8_t page[PAGE];
    uint32_t number;
    uint16_t length;
    memcpy(&number, kept->bytes + at, 4);
    memcpy(&length, kept->bytes + at + 4, 2);
    const uint8_t *older = number == NO_PAGE ? nothing : reference + (size_t)number * PAGE;
    if (!unpack(older, kept->bytes + at + HEAD, length, page)) return "the moment is damaged";
    size_t piece = number == NO_PAGE && left < PAGE ? left : PAGE;
    if (number == NO_PAGE ? !added(page, piece) : !write_page(s, number, page)) return "the machine's memory cannot be written";
    if (number == NO_PAGE) left -= piece;
    at += HEAD + (size_t)length;
  }
  return NULL;
}

const char *memory_put(pid_t pid, const struct kept *kept, bool (*added)(const uint8_t *bytes, size_t length)) {
  struct seen s;
  const char *error = look_into(pid, &s, O_RDWR);
  if (error) return error;
  error = each_change(&s, undo_run, NULL);
  if (!error) error = put_all(&s, kept, added);
  leave(&s);
  return error;
}
