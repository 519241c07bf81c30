/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading files of schema sets past a document type declaration. */
#include "engine/xsd_doctype.h"

#include "doc/source.h"

#define DOCTYPE "<!DOCTYPE"

/* Where what begins with `open` at `at` has ended, `len` when it does not end, `at` when nothing of it begins there. */
static size_t skip(struct str text, size_t at, struct str open, struct str close)
{
	if (!str_starts(str_skip(text, at), open)) return at;
	size_t from = at + open.len, end = str_find_str(str_skip(text, from), close);
	return from + end >= text.len ? text.len : from + end + close.len;
}

static size_t skip_unread(struct str text, size_t at)
{
	size_t end = skip(text, at, STR("<!--"), STR("-->"));
	return end > at ? end : skip(text, at, STR("<?"), STR("?>"));
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Where the declaration begins; `len` when something else comes first. */
static size_t find_doctype(struct str text)
{
	size_t at = str_starts(text, STR("\xef\xbb\xbf")) ? 3 : 0;
	while (at < text.len && !str_starts(str_skip(text, at), STR(DOCTYPE))) {
		size_t end = is_space(text.ptr[at]) ? at + 1 : skip_unread(text, at);
		if (end == at) return text.len;
		at = end;
	}
	return at;
}

/* Behind the ">" of the declaration: one that is in no literal, comment, instruction or internal subset. */
static size_t find_end(struct str text, size_t at)
{
	bool within = false;
	while (at < text.len) {
		char c = text.ptr[at];
		size_t end = skip_unread(text, at);
		if (end == at && c == '"') end = skip(text, at, STR("\""), STR("\""));
		if (end == at && c == '\'') end = skip(text, at, STR("'"), STR("'"));
		if (end == at && c == '>' && !within) return at + 1;
		if (c == '[' || c == ']') within = c == '[';
		at = end > at ? end : at + 1;
	}
	return 0;
}

bool xsd_blank_doctype(char *text, size_t len)
{
	struct str whole = {text, len};
	size_t from = find_doctype(whole);
	size_t end = from < len ? find_end(whole, from + sizeof DOCTYPE - 1) : 0;
	for (size_t i = from; i < end; i++)
		if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
	return end > 0;
}

struct doc *xsd_open_document(const char *path, struct err *err)
{
	struct doc *doc = doc_open_any(path, err);
	if (doc || err->code != ERR_UNDECIDED) return doc;
	struct arena *arena = arena_new();
	struct err unread;
	err_init(&unread, arena);
	struct source *source = source_read(arena, path, &unread);
	if (source) {
		char *bytes = arena_alloc(arena, source->bytes.len);
		memcpy(bytes, source->bytes.ptr, source->bytes.len);
		if (xsd_blank_doctype(bytes, source->bytes.len)) {
			err_init(err, err->arena);
			doc = doc_of_any(str_of(path), (struct str){bytes, source->bytes.len}, err);
		}
	}
	arena_free(arena);
	return doc;
}
