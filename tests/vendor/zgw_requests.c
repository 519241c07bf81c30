/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What keur's scenarios send, beside the official contract: `zgw_requests HAR CONTRACT BASE`. Every request to BASE
 * that a recording shows to be accepted must be right by the contract: a scenario may not ask a vendor to accept what
 * it forbids.
 */
#include <stdio.h>

#include "doc/doc.h"
#include "engine/openapi_check.h"
#include "fetch/har.h"

static void close_doc(void *doc)
{
	doc_close(doc);
}

static struct doc *open_doc(struct arena *arena, const char *path)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_open(path, &err);
	if (doc)
		arena_on_free(arena, close_doc, doc);
	else
		printf("%s: %.*s\n", path, STR_FMT(err.message.in[LANG_EN]));
	return doc;
}

static uint32_t tell(const struct har *har, const struct fact *fact, const struct result *results, uint32_t count)
{
	uint32_t told = 0;
	for (uint32_t i = 0; i < count; i++) {
		if (results[i].rule != CONTRACT_REQUEST) continue;
		const struct exchange *exchange = NULL;
		for (uint32_t k = 0; k < har->count && !exchange; k++)
			if (har->entries[k].exchange.number == results[i].exchange) exchange = &har->entries[k].exchange;
		printf("%.*s: %.*s\n", STR_FMT(exchange ? exchange->step : STR("?")), STR_FMT(results[i].message.in[LANG_EN]));
		told++;
	}
	if (fact->undecided) printf("undecided: %.*s\n", STR_FMT(fact->why.in[LANG_EN]));
	return told + fact->undecided;
}

/* How many bodies and parameters are wrong; `*count`: requests that were looked at. */
static uint32_t compare(
		struct arena *arena, const struct har *har, const struct doc *contract, const char *base, uint32_t *count)
{
	struct err err;
	err_init(&err, arena);
	struct openapi *openapi = openapi_new(arena, refs_new(arena, contract), &err);
	if (!openapi) return 1;
	struct openapi_check_options options = {.base = str_of(base), .requests = true};
	struct openapi_check *check = openapi_check_new(arena, openapi, &options);
	for (uint32_t i = 0; i < har->count; i++) {
		const struct exchange *exchange = &har->entries[i].exchange;
		uint32_t status = exchange->response.status;
		if (!str_starts(exchange->request.url, str_of(base)) || status < 200 || status > 299) continue;
		openapi_check_exchange(check, exchange);
		++*count;
	}
	const struct facts *facts = openapi_check_facts(check);
	return tell(har, &facts->items[CONTRACT_REQUEST], facts->results, (uint32_t)facts->result_count);
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct err err;
	uint32_t count = 0, wrong = 1;
	err_init(&err, arena);
	if (argc != 4) {
		printf("usage: zgw_requests HAR CONTRACT BASE\n");
		return 2;
	}
	struct doc *recording = open_doc(arena, argv[1]), *contract = open_doc(arena, argv[2]);
	struct har *har = recording && contract ? har_read(arena, recording, &err) : NULL;
	if (har) wrong = compare(arena, har, contract, argv[3], &count);
	printf("%s: requests that were accepted %u, wrong by the contract %u\n", argv[3], count, wrong);
	arena_free(arena);
	return wrong || count == 0;
}
