/*
 * An incremental reader of one HTTP/1.x response. Knows no sockets.
 */
#ifndef RINGSIDE_HTTP_H
#define RINGSIDE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HTTP_HEAD = 48 };

struct http {
  enum { HTTP_STATUS, HTTP_HEADER, HTTP_BODY, HTTP_CHUNK_SIZE, HTTP_CHUNK_END, HTTP_TRAILER, HTTP_DONE, HTTP_BAD } at;
  bool chunked, until_close;
  uint16_t status, line_used;
  uint32_t head_bytes; /* of status line and headers, against an endless one */
  uint64_t left;       /* of the body or the chunk */
  uint64_t bytes;      /* of the body so far */
  uint8_t head_used;
  uint8_t head[HTTP_HEAD];
  char line[128]; /* longer lines lose their end, which holds nothing we need */
};

/* Takes the next bytes of the stream. */
void http_take(struct http *h, const uint8_t *bytes, size_t length);

/* The peer has closed: completes an answer that lasts until then. */
void http_end(struct http *h);

#endif
