/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading JSON and base64 without leniency. */
#include "report/strict.h"

#include "base/limits.h"
#include "doc/canonical.h"
#include "doc/json.h"

const struct doc *strict_json(struct arena *arena, struct str name, struct str bytes, struct err *err)
{
	struct doc *doc = arena_zalloc(arena, sizeof *doc);
	doc->arena = arena;
	doc->source = source_of(arena, str_copy(arena, name), str_copy(arena, bytes));
	doc->format = DOC_JSON;
	if (!json_read(doc, err)) return NULL;
	if (!doc->diagnostic_count) return doc;
	const struct diagnostic *first = &doc->diagnostics[0];
	err_set_text(
			err, ERR_SYNTAX, source_loc(doc->source, first->start), TEXT("", ""), diagnostic_text(arena, doc, first));
	return NULL;
}

bool strict_base64(struct arena *arena, struct str text, enum base64_alphabet alphabet, struct str *out)
{
	struct strbuf decoded, again;
	strbuf_init(&decoded, text.len + 4);
	strbuf_init(&again, text.len + 8);
	/* The decoder is lenient; one text, one value is what encoding again shows. */
	bool ok = base64_decode(&decoded, text);
	if (ok) base64_encode(&again, strbuf_str(&decoded), alphabet);
	ok = ok && str_eq(strbuf_str(&again), text);
	if (ok) *out = str_copy(arena, strbuf_str(&decoded));
	strbuf_release(&decoded);
	strbuf_release(&again);
	return ok;
}

bool strict_is_canonical(const struct doc *doc)
{
	static const char *const none[] = {NULL};
	struct strbuf text;
	strbuf_init(&text, LIMIT_DOCUMENT_BYTES);
	canonical_tree(&text, doc->root, none);
	bool same = str_eq(strbuf_str(&text), doc->source->bytes);
	strbuf_release(&text);
	return same;
}
