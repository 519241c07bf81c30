/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON reader: one pass, no recursion; strings without escapes and all numbers stay in the source. */
#include "doc/json.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/limits.h"
#include "base/swar.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "doc/complaint.h"
#include "doc/hash.h"

/* FIRST_NODES: room to start with, which most small documents do with. */
enum { NO_CONTAINER = UINT32_MAX, FIRST_NODES = 64 };

/*
 * `items` holds, in document order, every open container followed by its finished children; an open container keeps
 * the place of the one around it in `len`. Functions take the place where they read and return the one behind what
 * they have read, NULL on failure: what is read decides where the next begins, so that place is best kept at hand.
 */
struct reader {
	struct doc *doc;
	struct err *err;
	const char *begin, *end; /* *end is NUL */
	struct {
		struct node *items;
		size_t count, capacity;
	} nodes;
	uint32_t open; /* innermost open container */
	uint32_t depth;
	uint32_t total;
};

static uint32_t offset_of(const struct reader *reader, const char *p)
{
	return (uint32_t)(p - reader->begin);
}

/* Returns NULL. */
static const char *fail(struct reader *reader, const char *at, struct text expected, struct text hint)
{
	complain(reader->doc, reader->err, offset_of(reader, at), expected, hint);
	return NULL;
}

static inline const char *skip_space(const char *p)
{
	if (*p > ' ') return p;
	while (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')
		p++;
	return p;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void remark_surrogate(struct reader *reader, const char *escape)
{
	uint32_t start = offset_of(reader, escape);
	doc_remark(reader->doc,
			(struct diagnostic){
					.kind = DIAGNOSTIC_LONE_SURROGATE, .start = start, .end = start + 6, .what = {escape, 6}});
}

/* Four hex digits at `p`, or -1. */
static int32_t read_hex4(const char *p)
{
	int32_t code = 0;
	for (int i = 0; i < 4; i++) {
		char c = p[i];
		if (is_digit(c))
			code = code << 4 | (c - '0');
		else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
			code = code << 4 | ((c | 0x20) - 'a' + 10);
		else
			return -1;
	}
	return code;
}

/* The escape "\uXXXX" at `p`, or a pair of them; *out is what it stands for. */
static const char *read_unicode_escape(struct reader *reader, const char *p, uint32_t *out)
{
	const char *escape = p;
	int32_t code = read_hex4(escape + 2), low;
	if (code < 0)
		return fail(
				reader, escape, TEXT("four hexadecimal digits after \\u", "vier hexadecimale cijfers na \\u"), NO_HINT);
	p += 6;
	*out = (uint32_t)code;
	if (code < 0xD800 || code > 0xDFFF) return p;
	if (code < 0xDC00 && p[0] == '\\' && p[1] == 'u') {
		low = read_hex4(p + 2);
		if (low >= 0xDC00 && low <= 0xDFFF) {
			*out = 0x10000 + ((uint32_t)(code - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
			return p + 6;
		}
	}
	remark_surrogate(reader, escape);
	*out = 0xFFFD;
	return p;
}

/* The escape at `p`, appended to `*to`, which is advanced. */
static const char *read_escape(struct reader *reader, const char *p, char **to)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	uint32_t code = 0;
	char name = p[1];
	if (name == 'u') {
		p = read_unicode_escape(reader, p, &code);
		if (p) *to += utf8_encode(code, *to);
		return p;
	}
	const char *hit = name ? strchr(names, name) : NULL;
	if (!hit)
		return fail(reader, p + 1, TEXT("one of \" \\ / b f n r t u after \\", "een van \" \\ / b f n r t u na \\"),
				TEXT("write \\\\ for a backslash", "schrijf \\\\ voor een backslash"));
	*(*to)++ = values[hit - names];
	return p + 2;
}

#ifdef __SSE2__
/* The bytes of sixteen that are a quote, a backslash or a control character, as bits. */
static inline unsigned odd_of_16(const char *p)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
	__m128i slashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
	__m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
	return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quotes, slashes), controls));
}
#endif

/*
 * Goes on to the next quote, backslash or control character, many bytes at a time: most strings are short, and what
 * they cost is a wrong guess of where they end. All x86-64 has SSE2.
 */
static inline const char *scan_plain(const char *p, const char *end)
{
#ifdef __SSE2__
	for (; end - p >= 16; p += 16) {
		unsigned odd = odd_of_16(p);
		if (odd) return p + __builtin_ctz(odd);
	}
#endif
	while (end - p >= 8) {
		uint64_t word = swar_load(p);
		uint64_t hits = swar_equal(word, '"') | swar_equal(word, '\\') | swar_below(word, 0x20);
		if (hits) return p + swar_first(hits);
		p += 8;
	}
	while ((unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
		p++;
	return p;
}

/* A string that starts at `opening` goes on to `p`, where nothing of the kind may be. */
static const char *fail_in_string(struct reader *reader, const char *opening, const char *p)
{
	if (p == reader->end)
		return fail(reader, p, TEXT("\" that ends the string", "\" die de tekst afsluit"),
				text_printf(reader->err->arena, "it starts at line %u", "die begint op regel %u",
						source_locate(reader->doc->source, offset_of(reader, opening)).line));
	return fail(reader, p,
			TEXT("\" that ends the string, on the same line", "\" die de tekst afsluit, op dezelfde regel"),
			TEXT("write control characters as \\n, \\t or \\u00XX",
					"schrijf besturingstekens als \\n, \\t of \\u00XX"));
}

/*
 * A string whose first escape is at `p`, up to its closing quote. Decoded text is never longer than what it is written
 * as.
 */
static const char *read_escaped(struct reader *reader, const char *opening, const char *p, struct str *out)
{
	const char *from = opening + 1, *scan = p;
	while (*scan != '"' && scan < reader->end)
		scan = scan_plain(scan + (*scan == '\\' && scan + 1 < reader->end ? 2 : 1), reader->end);
	char *text = arena_alloc(reader->doc->arena, (size_t)(scan - from) + 1), *to = text;
	for (;;) {
		memcpy(to, from, (size_t)(p - from));
		to += p - from;
		if (*p != '\\') break;
		from = read_escape(reader, p, &to);
		if (!from) return NULL;
		p = scan_plain(from, reader->end);
	}
	*out = (struct str){text, (size_t)(to - text)};
	return *p == '"' ? p : fail_in_string(reader, opening, p);
}

/* A string at `opening`, its quote. */
static inline const char *read_string(struct reader *reader, const char *opening, struct str *out)
{
	const char *p = scan_plain(opening + 1, reader->end);
	if (*p == '"') {
		*out = (struct str){opening + 1, (size_t)(p - opening - 1)};
		return p + 1;
	}
	if (*p != '\\') return fail_in_string(reader, opening, p);
	p = read_escaped(reader, opening, p, out);
	return p ? p + 1 : NULL;
}

static inline const char *skip_digits(const char *p)
{
	while (is_digit(*p))
		p++;
	return p;
}

static struct text expected_digit(void)
{
	return TEXT("a digit", "een cijfer");
}

static const char *read_number(struct reader *reader, const char *start, struct node *node)
{
	const char *p = start + (*start == '-');
	if (!is_digit(*p))
		return fail(reader, p, expected_digit(), TEXT("JSON has no Infinity or NaN", "JSON kent geen Infinity of NaN"));
	const char *whole = p;
	p = skip_digits(p);
	if (*whole == '0' && p - whole > 1)
		return fail(reader, whole, TEXT("a number without leading zeroes", "een getal zonder voorloopnullen"),
				TEXT("put digits that are no number between quotes",
						"zet cijfers die geen getal zijn tussen aanhalingstekens"));
	if (*p == '.') {
		if (!is_digit(*++p)) return fail(reader, p, expected_digit(), NO_HINT);
		p = skip_digits(p);
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		if (*p == '+' || *p == '-') p++;
		if (!is_digit(*p)) return fail(reader, p, expected_digit(), NO_HINT);
		p = skip_digits(p);
	}
	node->kind = NODE_NUMBER;
	node->text = start;
	node->len = (uint32_t)(p - start);
	return p;
}

static struct text value_hint(const char *p, const char *end)
{
	if (*p == ']' || *p == '}') return TEXT("is there a comma too many before it?", "staat er een komma te veel voor?");
	if (*p == '\'') return TEXT("strings go between double quotes", "tekst staat tussen dubbele aanhalingstekens");
	if (*p == '/' || *p == '#') return TEXT("JSON has no comments", "JSON kent geen commentaar");
	if (end - p >= 4 && (strncasecmp(p, "true", 4) == 0 || strncasecmp(p, "null", 4) == 0))
		return TEXT("true, false and null are in lower case", "true, false en null zijn in kleine letters");
	return NO_HINT;
}

static const char *fail_value(struct reader *reader, const char *p)
{
	return fail(reader, p, TEXT("a value", "een waarde"), value_hint(p, reader->end));
}

static const char *read_literal(
		struct reader *reader, const char *p, struct node *node, struct str word, enum node_kind kind)
{
	if ((size_t)(reader->end - p) < word.len || memcmp(p, word.ptr, word.len) != 0) return fail_value(reader, p);
	node->kind = (uint8_t)kind;
	node->text = NULL;
	node->len = 0;
	return p + word.len;
}

static const char *open_container(struct reader *reader, const char *p, struct node *node, enum node_kind kind)
{
	if (reader->depth == LIMIT_DEPTH) {
		complain_depth(reader->doc, reader->err, node->start);
		return NULL;
	}
	reader->depth++;
	node->kind = (uint8_t)kind;
	node->len = reader->open;
	reader->open = (uint32_t)(node - reader->nodes.items);
	return p + 1;
}

static inline const char *read_text_value(struct reader *reader, const char *p, struct node *node)
{
	struct str text = {0};
	p = read_string(reader, p, &text);
	node->kind = NODE_STRING;
	node->text = text.ptr;
	node->len = (uint32_t)text.len;
	return p;
}

static const char *read_scalar(struct reader *reader, const char *p, struct node *node)
{
	switch (*p) {
	case '"':
		return read_text_value(reader, p, node);
	case 't':
		return read_literal(reader, p, node, STR("true"), NODE_TRUE);
	case 'f':
		return read_literal(reader, p, node, STR("false"), NODE_FALSE);
	case 'n':
		return read_literal(reader, p, node, STR("null"), NODE_NULL);
	default:
		return *p == '-' || is_digit(*p) ? read_number(reader, p, node) : fail_value(reader, p);
	}
}

/* A value; `node`, the last of the items, has its key already. */
static const char *read_value(struct reader *reader, const char *p, struct node *node)
{
	if (++reader->total > LIMIT_NODES) {
		complain_nodes(reader->doc, reader->err, offset_of(reader, p));
		return NULL;
	}
	node->start = offset_of(reader, p);
	if (*p == '{') return open_container(reader, p, node, NODE_OBJECT);
	if (*p == '[') return open_container(reader, p, node, NODE_ARRAY);
	p = read_scalar(reader, p, node);
	if (p) node->end = offset_of(reader, p);
	return p;
}

/* An element, or the root. */
static const char *read_element(struct reader *reader, const char *p)
{
	struct node *node = vec_push(&reader->nodes);
	node->key = NULL;
	node->key_len = node->key_start = 0;
	node->key_hash = 0;
	node->flags = 0;
	return read_value(reader, p, node);
}

static const char *read_member(struct reader *reader, const char *p)
{
	struct str key = {0};
	struct node *node = vec_push(&reader->nodes);
	if (*p != '"') {
		struct text expected = TEXT("a member name between double quotes", "een naam tussen dubbele aanhalingstekens");
		return fail(reader, p, expected, value_hint(p, reader->end));
	}
	node->key_start = offset_of(reader, p);
	p = read_string(reader, p, &key);
	if (!p) return NULL;
	node->key = key.ptr;
	node->key_len = (uint32_t)key.len;
	node->key_hash = hash_key(key);
	node->flags = 0;
	p = skip_space(p);
	if (*p != ':') return fail(reader, p, TEXT("':' after the name", "':' na de naam"), NO_HINT);
	return read_value(reader, skip_space(p + 1), node);
}

/* The end of the innermost container is at `p`. */
static const char *close_container(struct reader *reader, const char *p)
{
	struct node *container = &reader->nodes.items[reader->open];
	uint32_t count = (uint32_t)(reader->nodes.count - reader->open - 1);
	uint32_t outer = container->len;
	node_adopt(container, reader->doc->arena, container + 1, count, doc_remark_duplicate, reader->doc);
	container->end = offset_of(reader, p + 1);
	reader->nodes.count = reader->open + 1;
	reader->open = outer;
	reader->depth--;
	return p + 1;
}

static const char *fail_separator(struct reader *reader, const char *p, bool is_object)
{
	struct text hint = value_hint(p, reader->end);
	if (p == reader->end || *p == ']' || *p == '}') {
		const struct node *container = &reader->nodes.items[reader->open];
		hint = text_printf(reader->err->arena, "the %c of line %u is still open", "de %c van regel %u staat nog open",
				is_object ? '{' : '[', source_locate(reader->doc->source, container->start).line);
	}
	struct text after_member = TEXT("',' or '}'", "',' of '}'"), after_element = TEXT("',' or ']'", "',' of ']'");
	return fail(reader, p, is_object ? after_member : after_element, hint);
}

/* One child of the innermost open container, or its end. */
static inline const char *read_step(struct reader *reader, const char *p)
{
	bool is_object = reader->nodes.items[reader->open].kind == NODE_OBJECT;
	bool first = reader->nodes.count == reader->open + 1;
	p = skip_space(p);
	if (*p == (is_object ? '}' : ']')) return close_container(reader, p);
	if (!first) {
		if (*p != ',') return fail_separator(reader, p, is_object);
		p = skip_space(p + 1);
	}
	return is_object ? read_member(reader, p) : read_element(reader, p);
}

static bool read_document(struct reader *reader, const char *p)
{
	p = skip_space(p);
	if (p == reader->end)
		return complain_text(reader->doc, reader->err, ERR_SYNTAX, 0,
				TEXT("expected a JSON document, found an empty file",
						"verwacht: een JSON-document, gevonden: een leeg bestand"));
	p = read_element(reader, p);
	while (p && reader->open != NO_CONTAINER)
		p = read_step(reader, p);
	if (!p) return false;
	p = skip_space(p);
	if (p == reader->end) return true;
	fail(reader, p, TEXT("the end of the document", "het einde van het document"),
			TEXT("a file holds one JSON value", "een bestand bevat één JSON-waarde"));
	return false;
}

bool json_read(struct doc *doc, struct err *err)
{
	struct str bytes = doc->source->bytes;
	size_t start;
	if (!check_encoding(doc, &start, err)) return false;
	struct reader reader = {
			.doc = doc, .err = err, .begin = bytes.ptr, .end = bytes.ptr + bytes.len, .open = NO_CONTAINER};
	vec_reserve(&reader.nodes, FIRST_NODES / 2);
	bool ok = read_document(&reader, bytes.ptr + start);
	if (ok) {
		struct node *root = arena_alloc(doc->arena, sizeof *root);
		*root = reader.nodes.items[0];
		doc->root = root;
	}
	vec_release(&reader.nodes);
	return ok;
}
