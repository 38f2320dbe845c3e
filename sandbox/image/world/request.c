/*
 * Arguments and short replies, see request.h.
 */
#include "request.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *argument(const struct request *r, const char *key) {
  size_t length = strlen(key);
  for (const char *p = r->arguments; *p; p += strlen(p) + 1)
    if (strncmp(p, key, length) == 0 && p[length] == '=') return p + length + 1;
  return "";
}

bool number(const struct request *r, const char *key, uint64_t least, uint64_t most, uint64_t otherwise, uint64_t *value) {
  const char *text = argument(r, key);
  char *end;
  *value = *text ? strtoull(text, &end, 10) : otherwise;
  if ((!*text || (isdigit((unsigned char)*text) && !*end)) && *value >= least && *value <= most) return true;
  reply_text(r->caller, false, "%s must be a number from %llu to %llu", key, (unsigned long long)least,
             (unsigned long long)most);
  return false;
}

void answer(const struct request *r, const char *error) {
  if (error) reply_text(r->caller, false, "%s", error);
  else reply_text(r->caller, true, "ok");
}
