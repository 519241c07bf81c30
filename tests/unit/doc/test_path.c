/* SPDX-License-Identifier: EUPL-1.2 */
/* Places of a walk: where they are, what is missing, where they were referred to. */
#include "support/fixture.h"

#include "doc/path.h"
#include "doc/pointer.h"

struct state {
	struct arena *arena;
	struct doc *doc;
	struct view view;
	struct step root;
};

static struct state open_text(const char *text)
{
	struct state s = {.arena = arena_new()};
	s.doc = fixture_doc(s.arena, text);
	s.view = (struct view){s.doc, refs_new(s.arena, s.doc)};
	s.root = step_root(&s.view);
	return s;
}

static void close_state(struct state *s)
{
	arena_free(s->arena);
	doc_close(s->doc);
}

static struct step down(const struct state *s, const struct step *up, const char *key)
{
	const struct node *child = node_member(up->node, str_of(key));
	assert_non_null(child);
	return step_child(&s->view, up, child, 0);
}

static const char refs_text[] = "{\"a\": {\"b\": {\"$ref\": \"#/d/e\"}}, \"d\": {\"e\": {\"f\": [1, 2]}}}";

static void a_place_without_references_is_the_walk_itself(void **state)
{
	(void)state;
	struct state s = open_text(refs_text);
	struct step d = down(&s, &s.root, "d"), e = down(&s, &d, "e");
	struct physical place = step_place(&s.view, &e, s.arena);
	assert_str(place.pointer, "/d/e");
	assert_ptr_equal(place.node, e.node);
	assert_int_equal(place.missing.len, 0);
	assert_null(step_referrer(&s.view, &e, s.arena).doc);
	close_state(&s);
}

static void a_place_below_a_reference_has_two_ends(void **state)
{
	(void)state;
	struct state s = open_text(refs_text);
	struct step a = down(&s, &s.root, "a"), b = down(&s, &a, "b"), f = down(&s, &b, "f");
	struct step second = step_child(&s.view, &f, node_at(f.node, 1), 1);
	assert_str(step_place(&s.view, &second, s.arena).pointer, "/d/e/f/1");
	struct physical referrer = step_referrer(&s.view, &second, s.arena);
	assert_str(referrer.pointer, "/a/b");
	assert_ptr_equal(referrer.node, b.held);
	struct strbuf walk;
	strbuf_init(&walk, 100);
	step_pointer(&second, &walk);
	assert_str(strbuf_str(&walk), "/a/b/f/1");
	strbuf_release(&walk);
	close_state(&s);
}

static void the_written_place_of_a_reference_is_where_it_stands(void **state)
{
	(void)state;
	struct state s = open_text(refs_text);
	struct step a = down(&s, &s.root, "a"), b = down(&s, &a, "b");
	assert_str(step_place(&s.view, &b, s.arena).pointer, "/d/e");
	assert_str(step_written(&s.view, &b, s.arena).pointer, "/a/b");
	close_state(&s);
}

static void what_is_missing_stands_below_what_is_there(void **state)
{
	(void)state;
	struct state s = open_text(refs_text);
	struct step a = down(&s, &s.root, "a"), b = down(&s, &a, "b");
	struct step x = step_missing(&b, STR("x/y")), z = step_missing(&x, STR("z"));
	struct physical place = step_place(&s.view, &z, s.arena);
	assert_str(place.pointer, "/d/e");
	assert_str(place.missing, "/x~1y/z");
	assert_ptr_equal(place.node, b.node);
	close_state(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(a_place_without_references_is_the_walk_itself),
			cmocka_unit_test(a_place_below_a_reference_has_two_ends),
			cmocka_unit_test(the_written_place_of_a_reference_is_where_it_stands),
			cmocka_unit_test(what_is_missing_stands_below_what_is_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
