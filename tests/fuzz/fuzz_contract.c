/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzzes the comparison of two descriptions: the contract, a line `%`, the vendor's. Whatever they are, every result
 * has both places and both languages, and whatever is undecided says why; a document with itself differs in nothing.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "engine/contract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Files are no part of this. */
static bool leaves_text(struct str text)
{
	return memmem(text.ptr, text.len, "$ref: .", 7) || memmem(text.ptr, text.len, "$ref: /", 7) ||
		   memmem(text.ptr, text.len, "$ref\": \"/", 9) || memmem(text.ptr, text.len, "$ref\": \".", 9);
}

static void check_facts(const struct facts *facts)
{
	for (uint32_t i = 0; i < facts->result_count; i++) {
		const struct result *result = &facts->results[i];
		if (result->rule >= CONTRACT_COMPARISONS || facts->items[result->rule].violations == 0) abort();
		if (!result->message.in[LANG_EN].len || !result->message.in[LANG_NL].len || !result->doc || !result->basis)
			abort();
		if (result->start > result->end || result->end > result->doc->source->bytes.len) abort();
		if (result->basis_start > result->basis->bytes.len) abort();
	}
	for (int i = 0; i < CONTRACT_COMPARISONS; i++)
		if (facts->items[i].undecided && !facts->items[i].why.in[LANG_NL].len) abort();
}

static const struct openapi *model_of(struct arena *arena, struct doc *doc)
{
	struct err err;
	err_init(&err, arena);
	return doc ? openapi_new(arena, refs_new(arena, doc), &err) : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	size_t line = str_find_str(text, STR("\n%\n"));
	if (line == size || leaves_text(text)) return 0;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *first = doc_of(STR("official.yaml"), (struct str){text.ptr, line}, &err);
	struct doc *second = first ? doc_of(STR("vendor.yaml"), str_skip(text, line + 3), &err) : NULL;
	struct doc *again = first ? doc_of(STR("again.yaml"), (struct str){text.ptr, line}, &err) : NULL;
	const struct openapi *official = model_of(arena, first), *vendor = model_of(arena, second);
	const struct openapi *same = model_of(arena, again);
	struct facts facts;
	if (official && vendor) {
		contract_compare(arena, official, vendor, &facts);
		check_facts(&facts);
		contract_compare(arena, vendor, official, &facts);
		check_facts(&facts);
	}
	if (official && same) {
		contract_compare(arena, official, same, &facts);
		check_facts(&facts);
		if (facts.result_count) abort();
	}
	arena_free(arena);
	doc_close(first);
	doc_close(second);
	doc_close(again);
	return 0;
}
