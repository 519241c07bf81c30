/* SPDX-License-Identifier: EUPL-1.2 */
/* Schemas compiled together: what is shared, what a mistake costs, what reaches a circle. */
#include "engine/schema_set.h"

#include "support/fixture.h"

static const char text[] = "a: {type: string}\n"
						   "b: {$ref: '#/a'}\n"
						   "ring: {type: object, properties: {next: {$ref: '#/ring2'}}}\n"
						   "ring2: {type: object, properties: {next: {$ref: '#/ring'}}, required: [x]}\n"
						   "self: {items: {$ref: '#/self'}}\n"
						   "to-ring: {anyOf: [{$ref: '#/ring'}, {type: 'null'}]}\n"
						   "bad: {type: text}\n"
						   "to-bad: {allOf: [{properties: {p: {$ref: '#/bad'}}}]}\n"
						   "lost: {properties: {p: {$ref: '#/nowhere'}}}\n"
						   "idle: {properties: {p: {nullable: true}}}\n"
						   "good-beside-bad: {properties: {p: {type: string}}}\n"
						   "sibling: {$ref: '#/a', maxLength: 1}\n"
						   "empty: {required: []}\n";

struct setup {
	struct arena *arena;
	struct doc *doc;
	struct refs *refs;
	struct schema_set *set;
};

static struct setup set_up(enum schema_draft draft)
{
	struct setup setup = {.arena = arena_new()};
	setup.doc = fixture_doc(setup.arena, text);
	setup.refs = refs_new(setup.arena, setup.doc);
	const struct node **roots = arena_alloc(setup.arena, 2 * setup.doc->root->len * sizeof *roots);
	for (uint32_t i = 0; i < 2 * setup.doc->root->len; i++)
		roots[i] = &setup.doc->root->children[i / 2];
	struct schema_options options = {.draft = draft, .nullable = true, .ref_siblings = true, .refs = setup.refs};
	setup.set = schema_set_new(setup.arena, &options, roots, 2 * setup.doc->root->len);
	return setup;
}

static void tear_down(struct setup *setup)
{
	arena_free(setup->arena);
	doc_close(setup->doc);
}

static const struct schema_entry *entry_of(const struct setup *setup, const char *name)
{
	const struct schema_entry *entry = schema_set_find(setup->set, node_member(setup->doc->root, str_of(name)));
	assert_non_null(entry);
	return entry;
}

static enum schema_result holds(const struct setup *setup, const char *name, const char *instance)
{
	struct err err;
	err_init(&err, setup->arena);
	struct doc *doc = fixture_doc(setup->arena, instance);
	struct view view = {doc, NULL};
	const struct schema *schema = entry_of(setup, name)->schema;
	assert_non_null(schema);
	enum schema_result result = schema_check(schema, &view, doc->root, SCHEMA_TEST, NULL, setup->arena, &err);
	doc_close(doc);
	return result;
}

static void schemas_mean_what_they_would_alone(void **state)
{
	(void)state;
	struct setup setup = set_up(SCHEMA_DRAFT4);
	assert_int_equal(holds(&setup, "a", "x"), SCHEMA_VALID);
	assert_int_equal(holds(&setup, "a", "1"), SCHEMA_INVALID);
	assert_int_equal(holds(&setup, "b", "1"), SCHEMA_INVALID);
	assert_int_equal(holds(&setup, "ring", "{next: {x: 1, next: {}}}"), SCHEMA_VALID);
	assert_int_equal(holds(&setup, "ring", "{next: {x: 1, next: {next: {}}}}"), SCHEMA_INVALID);
	assert_int_equal(holds(&setup, "good-beside-bad", "{p: 1}"), SCHEMA_INVALID);
	assert_int_equal(holds(&setup, "sibling", "long"), SCHEMA_VALID);
	tear_down(&setup);
}

static void circles_are_told(void **state)
{
	(void)state;
	static const char *const circular[] = {"ring", "ring2", "self", "to-ring"};
	static const char *const straight[] = {"a", "b", "good-beside-bad", "idle"};
	struct setup setup = set_up(SCHEMA_DRAFT4);
	for (size_t i = 0; i < 4; i++) {
		assert_true(entry_of(&setup, circular[i])->circular);
		assert_false(entry_of(&setup, straight[i])->circular);
	}
	tear_down(&setup);
}

static void a_mistake_costs_only_what_reaches_it(void **state)
{
	(void)state;
	struct setup setup = set_up(SCHEMA_DRAFT4);
	assert_null(entry_of(&setup, "bad")->schema);
	assert_null(entry_of(&setup, "to-bad")->schema);
	assert_true(entry_of(&setup, "to-bad")->fault.in[LANG_NL].len > 0);
	assert_false(entry_of(&setup, "to-bad")->missing);
	assert_null(entry_of(&setup, "lost")->schema);
	assert_true(entry_of(&setup, "lost")->missing);
	assert_true(entry_of(&setup, "idle")->nullable);
	assert_non_null(entry_of(&setup, "idle")->schema);
	assert_null(entry_of(&setup, "empty")->schema);
	tear_down(&setup);
}

static void drafts_differ(void **state)
{
	(void)state;
	struct setup setup = set_up(SCHEMA_2020_12);
	assert_non_null(entry_of(&setup, "empty")->schema);
	assert_null(schema_set_find(setup.set, setup.doc->root));
	tear_down(&setup);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(schemas_mean_what_they_would_alone),
			cmocka_unit_test(circles_are_told),
			cmocka_unit_test(a_mistake_costs_only_what_reaches_it),
			cmocka_unit_test(drafts_differ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
