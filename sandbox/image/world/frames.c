/*
 * Frames and growing buffers, see frames.h. Every length that a peer has written is checked here, before anyone trusts it.
 */
#include "frames.h"

#include <stdlib.h>
#include <string.h>

/* Below this a drained buffer keeps its block, so that keystrokes do not go through malloc each. */
enum { KEPT = 4096 };

size_t buffer_length(const struct buffer *buffer) { return buffer->end - buffer->start; }

uint8_t *buffer_front(const struct buffer *buffer) { return buffer->bytes + buffer->start; }

uint8_t *buffer_room(struct buffer *buffer, size_t n) {
  size_t length = buffer_length(buffer);
  if (buffer->capacity - buffer->end >= n && buffer->bytes) return buffer->bytes + buffer->end;
  if (buffer->start >= length && buffer->bytes && buffer->capacity - length >= n) {
    /* Moving pays here: at least as much was taken since the last move as is moved now. */
    memcpy(buffer->bytes, buffer->bytes + buffer->start, length);
  } else {
    size_t capacity = buffer->capacity ? buffer->capacity : 1024;
    while (capacity - length < n) capacity *= 2;
    uint8_t *bytes = malloc(capacity);
    if (!bytes) abort();
    if (length) memcpy(bytes, buffer_front(buffer), length);
    free(buffer->bytes);
    buffer->bytes = bytes;
    buffer->capacity = capacity;
  }
  buffer->start = 0;
  buffer->end = length;
  return buffer->bytes + length;
}

void buffer_added(struct buffer *buffer, size_t n) { buffer->end += n; }

void buffer_append(struct buffer *buffer, const void *data, size_t n) {
  if (n == 0) return;
  memcpy(buffer_room(buffer, n), data, n);
  buffer_added(buffer, n);
}

void buffer_take(struct buffer *buffer, size_t n) {
  buffer->start += n;
  if (buffer->start < buffer->end) return;
  if (buffer->capacity > KEPT) buffer_free(buffer);
  buffer->start = buffer->end = 0;
}

void buffer_free(struct buffer *buffer) {
  free(buffer->bytes);
  *buffer = (struct buffer){0};
}

int frame_peek(const struct buffer *buffer, struct frame *frame) {
  size_t length = buffer_length(buffer);
  if (length < FRAME_HEADER) return 0;
  const uint8_t *p = buffer_front(buffer);
  uint32_t payload = get32(p);
  if (payload > FRAME_MAX) return -1;
  if (length - FRAME_HEADER < payload) return 0;
  *frame = (struct frame){.type = p[4], .channel = p[5], .length = payload, .data = p + FRAME_HEADER};
  return 1;
}

void frame_drop(struct buffer *buffer, const struct frame *frame) {
  buffer_take(buffer, FRAME_HEADER + (size_t)frame->length);
}

void frame_put(struct buffer *buffer, uint8_t type, uint8_t channel, const void *head, size_t head_length,
               const void *body, size_t body_length) {
  uint8_t *p = buffer_room(buffer, FRAME_HEADER + head_length + body_length);
  put32(p, (uint32_t)(head_length + body_length));
  p[4] = type;
  p[5] = channel;
  if (head_length) memcpy(p + FRAME_HEADER, head, head_length);
  if (body_length) memcpy(p + FRAME_HEADER + head_length, body, body_length);
  buffer_added(buffer, FRAME_HEADER + head_length + body_length);
}

uint16_t get16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }

uint32_t get32(const uint8_t *p) {
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

uint64_t get64(const uint8_t *p) { return get32(p) | (uint64_t)get32(p + 4) << 32; }

void put16(uint8_t *p, uint16_t v) {
  p[0] = (uint8_t)v;
  p[1] = (uint8_t)(v >> 8);
}

void put32(uint8_t *p, uint32_t v) {
  put16(p, (uint16_t)v);
  put16(p + 2, (uint16_t)(v >> 16));
}

void put64(uint8_t *p, uint64_t v) {
  put32(p, (uint32_t)v);
  put32(p + 4, (uint32_t)(v >> 32));
}
