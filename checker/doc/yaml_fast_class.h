/* SPDX-License-Identifier: EUPL-1.2 */
/* Characters, as yaml_fast takes them. Text ends with a NUL, so that looking a few bytes ahead stays within it. */
#ifndef KEUR_DOC_YAML_FAST_CLASS_H
#define KEUR_DOC_YAML_FAST_CLASS_H

#include <stdbool.h>
#include <stdint.h>

enum fast_class {
	FAST_BLOCK_STOP = 1, /* may end a plain scalar */
	FAST_FLOW_STOP = 2,  /* the same in brackets */
	FAST_TEXT_STOP = 4,  /* line breaks, and what YAML does not allow anywhere */
	FAST_NO_START = 8,   /* starts no plain scalar, or not always */
	FAST_SINGLE_STOP = 16,
	FAST_DOUBLE_STOP = 32,
};

/* libyaml looks back 1024 characters for the start of a key. */
enum { FAST_KEY_BYTES = 1000 };

extern const uint8_t fast_classes[256];

static inline bool fast_is(char c, unsigned classes)
{
	return fast_classes[(unsigned char)c] & classes;
}

static inline bool fast_is_break(char c)
{
	return c == '\n' || c == '\r';
}

static inline bool fast_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* "---" or "...", at the start of a line. */
static inline bool fast_at_marker(const char *p)
{
	return (p[0] == '-' && p[1] == '-' && p[2] == '-') || (p[0] == '.' && p[1] == '.' && p[2] == '.');
}

/* Behind the line break that p is at. */
static inline const char *fast_after_break(const char *p)
{
	return p[0] == '\r' && p[1] == '\n' ? p + 2 : p + 1;
}

#endif
