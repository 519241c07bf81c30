/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to engine/regex: the parse of one ECMAScript pattern into PCRE2's syntax.
 *
 * Every function reads from pattern->at, appends what it understood to pattern->out, and returns false with
 * pattern->err filled when there is nothing that ECMA-262 allows.
 */
#ifndef KEUR_ENGINE_REGEX_PARSE_H
#define KEUR_ENGINE_REGEX_PARSE_H

#include "base/err.h"
#include "base/str.h"

/* The line terminators of ECMA-262 section 12.3, as members of a PCRE2 class. */
#define REGEX_LINE_ENDS "\\n\\r\\x{2028}\\x{2029}"

enum { REGEX_NESTING = 200, REGEX_SHOWN = 120 };

struct regex_group_name {
	struct str name;
	uint32_t number;
};

struct regex_pattern {
	struct str text;
	size_t at;
	struct strbuf *out;
	struct err *err;
	bool ignore_case, multiline, dot_all, unicode;
	bool sets; /* flag v */
	uint32_t depth;
	uint32_t groups; /* capture groups of the whole pattern */
	struct {
		struct regex_group_name *items;
		size_t count, capacity;
	} names;
	bool backreference;       /* facts for who searches */
	uint32_t longest_minimum; /* largest n of all {n,m} */
	bool beyond;              /* refused though ECMA-262 may allow it: PCRE2 cannot search with it */
};

/* Refuses the pattern at an offset; both texts are literals without arguments. */
#define regex_refuse(pattern, offset, en, nl)                                                                          \
	err_set((pattern)->err, ERR_RULES, (struct loc){0}, "regular expression \"%.*s\", offset %zu: " en,                \
			"reguliere expressie \"%.*s\", positie %zu: " nl, STR_FMT(regex_shown((pattern)->text)), (size_t)(offset))

/* The same of a pattern that ECMA-262 may well allow. */
#define regex_refuse_beyond(pattern, offset, en, nl) ((pattern)->beyond = true, regex_refuse(pattern, offset, en, nl))

/* The pattern cut to what a message can show. */
struct str regex_shown(struct str text);

/* Reads `flags`, then the whole of pattern->text. */
bool regex_parse(struct regex_pattern *pattern, struct str flags);

/* A class; `at` is behind the "[". */
bool regex_parse_class(struct regex_pattern *pattern);

/* \p or \P; `at` is at the letter. `in_class` leaves out the brackets. */
bool regex_parse_property(struct regex_pattern *pattern);

/* One of d D s S w W in PCRE2's terms. */
void regex_emit_set(struct regex_pattern *pattern, char letter, bool in_class);

/* A character, quoted; a surrogate, which no UTF-8 text holds, becomes what never matches. */
void regex_emit_code(struct regex_pattern *pattern, uint32_t code);

/* The CharacterEscape or ClassEscape at `at` (behind the backslash) that stands for one character. */
bool regex_parse_escape(struct regex_pattern *pattern, bool in_class, uint32_t *code);

/* The character at `at`, decoded; at is moved. The text is valid UTF-8 and not at its end. */
uint32_t regex_next(struct regex_pattern *pattern);

static inline int regex_peek(const struct regex_pattern *pattern, size_t ahead)
{
	size_t at = pattern->at + ahead;
	return at < pattern->text.len ? (unsigned char)pattern->text.ptr[at] : -1;
}

static inline bool regex_is_surrogate(uint32_t code)
{
	return code >= 0xd800 && code <= 0xdfff;
}

#endif
