/*
 * The frames of PROTOCOL.md and the growing buffers they travel in: u32le length, u8 type, u8 channel, payload.
 * Shared by the world and the agent. Knows no file descriptors and no meaning of any type.
 */
#ifndef RINGSIDE_FRAMES_H
#define RINGSIDE_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_HEADER = 6, FRAME_MAX = 1 << 20 };

/* Leg A, between the service and the world. */
enum {
  A_REQUEST = 0x01,
  A_INPUT = 0x02,
  A_ACK = 0x03,
  A_REPLY = 0x81,
  A_OUTPUT = 0x82,
  A_EVENT = 0x83,
  A_TYPED = 0x84,
};

/* Leg B, between the world and the agent. */
enum {
  B_PING = 0x10,
  B_TIME = 0x11,
  B_EXEC = 0x12,
  B_KILL = 0x13,
  B_OPEN = 0x14,
  B_INPUT = 0x15,
  B_RESIZE = 0x16,
  B_CREDIT = 0x17,
  B_CLOSE = 0x18,
  B_COUNT = 0x19,
  B_FOREGROUND = 0x1c,
  B_PONG = 0x90,
  B_TIMED = 0x91,
  B_STDOUT = 0x92,
  B_STDERR = 0x93,
  B_EXIT = 0x94,
  B_OUTPUT = 0x95,
  B_CLOSED = 0x96,
  B_READY = 0x97,
  B_COUNTED = 0x98,
  B_WROTE = 0x99,
  B_IN_FRONT = 0x9c,
};

enum { TERMINALS = 8, RUNS = 15, INPUT_WINDOW = 64 * 1024 };

/* Bytes between start and end are live. An empty buffer holds at most one small block of memory. */
struct buffer {
  uint8_t *bytes;
  size_t start, end, capacity;
};

struct frame {
  uint8_t type, channel;
  uint32_t length;
  const uint8_t *data;
};

/* How many live bytes the buffer holds. */
size_t buffer_length(const struct buffer *buffer);

/* The first live byte. */
uint8_t *buffer_front(const struct buffer *buffer);

/* Room for n bytes behind the live ones; aborts when memory has run out. */
uint8_t *buffer_room(struct buffer *buffer, size_t n);

/* Declares n bytes of the room live. */
void buffer_added(struct buffer *buffer, size_t n);

/* Copies n bytes behind the live ones. */
void buffer_append(struct buffer *buffer, const void *data, size_t n);

/* Drops n bytes from the front; gives large memory back once nothing is left. */
void buffer_take(struct buffer *buffer, size_t n);

/* Drops everything and gives the memory back. */
void buffer_free(struct buffer *buffer);

/* Looks at the first frame: 1 it is whole, 0 more bytes are needed, -1 the stream is corrupt. The data stay in the buffer. */
int frame_peek(const struct buffer *buffer, struct frame *frame);

/* Drops the frame that frame_peek has shown. */
void frame_drop(struct buffer *buffer, const struct frame *frame);

/* Appends a frame whose payload is head and then body; either may be empty. */
void frame_put(struct buffer *buffer, uint8_t type, uint8_t channel, const void *head, size_t head_length,
               const void *body, size_t body_length);

/* Little-endian integers at any alignment. */
uint16_t get16(const uint8_t *p);
uint32_t get32(const uint8_t *p);
uint64_t get64(const uint8_t *p);
void put16(uint8_t *p, uint16_t v);
void put32(uint8_t *p, uint32_t v);
void put64(uint8_t *p, uint64_t v);

#endif
