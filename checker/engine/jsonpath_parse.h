/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to engine/jsonpath: reading the text of a path.
 *
 * Parsers return false or NULL with parser->err filled; what they make lives in parser->arena.
 */
#ifndef KEUR_ENGINE_JSONPATH_PARSE_H
#define KEUR_ENGINE_JSONPATH_PARSE_H

#include "engine/jsonpath_ast.h"

struct parser {
	struct arena *arena;
	struct str text;
	size_t at;
	struct err *err;
	uint32_t depth;
	uint32_t parts;
	bool needs_ancestors; /* a filter asks for @path or @parentProperty */
};

/* Refuses the path at an offset; both texts are literals without arguments. */
#define parser_refuse(parser, offset, en, nl)                                                                          \
	err_set((parser)->err, ERR_RULES, (struct loc){0}, "JSONPath \"%.*s\", offset %zu: " en,                           \
			"JSONPath \"%.*s\", positie %zu: " nl, STR_FMT(parser_shown((parser)->text)), (size_t)(offset))

/* Segments or selectors while their number is not known. */
struct segments {
	struct segment *items;
	size_t count, capacity;
};
struct selectors {
	struct selector *items;
	size_t count, capacity;
};

/* The start of a text, for messages; cuts no character in two. */
struct str parser_shown(struct str text);

static inline int parser_peek(const struct parser *parser, size_t ahead)
{
	size_t at = parser->at + ahead;
	return at < parser->text.len ? (unsigned char)parser->text.ptr[at] : -1;
}

/* Takes `token` when it comes next. */
bool parser_take(struct parser *parser, const char *token);

/* Skips blank space: space, tab, line feed, carriage return. */
void parser_space(struct parser *parser);

/* One level deeper; refuses beyond LIMIT_JSONPATH_DEPTH. */
bool parser_enter(struct parser *parser);

/*
 * One segment, operator or access more; refuses beyond LIMIT_JSONPATH_PARTS. Chains of them nest when evaluated,
 * without any bracket that parser_enter() would count.
 */
bool parser_extend(struct parser *parser);

/* The string literal at `at` in RFC 9535's spelling; `lenient` as JavaScript has it. */
bool parser_string(struct parser *parser, bool lenient, struct str *out);

/* A number of JSON's grammar at `at`, as a double. */
bool parser_number(struct parser *parser, double *out);

/* A new expression in the arena. */
struct expr *parser_expr(struct parser *parser, enum expr_op op, const struct expr *left, const struct expr *right);

/* Moves what was collected into the arena. */
void parser_keep_segments(struct parser *parser, struct segments *from, struct query *query);
void parser_keep_selectors(struct parser *parser, struct selectors *from, struct segment *segment);

/* RFC 9535: the whole text. */
bool parse_rfc9535(struct parser *parser, struct query *query);

/* The regex of match() (`whole`) or search(); NULL when the pattern is no I-Regexp. */
const struct regex *parse_iregexp(struct arena *arena, struct str pattern, bool whole, struct err *err);

/* The logical expression of a filter selector of RFC 9535. */
const struct expr *parse_rfc9535_filter(struct parser *parser);

/* Spectral's dialect: the whole text, and the script between the parentheses of a filter. */
bool parse_spectral(struct parser *parser, struct query *query);
const struct expr *parse_script(struct parser *parser);

#endif
