/* SPDX-License-Identifier: EUPL-1.2 */
/* Schemas for whole documents: made when asked for, messages of their author, files that cannot be used. */
#include "engine/document_schema.h"

#include <pthread.h>

#include "base/limits.h"
#include "support/fixture.h"

/* Violations as lines "instance keyword: message". */
struct lines {
	struct schema_sink sink;
	struct strbuf text;
};

static void take(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct lines *lines = (struct lines *)sink;
	strbuf_printf(&lines->text, "%.*s %.*s: %.*s\n", STR_FMT(violation->instance), STR_FMT(violation->keyword),
			STR_FMT(violation->message.in[LANG_EN]));
}

static const struct schema_options options = {.draft = SCHEMA_DRAFT7, .formats = true, .ref_siblings = true};

static void check(const char *schema, const char *text, const char *expected)
{
	struct arena *arena = arena_new();
	const char *folder = fixture_folder(arena);
	const char *path = fixture_file(arena, folder, "own.schema.yaml", schema);
	struct document_schema *own = document_schema_new(arena, str_of(path), &options);
	struct doc *doc = fixture_doc(arena, text);
	struct view view = {doc, NULL};
	struct lines lines = {.sink = {.report = take}};
	struct err err;
	err_init(&err, arena);
	strbuf_init(&lines.text, LIMIT_MESSAGE_BYTES);
	enum schema_result result = document_schema_check(own, &view, doc->root, &lines.sink, arena, &err);
	assert_int_equal(result, expected[0] ? SCHEMA_INVALID : SCHEMA_VALID);
	assert_str(strbuf_str(&lines.text), expected);
	strbuf_release(&lines.text);
	doc_close(doc);
	fixture_remove(arena, folder);
	arena_free(arena);
}

static void violations_are_those_of_the_schema(void **state)
{
	(void)state;
	check("{type: object, required: [a]}", "{a: 1}", "");
	check("{type: object, required: [a, b]}", "{}",
			" required: Object must have required property \"a\"\n required: Object must have required property \"b\"\n");
}

static void a_message_takes_the_place_of_all_below(void **state)
{
	(void)state;
	check("{properties: {a: {type: object, required: [b, c], x-message: {en: Bad a, nl: Foute a}}}}", "{a: {b: 1}}",
			"/a x-message: Bad a\n");
	check("{x-message: {en: Bad, nl: Fout}, properties: {a: {items: {type: string}}}}", "{a: [x, 1]}",
			" x-message: Bad\n");
	check("{properties: {a: {type: string, x-message: {en: 'Not \"{{property}}\"', nl: x}}}}", "{a: 1}",
			"/a x-message: Not \"a\"\n");
	check("{properties: {a: {type: string}}, x-message: {en: 'At \"{{property}}\"', nl: x}}", "{a: 1}",
			" x-message: At \"\"\n");
}

static void an_inner_message_wins_and_references_keep_theirs(void **state)
{
	(void)state;
	check("{x-message: {en: Outer, nl: x}, allOf: [{required: [a], x-message: {en: Inner, nl: x}}, {required: [b]}]}",
			"{}", " x-message: Inner\n x-message: Outer\n");
	check("{definitions: {d: {required: [a]}}, properties: {p: {$ref: '#/definitions/d', x-message: {en: P, nl: x}}}}",
			"{p: {}}", "/p required: \"p\" property must have required property \"a\"\n");
}

static void a_schema_that_is_none_is_told_each_time(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const char *folder = fixture_folder(arena);
	const char *paths[] = {"/nowhere/at/all.yaml", fixture_file(arena, folder, "a.yaml", "{type: text}"),
			fixture_file(arena, folder, "b.yaml", "{a")};
	struct doc *doc = fixture_doc(arena, "{}");
	struct view view = {doc, NULL};
	for (size_t i = 0; i < 6; i++) {
		struct document_schema *own = document_schema_new(arena, str_of(paths[i % 3]), &options);
		struct lines lines = {.sink = {.report = take}};
		for (int again = 0; again < 2; again++) {
			struct err err;
			err_init(&err, arena);
			assert_int_equal(document_schema_check(own, &view, doc->root, &lines.sink, arena, &err), SCHEMA_UNDECIDED);
			assert_int_equal(err.code, ERR_UNDECIDED);
			assert_true(err.message.in[LANG_NL].len > 0);
		}
	}
	doc_close(doc);
	fixture_remove(arena, folder);
	arena_free(arena);
}

struct job {
	struct document_schema *schema;
	enum schema_result result;
};

static void *work(void *context)
{
	struct job *job = context;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("job.json"), STR("{\"a\": 1}"), &err);
	struct view view = {doc, NULL};
	struct lines lines = {.sink = {.report = take}};
	strbuf_init(&lines.text, LIMIT_MESSAGE_BYTES);
	job->result = document_schema_check(job->schema, &view, doc->root, &lines.sink, arena, &err);
	strbuf_release(&lines.text);
	doc_close(doc);
	arena_free(arena);
	return NULL;
}

static void threads_share_one(void **state)
{
	(void)state;
	enum { THREADS = 4 };
	struct arena *arena = arena_new();
	const char *folder = fixture_folder(arena);
	const char *path = fixture_file(arena, folder, "own.schema.yaml", "{required: [b]}");
	struct job jobs[THREADS];
	pthread_t threads[THREADS];
	struct document_schema *own = document_schema_new(arena, str_of(path), &options);
	for (int i = 0; i < THREADS; i++) {
		jobs[i] = (struct job){own, SCHEMA_VALID};
		assert_int_equal(pthread_create(&threads[i], NULL, work, &jobs[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(jobs[i].result, SCHEMA_INVALID);
	}
	fixture_remove(arena, folder);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(violations_are_those_of_the_schema),
			cmocka_unit_test(a_message_takes_the_place_of_all_below),
			cmocka_unit_test(an_inner_message_wins_and_references_keep_theirs),
			cmocka_unit_test(a_schema_that_is_none_is_told_each_time),
			cmocka_unit_test(threads_share_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
