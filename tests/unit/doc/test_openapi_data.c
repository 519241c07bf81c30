/* SPDX-License-Identifier: EUPL-1.2 */
/* What is data in an OpenAPI document. */
#include "support/fixture.h"

#include "doc/openapi_data.h"

/* Is the only member of `object`, which stands under parent in grandparent, data? */
static bool is_data(const char *grandparent, const char *parent, const char *object)
{
	struct arena *arena = arena_new();
	struct doc *doc = fixture_doc(arena, object);
	bool is = openapi_is_data(str_of(grandparent), str_of(parent), node_at(doc->root, 0));
	doc_close(doc);
	arena_free(arena);
	return is;
}

static void examples_defaults_and_enumerations_are_data(void **state)
{
	(void)state;
	assert_true(is_data("schemas", "Zaak", "{example: {a: 1}}"));
	assert_true(is_data("schemas", "Zaak", "{default: {a: 1}}"));
	assert_true(is_data("schemas", "Zaak", "{enum: [{a: 1}]}"));
	assert_true(is_data("schemas", "Zaak", "{const: {a: 1}}"));
	assert_true(is_data("", "", "{x-own: {a: 1}}"));
	assert_false(is_data("schemas", "Zaak", "{properties: {a: 1}}"));
	assert_false(is_data("", "", "[1]"));
}

static void examples_are_a_list_of_data_or_a_map_of_objects(void **state)
{
	(void)state;
	assert_true(is_data("schemas", "Zaak", "{examples: [{a: 1}]}"));
	assert_false(is_data("content", "application/json", "{examples: {een: {value: 1}}}"));
	assert_true(is_data("examples", "een", "{value: {a: 1}}"));
	assert_false(is_data("properties", "een", "{value: {a: 1}}"));
}

static void names_that_the_author_chose_are_no_data(void **state)
{
	(void)state;
	assert_false(is_data("Zaak", "properties", "{example: {type: string}}"));
	assert_false(is_data("get", "responses", "{default: {description: x}}"));
	assert_false(is_data("components", "schemas", "{x-own: {type: string}}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(examples_defaults_and_enumerations_are_data),
			cmocka_unit_test(examples_are_a_list_of_data_or_a_map_of_objects),
			cmocka_unit_test(names_that_the_author_chose_are_no_data),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
