/*
 * What bash wants of a builtin that it loads: the layout of `struct builtin` and of the words it is called with, as in bash 5.2's builtins.h
 * and command.h. Knows nothing else of bash.
 */
#ifndef RINGSIDE_BUILTIN_H
#define RINGSIDE_BUILTIN_H

enum { BUILTIN_ENABLED = 0x01, EX_USAGE = 258 };

struct word_desc {
  char *word;
  int flags;
};

struct word_list {
  struct word_list *next;
  struct word_desc *word;
};

struct builtin {
  const char *name;
  int (*function)(struct word_list *);
  int flags;
  char *const *long_doc;
  const char *short_doc;
  char *handle;
};

#endif
