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
 * the place of the one around it in `len`.
 */
struct reader {
	struct doc *doc;
	struct err *err;
	const char *begin, *p, *end; /* *end is NUL */
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

static bool fail(struct reader *reader, const char *at, struct text expected, struct text hint)
{
	return complain(reader->doc, reader->err, offset_of(reader, at), expected, hint);
}

static inline void skip_space(struct reader *reader)
{
	const char *p = reader->p;
	if (*p > ' ') return;
	while (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')
		p++;
	reader->p = p;
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

/* The escape "\uXXXX" at reader->p, or a pair of them; *out is what it stands for. */
static bool read_unicode_escape(struct reader *reader, uint32_t *out)
{
	const char *escape = reader->p;
	int32_t code = read_hex4(escape + 2), low;
	if (code < 0)
		return fail(
				reader, escape, TEXT("four hexadecimal digits after \\u", "vier hexadecimale cijfers na \\u"), NO_HINT);
	reader->p += 6;
	*out = (uint32_t)code;
	if (code < 0xD800 || code > 0xDFFF) return true;
	if (code < 0xDC00 && reader->p[0] == '\\' && reader->p[1] == 'u') {
		low = read_hex4(reader->p + 2);
		if (low >= 0xDC00 && low <= 0xDFFF) {
			reader->p += 6;
			*out = 0x10000 + ((uint32_t)(code - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
			return true;
		}
	}
	remark_surrogate(reader, escape);
	*out = 0xFFFD;
	return true;
}

/* The escape at reader->p, appended to `to`, which is returned advanced; NULL on failure. */
static char *read_escape(struct reader *reader, char *to)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	uint32_t code = 0;
	char name = reader->p[1];
	if (name == 'u') return read_unicode_escape(reader, &code) ? to + utf8_encode(code, to) : NULL;
	const char *hit = name ? strchr(names, name) : NULL;
	if (!hit) {
		fail(reader, reader->p + 1, TEXT("one of \" \\ / b f n r t u after \\", "een van \" \\ / b f n r t u na \\"),
				TEXT("write \\\\ for a backslash", "schrijf \\\\ voor een backslash"));
		return NULL;
	}
	reader->p += 2;
	*to = values[hit - names];
	return to + 1;
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

static bool fail_in_string(struct reader *reader, const char *opening)
{
	if (reader->p == reader->end)
		return fail(reader, reader->p, TEXT("\" that ends the string", "\" die de tekst afsluit"),
				text_printf(reader->err->arena, "it starts at line %u", "die begint op regel %u",
						source_locate(reader->doc->source, offset_of(reader, opening)).line));
	return fail(reader, reader->p,
			TEXT("\" that ends the string, on the same line", "\" die de tekst afsluit, op dezelfde regel"),
			TEXT("write control characters as \\n, \\t or \\u00XX",
					"schrijf besturingstekens als \\n, \\t of \\u00XX"));
}

/* The rest of a string with an escape in it. Decoded text is never longer than what it is written as. */
static bool read_escaped(struct reader *reader, const char *opening, struct str *out)
{
	const char *from = opening + 1, *scan = reader->p;
	while (*scan != '"' && scan < reader->end)
		scan = scan_plain(scan + (*scan == '\\' && scan + 1 < reader->end ? 2 : 1), reader->end);
	char *text = arena_alloc(reader->doc->arena, (size_t)(scan - from) + 1), *to = text;
	for (;;) {
		memcpy(to, from, (size_t)(reader->p - from));
		to += reader->p - from;
		if (*reader->p != '\\') break;
		to = read_escape(reader, to);
		if (!to) return false;
		from = reader->p;
		reader->p = scan_plain(from, reader->end);
	}
	*out = (struct str){text, (size_t)(to - text)};
	return *reader->p == '"' || fail_in_string(reader, opening);
}

/* A string at reader->p, which is at its quote; goes behind its end. */
static inline bool read_string(struct reader *reader, struct str *out)
{
	const char *opening = reader->p;
	reader->p = scan_plain(opening + 1, reader->end);
	if (*reader->p == '"') {
		*out = (struct str){opening + 1, (size_t)(reader->p - opening - 1)};
	} else if (*reader->p != '\\') {
		return fail_in_string(reader, opening);
	} else if (!read_escaped(reader, opening, out)) {
		return false;
	}
	reader->p++;
	return true;
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

static bool read_number(struct reader *reader, struct node *node)
{
	const char *start = reader->p, *p = start + (*start == '-');
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
	reader->p = p;
	return true;
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

static bool fail_value(struct reader *reader)
{
	return fail(reader, reader->p, TEXT("a value", "een waarde"), value_hint(reader->p, reader->end));
}

static bool read_literal(struct reader *reader, struct node *node, struct str word, enum node_kind kind)
{
	if ((size_t)(reader->end - reader->p) < word.len || memcmp(reader->p, word.ptr, word.len) != 0)
		return fail_value(reader);
	node->kind = (uint8_t)kind;
	reader->p += word.len;
	return true;
}

static bool open_container(struct reader *reader, struct node *node, enum node_kind kind)
{
	if (reader->depth == LIMIT_DEPTH) return complain_depth(reader->doc, reader->err, node->start);
	reader->depth++;
	reader->p++;
	node->kind = (uint8_t)kind;
	node->len = reader->open;
	reader->open = (uint32_t)(node - reader->nodes.items);
	return true;
}

static bool read_text_value(struct reader *reader, struct node *node)
{
	struct str text = {0};
	if (!read_string(reader, &text)) return false;
	node->kind = NODE_STRING;
	node->text = text.ptr;
	node->len = (uint32_t)text.len;
	return true;
}

/* A value at reader->p; `node`, the last of the items, has its key already. */
static bool read_value(struct reader *reader, struct node *node)
{
	bool ok;
	if (++reader->total > LIMIT_NODES) return complain_nodes(reader->doc, reader->err, offset_of(reader, reader->p));
	node->start = offset_of(reader, reader->p);
	switch (*reader->p) {
	case '{':
		return open_container(reader, node, NODE_OBJECT);
	case '[':
		return open_container(reader, node, NODE_ARRAY);
	case '"':
		ok = read_text_value(reader, node);
		break;
	case 't':
		ok = read_literal(reader, node, STR("true"), NODE_TRUE);
		break;
	case 'f':
		ok = read_literal(reader, node, STR("false"), NODE_FALSE);
		break;
	case 'n':
		ok = read_literal(reader, node, STR("null"), NODE_NULL);
		break;
	case '-':
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
		ok = read_number(reader, node);
		break;
	default:
		return fail_value(reader);
	}
	node->end = offset_of(reader, reader->p);
	return ok;
}

static inline struct node *push_node(struct reader *reader)
{
	struct node *node = vec_push(&reader->nodes);
	*node = (struct node){0};
	return node;
}

static bool read_member(struct reader *reader)
{
	struct str key = {0};
	struct node *node = push_node(reader);
	if (*reader->p != '"') {
		struct text expected = TEXT("a member name between double quotes", "een naam tussen dubbele aanhalingstekens");
		return fail(reader, reader->p, expected, value_hint(reader->p, reader->end));
	}
	node->key_start = offset_of(reader, reader->p);
	if (!read_string(reader, &key)) return false;
	node->key = key.ptr;
	node->key_len = (uint32_t)key.len;
	node->key_hash = hash_key(key);
	skip_space(reader);
	if (*reader->p != ':') return fail(reader, reader->p, TEXT("':' after the name", "':' na de naam"), NO_HINT);
	reader->p++;
	skip_space(reader);
	return read_value(reader, node);
}

static void close_container(struct reader *reader)
{
	struct node *container = &reader->nodes.items[reader->open];
	uint32_t count = (uint32_t)(reader->nodes.count - reader->open - 1);
	uint32_t outer = container->len;
	node_adopt(container, reader->doc->arena, container + 1, count, doc_remark_duplicate, reader->doc);
	container->end = offset_of(reader, ++reader->p);
	reader->nodes.count = reader->open + 1;
	reader->open = outer;
	reader->depth--;
}

static bool fail_separator(struct reader *reader, bool is_object)
{
	struct text hint = value_hint(reader->p, reader->end);
	if (reader->p == reader->end || *reader->p == ']' || *reader->p == '}') {
		const struct node *container = &reader->nodes.items[reader->open];
		hint = text_printf(reader->err->arena, "the %c of line %u is still open", "de %c van regel %u staat nog open",
				is_object ? '{' : '[', source_locate(reader->doc->source, container->start).line);
	}
	struct text after_member = TEXT("',' or '}'", "',' of '}'"), after_element = TEXT("',' or ']'", "',' of ']'");
	return fail(reader, reader->p, is_object ? after_member : after_element, hint);
}

/* One child of the innermost open container, or its end. */
static inline bool read_step(struct reader *reader)
{
	bool is_object = reader->nodes.items[reader->open].kind == NODE_OBJECT;
	bool first = reader->nodes.count == reader->open + 1;
	skip_space(reader);
	if (*reader->p == (is_object ? '}' : ']')) {
		close_container(reader);
		return true;
	}
	if (!first) {
		if (*reader->p != ',') return fail_separator(reader, is_object);
		reader->p++;
		skip_space(reader);
	}
	return is_object ? read_member(reader) : read_value(reader, push_node(reader));
}

static bool read_document(struct reader *reader)
{
	skip_space(reader);
	if (reader->p == reader->end)
		return complain_text(reader->doc, reader->err, ERR_SYNTAX, 0,
				TEXT("expected a JSON document, found an empty file",
						"verwacht: een JSON-document, gevonden: een leeg bestand"));
	if (!read_value(reader, push_node(reader))) return false;
	while (reader->open != NO_CONTAINER)
		if (!read_step(reader)) return false;
	skip_space(reader);
	return reader->p == reader->end ||
		   fail(reader, reader->p, TEXT("the end of the document", "het einde van het document"),
				   TEXT("a file holds one JSON value", "een bestand bevat één JSON-waarde"));
}

bool json_read(struct doc *doc, struct err *err)
{
	struct str bytes = doc->source->bytes;
	size_t start;
	if (!check_encoding(doc, &start, err)) return false;
	struct reader reader = {.doc = doc,
			.err = err,
			.begin = bytes.ptr,
			.p = bytes.ptr + start,
			.end = bytes.ptr + bytes.len,
			.open = NO_CONTAINER};
	vec_reserve(&reader.nodes, FIRST_NODES / 2);
	bool ok = read_document(&reader);
	if (ok) {
		struct node *root = arena_alloc(doc->arena, sizeof *root);
		*root = reader.nodes.items[0];
		doc->root = root;
	}
	vec_release(&reader.nodes);
	return ok;
}
