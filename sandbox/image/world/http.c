/*
 * HTTP/1.x responses, see http.h: Content-Length, chunked, or until the connection closes. The server may be broken on purpose.
 */
#include "http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEADERS = 64 * 1024 };

static void take_status(struct http *h) {
  char *end;
  if (strncmp(h->line, "HTTP/1.", 7) || strlen(h->line) < 12 || h->line[8] != ' ') {
    h->at = HTTP_BAD;
    return;
  }
  long status = strtol(h->line + 9, &end, 10);
  if (status < 100 || status > 999) h->at = HTTP_BAD;
  h->status = (uint16_t)status;
  h->chunked = false;
  h->until_close = true;
  if (h->at != HTTP_BAD) h->at = HTTP_HEADER;
}

static void take_header(struct http *h) {
  char *value = strchr(h->line, ':');
  if (!value) {
    h->at = HTTP_BAD;
    return;
  }
  *value++ = 0;
  value += strspn(value, " \t");
  if (!strcasecmp(h->line, "content-length")) {
    char *end;
    h->left = strtoull(value, &end, 10);
    if (end == value) h->at = HTTP_BAD;
    h->until_close = false;
  } else if (!strcasecmp(h->line, "transfer-encoding") && strcasestr(value, "chunked")) {
    h->chunked = true;
  }
}

static void start_body(struct http *h) {
  if (h->status < 200) h->at = HTTP_STATUS; /* 100 Continue: the answer is yet to come */
  else if (h->status == 204 || h->status == 304) h->at = HTTP_DONE;
  else if (h->chunked) h->at = HTTP_CHUNK_SIZE;
  else if (!h->until_close && h->left == 0) h->at = HTTP_DONE;
  else h->at = HTTP_BODY;
  if (h->at == HTTP_BODY && h->until_close) h->left = UINT64_MAX;
}

static void take_chunk_size(struct http *h) {
  char *end;
  h->left = strtoull(h->line, &end, 16);
  if (end == h->line) h->at = HTTP_BAD;
  else h->at = h->left ? HTTP_BODY : HTTP_TRAILER;
}

static void take_line(struct http *h) {
  if (h->line_used && h->line[h->line_used - 1] == '\r') h->line_used--;
  h->line[h->line_used] = 0;
  bool empty = h->line_used == 0;
  h->line_used = 0;
  switch (h->at) {
    case HTTP_STATUS:
      take_status(h);
      break;
    case HTTP_HEADER:
      if (empty) start_body(h);
      else take_header(h);
      break;
    case HTTP_CHUNK_SIZE:
      take_chunk_size(h);
      break;
    case HTTP_CHUNK_END:
      h->at = empty ? HTTP_CHUNK_SIZE : HTTP_BAD;
      break;
    default: /* HTTP_TRAILER */
      if (empty) h->at = HTTP_DONE;
      break;
  }
}

static size_t take_body(struct http *h, const uint8_t *bytes, size_t length) {
  size_t part = length < h->left ? length : (size_t)h->left;
  size_t head = part < (size_t)(HTTP_HEAD - h->head_used) ? part : (size_t)(HTTP_HEAD - h->head_used);
  memcpy(h->head + h->head_used, bytes, head);
  h->head_used += (uint8_t)head;
  h->bytes += part;
  if (h->left != UINT64_MAX) h->left -= part;
  if (h->left == 0) h->at = h->chunked ? HTTP_CHUNK_END : HTTP_DONE;
  return part;
}

void http_take(struct http *h, const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length && h->at != HTTP_DONE && h->at != HTTP_BAD;) {
    if (h->at == HTTP_BODY) {
      i += take_body(h, bytes + i, length - i);
      continue;
    }
    char c = (char)bytes[i++];
    if (++h->head_bytes > HEADERS && h->at != HTTP_CHUNK_SIZE && h->at != HTTP_CHUNK_END) h->at = HTTP_BAD;
    else if (c == '\n') take_line(h);
    else if (h->line_used < sizeof h->line - 1) h->line[h->line_used++] = c;
  }
}

void http_end(struct http *h) {
  if (h->at == HTTP_BODY && h->until_close && !h->chunked) h->at = HTTP_DONE;
}
