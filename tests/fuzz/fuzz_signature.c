/* SPDX-License-Identifier: EUPL-1.2 */
/* XML signatures: what is read of one, and what libxmlsec1 makes of it, on whatever document comes. */
#include <stdlib.h>

#include "engine/signature.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at(const struct facts *facts, const struct doc *doc)
{
	for (uint32_t i = 0; i < facts->result_count; i++) {
		const struct result *result = &facts->results[i];
		if (result->rule >= SIGNATURE_RULES || !facts->items[result->rule].violations) abort();
		if (result->start > result->end || result->end > doc->source->bytes.len) abort();
		if (!result->message.in[LANG_NL].len) abort();
	}
	for (int i = 0; i < SIGNATURE_RULES; i++)
		if (facts->items[i].undecided && !facts->items[i].why.in[LANG_NL].len) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct err err;
	struct facts facts = {0};
	err_init(&err, arena);
	struct doc *doc = doc_of_any(STR("d.xml"), (struct str){(const char *)data, size}, &err);
	if (doc && doc->xml) {
		signature_check(doc, arena, &facts);
		look_at(&facts, doc);
	}
	doc_close(doc);
	arena_free(arena);
	return 0;
}
