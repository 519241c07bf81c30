/* SPDX-License-Identifier: EUPL-1.2 */
/* Closing documents; remarks. */
#include "doc/doc.h"

#include "base/limits.h"

enum { FIRST_DIAGNOSTICS = 16, SHOWN_MAX = 200 };

void doc_close(struct doc *doc)
{
	if (doc) arena_free(doc->arena);
}

static bool is_power_of_two(uint32_t n)
{
	return (n & (n - 1)) == 0;
}

void doc_remark(struct doc *doc, struct diagnostic diagnostic)
{
	if (doc->diagnostic_count == LIMIT_DIAGNOSTICS) {
		doc->diagnostics_cut = true;
		doc->duplicates_cut |= diagnostic.kind == DIAGNOSTIC_DUPLICATE_KEY;
		return;
	}
	uint32_t count = doc->diagnostic_count;
	if (!doc->diagnostics || (count >= FIRST_DIAGNOSTICS && is_power_of_two(count))) {
		uint32_t capacity = count < FIRST_DIAGNOSTICS ? FIRST_DIAGNOSTICS : count * 2;
		struct diagnostic *larger = arena_alloc(doc->arena, capacity * sizeof *larger);
		if (count) memcpy(larger, doc->diagnostics, count * sizeof *larger);
		doc->diagnostics = larger;
	}
	doc->diagnostics[doc->diagnostic_count++] = diagnostic;
}

/* A key that is an alias has its text elsewhere: the alias itself ends at white space. */
static uint32_t alias_end(struct str bytes, uint32_t at)
{
	while (at < bytes.len && (unsigned char)bytes.ptr[at] > ' ')
		at++;
	return at;
}

uint32_t doc_key_end(const struct doc *doc, const struct node *member)
{
	struct str bytes = doc->source->bytes;
	uint32_t at = member->key_start;
	char quote = bytes.ptr[at];
	if (quote == '*') return alias_end(bytes, at);
	if (quote != '"' && quote != '\'') {
		size_t room = bytes.len - at;
		return at + (uint32_t)(member->key_len < room ? member->key_len : room);
	}
	for (at++; at < bytes.len && bytes.ptr[at] != quote; at++)
		if (quote == '"' && bytes.ptr[at] == '\\') at++;
	return at < bytes.len ? at + 1 : (uint32_t)bytes.len;
}

void doc_remark_duplicate(void *context, const struct node *first, const struct node *second)
{
	struct doc *doc = context;
	struct diagnostic remark = {.kind = DIAGNOSTIC_DUPLICATE_KEY, .start = second->key_start, .what = node_key(second)};
	remark.end = doc_key_end(doc, second);
	remark.other = first->key_start;
	doc_remark(doc, remark);
}

/* What a remark shows of a text that may be long. */
static struct str shorten(struct arena *arena, struct str s)
{
	if (s.len <= SHOWN_MAX) return s;
	size_t cut = SHOWN_MAX;
	while (cut > 0 && ((unsigned char)s.ptr[cut] & 0xC0) == 0x80)
		cut--;
	return str_printf(arena, "%.*s...", (int)cut, s.ptr);
}

static struct text not_json(struct arena *arena, struct text why)
{
	static const char *const formats[LANG_COUNT] = {
			"the name says JSON, but this is no JSON: %.*s; it is read as YAML, which other programs may refuse to do",
			"de naam zegt JSON, maar dit is geen JSON: %.*s; het wordt gelezen als YAML, wat andere programma's mogelijk "
			"weigeren"};
	struct text text;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		text.in[lang] = str_printf(arena, formats[lang], STR_FMT(text_in(why, (enum lang)lang)));
	return text;
}

struct text diagnostic_text(struct arena *arena, const struct doc *doc, const struct diagnostic *diagnostic)
{
	struct str what = shorten(arena, diagnostic->what);
	switch (diagnostic->kind) {
	case DIAGNOSTIC_DUPLICATE_KEY:
		return text_printf(arena,
				"duplicate key \"%.*s\", also on line %u; readers differ in which one counts: keep one",
				"dubbele sleutel \"%.*s\", ook op regel %u; lezers verschillen in welke telt: houd er één",
				STR_FMT(what), (unsigned)source_locate(doc->source, diagnostic->other).line);
	case DIAGNOSTIC_KEY_NOT_STRING:
		return text_printf(arena, "key %.*s is no string; write it between quotes: \"%.*s\"",
				"sleutel %.*s is geen tekst; zet hem tussen aanhalingstekens: \"%.*s\"", STR_FMT(what), STR_FMT(what));
	case DIAGNOSTIC_UNKNOWN_TAG:
		return text_printf(arena, "tag %.*s is not of the core schema of YAML; the value is read as if it had no tag",
				"tag %.*s hoort niet bij het kernschema van YAML; de waarde wordt gelezen alsof er geen tag staat",
				STR_FMT(what));
	case DIAGNOSTIC_NOT_JSON:
		return not_json(arena, diagnostic->why);
	case DIAGNOSTIC_XML_VERSION:
		return text_printf(arena,
				"the document says that it is XML %.*s; it is read as XML 1.0 (XML 1.0, 2.8), and most software reads nothing else",
				"het document zegt XML %.*s te zijn; het wordt gelezen als XML 1.0 (XML 1.0, 2.8), en iets anders lezen de "
				"meeste programma's niet",
				STR_FMT(what));
	case DIAGNOSTIC_LONE_SURROGATE:
		break;
	}
	return text_printf(arena, "%.*s is half a surrogate pair and no character; it reads as U+FFFD",
			"%.*s is een half surrogaatpaar en geen teken; het wordt gelezen als U+FFFD", STR_FMT(what));
}
