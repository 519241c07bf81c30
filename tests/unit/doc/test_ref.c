/* SPDX-License-Identifier: EUPL-1.2 */
/* $ref: targets, chains, files, and what cannot be followed. */
#include "support/fixture.h"

#include "base/limits.h"
#include "doc/pointer.h"
#include "doc/ref.h"

struct state {
	struct arena *arena;
	struct doc *doc;
	struct refs *refs;
};

static struct state open_text(const char *text)
{
	struct state s = {.arena = arena_new()};
	s.doc = fixture_doc(s.arena, text);
	s.refs = refs_new(s.arena, s.doc);
	return s;
}

static void close_state(struct state *s)
{
	arena_free(s->arena);
	doc_close(s->doc);
}

static const struct target *target_at(const struct state *s, const char *pointer)
{
	return refs_target(s->refs, pointer_get(s->doc->root, str_of(pointer)));
}

static void a_local_reference_leads_to_its_value(void **state)
{
	(void)state;
	struct state s = open_text("{\"a\": {\"$ref\": \"#/b\"}, \"b\": {\"c\": 1}}");
	const struct target *target = target_at(&s, "/a");
	assert_non_null(target);
	assert_ptr_equal(target->node, node_member(s.doc->root, STR("b")));
	assert_str(target->pointer, "/b");
	assert_int_equal(s.refs->problem_count, 0);
	close_state(&s);
}

static void escapes_of_pointer_and_uri_are_decoded(void **state)
{
	(void)state;
	struct state s = open_text("{\"a\": {\"$ref\": \"#/x~1y%20z/%7e0\"}, \"x/y z\": {\"~0\": 0, \"~\": {\"k\": 2}}}");
	const struct target *target = target_at(&s, "/a");
	assert_non_null(target);
	assert_str(target->pointer, "/x~1y z/~0");
	close_state(&s);
}

static void a_chain_leads_to_its_end(void **state)
{
	(void)state;
	struct state s = open_text("{\"a\": {\"$ref\": \"#/b\"}, \"b\": {\"$ref\": \"#/c\"}, \"c\": {\"v\": 1}}");
	assert_str(target_at(&s, "/a")->pointer, "/c");
	close_state(&s);
}

static void a_reference_through_a_reference_has_the_canonical_pointer(void **state)
{
	(void)state;
	struct state s = open_text(
			"{\"a\": {\"$ref\": \"#/b/inner\"}, \"b\": {\"$ref\": \"#/c\"}, \"c\": {\"inner\": {}}}");
	assert_str(target_at(&s, "/a")->pointer, "/c/inner");
	close_state(&s);
}

static void a_reference_to_the_document_itself_is_no_ring(void **state)
{
	(void)state;
	struct state s = open_text("{\"a\": {\"deep\": {\"$ref\": \"#\"}}}");
	assert_ptr_equal(target_at(&s, "/a/deep")->node, s.doc->root);
	assert_int_equal(s.refs->problem_count, 0);
	close_state(&s);
}

static void rings_are_reported_and_end(void **state)
{
	(void)state;
	struct state s = open_text(
			"{\"self\": {\"$ref\": \"#/self\"}, \"a\": {\"$ref\": \"#/b\"}, \"b\": {\"$ref\": \"#/a\"},"
			"\"to\": {\"$ref\": \"#/a\"}}");
	assert_int_equal(s.refs->problem_count, 2);
	assert_int_equal(s.refs->problems[0].kind, REF_RING);
	assert_str(s.refs->problems[0].pointer, "/self");
	assert_str(s.refs->problems[1].pointer, "/b");
	assert_null(target_at(&s, "/a"));
	assert_null(target_at(&s, "/to"));
	close_state(&s);
}

static void what_cannot_be_followed_has_a_kind_and_a_place(void **state)
{
	(void)state;
	struct state s = open_text("{\"a\": [{\"$ref\": \"#/nowhere\"}, {\"$ref\": \"https://example.nl/x.yaml\"},"
							   "{\"$ref\": \"#no-pointer\"}, {\"$ref\": \"missing-file.yaml#/x\"}, {\"$ref\": 7},"
							   "{\"$ref\": \"urn:x:y\"}]}");
	static const enum ref_problem_kind kinds[] = {
			REF_DANGLING, REF_REMOTE, REF_MALFORMED, REF_UNREADABLE, REF_MALFORMED, REF_MALFORMED};
	static const char *const places[] = {"/a/0", "/a/1", "/a/2", "/a/3", "/a/4", "/a/5"};
	assert_int_equal(s.refs->problem_count, 6);
	for (int i = 0; i < 6; i++) {
		assert_int_equal(s.refs->problems[i].kind, kinds[i]);
		assert_str(s.refs->problems[i].pointer, places[i]);
		assert_true(s.refs->problems[i].message.in[LANG_NL].len > 0);
	}
	close_state(&s);
}

static void references_in_data_are_no_problem(void **state)
{
	(void)state;
	struct state s = open_text(
			"{\"schema\": {\"example\": {\"$ref\": \"#/nowhere\"}, \"enum\": [{\"$ref\": 5}],"
			"\"properties\": {\"example\": {\"$ref\": \"#/not-there\"}, \"$ref\": {\"type\": \"string\"}}},"
			"\"responses\": {\"default\": {\"$ref\": \"#/none\"}},"
			"\"examples\": {\"a\": {\"value\": {\"$ref\": \"#/x\"}}, \"b\": {\"$ref\": \"#/y\"}}}");
	assert_int_equal(s.refs->problem_count, 3);
	assert_str(s.refs->problems[0].pointer, "/schema/properties/example");
	assert_str(s.refs->problems[1].pointer, "/responses/default");
	assert_str(s.refs->problems[2].pointer, "/examples/b");
	close_state(&s);
}

static void only_the_reference_at_fault_is_reported(void **state)
{
	(void)state;
	struct state s = open_text("{\"a\": {\"$ref\": \"#/b\"}, \"b\": {\"$ref\": \"#/nowhere\"}}");
	assert_int_equal(s.refs->problem_count, 1);
	assert_str(s.refs->problems[0].pointer, "/b");
	close_state(&s);
}

static void a_long_chain_is_refused(void **state)
{
	(void)state;
	struct strbuf text;
	strbuf_init(&text, 1 << 20);
	strbuf_add(&text, STR("{\"r0\": {\"v\": 1}"));
	for (int i = 1; i < LIMIT_REF_HOPS + 10; i++)
		strbuf_printf(&text, ", \"r%d\": {\"$ref\": \"#/r%d\"}", i, i + 1);
	strbuf_printf(&text, ", \"r%d\": {\"$ref\": \"#/r0\"}}", LIMIT_REF_HOPS + 10);
	struct state s = open_text(text.ptr);
	assert_true(s.refs->problem_count > 0);
	assert_int_equal(s.refs->problems[0].kind, REF_LIMIT);
	strbuf_release(&text);
	close_state(&s);
}

static void files_are_read_once_and_refer_to_each_other(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const char *folder = fixture_folder(arena);
	const char *main_path = fixture_file(arena, folder, "main.json",
			"{\"a\": {\"$ref\": \"other.json#/x\"}, \"b\": {\"$ref\": \"./other.json#/y\"}, \"z\": {\"end\": 1}}");
	fixture_file(arena, folder, "other.json", "{\"x\": {\"v\": 1}, \"y\": {\"$ref\": \"main.json#/z\"}}");
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_open(main_path, &err);
	assert_non_null(doc);
	struct refs *refs = refs_new(arena, doc);
	assert_int_equal(refs->doc_count, 2);
	assert_int_equal(refs->problem_count, 0);
	const struct target *through = refs_target(refs, node_member(doc->root, STR("b")));
	assert_ptr_equal(through->doc, doc);
	assert_str(through->pointer, "/z");
	assert_ptr_not_equal(refs_target(refs, node_member(doc->root, STR("a")))->doc, doc);
	fixture_remove(arena, folder);
	arena_free(arena);
	doc_close(doc);
}

static void a_view_shows_members_through_references(void **state)
{
	(void)state;
	struct state s = open_text(
			"{\"a\": {\"$ref\": \"#/b\"}, \"b\": {\"c\": {\"$ref\": \"#/d\"}}, \"d\": {\"e\": true}}");
	struct view view = {s.doc, s.refs};
	const struct node *c = view_member(&view, node_member(s.doc->root, STR("a")), STR("c"));
	assert_ptr_equal(c, node_member(s.doc->root, STR("d")));
	view.refs = NULL;
	assert_null(view_member(&view, node_member(s.doc->root, STR("a")), STR("c")));
	close_state(&s);
}

static void ten_thousand_problems_cost_one_walk(void **state)
{
	(void)state;
	struct strbuf text;
	strbuf_init(&text, 4 << 20);
	strbuf_add(&text, STR("[0"));
	for (int i = 0; i < 10000; i++)
		strbuf_add(&text, STR(",{\"$ref\": \"#/nowhere\"}"));
	strbuf_add(&text, STR("]"));
	struct state s = open_text(text.ptr);
	assert_int_equal(s.refs->problem_count, 10000);
	assert_str(s.refs->problems[9999].pointer, "/10000");
	strbuf_release(&text);
	close_state(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(a_local_reference_leads_to_its_value),
			cmocka_unit_test(escapes_of_pointer_and_uri_are_decoded),
			cmocka_unit_test(a_chain_leads_to_its_end),
			cmocka_unit_test(a_reference_through_a_reference_has_the_canonical_pointer),
			cmocka_unit_test(a_reference_to_the_document_itself_is_no_ring),
			cmocka_unit_test(rings_are_reported_and_end),
			cmocka_unit_test(what_cannot_be_followed_has_a_kind_and_a_place),
			cmocka_unit_test(references_in_data_are_no_problem),
			cmocka_unit_test(only_the_reference_at_fault_is_reported),
			cmocka_unit_test(a_long_chain_is_refused),
			cmocka_unit_test(files_are_read_once_and_refer_to_each_other),
			cmocka_unit_test(a_view_shows_members_through_references),
			cmocka_unit_test(ten_thousand_problems_cost_one_walk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
