/* SPDX-License-Identifier: EUPL-1.2 */
/* Digests: what is the same, what is not, and what has none. */
#include "support/contract.h"

#include "engine/contract_digest.h"

/* Digests of the members of components.schemas of a document with these. */
struct digested {
	struct arena *arena;
	struct doc *doc;
	const struct openapi *openapi;
	struct digests *digests;
};

static struct digested digested_of(const char *version, const char *schemas)
{
	struct digested all = {.arena = arena_new()};
	struct str text = str_printf(all.arena, "openapi: %s\npaths: {}\ncomponents:\n  schemas:\n%s", version, schemas);
	all.doc = fixture_doc(all.arena, text.ptr);
	all.openapi = compared_model(all.arena, all.doc);
	all.digests = digests_new(all.arena);
	return all;
}

static const struct digest *digest_named(struct digested *all, const char *name)
{
	const struct node *schemas = node_member(node_member(all->doc->root, STR("components")), STR("schemas"));
	const struct node *schema = node_member(schemas, str_of(name));
	assert_non_null(schema);
	return digests_of_schema(all->digests, all->openapi, schema);
}

static void assert_alike(struct digested *all, const char *one, const char *other, bool alike)
{
	const struct digest *a = digest_named(all, one), *b = digest_named(all, other);
	assert_non_null(a);
	assert_non_null(b);
	if (alike)
		assert_string_equal(a->hex, b->hex);
	else
		assert_string_not_equal(a->hex, b->hex);
}

static void digested_end(struct digested *all)
{
	arena_free(all->arena);
	doc_close(all->doc);
}

static void test_alike(void **state)
{
	(void)state;
	struct digested all = digested_of("3.0.3",
			"    A: {type: object, required: [a, b], properties: {a: {type: string}, b: {enum: [1, 2]}}}\n"
			"    B: {properties: {b: {enum: [1.0, 2]}, a: {type: string, description: x}}, required: [b, a], type: object}\n"
			"    C: {$ref: '#/components/schemas/B', description: does not count}\n"
			"    D: {type: object, required: [a, b], properties: {a: {type: string}, b: {enum: [1, 3]}}}\n"
			"    E: {type: object, properties: {description: {type: string}}}\n"
			"    F: {type: object, properties: {}}\n"
			"    G: {enum: [ab, c]}\n"
			"    H: {enum: [a, bc]}\n");
	assert_alike(&all, "A", "B", true);
	assert_alike(&all, "A", "C", true);
	assert_alike(&all, "A", "D", false);
	assert_alike(&all, "E", "F", false);
	assert_alike(&all, "G", "H", false);
	assert_true(digests_steps(all.digests) > 0);
	digested_end(&all);
}

/* What contains itself, refers to nothing, or means something else elsewhere. */
static void test_none(void **state)
{
	(void)state;
	struct digested all = digested_of("3.1.0", "    Self: {properties: {a: {$ref: '#/components/schemas/Self'}}}\n"
											   "    Holder: {items: {$ref: '#/components/schemas/Self'}}\n"
											   "    Nothing: {$ref: '#/components/schemas/Nobody'}\n"
											   "    Beside: {$ref: '#/components/schemas/Plain', maxLength: 3}\n"
											   "    Plain: {type: string}\n"
											   "    Mapped: {discriminator: {propertyName: a}}\n");
	static const char *const none[] = {"Self", "Holder", "Nothing", "Beside", "Mapped"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_null(digest_named(&all, none[i]));
	assert_non_null(digest_named(&all, "Plain"));
	digested_end(&all);
}

static void test_values(void **state)
{
	(void)state;
	static const struct {
		const char *one, *other;
		bool same;
	} cases[] = {{"1", "1.0", true}, {"100", "1e2", true}, {"1", "'1'", false}, {"0", "-0.0", true}, {"10", "1", false},
			{"{a: 1, b: 2}", "{b: 2, a: 1}", true}, {"[1, 2]", "[2, 1]", false}, {"[a, b]", "[ab]", false},
			{"null", "'null'", false}, {"true", "false", false}, {"-1", "1", false}, {"{a: {}}", "{a: []}", false}};
	struct arena *arena = arena_new();
	struct strbuf one, other;
	strbuf_init(&one, 1000);
	strbuf_init(&other, 1000);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct doc *left = fixture_doc(arena, cases[i].one), *right = fixture_doc(arena, cases[i].other);
		strbuf_clear(&one);
		strbuf_clear(&other);
		value_key(left->root, &one);
		value_key(right->root, &other);
		if (str_eq(strbuf_str(&one), strbuf_str(&other)) != cases[i].same)
			fail_msg("%s, %s", cases[i].one, cases[i].other);
		doc_close(left);
		doc_close(right);
	}
	strbuf_release(&one);
	strbuf_release(&other);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_alike),
			cmocka_unit_test(test_none),
			cmocka_unit_test(test_values),
	};
	return cmocka_run_group_tests_name("contract_digest", tests, NULL, NULL);
}
