/* SPDX-License-Identifier: EUPL-1.2 */
/* A transport that answers from a list, and scenarios in memory: for tests of engine/arazzo. */
#ifndef KEUR_TESTS_ARAZZO_STUB_H
#define KEUR_TESTS_ARAZZO_STUB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "doc/json.h"
#include "engine/arazzo_run.h"

/* What is answered to the requests that start so: "GET /things". */
struct answer {
	const char *request; /* method, space, start of the path; NULL ends the list */
	uint32_t status;
	const char *body;   /* NULL: none */
	const char *fields; /* "name: value\n..." ; NULL: JSON */
	uint32_t times;     /* after that many the next entry that fits; 0: always */
	enum http_failure failure;
	double took; /* milliseconds; of a failure */
};

enum { SEEN_MOST = 200 };

struct stub {
	struct transport transport;
	struct answer *answers;
	uint32_t used[64];
	uint32_t count, waited, waits;
	struct arena *arena;
	char *seen[SEEN_MOST]; /* "GET http://..." */
	char *bodies[SEEN_MOST];
	char *fields[SEEN_MOST]; /* "name: value\n" each */
	bool anonymous[SEEN_MOST], kept[SEEN_MOST];
	struct str client[SEEN_MOST];
	const struct token_change *token[SEEN_MOST];
};

static inline void stub_fields(struct arena *arena, const char *text, struct http_fields *out)
{
	struct str rest = str_of(text);
	out->items = arena_alloc(arena, 20 * sizeof *out->items);
	for (out->count = 0; rest.len > 0; out->count++) {
		struct str line = {rest.ptr, str_find(rest, '\n')};
		size_t colon = str_find(line, ':');
		out->items[out->count] = (struct http_field){{line.ptr, colon}, str_skip(line, colon + 2)};
		rest = str_skip(rest, line.len + 1);
	}
}

static inline bool stub_fits(const struct answer *answer, const struct http_request *request)
{
	struct str url = request->url, wanted = str_of(answer->request);
	size_t scheme = str_find_str(url, STR("://"));
	struct str rest = str_skip(url, scheme + 3);
	rest = str_skip(rest, str_find(rest, '/'));
	size_t space = str_find(wanted, ' ');
	return str_eq((struct str){wanted.ptr, space}, request->method) && str_starts(rest, str_skip(wanted, space + 1));
}

static inline const struct answer *stub_choose(struct stub *stub, const struct http_request *request)
{
	for (uint32_t i = 0; stub->answers[i].request; i++) {
		if (!stub_fits(&stub->answers[i], request)) continue;
		if (stub->answers[i].times && stub->used[i] == stub->answers[i].times) continue;
		stub->used[i]++;
		return &stub->answers[i];
	}
	return NULL;
}

static inline const struct exchange *stub_send(
		struct transport *transport, const struct http_request *request, struct str step, struct arena *arena)
{
	struct stub *stub = (struct stub *)transport;
	struct exchange *exchange = arena_zalloc(arena, sizeof *exchange);
	const struct answer *answer = stub_choose(stub, request);
	exchange->number = stub->count + 1;
	exchange->step = step;
	exchange->request = *request;
	if (stub->count < SEEN_MOST) {
		struct strbuf fields;
		strbuf_init(&fields, 100000);
		for (uint32_t i = 0; i < request->fields.count; i++)
			strbuf_printf(&fields, "%.*s: %.*s\n", STR_FMT(request->fields.items[i].name),
					STR_FMT(request->fields.items[i].value));
		stub->seen[stub->count] = arena_copy(stub->arena,
				str_printf(stub->arena, "%.*s %.*s", STR_FMT(request->method), STR_FMT(request->url)).ptr,
				request->method.len + 1 + request->url.len);
		stub->bodies[stub->count] = arena_copy(stub->arena, request->body.ptr, request->body.len);
		stub->fields[stub->count] = (char *)strbuf_take(&fields, stub->arena).ptr;
		stub->anonymous[stub->count] = request->anonymous;
		stub->kept[stub->count] = request->keep_redirect;
		stub->client[stub->count] = request->client;
		stub->token[stub->count] = request->token;
	}
	stub->count++;
	if (!answer || answer->failure != FAILURE_NONE) {
		exchange->failure = answer ? answer->failure : FAILURE_CONNECT;
		exchange->timing.total = answer ? answer->took : 0;
		exchange->why = TEXT("the stub has no answer", "de nabootsing heeft geen antwoord");
		return exchange;
	}
	exchange->response.status = answer->status;
	exchange->response.body = answer->body ? str_of(answer->body) : (struct str){"", 0};
	stub_fields(arena, answer->fields ? answer->fields : "Content-Type: application/json", &exchange->response.fields);
	return exchange;
}

static inline void stub_wait(struct transport *transport, uint32_t milliseconds)
{
	struct stub *stub = (struct stub *)transport;
	stub->waited += milliseconds;
	stub->waits++;
}

/* The documents that source descriptions name. */
struct shelf {
	struct scenario_loader loader;
	struct {
		const char *name;
		const char *text;
	} items[8];
};

static inline void shelf_close(void *doc)
{
	doc_close(doc);
}

static inline const struct doc *shelf_open(
		struct scenario_loader *loader, struct str url, struct str base, struct arena *arena, struct err *err)
{
	struct shelf *shelf = (struct shelf *)loader;
	(void)base;
	for (int i = 0; i < 8 && shelf->items[i].name; i++) {
		if (!str_eq(url, str_of(shelf->items[i].name))) continue;
		struct doc *doc = doc_of(url, str_of(shelf->items[i].text), err);
		if (!doc) return NULL;
		arena_on_free(arena, shelf_close, doc);
		return doc;
	}
	err_set(err, ERR_IO, (struct loc){0}, "not on the shelf", "niet op de plank");
	return NULL;
}

static const char stub_api[] =
		"openapi: 3.0.3\n"
		"info: {title: t, version: '1'}\n"
		"servers: [{url: 'https://api.test/v1/'}]\n"
		"paths:\n"
		"  /things:\n"
		"    get:\n"
		"      operationId: list\n"
		"      parameters:\n"
		"        - {name: tags, in: query, schema: {type: array}}\n"
		"        - {name: piped, in: query, style: pipeDelimited, explode: false, schema: {type: array}}\n"
		"        - {name: flat, in: query, explode: false, schema: {type: array}}\n"
		"        - {name: deep, in: query, style: deepObject, schema: {type: object}}\n"
		"        - {name: must, in: query, required: false, schema: {type: string}}\n"
		"      responses: {'200': {description: ok}}\n"
		"    post:\n"
		"      operationId: create\n"
		"      requestBody: {content: {application/json: {schema: {type: object}}}}\n"
		"      responses: {'201': {description: ok}}\n"
		"  /things/{id}:\n"
		"    get: {operationId: read, responses: {'200': {description: ok}}}\n"
		"    delete: {operationId: remove, responses: {'204': {description: ok}}}\n";

struct fixture {
	struct arena *arena;
	struct doc *doc;
	struct scenario *scenario;
	struct stub stub;
	struct shelf shelf;
	struct scenario_run *run;
	const struct node *inputs;
	struct scenario_run_options options;
};

#define HEAD                                                                                                           \
	"arazzo: 1.0.1\n"                                                                                                  \
	"info: {title: t, version: '1'}\n"                                                                                 \
	"sourceDescriptions: [{name: api, type: openapi, url: api.yaml}]\n"                                                \
	"workflows:\n"

static inline void close_fixture(struct fixture *fixture)
{
	doc_close(fixture->doc);
	arena_free(fixture->arena);
}

static inline void open_fixture(struct fixture *fixture, const char *text)
{
	struct err err;
	*fixture = (struct fixture){.arena = arena_new()};
	err_init(&err, fixture->arena);
	fixture->shelf = (struct shelf){{shelf_open}, {{"api.yaml", stub_api}}};
	fixture->doc = doc_of(STR("test.arazzo.yaml"), str_of(text), &err);
	if (!fixture->doc) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	struct scenario_options options = {.loader = &fixture->shelf.loader};
	fixture->scenario = scenario_load(fixture->arena, fixture->doc, &options, &err);
	if (!fixture->scenario) fail_msg("%u:%u %.*s", err.loc.line, err.loc.column, STR_FMT(err.message.in[LANG_EN]));
}

static inline void play(struct fixture *fixture, const char *text, struct answer *answers, const char *inputs)
{
	struct err err;
	open_fixture(fixture, text);
	err_init(&err, fixture->arena);
	fixture->stub = (struct stub){.transport = {stub_send, stub_wait}, .answers = answers, .arena = fixture->arena};
	if (inputs) {
		struct doc *doc = doc_of(STR("inputs"), str_of(inputs), &err);
		arena_on_free(fixture->arena, shelf_close, doc);
		fixture->options.inputs = doc->root;
	}
	fixture->run = scenario_play(fixture->scenario, &fixture->stub.transport, &fixture->options, fixture->arena);
}

static inline const struct scenario_step *step_of(const struct fixture *fixture, const char *name)
{
	for (uint32_t i = 0; i < fixture->run->step_count; i++)
		if (!fixture->run->steps[i].replaced && str_eq(fixture->run->steps[i].name, str_of(name)))
			return &fixture->run->steps[i];
	fail_msg("no step %s", name);
	return NULL;
}

static inline const struct fact *fact_of(const struct fixture *fixture, const char *name)
{
	uint32_t rule = scenario_rule_find(fixture->scenario, str_of(name));
	if (rule == UINT32_MAX) fail_msg("no rule %s", name);
	return &fixture->run->facts.items[rule];
}

static inline void assert_holds(const struct fixture *fixture, const char *name)
{
	const struct fact *fact = fact_of(fixture, name);
	assert_true(fact->applies);
	if (fact->undecided) fail_msg("%.*s", STR_FMT(fact->why.in[LANG_EN]));
	assert_int_equal(fact->violations, 0);
}

static inline void assert_undecided(const struct fixture *fixture, const char *name, const char *why)
{
	const struct fact *fact = fact_of(fixture, name);
	assert_true(fact->undecided);
	assert_int_equal(fact->violations, 0);
	if (str_find_str(fact->why.in[LANG_EN], str_of(why)) == fact->why.in[LANG_EN].len)
		fail_msg("why: %.*s", STR_FMT(fact->why.in[LANG_EN]));
	assert_true(fact->why.in[LANG_NL].len > 0);
}

#endif
