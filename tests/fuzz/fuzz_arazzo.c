/* SPDX-License-Identifier: EUPL-1.2 */
/* Arazzo documents made of any bytes, played on a transport that answers from the same bytes. */
#include "doc/doc.h"
#include "engine/arazzo_run.h"

static const char api[] = "openapi: 3.1.0\n"
						  "info: {title: t, version: '1'}\n"
						  "servers: [{url: 'https://a.test'}]\n"
						  "paths:\n"
						  "  /a/{id}:\n"
						  "    get: {operationId: a, parameters: [{name: q, in: query, style: deepObject}]}\n"
						  "    post: {operationId: b, requestBody: {content: {application/json: {}}}}\n";

struct answers {
	struct transport transport;
	struct str bytes;
	uint32_t count;
};

/* The status and the body come from the input, another part of it each time. */
static const struct exchange *answer(
		struct transport *transport, const struct http_request *request, struct str step, struct arena *arena)
{
	static struct http_field json = {{"content-type", 12}, {"application/json", 16}};
	struct answers *answers = (struct answers *)transport;
	struct exchange *exchange = arena_zalloc(arena, sizeof *exchange);
	uint32_t number = ++answers->count;
	unsigned char byte = answers->bytes.len ? (unsigned char)answers->bytes.ptr[number % answers->bytes.len] : 0;
	exchange->number = number;
	exchange->step = step;
	exchange->request = *request;
	if (byte % 7 == 0) {
		exchange->failure = (enum http_failure)(1 + byte % (FAILURE_COUNT - 1));
		exchange->why = TEXT("failed", "mislukt");
		return exchange;
	}
	exchange->response.status = 200 + byte;
	exchange->response.fields = (struct http_fields){&json, byte % 2};
	exchange->response.body = byte % 3 ? STR("{\"id\": [1, {\"a\": \"b\"}], \"n\": null}") : answers->bytes;
	return exchange;
}

static void close_doc(void *doc)
{
	doc_close(doc);
}

static const struct doc *open_api(
		struct scenario_loader *loader, struct str url, struct str base, struct arena *arena, struct err *err)
{
	(void)loader;
	(void)base;
	(void)url;
	struct doc *doc = doc_of(STR("api"), STR(api), err);
	if (doc) arena_on_free(arena, close_doc, doc);
	return doc;
}

static void play(struct arena *arena, const struct doc *doc, struct str bytes)
{
	struct err err;
	struct scenario_loader loader = {open_api};
	/* Both ways are tried, as the bytes have it. */
	struct scenario_options options = {.loader = &loader, .lenient = bytes.len % 2 == 1};
	struct answers answers = {{answer, NULL}, bytes, 0};
	err_init(&err, arena);
	struct scenario *scenario = scenario_load(arena, doc, &options, &err);
	if (!scenario) {
		if (err.message.in[LANG_EN].len == 0 || err.message.in[LANG_NL].len == 0) __builtin_trap();
		return;
	}
	struct scenario_run_options how = {.inputs = doc->root};
	struct scenario_run *run = scenario_play(scenario, &answers.transport, &how, arena);
	for (uint32_t i = 0; i < run->facts.result_count; i++)
		if (run->facts.results[i].rule >= scenario->rule_count) __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct err err;
	struct str bytes = {(const char *)data, size};
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("fuzz.yaml"), bytes, &err);
	if (doc) play(arena, doc, bytes);
	arena_free(arena);
	doc_close(doc);
	return 0;
}
