/* SPDX-License-Identifier: EUPL-1.2 */
/* Characters of ASCII by class, whatever the locale. */
#ifndef KEUR_BASE_ASCII_H
#define KEUR_BASE_ASCII_H

#include <stdbool.h>

#include "base/str.h"

/* Each says whether a byte is one of that class; bytes of 128 and more are none. */
static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool ascii_is_alnum(char c)
{
	return ascii_is_digit(c) || ascii_is_letter(c);
}

static inline bool ascii_is_hex(char c)
{
	return ascii_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Is it one of the characters of a text? A NUL never is. */
static inline bool ascii_is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/* How many digits `text` starts with. */
static inline size_t ascii_digits(struct str text)
{
	size_t count = 0;
	while (count < text.len && ascii_is_digit(text.ptr[count]))
		count++;
	return count;
}

/* Takes the character off the front of `rest` when that is what it starts with. */
static inline bool ascii_take(struct str *rest, char c)
{
	if (rest->len == 0 || rest->ptr[0] != c) return false;
	*rest = str_skip(*rest, 1);
	return true;
}

#endif
