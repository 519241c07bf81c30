/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzzes the evaluation of JSON Schemas: a schema, a line `%`, an instance. The quick question and what is reported
 * have to agree: the schema is also tried beside one that is false, so that everything is reported of valid instances
 * too.
 */
#include <stdlib.h>

#include "engine/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct wrapped {
	struct schema_resolver resolver;
	const struct doc *doc;
};

static bool find_wrapped(struct schema_resolver *resolver, struct str uri, struct schema_document *document)
{
	const struct doc *doc = ((struct wrapped *)resolver)->doc;
	*document = (struct schema_document){doc->root, doc->source};
	return str_eq(uri, STR("urn:tested"));
}

struct counter {
	struct schema_sink sink;
	unsigned count;
};

static void count_violation(struct schema_sink *sink, const struct schema_violation *violation)
{
	if (violation->message.in[LANG_NL].len == 0 || violation->message.in[LANG_EN].len == 0) abort();
	((struct counter *)sink)->count++;
}

/* In brief there is no more to read than in full, of the same verdict. */
static void compare_brief(const struct schema *beside, const struct view *view, enum schema_result told, unsigned count,
		struct arena *arena)
{
	struct counter counter = {{.report = count_violation}, 0};
	struct err err;
	err_init(&err, arena);
	enum schema_result brief = schema_check(beside, view, view->doc->root, SCHEMA_BRIEF, &counter.sink, arena, &err);
	if (brief == SCHEMA_INVALID && told == SCHEMA_INVALID && (counter.count == 0 || counter.count > count)) abort();
	if (brief == SCHEMA_VALID) abort();
}

static void compare(const struct doc *rules, const struct doc *instance, enum schema_draft draft, bool standard,
		struct arena *arena)
{
	struct err err;
	err_init(&err, arena);
	struct wrapped wrapped = {{find_wrapped}, rules};
	struct schema_options options = {
			.draft = draft, .formats = true, .standard_formats = standard, .resolver = &wrapped.resolver};
	struct schema *schema = schema_compile(arena, rules->source, rules->root, &options, &err);
	struct doc *wrapper = doc_of(STR("w"), STR("{\"allOf\": [{\"$ref\": \"urn:tested\"}, false]}"), &err);
	struct schema *beside = schema ? schema_compile(arena, wrapper->source, wrapper->root, &options, &err) : NULL;
	if (beside) {
		struct view view = {instance, NULL};
		struct counter counter = {{.report = count_violation}, 0};
		enum schema_result quick = schema_check(schema, &view, instance->root, SCHEMA_TEST, NULL, arena, &err);
		enum schema_result told = schema_check(beside, &view, instance->root, SCHEMA_ALL, &counter.sink, arena, &err);
		if (quick == SCHEMA_VALID && told == SCHEMA_INVALID && counter.count != 1) abort();
		if (quick == SCHEMA_INVALID && told == SCHEMA_INVALID && counter.count < 2) abort();
		if (told == SCHEMA_VALID) abort();
		compare_brief(beside, &view, told, counter.count, arena);
	}
	doc_close(wrapper);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	size_t line = str_find_str(text, STR("\n%\n"));
	if (line == size || size < 2) return 0;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *rules = doc_of(STR("schema"), (struct str){text.ptr + 1, line ? line - 1 : 0}, &err);
	struct doc *instance = rules ? doc_of(STR("instance"), str_skip(text, line + 3), &err) : NULL;
	if (instance) compare(rules, instance, (enum schema_draft)(data[0] % 5), data[0] & 64, arena);
	doc_close(instance);
	doc_close(rules);
	arena_free(arena);
	return 0;
}
