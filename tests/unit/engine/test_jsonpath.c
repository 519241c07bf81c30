/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/jsonpath: both dialects, and a walk of many paths beside each path by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/jsonpath.h"

enum { TEXT_BYTES = 1 << 20 };

struct fixture {
	struct arena *arena;
	struct err err;
	struct doc *doc;
	struct view view;
	struct strbuf out; /* pointers of matches, a space after each */
	struct jsonpath_report report;
};

static void fixture_init(struct fixture *fixture, const char *text, bool follow)
{
	*fixture = (struct fixture){.arena = arena_new()};
	err_init(&fixture->err, fixture->arena);
	strbuf_init(&fixture->out, TEXT_BYTES);
	fixture->doc = doc_of(STR("test.json"), str_of(text), &fixture->err);
	assert_non_null(fixture->doc);
	fixture->view = (struct view){fixture->doc, follow ? refs_new(fixture->arena, fixture->doc) : NULL};
}

static void fixture_release(struct fixture *fixture)
{
	strbuf_release(&fixture->out);
	doc_close(fixture->doc);
	arena_free(fixture->arena);
}

static bool add_match(void *context, uint32_t path, const struct match *match)
{
	struct fixture *fixture = context;
	(void)path;
	struct physical place = step_place(&fixture->view, match->where, fixture->arena);
	strbuf_printf(&fixture->out, "%.*s%s ", STR_FMT(place.pointer), match->is_key ? "~" : "");
	return true;
}

static struct jsonpath *compiled(struct fixture *fixture, const char *text, enum jsonpath_dialect dialect)
{
	err_init(&fixture->err, fixture->arena);
	struct jsonpath *path = jsonpath_compile(fixture->arena, str_of(text), dialect, &fixture->err);
	if (!path) fail_msg("%s: %.*s", text, STR_FMT(fixture->err.message.in[LANG_EN]));
	assert_true(str_eq(jsonpath_text(path), str_of(text)));
	return path;
}

static void assert_walk(struct fixture *fixture, const char *text, enum jsonpath_dialect dialect, const char *expected)
{
	const struct jsonpath *path = compiled(fixture, text, dialect);
	strbuf_clear(&fixture->out);
	fixture->report = (struct jsonpath_report){0};
	jsonpath_walk(jsonpath_set_new(fixture->arena, &path, 1), &fixture->view, add_match, fixture, &fixture->report);
	assert_string_equal(fixture->out.ptr ? fixture->out.ptr : "", expected);
}

static void assert_path(const char *document, const char *text, const char *expected)
{
	struct fixture fixture;
	fixture_init(&fixture, document, true);
	assert_walk(&fixture, text, JSONPATH_SPECTRAL, expected);
	fixture_release(&fixture);
}

static void assert_refused(const char *text, enum jsonpath_dialect dialect, const char *hint)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	assert_null(jsonpath_compile(arena, str_of(text), dialect, &err));
	assert_int_equal(err.code, ERR_RULES);
	struct str message = err.message.in[LANG_EN];
	if (str_find_str(message, str_of(hint)) == message.len) fail_msg("%.*s", STR_FMT(message));
	assert_true(err.message.in[LANG_NL].len > 0);
	arena_free(arena);
}

#define PETS "{\"paths\":{\"/a.b\":{\"get\":{\"in\":\"query\"},\"put\":{}},\"/b\":{\"get\":{\"l\":[1,22,\"c\"]}}}}"

static void test_steps(void **state)
{
	(void)state;
	assert_path(PETS, "$", " ");
	assert_path(PETS, "$.paths[/a.b].get", "/paths/~1a.b/get ");
	assert_path(PETS, "$.paths['/b']", "/paths/~1b ");
	assert_path(PETS, "$.paths.*[get,put]", "/paths/~1a.b/get /paths/~1a.b/put /paths/~1b/get ");
	assert_path(PETS, "$.['get']", "/paths/~1a.b/get /paths/~1b/get ");
	assert_path(PETS, "$..[get][[l]]", "/paths/~1b/get/l ");
	assert_path(PETS, "$.paths[*]~", "/paths/~1a.b~ /paths/~1b~ ");
	assert_path(PETS, "$..in^", "/paths/~1a.b/get ");
	assert_path(PETS, "$..in^^", "/paths/~1a.b ");
	assert_path(PETS, "$.paths./b.get.l[0,2]", "/paths/~1b/get/l/0 /paths/~1b/get/l/2 ");
	assert_path(PETS, "$..l[1:]", "/paths/~1b/get/l/1 /paths/~1b/get/l/2 ");
	assert_path(PETS, "$..l[-1]", "/paths/~1b/get/l/2 ");
	assert_path(PETS, "$..l[(@.length-2)]", "/paths/~1b/get/l/1 ");
	assert_path(PETS, "$..nothing", "");
}

static void test_filters(void **state)
{
	(void)state;
	assert_path(PETS, "$.paths.*[?(@.in=='query')]", "/paths/~1a.b/get ");
	assert_path(PETS, "$.paths[?(@property && @property.match(/\\.b$/))]~", "/paths/~1a.b~ ");
	assert_path(PETS, "$.paths.*[?(!@.in && @.l !== void 0)]", "/paths/~1b/get ");
	assert_path(PETS, "$..l[?(@ > 1 && @ != '3')]", "/paths/~1b/get/l/1 ");
	assert_path(PETS, "$..[?(@ && @.constructor.name === 'Array')]", "/paths/~1b/get/l ");
	assert_path(PETS, "$..[?(@.length === 3)]", "/paths/~1b/get/l ");
	assert_path(PETS, "$..[?(@property === 'get' && @.l.includes('c'))]", "/paths/~1b/get ");
	assert_path(PETS, "$..[?(@parentProperty === 'l' && typeof @ === 'string')]", "/paths/~1b/get/l/2 ");
	assert_path(PETS, "$..[?(@path === \"$['paths']['/b']\")]", "/paths/~1b ");
	assert_path(PETS, "$.paths.*[?(@property in ['put','x'])]", "/paths/~1a.b/put ");
	assert_path(PETS, "$..l[?(@ == $.paths['/b'].get.l[1])]", "/paths/~1b/get/l/1 ");
}

static void test_equality_is_that_of_javascript(void **state)
{
	(void)state;
	static const char document[] = "[1,\"1\",null,true,false,0,\"\"]";
	assert_path(document, "$[?(@ == 1)]", "/0 /1 /3 ");
	assert_path(document, "$[?(@ === 1)]", "/0 ");
	assert_path(document, "$[?(@ == null)]", "/2 ");
	assert_path(document, "$[?(@ == 0)]", "/4 /5 /6 ");
	assert_path(document, "$[?(@)]", "/0 /1 /3 ");
	assert_path(document, "$[?(!@)]", "/2 /4 /5 /6 ");
}

static void test_a_filter_that_throws_does_not_match_and_counts(void **state)
{
	(void)state;
	struct fixture fixture;
	fixture_init(&fixture, "[null,{\"a\":{\"b\":1}},{}]", true);
	assert_walk(&fixture, "$[?(@.a.b)]", JSONPATH_SPECTRAL, "/1 ");
	assert_int_equal(fixture.report.filter_failures, 2);
	assert_false(fixture.report.undecided);
	fixture_release(&fixture);
}

static void test_first_member_of_nimma(void **state)
{
	(void)state;
	static const char document[] =
			"{\"p\":{\"a\":{\"f\":1},\"x\":{\"p\":{\"a\":{\"f\":2}}},\"b\":{\"p\":{\"c\":{\"f\":{\"f\":3}}}}}}";
	struct fixture fixture;
	fixture_init(&fixture, document, false);
	assert_walk(&fixture, "$..p[a,c]..f", JSONPATH_SPECTRAL_NIMMA, "/p/a/f ");
	assert_walk(&fixture, "$..p[a,c]..f", JSONPATH_SPECTRAL, "/p/a/f /p/x/p/a/f /p/b/p/c/f /p/b/p/c/f/f ");
	assert_walk(&fixture, "$..p[a,c]", JSONPATH_SPECTRAL_NIMMA, "/p/a /p/x/p/a /p/b/p/c ");
	fixture_release(&fixture);
}

#define RINGS                                                                                                          \
	"{\"a\":{\"x\":{\"$ref\":\"#/d/A\"},\"y\":{\"$ref\":\"#/d/A\"}},\"d\":{\"A\":{\"n\":{\"$ref\":\"#/d/B\"},\"f\":1}" \
	",\"B\":{\"n\":{\"$ref\":\"#/d/A\"},\"l\":[{\"$ref\":\"#/d/B\"},{\"f\":2}]},\"C\":{\"$ref\":\"#/d/B\"}}}"

static void test_references_are_followed_and_end(void **state)
{
	(void)state;
	assert_path(RINGS, "$.a..f", "/d/B/l/1/f /d/A/f ");
	assert_path(RINGS, "$.a.*", "/d/A ");
	assert_path(RINGS, "$.a.*~", "/a/x~ /a/y~ ");
	assert_path(RINGS, "$.a.x.n.n.n.f", "");
	assert_path(RINGS, "$.a.x.n.n.f", "/d/A/f ");
	struct fixture fixture;
	fixture_init(&fixture, RINGS, false);
	assert_walk(&fixture, "$.a..f", JSONPATH_SPECTRAL, "");
	assert_walk(&fixture, "$.a.*", JSONPATH_SPECTRAL, "/a/x /a/y ");
	fixture_release(&fixture);
}

static void test_of_repeated_keys_the_last_counts(void **state)
{
	(void)state;
	const char *text = "{\"a\":{\"f\":1},\"b\":{\"f\":2},\"a\":{\"g\":3}}";
	assert_path(text, "$.*.*", "/b/f /a/g ");
	assert_path(text, "$..f", "/b/f ");
	assert_path(text, "$[?(@.f)]", "/b ");
	assert_path(text, "$.a.*", "/a/g ");
}

static void test_filters_that_need_members(void **state)
{
	(void)state;
	const char *text = "{\"p\":{\"a\":1,\"b\":2},\"q\":{\"a\":\"x\"},\"r\":{},\"s\":\"t\",\"u\":{\"b\":0,\"c\":1}}";
	assert_path(text, "$[?(@ && @.a && @.b)]", "/p ");
	assert_path(text, "$[?(@.a=='x' || @.c)]", "/q /u ");
	assert_path(text, "$[?(@.a!==void 0 && @property!=='p')]", "/q ");
	assert_path(text, "$[?(@property!=='p' && (@.a || @.c))]", "/q /u ");
	assert_path(text, "$[?(@.a===undefined && @.b===undefined)]", "/r /s ");
	assert_path(text, "$[?(@['b']!==void 0 && !@.a)]", "/u ");
	assert_path(text, "$..[?(@property==='p' && @.b>1)].a", "/p/a ");
}

/* Matches of several paths, as bits by path for each place. */
struct places {
	const struct node *nodes[1000];
	unsigned keys[1000], paths[1000];
	uint32_t count, path;
	bool twice;
};

static void add_place(struct places *places, uint32_t path, const struct match *match, bool once)
{
	uint32_t i = 0;
	while (i < places->count && (places->nodes[i] != match->where->node || places->keys[i] != match->is_key))
		i++;
	if (i == places->count) {
		places->nodes[i] = match->where->node;
		places->keys[i] = match->is_key;
		places->paths[places->count++] = 0;
	}
	places->twice |= once && (places->paths[i] >> path & 1);
	places->paths[i] |= 1u << path;
}

static bool walked(void *context, uint32_t path, const struct match *match)
{
	add_place(context, path, match, true);
	return true;
}

static bool selected(void *context, uint32_t path, const struct match *match)
{
	struct places *places = context;
	(void)path;
	add_place(places, places->path, match, false);
	return true;
}

static void assert_same_places(const struct places *a, const struct places *b)
{
	assert_int_equal(a->count, b->count);
	for (uint32_t i = 0; i < a->count; i++) {
		uint32_t j = 0;
		while (j < b->count && (a->nodes[i] != b->nodes[j] || a->keys[i] != b->keys[j]))
			j++;
		assert_true(j < b->count);
		assert_int_equal(a->paths[i], b->paths[j]);
	}
}

static void test_a_walk_finds_what_each_path_finds(void **state)
{
	(void)state;
	static const char *const texts[] = {"$", "$..n", "$.a..f", "$..*", "$..[?(@.f)]", "$..l[*]", "$..l[0]..f",
			"$.d[A,B,C].n", "$..n..n", "$..[?(@property==='f')]^", "$.d.*~", "$..", "$..[1]", "$.a.*.*", "$..d..l[-1]"};
	enum { COUNT = sizeof texts / sizeof *texts };
	const struct jsonpath *paths[COUNT];
	struct jsonpath_report reports[COUNT] = {0};
	struct fixture fixture;
	struct places *walk = calloc(1, sizeof *walk), *select = calloc(1, sizeof *select);
	fixture_init(&fixture, RINGS, true);
	struct step root = step_root(&fixture.view);
	for (uint32_t i = 0; i < COUNT; i++)
		paths[i] = compiled(&fixture, texts[i], JSONPATH_SPECTRAL);
	jsonpath_walk(jsonpath_set_new(fixture.arena, paths, COUNT), &fixture.view, walked, walk, reports);
	for (select->path = 0; select->path < COUNT; select->path++)
		jsonpath_select(paths[select->path], &fixture.view, &root, selected, select, &fixture.report);
	assert_false(walk->twice);
	assert_same_places(walk, select);
	assert_same_places(select, walk);
	free(walk);
	free(select);
	fixture_release(&fixture);
}

static bool stop(void *context, uint32_t path, const struct match *match)
{
	(void)path;
	(void)match;
	return --*(int *)context > 0;
}

static void test_the_caller_can_stop(void **state)
{
	(void)state;
	struct fixture fixture;
	int left = 2;
	fixture_init(&fixture, RINGS, true);
	const struct jsonpath *path = compiled(&fixture, "$..*", JSONPATH_SPECTRAL);
	jsonpath_walk(jsonpath_set_new(fixture.arena, &path, 1), &fixture.view, stop, &left, &fixture.report);
	assert_int_equal(left, 0);
	fixture_release(&fixture);
}

static void test_refused(void **state)
{
	(void)state;
	assert_refused("", JSONPATH_SPECTRAL, "starts with $");
	assert_refused("$.a~.b", JSONPATH_SPECTRAL, "offset 4: nothing may follow ~");
	assert_refused("$.a[", JSONPATH_SPECTRAL, "offset 4");
	assert_refused("$[?(@.a.foo())]", JSONPATH_SPECTRAL, "method");
	assert_refused("$[?(@.a", JSONPATH_SPECTRAL, "expected");
	assert_refused("$[?(name)]", JSONPATH_SPECTRAL, "offset 4: expected a value");
	assert_refused("$[?(@property.match(/(/))]", JSONPATH_SPECTRAL, "regular expression");
	assert_refused("$.a[?@.b==1", JSONPATH_RFC9535, "expected , or ]");
	assert_refused("$.[a]", JSONPATH_RFC9535, "offset 2");
	assert_refused("$[9007199254740992]", JSONPATH_RFC9535, "integer");
	assert_refused("$[?length(@.*)>1]", JSONPATH_RFC9535, "well-typed");
}

static void test_nesting_has_a_ceiling(void **state)
{
	(void)state;
	char text[4096] = "$[?";
	memset(text + 3, '(', 1000);
	assert_refused(text, JSONPATH_SPECTRAL, "nested");
	assert_refused(text, JSONPATH_RFC9535, "nested");
	memset(text + 3, '!', 1000);
	assert_refused(text, JSONPATH_SPECTRAL, "nested");
	memset(text + 1, '[', 1000);
	assert_refused(text, JSONPATH_SPECTRAL, "nested");
}

static void test_order_and_duplicates_of_rfc9535(void **state)
{
	(void)state;
	struct fixture fixture;
	fixture_init(&fixture, "[[1,[2]],3]", false);
	struct step root = step_root(&fixture.view);
	jsonpath_select(compiled(&fixture, "$..[1,0]", JSONPATH_RFC9535), &fixture.view, &root, add_match, &fixture,
			&fixture.report);
	assert_string_equal(fixture.out.ptr, "/1 /0 /0/1 /0/0 /0/1/0 ");
	strbuf_clear(&fixture.out);
	jsonpath_select(
			compiled(&fixture, "$[1,1]", JSONPATH_RFC9535), &fixture.view, &root, add_match, &fixture, &fixture.report);
	assert_string_equal(fixture.out.ptr, "/1 /1 ");
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_steps),
			cmocka_unit_test(test_filters),
			cmocka_unit_test(test_equality_is_that_of_javascript),
			cmocka_unit_test(test_a_filter_that_throws_does_not_match_and_counts),
			cmocka_unit_test(test_first_member_of_nimma),
			cmocka_unit_test(test_references_are_followed_and_end),
			cmocka_unit_test(test_of_repeated_keys_the_last_counts),
			cmocka_unit_test(test_filters_that_need_members),
			cmocka_unit_test(test_a_walk_finds_what_each_path_finds),
			cmocka_unit_test(test_the_caller_can_stop),
			cmocka_unit_test(test_refused),
			cmocka_unit_test(test_nesting_has_a_ceiling),
			cmocka_unit_test(test_order_and_duplicates_of_rfc9535),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
