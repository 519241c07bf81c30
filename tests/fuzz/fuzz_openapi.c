/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzzes the comparison of an exchange with a description: the document, a line `%`, a line with method, URL, status,
 * request fields up to an empty line, request body up to a line `%`, then response fields and body likewise.
 */
#include <stdlib.h>

#include "engine/openapi_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str take(struct str *rest, struct str end)
{
	struct str part = {rest->ptr, str_find_str(*rest, end)};
	*rest = str_skip(*rest, part.len + end.len);
	return part;
}

static struct http_fields take_fields(struct str *rest, struct arena *arena)
{
	struct http_fields fields = {arena_alloc(arena, 50 * sizeof *fields.items), 0};
	while (rest->len && fields.count < 50) {
		struct str line = take(rest, STR("\n"));
		if (line.len == 0) break;
		struct str name = {line.ptr, str_find(line, ':')};
		fields.items[fields.count++] = (struct http_field){name, str_skip(line, name.len + 1)};
	}
	return fields;
}

static struct exchange take_exchange(struct str rest, struct arena *arena)
{
	struct exchange exchange = {.number = 1};
	uint32_t status = 0;
	exchange.request.method = take(&rest, STR(" "));
	exchange.request.url = take(&rest, STR(" "));
	str_to_u32(take(&rest, STR("\n")), &status);
	exchange.response.status = status;
	exchange.request.fields = take_fields(&rest, arena);
	exchange.request.body = take(&rest, STR("\n%\n"));
	exchange.response.fields = take_fields(&rest, arena);
	exchange.response.body = rest;
	return exchange;
}

static void check_facts(const struct facts *facts)
{
	for (uint32_t i = 0; i < facts->result_count; i++) {
		const struct result *result = &facts->results[i];
		if (!result->message.in[LANG_EN].len || !result->message.in[LANG_NL].len || !result->doc) abort();
		if (result->rule >= CONTRACT_RULES || facts->items[result->rule].violations == 0) abort();
	}
	for (int i = 0; i < CONTRACT_RULES; i++)
		if (facts->items[i].undecided && !facts->items[i].why.in[LANG_NL].len) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	size_t line = str_find_str(text, STR("\n%\n"));
	if (line == size || memmem(data, line, "$ref: .", 7) || memmem(data, line, "$ref: /", 7)) return 0;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("document"), (struct str){text.ptr, line}, &err);
	struct openapi *openapi = doc ? openapi_new(arena, refs_new(arena, doc), &err) : NULL;
	if (openapi) {
		struct openapi_check_options options = {.base = STR("https://api.nl/v1"), .requests = true};
		struct openapi_check *check = openapi_check_new(arena, openapi, &options);
		struct exchange exchange = take_exchange(str_skip(text, line + 3), arena);
		openapi_check_exchange(check, &exchange);
		openapi_check_exchange(check, &exchange);
		check_facts(openapi_check_facts(check));
	}
	arena_free(arena);
	doc_close(doc);
	return 0;
}
