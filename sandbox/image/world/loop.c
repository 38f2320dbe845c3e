/*
 * The epoll loop and a binary heap of timers, see loop.h. epoll_pwait2 because a load's times are told in microseconds.
 */
#include "loop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64 };

static int epoll = -1;
static struct epoll_event events[BATCH];
static int event_count, event_next;
static struct timer **heap; /* 1-based */
static size_t heap_used, heap_capacity;
static bool ended;
static int end_status;

uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

static int the_epoll(void) {
  if (epoll < 0 && (epoll = epoll_create1(EPOLL_CLOEXEC)) < 0) {
    perror("epoll_create1");
    exit(1);
  }
  return epoll;
}

void watch(struct watcher *w, uint32_t interest) {
  if (w->added && w->interest == interest) return;
  struct epoll_event event = {.events = interest, .data.ptr = w};
  if (epoll_ctl(the_epoll(), w->added ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, w->fd, &event)) {
    perror("epoll_ctl");
    exit(1);
  }
  w->added = true;
  w->interest = interest;
}

void unwatch(struct watcher *w) {
  if (!w->added) return;
  epoll_ctl(the_epoll(), EPOLL_CTL_DEL, w->fd, NULL);
  w->added = false;
  for (int i = event_next; i < event_count; i++)
    if (events[i].data.ptr == w) events[i].data.ptr = NULL;
}

void watch_close(struct watcher *w) {
  if (w->fd < 0) return;
  unwatch(w);
  close(w->fd);
  w->fd = -1;
}

void watch_abort(struct watcher *w) {
  struct linger at_once = {.l_onoff = 1};
  if (w->fd >= 0) setsockopt(w->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  watch_close(w);
}

static void heap_put(size_t place, struct timer *t) {
  heap[place] = t;
  t->place = place;
}

static void heap_up(size_t place, struct timer *t) {
  for (; place > 1 && heap[place / 2]->at > t->at; place /= 2) heap_put(place, heap[place / 2]);
  heap_put(place, t);
}

static void heap_down(size_t place, struct timer *t) {
  for (size_t child; (child = place * 2) <= heap_used; place = child) {
    if (child < heap_used && heap[child + 1]->at < heap[child]->at) child++;
    if (heap[child]->at >= t->at) break;
    heap_put(place, heap[child]);
  }
  heap_put(place, t);
}

void timer_set(struct timer *t, uint64_t at) {
  timer_stop(t);
  if (heap_used + 1 >= heap_capacity) {
    heap_capacity = heap_capacity ? heap_capacity * 2 : 64;
    heap = realloc(heap, heap_capacity * sizeof *heap);
    if (!heap) abort();
  }
  t->at = at;
  heap_up(++heap_used, t);
}

void timer_stop(struct timer *t) {
  if (!t->place) return;
  size_t place = t->place;
  t->place = 0;
  struct timer *last = heap[heap_used--];
  if (last == t) return;
  if (place > 1 && heap[place / 2]->at > last->at)
    heap_up(place, last);
  else
    heap_down(place, last);
}

static void fire_due(void) {
  uint64_t now = now_ns();
  while (heap_used && heap[1]->at <= now && !ended) {
    struct timer *t = heap[1];
    timer_stop(t);
    t->fire(t);
  }
}

static int wait_for_events(void) {
  struct timespec wait = {0};
  if (heap_used) {
    uint64_t now = now_ns(), left = heap[1]->at > now ? heap[1]->at - now : 0;
    wait = (struct timespec){.tv_sec = (time_t)(left / SECOND), .tv_nsec = (long)(left % SECOND)};
  }
  int n = epoll_pwait2(the_epoll(), events, BATCH, heap_used ? &wait : NULL, NULL);
  if (n < 0 && errno != EINTR) {
    perror("epoll_pwait2");
    exit(1);
  }
  return n < 0 ? 0 : n;
}

int loop_run(void (*settle)(void)) {
  settle();
  while (!ended) {
    event_count = wait_for_events();
    for (event_next = 0; event_next < event_count && !ended;) {
      struct epoll_event event = events[event_next++];
      struct watcher *w = event.data.ptr;
      if (w) w->ready(w, event.events);
    }
    event_count = 0;
    fire_due();
    settle();
  }
  return end_status;
}

void loop_end(int status) {
  ended = true;
  end_status = status;
}
