/* SPDX-License-Identifier: EUPL-1.2 */
/* counterpart.yaml: what is wrong is refused with its line, and what is right answers as it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "rule/counterpart_read.h"

static const char sound[] =
		"counterpart: 1\n"
		"resources:\n"
		"  - {path: /callback/*, method: POST, status: 204}\n"
		"  - {path: /dicht, method: POST, authorization: Bearer keur-x, status: 204}\n"
		"  - {path: /vast, headers: {X-A: '1'}, body: {url: '{$x-keur.counterpart}/vast', n: 1}}\n"
		"  - {path: /stuf, method: POST, headers: {Content-Type: text/xml}, text: '<a>{$request.xml.nr}|{$request.xml.no}{$request.xml.naar/nr}</a>'}\n"
		"collections:\n"
		"  - path: /z/zaken\n"
		"    list: pages\n"
		"    id: uuid\n"
		"    filters: [naam, in__stad]\n"
		"    items: {een: {naam: a, in: {stad: b}}}\n"
		"    defaults: {soort: x}\n"
		"  - {path: /z/statussen, list: array, refers: {zaak: /z/zaken}}\n"
		"  - {path: /d/documenten, list: array, lock: true}\n";

struct world {
	struct arena *arena;
	struct doc *doc;
	struct stub *stub;
};

static const struct stub_book *read_text(struct world *world, const char *text, struct err *err)
{
	err_init(err, world->arena);
	world->doc = doc_of(STR("counterpart.yaml"), str_of(text), err);
	return world->doc ? counterpart_read(world->arena, world->doc, err) : NULL;
}

static int set_up(void **state)
{
	struct world *world = test_malloc(sizeof *world);
	struct err err;
	*world = (struct world){.arena = arena_new()};
	const struct stub_book *book = read_text(world, sound, &err);
	if (!book) print_message("%u: %.*s\n", err.loc.line, STR_FMT(err.message.in[LANG_EN]));
	assert_non_null(book);
	world->stub = stub_new(world->arena, book, STR("http://k:1"));
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	doc_close(world->doc);
	arena_free(world->arena);
	test_free(world);
	return 0;
}

/* Asks and compares: status, and how the body begins. */
static struct http_response ask(
		struct world *world, const char *method, const char *path, const char *body, uint32_t status, const char *start)
{
	struct http_request request = {.method = str_of(method), .body = str_of(body)};
	struct http_response response = {0};
	struct responder *responder = stub_responder(world->stub);
	request.url = str_printf(world->arena, "http://k:1%s", path);
	responder->answer(responder, &request, &response, world->arena);
	if (response.status != status || !str_starts(response.body, str_of(start)))
		print_message("%s %s: %u %.*s\n", method, path, response.status, STR_FMT(response.body));
	assert_int_equal(response.status, status);
	assert_true(str_starts(response.body, str_of(start)));
	return response;
}

#define ZAAK "http://k:1/z/zaken/00000000-0000-4000-8000-000000000001"
#define ID "/00000000-0000-4000-8000-00000000000"

static void resources_answer(void **state)
{
	struct world *world = *state;
	ask(world, "POST", "/callback/x?y", "{}", 204, "");
	ask(world, "GET", "/callback/x", "", 405, "{\"type\"");
	ask(world, "GET", "/callback/x/y", "", 404, "{\"type\"");
	struct http_response response = ask(world, "GET", "/vast", "", 200, "{\"url\":\"http://k:1/vast\",\"n\":1}");
	assert_true(str_eq(http_field_find(&response.fields, STR("X-A"))->value, STR("1")));
	ask(world, "POST", "/dicht", "{}", 403, "{\"type\"");
	ask(world, "POST", "/stuf", "<e><p:nr x='1'>42</p:nr><naar><nr>7</nr></naar></e>", 200, "<a>42|7</a>");
}

static void collections_live(void **state)
{
	struct world *world = *state;
	ask(world, "GET", "/z/zaken?naam=a&in__stad=b", "", 200,
			"{\"count\":1,\"next\":null,\"previous\":null,\"results\":[{\"url\"");
	ask(world, "GET", "/z/zaken?naam=c", "", 200, "{\"count\":0,");
	ask(world, "GET", "/z/zaken?stad=c", "", 400, "{\"type\"");
	ask(world, "GET", "/z/zaken?page=2", "", 404, "{\"type\"");
	ask(world, "GET", "/z/zaken/een", "", 200, "{\"url\":\"http://k:1/z/zaken/een\",\"uuid\":\"een\",\"naam\":\"a\"");
	struct http_response made = ask(world, "POST", "/z/zaken", "{\"naam\":\"n\",\"url\":\"x\"}", 201,
			"{\"url\":\"" ZAAK "\",\"uuid\":\"00000000-0000-4000-8000-000000000001\",\"naam\":\"n\",\"soort\":\"x\"}");
	assert_true(str_eq(http_field_find(&made.fields, STR("Location"))->value, STR(ZAAK)));
	ask(world, "POST", "/z/zaken", "[1]", 400, "{\"type\"");
	ask(world, "POST", "/z/zaken", "{", 400, "{\"type\"");
	ask(world, "PATCH", "/z/zaken" ID "1", "{\"naam\":null,\"o\":{\"p\":1}}", 200, "{\"url\":\"" ZAAK "\"");
	ask(world, "PUT", "/z/zaken" ID "1", "{\"soort\":\"y\"}", 200,
			"{\"url\":\"" ZAAK "\",\"uuid\":\"00000000-0000-4000-8000-000000000001\",\"soort\":\"y\"}");
	ask(world, "POST", "/z/statussen", "{\"zaak\":\"" ZAAK "\"}", 201, "{\"url\"");
	ask(world, "POST", "/z/statussen", "{\"zaak\":\"" ZAAK "9\"}", 400, "{\"type\"");
	ask(world, "DELETE", "/z/zaken" ID "1", "", 204, "");
	ask(world, "DELETE", "/z/zaken" ID "1", "", 404, "");
	ask(world, "POST", "/z/statussen", "{\"zaak\":\"" ZAAK "\"}", 400, "{\"type\"");
	ask(world, "GET", "/z/statussen", "", 200, "[{\"url\"");
}

static void locks_hold(void **state)
{
	struct world *world = *state;
	ask(world, "POST", "/d/documenten", "{\"titel\":\"t\"}", 201, "{\"url\"");
	ask(world, "PATCH", "/d/documenten" ID "1", "{\"titel\":\"u\"}", 400, "{\"type\"");
	ask(world, "POST", "/d/documenten" ID "1/lock", "", 200, "{\"lock\":\"00000000000000000000000000000001\"}");
	ask(world, "POST", "/d/documenten" ID "1/lock", "", 400, "{\"type\"");
	ask(world, "PATCH", "/d/documenten" ID "1", "{\"lock\":\"2\"}", 400, "{\"type\"");
	ask(world, "PATCH", "/d/documenten" ID "1", "{\"lock\":\"00000000000000000000000000000001\"}", 200, "{\"url\"");
	ask(world, "DELETE", "/d/documenten" ID "1", "", 400, "{\"type\"");
	ask(world, "POST", "/d/documenten" ID "1/unlock", "{\"lock\":\"00000000000000000000000000000001\"}", 204, "");
	ask(world, "DELETE", "/d/documenten" ID "1", "", 204, "");
}

static void pages_turn(void **state)
{
	struct world *world = *state;
	for (int i = 0; i < 100; i++)
		ask(world, "POST", "/z/zaken", "{}", 201, "");
	ask(world, "GET", "/z/zaken", "", 200, "{\"count\":101,\"next\":\"http://k:1/z/zaken?page=2\",\"previous\":null");
	ask(world, "GET", "/z/zaken?page=2", "", 200,
			"{\"count\":101,\"next\":null,\"previous\":\"http://k:1/z/zaken?page=1\"");
}

static void faults_have_places(void **state)
{
	static const struct {
		const char *text;
		uint32_t line;
	} wrong[] = {{"counterpart: 2\n", 1}, {"counterpart: 1\nresource: []\n", 2}, {"resources: []\n", 1},
			{"counterpart: 1\nresources:\n  - {path: callback}\n", 3},
			{"counterpart: 1\nresources:\n  - {path: /a, status: 99}\n", 3},
			{"counterpart: 1\nresources:\n  - {path: /a, status: 700}\n", 3},
			{"counterpart: 1\nresources:\n  - {path: /a, body: {}, text: b}\n", 3},
			{"counterpart: 1\nresources:\n  - {path: /a, headers: {'a b': c}}\n", 3},
			{"counterpart: 1\nresources:\n  - {path: /a, headers: {a: 1}}\n", 3},
			{"counterpart: 1\nresources:\n  - {path: '/a?b'}\n", 3},
			{"counterpart: 1\nresources:\n  - {path: /a, method: 'a b'}\n", 3},
			{"counterpart: 1\ncollections:\n  - {path: /a}\n", 3},
			{"counterpart: 1\ncollections:\n  - {path: /a/*, list: array}\n", 3},
			{"counterpart: 1\ncollections:\n  - {path: /a, list: array, filters: [1]}\n", 3},
			{"counterpart: 1\ncollections:\n  - {path: /a, list: array, items: {b/c: {}}}\n", 3},
			{"counterpart: 1\ncollections:\n  - {path: /a, list: array, items: {b: 1}}\n", 3},
			{"counterpart: 1\ncollections:\n  - {path: /a, list: array, refers: {b: /c}}\n", 3},
			{"counterpart: 1\ncollections:\n  - {path: /a, list: array}\n  - {path: /a, list: array}\n", 4},
			{"counterpart: 1\ncollections:\n  - {path: /a, list: array, lock: 1}\n", 3}};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct world world = {.arena = arena_new()};
		struct err err;
		assert_null(read_text(&world, wrong[i].text, &err));
		if (err.code != ERR_RULES || err.loc.line != wrong[i].line) print_message("%s", wrong[i].text);
		assert_int_equal(err.code, ERR_RULES);
		assert_int_equal(err.loc.line, wrong[i].line);
		assert_true(err.message.in[LANG_NL].len > 0);
		doc_close(world.doc);
		arena_free(world.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(resources_answer, set_up, tear_down),
			cmocka_unit_test_setup_teardown(collections_live, set_up, tear_down),
			cmocka_unit_test_setup_teardown(locks_hold, set_up, tear_down),
			cmocka_unit_test_setup_teardown(pages_turn, set_up, tear_down),
			cmocka_unit_test(faults_have_places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
