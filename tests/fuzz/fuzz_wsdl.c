/* SPDX-License-Identifier: EUPL-1.2 */
/* Fuzzes reading and comparing WSDL: the vendor's, a line `%`, the official one; both ways, and each with itself. */
#include <stdlib.h>

#include "engine/wsdl_compare.h"
#include "engine/wsdl_load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_facts(const struct facts *facts, bool same)
{
	for (uint32_t i = 0; i < facts->result_count; i++) {
		const struct result *result = &facts->results[i];
		if (!result->message.in[LANG_EN].len || !result->message.in[LANG_NL].len || !result->doc) abort();
		if (result->rule >= WSDL_RULES || facts->items[result->rule].violations == 0) abort();
		if (result->start > result->doc->source->bytes.len || !result->pointer.len) abort();
	}
	for (int i = 0; i < WSDL_RULES; i++)
		if (facts->items[i].undecided && !facts->items[i].why.in[LANG_NL].len) abort();
	/* Beside itself a document has no difference; its own mistakes are told all the same. */
	for (int i = WSDL_BINDING_LACKING; same && i < WSDL_RULES; i++)
		if (facts->items[i].violations && i != WSDL_OPERATION_NAME) abort();
}

static void compare(const struct wsdl *vendor, const struct wsdl *official, struct arena *arena)
{
	struct facts facts;
	if (!vendor || !official) return;
	wsdl_compare(vendor, official, arena, &facts);
	check_facts(&facts, vendor == official);
}

static struct wsdl *read_part(struct arena *arena, struct str text, struct doc **doc)
{
	struct err err;
	err_init(&err, arena);
	*doc = doc_of_any(STR("document"), text, &err);
	return *doc ? wsdl_new(arena, *doc, "", &err) : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	size_t line = str_find_str(text, STR("\n%\n"));
	struct arena *arena = arena_new();
	struct doc *docs[2];
	const struct wsdl *vendor = read_part(arena, (struct str){text.ptr, line}, &docs[0]);
	const struct wsdl *official = read_part(arena, str_skip(text, line + 3), &docs[1]);
	compare(vendor, official, arena);
	compare(official, vendor, arena);
	compare(vendor, vendor, arena);
	compare(official, official, arena);
	arena_free(arena);
	doc_close(docs[0]);
	doc_close(docs[1]);
	return 0;
}
