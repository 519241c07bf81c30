/* SPDX-License-Identifier: EUPL-1.2 */
/* The index of what references name. */
#include "support/fixture.h"

#include "doc/pointer.h"
#include "engine/ref_index.h"

static void what_is_referred_to_is_in_use(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct doc *doc = fixture_doc(arena, "{\"a\": {\"$ref\": \"#/c/x\"}, \"c\": {\"x\": {}, \"y\": {}}}");
	struct ref_index *index = ref_index_new(doc, refs_new(arena, doc));
	assert_true(ref_index_has(index, pointer_get(doc->root, STR("/c/x"))));
	assert_false(ref_index_has(index, pointer_get(doc->root, STR("/c/y"))));
	ref_index_free(index);
	doc_close(doc);
	arena_free(arena);
}

static void other_files_count(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const char *folder = fixture_folder(arena);
	const char *path = fixture_file(
			arena, folder, "main.json", "{\"to\": {\"$ref\": \"other.json\"}, \"c\": {\"x\": {}, \"y\": {}}}");
	fixture_file(arena, folder, "other.json",
			"{\"back\": {\"$ref\": \"./x/../main.json#/c/y\"},"
			"\"not\": {\"$ref\": \"../main.json#/c/x\"}}");
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_open(path, &err);
	assert_non_null(doc);
	struct ref_index *index = ref_index_new(doc, refs_new(arena, doc));
	assert_true(ref_index_has(index, pointer_get(doc->root, STR("/c/y"))));
	assert_false(ref_index_has(index, pointer_get(doc->root, STR("/c/x"))));
	ref_index_free(index);
	ref_index_free(NULL);
	fixture_remove(arena, folder);
	arena_free(arena);
	doc_close(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(what_is_referred_to_is_in_use),
			cmocka_unit_test(other_files_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
