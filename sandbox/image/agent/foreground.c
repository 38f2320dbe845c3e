/*
 * See foreground.h: the terminal knows its foreground process group, /proc the shell's children.
 */
#include "foreground.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static ssize_t read_file(const char *path, char *bytes, size_t most) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = read(fd, bytes, most);
  close(fd);
  return n < 0 ? 0 : n;
}

/* The kernel ends the name with a newline and keeps 15 bytes of it. */
static size_t name_of(pid_t pid, char *name) {
  char path[40], text[FOREGROUND_NAME + 1];
  snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
  size_t length = 0;
  for (ssize_t n = read_file(path, text, sizeof text); length < (size_t)n && length < FOREGROUND_NAME; length++) {
    if (text[length] == '\n') break;
    name[length] = text[length];
  }
  return length;
}

static pid_t first_child(pid_t pid) {
  char path[60], text[16] = "";
  snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
  read_file(path, text, sizeof text - 1);
  return (pid_t)atoi(text);
}

size_t foreground_of(pid_t shell, int master, char *name) {
  pid_t front = tcgetpgrp(master);
  if (front > 0 && front != shell) {
    size_t length = name_of(front, name);
    if (length) return length;
  }
  pid_t child = first_child(shell);
  return child > 0 ? name_of(child, name) : 0;
}
