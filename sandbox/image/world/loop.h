/*
 * One epoll loop with timers. Knows nothing of what it watches.
 */
#ifndef RINGSIDE_LOOP_H
#define RINGSIDE_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>

enum { MS = 1000000 };
#define SECOND 1000000000ull

/* An fd and who is called when it is ready. Part of a bigger struct; owner_of finds that one. */
struct watcher {
  int fd;
  uint32_t interest;
  bool added;
  void (*ready)(struct watcher *, uint32_t events);
};

/* A moment and who is called then. `place` 0: not set. */
struct timer {
  uint64_t at;
  void (*fire)(struct timer *);
  size_t place;
};

#define owner_of(pointer, type, member) ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

/* Nanoseconds of the monotonic clock. */
uint64_t now_ns(void);

/* Watches w->fd for these epoll events; called again, changes them. */
void watch(struct watcher *w, uint32_t events);

/* Forgets w->fd, also in the batch of events that is being handed out now; does not close it. */
void unwatch(struct watcher *w);

/* unwatch and close; w->fd becomes -1. */
void watch_close(struct watcher *w);

/* The same of a TCP connection, with a reset and nothing left of it: its two ends can be used anew at once. */
void watch_abort(struct watcher *w);

/* (Re)sets the timer to a moment of now_ns. */
void timer_set(struct timer *t, uint64_t at);

/* Stops the timer; harmless when it is not set. */
void timer_stop(struct timer *t);

/* Runs until loop_end; `settle` is called after each batch of events. Returns the status given to loop_end. */
int loop_run(void (*settle)(void));

/* Ends the loop after this batch. */
void loop_end(int status);

#endif
