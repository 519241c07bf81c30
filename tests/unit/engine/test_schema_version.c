/* SPDX-License-Identifier: EUPL-1.2 */
/* Variants of one schema: what a version has not is taken out, and nothing else. */
#include "engine/schema_version.h"

#include "support/fixture.h"

static const char *const text =
		"{a: {x-since: 2}, b: {x-until: 1}, c: [{x-written: true}, {x-written: false}, 1], d: {x-since: x}, e: 5}";

static void check(unsigned version, bool written, const char *members, uint32_t elements)
{
	struct arena *arena = arena_new();
	struct doc *doc = fixture_doc(arena, text);
	const struct node *root = schema_variant_of(arena, doc->root, (struct schema_variant){version, written});
	assert_int_equal(root->len, strlen(members));
	for (uint32_t i = 0; i < root->len; i++)
		assert_int_equal(root->children[i].key[0], members[i]);
	assert_int_equal(node_member(root, STR("c"))->len, elements);
	arena_free(arena);
	doc_close(doc);
}

static void versions_have_their_own(void **state)
{
	(void)state;
	check(0, false, "bcde", 2);
	check(1, true, "bcde", 2);
	check(2, true, "acde", 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(versions_have_their_own)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
