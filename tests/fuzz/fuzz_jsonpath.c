/* SPDX-License-Identifier: EUPL-1.2 */
/* Any text as a path in every dialect on a document with references that ring: refused with a message, or it ends. */
#include <stdlib.h>

#include "engine/jsonpath.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char document[] =
		"{\"paths\":{\"/a\":{\"get\":{\"tags\":[\"x\",\"yy\",3],\"schema\":{\"$ref\":\"#/schemas/A\"}}}},\"schemas\":{\"A\":"
		"{\"properties\":{\"date\":{\"format\":\"date\",\"n\":1.5},\"self\":{\"$ref\":\"#/schemas/A\"}},\"b\":{\"$ref\":"
		"\"#/schemas/B\"}},\"B\":{\"$ref\":\"#/schemas/A/properties\"}},\"n\":null,\"t\":true,\"list\":[[],{},[1,[2]]]}";

static bool count(void *context, uint32_t path, const struct match *match)
{
	uint32_t *left = context;
	(void)path;
	if (!match->where) abort();
	return (*left)-- > 1;
}

static void run(const struct jsonpath *path, struct arena *arena, const struct view *view)
{
	struct jsonpath_report report = {0};
	struct step root = step_root(view);
	uint32_t left = 1000;
	jsonpath_select(path, view, &root, count, &left, &report);
	left = 1000;
	jsonpath_walk(jsonpath_set_new(arena, &path, 1), view, count, &left, &report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct doc *doc;
	static struct refs *refs;
	static struct arena *kept;
	struct err err;
	if (!doc) {
		kept = arena_new();
		err_init(&err, kept);
		doc = doc_of(STR("fuzz.json"), str_of(document), &err);
		if (!doc) abort();
		refs = refs_new(kept, doc);
	}
	struct arena *arena = arena_new();
	for (int dialect = JSONPATH_RFC9535; dialect <= JSONPATH_SPECTRAL_NIMMA; dialect++) {
		err_init(&err, arena);
		struct jsonpath *path = jsonpath_compile(arena, (struct str){(const char *)data, size}, dialect, &err);
		if (!path && (err.code != ERR_RULES || !err.message.in[LANG_EN].len)) abort();
		if (!path) continue;
		run(path, arena, &(struct view){doc, NULL});
		if (dialect != JSONPATH_RFC9535) run(path, arena, &(struct view){doc, refs});
	}
	arena_free(arena);
	return 0;
}
