/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Errors are values with a place, in every language that a reader may ask for.
 *
 * A function that can fail returns bool and takes `struct err *` last; on false it has filled the error and touched no
 * other out-parameter. Only cmd/ prints errors. The first error stays: err_set() on a filled error does nothing.
 */
#ifndef KEUR_BASE_ERR_H
#define KEUR_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum lang { LANG_EN, LANG_NL, LANG_COUNT };

/* One text in every language. */
struct text {
	struct str in[LANG_COUNT];
};

/* A text of two literals. */
#define TEXT(en, nl) ((struct text){{STR(en), STR(nl)}})

static inline struct str text_in(struct text text, enum lang lang)
{
	return text.in[lang].len ? text.in[lang] : text.in[LANG_EN];
}

/* Where something is. Lines and columns count from 1, columns in Unicode code points; 0 is unknown. */
struct loc {
	struct str file;
	uint32_t line;
	uint32_t column;
	struct str pointer; /* RFC 6901 or XPath; ptr NULL when there is none */
};

enum err_code {
	ERR_NONE,
	ERR_USAGE,     /* the command line */
	ERR_IO,        /* a file that cannot be read or written */
	ERR_SYNTAX,    /* a document that is not well-formed */
	ERR_LIMIT,     /* a ceiling of base/limits.h */
	ERR_REF,       /* a $ref that leads nowhere */
	ERR_RULES,     /* a rule set, schema or descriptor that cannot be used */
	ERR_UNDECIDED, /* a check that could not be evaluated */
};

struct err {
	struct arena *arena; /* where texts go; set by err_init() */
	enum err_code code;
	struct loc loc;
	struct text message; /* what was expected, what was found, what to do */
};

/* Prepares an empty error whose texts live in `arena`. */
static inline void err_init(struct err *err, struct arena *arena)
{
	*err = (struct err){.arena = arena};
}

/*
 * Fills `err`, unless it is filled already, with one message per language. Both formats take the same arguments in the
 * same order. Strings of `loc` are copied. Always returns false, so that a caller can `return err_set(...)`.
 */
bool err_set(struct err *err, enum err_code code, struct loc loc, const char *en, const char *nl, ...)
		__attribute__((format(printf, 4, 6), format(printf, 5, 6)));

/* Like err_set(), with a text that is there already, `before` in front of it; both are copied. */
bool err_set_text(struct err *err, enum err_code code, struct loc loc, struct text before, struct text text);

/* A text in every language from two formats with the same arguments, in the arena. */
struct text text_printf(struct arena *arena, const char *en, const char *nl, ...)
		__attribute__((format(printf, 2, 4), format(printf, 3, 4)));
struct text text_vprintf(struct arena *arena, const char *en, const char *nl, va_list args)
		__attribute__((format(printf, 2, 0), format(printf, 3, 0)));

/* A copy in the arena; an empty text stays empty. */
struct text text_copy(struct arena *arena, struct text text);

#endif
