/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents over HTTP: by URL, where APIs publish them, and what `$ref` names. */
#include "support/client.h"

#include "base/limits.h"
#include "doc/pointer.h"
#include "fetch/fetch.h"

/* What a server has: paths and what is there. Other paths are 404. */
struct page {
	const char *path, *status, *fields, *body;
};

static bool answer_pages(struct server *server, int fd, const char *request, int number)
{
	(void)number;
	const char *path = strchr(request, ' ') + 1;
	size_t length = strcspn(path, " ?");
	for (const struct page *page = server->data; page->path; page++)
		if (strlen(page->path) == length && strncmp(page->path, path, length) == 0) {
			server_reply(fd, page->status, page->fields, page->body);
			return true;
		}
	server_reply(fd, "404 Not Found", "", "no such thing");
	return true;
}

struct site {
	struct server server;
	struct session s;
	struct err err;
	struct fetched out;
};

static void site_open(struct site *site, const struct page *pages)
{
	session_init(&site->s);
	assert_true(server_start(&site->server, "127.0.0.1", answer_pages, (void *)pages));
	session_open(&site->s);
	err_init(&site->err, site->s.arena);
}

static void site_close(struct site *site)
{
	doc_close(site->out.doc);
	server_stop(&site->server);
	session_close(&site->s);
}

static struct str site_url(struct site *site, const char *path)
{
	return str_printf(site->s.arena, "http://127.0.0.1:%u%s", site->server.port, path);
}

static bool site_fetch(struct site *site, const char *path)
{
	return fetch_doc(site->s.transport, site_url(site, path), STR("step"), site->s.arena, &site->out, &site->err);
}

static bool site_discover(struct site *site, const char *base)
{
	return fetch_openapi(site->s.transport, site_url(site, base), STR("step"), site->s.arena, &site->out, &site->err);
}

static void a_document_is_read_whatever_its_media_type(void **state)
{
	(void)state;
	const struct page pages[] = {{"/a", "200 OK", "Content-Type: text/plain\r\n", "openapi: 3.0.3\n"},
			{"/b", "200 OK", "Content-Type: application/octet-stream\r\n", "{\"openapi\": \"3.0.3\"}"}, {0}};
	struct site site;
	site_open(&site, pages);
	assert_true(site_fetch(&site, "/a"));
	assert_int_equal(site.out.doc->format, DOC_YAML);
	assert_str(site.out.doc->source->name, site_url(&site, "/a").ptr);
	assert_str(site.out.last->step, "step");
	doc_close(site.out.doc);
	assert_true(site_fetch(&site, "/b"));
	assert_int_equal(site.out.doc->format, DOC_JSON);
	assert_non_null(strstr(site.server.kept[0], "Accept: application/json, application/yaml"));
	site_close(&site);
}

static void what_is_no_document_is_an_error(void **state)
{
	(void)state;
	const struct page pages[] = {{"/broken", "200 OK", "", "{\"a\": "}, {"/gone", "500 Oops", "", "{}"}, {0}};
	const struct {
		const char *path;
		enum err_code code;
		const char *words;
	} cases[] = {
			{"/broken", ERR_SYNTAX, ""}, {"/gone", ERR_IO, "found status 500"}, {"/none", ERR_IO, "found status 404"}};
	struct site site;
	site_open(&site, pages);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		err_init(&site.err, site.s.arena);
		assert_false(site_fetch(&site, cases[i].path));
		assert_int_equal(site.err.code, cases[i].code);
		assert_non_null(strstr(site.err.message.in[LANG_EN].ptr, cases[i].words));
		assert_true(site.err.message.in[LANG_NL].len > 0);
		assert_null(site.out.doc);
		assert_non_null(site.out.last);
	}
	site_close(&site);
}

static void a_document_behind_a_redirect_has_the_name_of_its_place(void **state)
{
	(void)state;
	const struct page pages[] = {{"/here", "302 Found", "Location: /there/x.yaml?key=1\r\n", ""},
			{"/there/x.yaml", "200 OK", "", "a: 1\n"}, {0}};
	struct site site;
	site_open(&site, pages);
	assert_true(site_fetch(&site, "/here"));
	assert_str(site.out.doc->source->name, site_url(&site, "/there/x.yaml").ptr);
	site_close(&site);
}

static void discovery_case(const struct page *pages, const char *base, const char *found, int requests)
{
	struct site site;
	site_open(&site, pages);
	if (!site_discover(&site, base)) fail_msg("%.*s", STR_FMT(site.err.message.in[LANG_EN]));
	assert_str(site.out.doc->source->name, site_url(&site, found).ptr);
	assert_int_equal(site.server.requests, requests);
	assert_int_equal(site.s.keeper.count, requests);
	site_close(&site);
}

static void a_description_is_found_where_it_is_published(void **state)
{
	(void)state;
	const char *text = "{\"openapi\": \"3.0.3\"}";
	const struct page adr[] = {{"/v1/openapi.json", "200 OK", "", text}, {"/v1/openapi.yaml", "200 OK", "", text}, {0}};
	const struct page yaml[] = {{"/openapi.yaml", "200 OK", "", "openapi: 3.1.0\n"}, {0}};
	const struct page vng[] = {{"/api/schema/openapi.yaml", "200 OK", "", "openapi: 3.0.0\n"}, {0}};
	const struct page old[] = {{"/schema/openapi.json", "200 OK", "", "{\"swagger\": \"2.0\"}"}, {0}};
	const struct page front[] = {{"/openapi.json", "200 OK", "", "<!doctype html><title>App</title>"},
			{"/openapi.yaml", "200 OK", "", "title: something else\n"}, {"/schema/openapi.yaml", "403 No", "", ""},
			{"/schema/openapi.json", "200 OK", "", text}, {0}};
	discovery_case(adr, "/v1", "/v1/openapi.json", 1);
	discovery_case(adr, "/v1/", "/v1/openapi.json", 1);
	discovery_case(yaml, "", "/openapi.yaml", 2);
	discovery_case(vng, "/api", "/api/schema/openapi.yaml", 3);
	discovery_case(old, "", "/schema/openapi.json", 4);
	discovery_case(front, "", "/schema/openapi.json", 4);
}

static void what_was_tried_is_told(void **state)
{
	(void)state;
	const struct page pages[] = {
			{"/openapi.yaml", "401 Who", "", ""}, {"/schema/openapi.json", "200 OK", "", "a: 1\n"}, {0}};
	struct site site;
	site_open(&site, pages);
	assert_false(site_discover(&site, ""));
	assert_int_equal(site.err.code, ERR_IO);
	assert_int_equal(site.server.requests, 4);
	assert_int_equal(site.out.last->response.status, 401);
	const char *const words[] = {"/openapi.json: ", "status 404", "/openapi.yaml: ", "status 401",
			"/schema/openapi.yaml: ", "/schema/openapi.json: a document without openapi"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		assert_non_null(strstr(site.err.message.in[LANG_EN].ptr, words[i]));
	assert_non_null(strstr(site.out.tried.in[LANG_NL].ptr, "een document zonder openapi"));
	site_close(&site);
}

static void a_dead_host_is_asked_once(void **state)
{
	(void)state;
	struct session s;
	struct err err;
	struct fetched out;
	session_init(&s);
	session_open(&s);
	err_init(&err, s.arena);
	assert_false(fetch_openapi(s.transport, STR("http://127.0.0.1:1/api"), STR(""), s.arena, &out, &err));
	assert_int_equal(s.keeper.count, 1);
	assert_int_equal(out.last->failure, FAILURE_CONNECT);
	session_close(&s);
}

static struct refs *site_refs(struct site *site, struct doc_loader *loader)
{
	assert_true(site_fetch(site, "/main.yaml"));
	return refs_new_with(site->s.arena, site->out.doc, loader);
}

static void references_lead_to_other_servers(void **state)
{
	(void)state;
	const struct page pages[] = {
			{"/main.yaml", "200 OK", "",
					"a: {$ref: 'sub/types.yaml#/T'}\nb: {$ref: 'sub/types.yaml#/U'}\nc: {$ref: 'main.yaml#/d'}\nd: 1\n"},
			{"/sub/types.yaml", "200 OK", "", "T: {$ref: '../more.json#/x'}\nU: {v: 2}\n"},
			{"/more.json", "200 OK", "", "{\"x\": {\"v\": 3}}"}, {0}};
	struct site site;
	site_open(&site, pages);
	struct doc_loader *loader = fetch_loader_new(site.s.arena, site.s.transport, STR("refs"));
	struct refs *refs = site_refs(&site, loader);
	assert_int_equal(refs->problem_count, 0);
	assert_int_equal(refs->doc_count, 3);
	const struct target *target = refs_target(refs, pointer_get(site.out.doc->root, STR("/a")));
	assert_str(target->doc->source->name, site_url(&site, "/more.json").ptr);
	assert_str(node_text(node_member(target->node, STR("v"))), "3");
	assert_int_equal(site.server.requests, 3);
	/* What was asked once is not asked again. */
	refs_new_with(site.s.arena, site.out.doc, loader);
	assert_int_equal(site.server.requests, 3);
	assert_str(site.s.keeper.taken[1]->step, "refs");
	site_close(&site);
}

static void what_a_server_says_leads_to_no_file(void **state)
{
	(void)state;
	const struct page pages[] = {
			{"/main.yaml", "200 OK", "",
					"a: {$ref: 'file:///etc/passwd'}\nb: {$ref: '/etc/passwd'}\nc: {$ref: '../../../../etc/passwd'}\n"
					"d: {$ref: '//127.0.0.1:1/x'}\ne: {example: {$ref: '/in-an-example'}}\n"},
			{0}};
	struct site site;
	site_open(&site, pages);
	struct refs *refs = site_refs(&site, fetch_loader_new(site.s.arena, site.s.transport, STR("refs")));
	static const enum ref_problem_kind kinds[] = {REF_MALFORMED, REF_REMOTE, REF_REMOTE, REF_REMOTE};
	assert_int_equal(refs->doc_count, 1);
	assert_int_equal(refs->problem_count, 4);
	for (int i = 0; i < 4; i++)
		assert_int_equal(refs->problems[i].kind, kinds[i]);
	assert_non_null(strstr(refs->problems[1].message.in[LANG_EN].ptr,
			"could not be fetched: expected a document with status 200, found status 404"));
	/* main.yaml, /etc/passwd once, and whom nobody reaches. */
	assert_int_equal(site.server.requests, 2);
	assert_int_equal(site.s.keeper.count, 3);
	site_close(&site);
}

static void a_document_that_cannot_be_read_is_another_matter(void **state)
{
	(void)state;
	const struct page pages[] = {
			{"/main.yaml", "200 OK", "", "a: {$ref: 'broken.json#/x'}\n"}, {"/broken.json", "200 OK", "", "{"}, {0}};
	struct site site;
	site_open(&site, pages);
	struct refs *refs = site_refs(&site, fetch_loader_new(site.s.arena, site.s.transport, STR("refs")));
	assert_int_equal(refs->problem_count, 1);
	assert_int_equal(refs->problems[0].kind, REF_UNREADABLE);
	site_close(&site);
}

/* Every document refers to the next, for ever. */
static bool answer_endless(struct server *server, int fd, const char *request, int number)
{
	(void)server;
	(void)request;
	char body[64];
	(void)snprintf(body, sizeof body, "a: {$ref: '/%d.yaml#/b'}\n", number);
	server_reply(fd, "200 OK", "", body);
	return true;
}

static void documents_without_end_have_a_ceiling(void **state)
{
	(void)state;
	struct site site;
	site_open(&site, NULL);
	site.server.answer = answer_endless;
	struct refs *refs = site_refs(&site, fetch_loader_new(site.s.arena, site.s.transport, STR("refs")));
	assert_int_equal(refs->doc_count, 1 + LIMIT_REMOTE_DOCUMENTS);
	assert_int_equal(site.server.requests, 1 + LIMIT_REMOTE_DOCUMENTS);
	const struct ref_problem *last = &refs->problems[refs->problem_count - 1];
	assert_non_null(strstr(last->message.in[LANG_EN].ptr, "more than 100 documents"));
	site_close(&site);
}

/* Each answer took a hundred seconds, or so it says. */
static const struct exchange *send_slowly(
		struct transport *transport, const struct http_request *request, struct str step, struct arena *arena)
{
	(void)transport;
	(void)step;
	struct exchange *exchange = arena_zalloc(arena, sizeof *exchange);
	exchange->request.url = str_copy(arena, request->url);
	exchange->response = (struct http_response){.status = 200, .body = STR("b: 1")};
	exchange->timing.total = 100 * 1000;
	return exchange;
}

static void the_time_of_all_documents_has_a_ceiling(void **state)
{
	(void)state;
	const struct page pages[] = {{"/main.yaml", "200 OK", "",
										 "[{$ref: 'http://a.nl/1#/b'}, {$ref: 'http://a.nl/2#/b'}, "
										 "{$ref: 'http://a.nl/3#/b'}, {$ref: 'http://a.nl/4#/b'}, "
										 "{$ref: 'http://a.nl/1#/b'}]"},
			{0}};
	struct transport slow = {.send = send_slowly};
	struct site site;
	site_open(&site, pages);
	struct refs *refs = site_refs(&site, fetch_loader_new(site.s.arena, &slow, STR("refs")));
	assert_int_equal(refs->doc_count, 4);
	assert_int_equal(refs->problem_count, 1);
	assert_non_null(strstr(refs->problems[0].message.in[LANG_EN].ptr, "took 300 s together"));
	assert_non_null(strstr(refs->problems[0].message.in[LANG_NL].ptr, "samen 300 s"));
	site_close(&site);
}

static void a_host_that_is_not_reached_is_asked_once(void **state)
{
	(void)state;
	const struct page pages[] = {
			{"/main.yaml", "200 OK", "", "a: {$ref: 'http://127.0.0.1:1/a'}\nb: {$ref: 'http://127.0.0.1:1/b'}\n"},
			{0}};
	struct site site;
	site_open(&site, pages);
	struct refs *refs = site_refs(&site, fetch_loader_new(site.s.arena, site.s.transport, STR("refs")));
	assert_int_equal(refs->problem_count, 2);
	assert_int_equal(refs->problems[1].kind, REF_REMOTE);
	assert_true(refs->problems[1].message.in[LANG_NL].len > 0);
	assert_int_equal(site.s.keeper.count, 2);
	site_close(&site);
}

static void without_a_loader_nothing_is_asked(void **state)
{
	(void)state;
	const struct page pages[] = {{"/main.yaml", "200 OK", "", "a: {$ref: 'x.yaml'}\n"}, {0}};
	struct site site;
	site_open(&site, pages);
	struct refs *refs = site_refs(&site, NULL);
	assert_int_equal(refs->problem_count, 1);
	assert_int_equal(refs->problems[0].kind, REF_REMOTE);
	assert_int_equal(site.server.requests, 1);
	site_close(&site);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(a_document_is_read_whatever_its_media_type),
			cmocka_unit_test(what_is_no_document_is_an_error),
			cmocka_unit_test(a_document_behind_a_redirect_has_the_name_of_its_place),
			cmocka_unit_test(a_description_is_found_where_it_is_published),
			cmocka_unit_test(what_was_tried_is_told),
			cmocka_unit_test(a_dead_host_is_asked_once),
			cmocka_unit_test(references_lead_to_other_servers),
			cmocka_unit_test(what_a_server_says_leads_to_no_file),
			cmocka_unit_test(a_document_that_cannot_be_read_is_another_matter),
			cmocka_unit_test(documents_without_end_have_a_ceiling),
			cmocka_unit_test(the_time_of_all_documents_has_a_ceiling),
			cmocka_unit_test(a_host_that_is_not_reached_is_asked_once),
			cmocka_unit_test(without_a_loader_nothing_is_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
