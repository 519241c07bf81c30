/* SPDX-License-Identifier: EUPL-1.2 */
/* Fuzzes the compiler of JSON Schemas, in all dialects; what compiles is tried on its own text. */
#include <stdlib.h>

#include "engine/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte says how; documents referred to are the schema itself. */
static struct schema_options options_of(uint8_t how)
{
	struct schema_options options = {.draft = (enum schema_draft)(how % 5), .formats = true, .content = true};
	options.unicode = how & 8;
	options.ref_siblings = how & 16;
	if (how & 32) options.openapi = SCHEMA_OPENAPI_3_0;
	if ((how & 96) == 96) options.openapi = SCHEMA_OPENAPI_3_1;
	if (how & 128) options.direction = SCHEMA_REQUEST;
	return options;
}

struct self {
	struct schema_resolver resolver;
	const struct doc *doc;
};

static bool find_self(struct schema_resolver *resolver, struct str uri, struct schema_document *document)
{
	const struct doc *doc = ((struct self *)resolver)->doc;
	*document = (struct schema_document){doc->root, doc->source};
	return uri.len % 2 == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2) return 0;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("schema.json"), (struct str){(const char *)data + 1, size - 1}, &err);
	if (doc) {
		struct self self = {{find_self}, doc};
		struct schema_options options = options_of(data[0]);
		struct view view = {doc, NULL};
		options.resolver = &self.resolver;
		options.document = data[0] & 32 ? doc->root : NULL;
		struct schema *schema = schema_compile(arena, doc->source, doc->root, &options, &err);
		if (!schema && (err.code == ERR_NONE || err.message.in[LANG_EN].len == 0)) abort();
		if (schema) schema_check(schema, &view, doc->root, SCHEMA_TEST, NULL, arena, &err);
	}
	arena_free(arena);
	doc_close(doc);
	return 0;
}
