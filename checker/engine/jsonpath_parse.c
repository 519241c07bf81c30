/* SPDX-License-Identifier: EUPL-1.2 */
/* What both dialects of JSONPath read alike: blank space, strings, numbers; and compiling. */
#include "engine/jsonpath_parse.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { SHOWN = 120, NUMBER_BYTES = 64 };

struct str parser_shown(struct str text)
{
	if (text.len > SHOWN) {
		text.len = SHOWN;
		while (text.len && ((unsigned char)text.ptr[text.len] & 0xc0) == 0x80)
			text.len--;
	}
	return text;
}

bool parser_take(struct parser *parser, const char *token)
{
	struct str rest = str_skip(parser->text, parser->at);
	struct str wanted = str_of(token);
	if (!str_starts(rest, wanted)) return false;
	parser->at += wanted.len;
	return true;
}

void parser_space(struct parser *parser)
{
	for (int c; (c = parser_peek(parser, 0)) == ' ' || c == '\t' || c == '\n' || c == '\r';)
		parser->at++;
}

bool parser_enter(struct parser *parser)
{
	if (++parser->depth <= LIMIT_JSONPATH_DEPTH) return true;
	return parser_refuse(parser, parser->at, "nested more than 64 deep; write a flatter expression",
			"meer dan 64 diep genest; schrijf een plattere expressie");
}

bool parser_extend(struct parser *parser)
{
	if (++parser->parts <= LIMIT_JSONPATH_PARTS) return true;
	return parser_refuse(parser, parser->at, "more than 2000 segments and operators; split it over several paths",
			"meer dan 2000 segmenten en operatoren; verdeel het over meer paden");
}

static int hex_digit(int c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

static long hex_unit(const struct parser *parser, size_t ahead)
{
	long unit = 0;
	for (size_t i = 0; i < 4; i++) {
		int digit = hex_digit(parser_peek(parser, ahead + i));
		if (digit < 0) return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

/* `at` is behind \u. */
static bool unicode_escape(struct parser *parser, struct strbuf *buf)
{
	long unit = hex_unit(parser, 0), low;
	uint32_t code = (uint32_t)unit;
	char bytes[4];
	bool half = unit >= 0xd800 && unit <= 0xdfff;
	if (unit >= 0xd800 && unit <= 0xdbff && parser_peek(parser, 4) == '\\' && parser_peek(parser, 5) == 'u') {
		low = hex_unit(parser, 6);
		half = low < 0xdc00 || low > 0xdfff;
		code = 0x10000 + ((uint32_t)(unit - 0xd800) << 10) + (uint32_t)(low - 0xdc00);
		if (!half) parser->at += 6;
	}
	if (unit < 0 || half) {
		return parser_refuse(parser, parser->at - 2, "\\u needs four hexadecimal digits of a whole character",
				"\\u vraagt vier hexadecimale cijfers van een heel teken");
	}
	parser->at += 4;
	strbuf_add(buf, (struct str){bytes, utf8_encode(code, bytes)});
	return true;
}

/* `at` is behind the backslash. */
static bool string_escape(struct parser *parser, int quote, bool lenient, struct strbuf *buf)
{
	static const char letters[] = "bfnrt/\\", values[] = "\b\f\n\r\t/\\";
	int c = parser_peek(parser, 0);
	const char *found = c > 0 ? strchr(letters, c) : NULL;
	parser->at++;
	if (c == 'u') return unicode_escape(parser, buf);
	if (found) {
		strbuf_add_char(buf, values[found - letters]);
	} else if (c == quote || (lenient && c > 0)) {
		strbuf_add_char(buf, (char)c);
	} else {
		return parser_refuse(
				parser, parser->at - 2, "an unknown escape in a string", "een onbekende escape in een tekst");
	}
	return true;
}

static bool string_content(struct parser *parser, int quote, bool lenient, struct strbuf *buf)
{
	size_t start = parser->at - 1;
	for (int c; (c = parser_peek(parser, 0)) != quote;) {
		if (c < 0 || (c < ' ' && !lenient)) {
			return parser_refuse(parser, start, "a string that is not closed, or holds a control character",
					"een tekst die niet gesloten is, of een stuurteken bevat");
		}
		parser->at++;
		if (c != '\\')
			strbuf_add_char(buf, (char)c);
		else if (!string_escape(parser, quote, lenient, buf))
			return false;
	}
	parser->at++;
	return true;
}

bool parser_string(struct parser *parser, bool lenient, struct str *out)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_JSONPATH_BYTES);
	int quote = parser_peek(parser, 0);
	parser->at++;
	bool good = string_content(parser, quote, lenient, &buf);
	if (good) *out = strbuf_take(&buf, parser->arena);
	strbuf_release(&buf);
	return good;
}

static size_t digits(struct parser *parser)
{
	size_t start = parser->at;
	for (int c; (c = parser_peek(parser, 0)) >= '0' && c <= '9';)
		parser->at++;
	return parser->at - start;
}

static bool number_shape(struct parser *parser)
{
	if (parser_peek(parser, 0) == '-') parser->at++;
	bool zero = parser_peek(parser, 0) == '0';
	size_t whole = digits(parser);
	if (!whole || (zero && whole > 1)) return false;
	if (parser_take(parser, ".") && !digits(parser)) return false;
	int c = parser_peek(parser, 0);
	if (c != 'e' && c != 'E') return true;
	parser->at++;
	c = parser_peek(parser, 0);
	if (c == '+' || c == '-') parser->at++;
	return digits(parser) > 0;
}

bool parser_number(struct parser *parser, double *out)
{
	size_t start = parser->at;
	char text[NUMBER_BYTES];
	if (!number_shape(parser) || parser->at - start >= sizeof text) {
		return parser_refuse(parser, start, "no number: write it as JSON does, in fewer than 64 characters",
				"geen getal: schrijf het zoals JSON, in minder dan 64 tekens");
	}
	memcpy(text, parser->text.ptr + start, parser->at - start);
	text[parser->at - start] = '\0';
	*out = strtod(text, NULL);
	return true;
}

struct expr *parser_expr(struct parser *parser, enum expr_op op, const struct expr *left, const struct expr *right)
{
	struct expr *expr = arena_zalloc(parser->arena, sizeof *expr);
	expr->op = op;
	expr->left = left;
	expr->right = right;
	return expr;
}

void parser_keep_segments(struct parser *parser, struct segments *from, struct query *query)
{
	query->count = (uint32_t)from->count;
	query->segments = from->count ? (void *)arena_copy(parser->arena, from->items, from->count * sizeof *from->items)
								  : NULL;
	vec_release(from);
}

void parser_keep_selectors(struct parser *parser, struct selectors *from, struct segment *segment)
{
	segment->count = (uint32_t)from->count;
	segment->selectors = from->count ? (void *)arena_copy(parser->arena, from->items, from->count * sizeof *from->items)
									 : NULL;
	vec_release(from);
}

static bool is_single_name(const struct segment *segment)
{
	return segment->kind == SEGMENT_CHILDREN && segment->count == 1 && segment->selectors[0].kind == SELECT_NAME;
}

static bool is_flat(const struct segment *segment)
{
	return is_single_name(segment) || (segment->count == 1 && segment->selectors[0].kind == SELECT_ANY);
}

/* nimma hands over to jsonpath-plus, which has no such bug, when a plain step stands between two deep ones. */
static bool nimma_hands_over(const struct query *query, uint32_t first, uint32_t last)
{
	bool flat = false;
	for (uint32_t i = first + 1; i < last; i++) {
		const struct segment *segment = &query->segments[i];
		if (!segment->deep)
			flat |= is_flat(segment);
		else if (!is_flat(segment) || flat)
			return true;
	}
	const struct segment *end = &query->segments[last];
	return flat || (end->count == 1 && end->selectors[0].kind == SELECT_ANY);
}

static bool has_backslash_filter(struct str text)
{
	return str_find_str(text, STR("?(")) < text.len && str_find(text, '\\') < text.len;
}

/* nimma finds a deep member by the first place of its name in the path: docs/jsonpath.md. */
static void mark_first_only(struct jsonpath *path)
{
	uint32_t count = path->query.count, first = 0, last;
	while (count && path->query.segments[count - 1].kind != SEGMENT_CHILDREN)
		count--;
	while (first < count && !path->query.segments[first].deep)
		first++;
	if (first + 1 >= count || has_backslash_filter(path->text)) return;
	last = count - 1;
	if (!path->query.segments[last].deep || !is_single_name(&path->query.segments[first])) return;
	if (nimma_hands_over(&path->query, first, last)) return;
	for (uint32_t i = first; i < last; i++)
		path->query.segments[i].first_only = path->query.segments[i].deep && is_single_name(&path->query.segments[i]);
}

static bool parse(struct parser *parser, enum jsonpath_dialect dialect, struct query *query)
{
	if (parser->text.len > LIMIT_JSONPATH_BYTES) {
		return parser_refuse(
				parser, LIMIT_JSONPATH_BYTES, "longer than 64 KiB; split it", "langer dan 64 KiB; splits het");
	}
	if (utf8_invalid(parser->text) < parser->text.len) {
		return err_set(parser->err, ERR_RULES, (struct loc){0}, "JSONPath: no valid UTF-8 at offset %zu",
				"JSONPath: geen geldige UTF-8 op positie %zu", utf8_invalid(parser->text));
	}
	return dialect == JSONPATH_RFC9535 ? parse_rfc9535(parser, query) : parse_spectral(parser, query);
}

struct jsonpath *jsonpath_compile(struct arena *arena, struct str text, enum jsonpath_dialect dialect, struct err *err)
{
	struct jsonpath *path = arena_zalloc(arena, sizeof *path);
	path->text = str_copy(arena, text);
	path->dialect = dialect;
	struct parser parser = {.arena = arena, .text = path->text, .err = err};
	if (!parse(&parser, dialect, &path->query)) return NULL;
	path->needs_ancestors = parser.needs_ancestors;
	for (uint32_t i = 0; i < path->query.count; i++)
		path->needs_ancestors |= path->query.segments[i].kind == SEGMENT_PARENT;
	if (dialect == JSONPATH_SPECTRAL_NIMMA) mark_first_only(path);
	return path;
}

struct str jsonpath_text(const struct jsonpath *path)
{
	return path->text;
}
