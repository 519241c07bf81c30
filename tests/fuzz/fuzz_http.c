/* SPDX-License-Identifier: EUPL-1.2 */
/* What servers send in header sections, and URLs that they name: within bounds, within ceilings, never half. */
#include <stdlib.h>

#include "base/vec.h"
#include "doc/uri.h"
#include "fetch/http_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_head(struct str bytes, struct arena *arena)
{
	struct http_response response = {0};
	struct http_head head = {.response = &response, .ceiling = 4096};
	while (bytes.len > 0) {
		size_t end = str_find(bytes, '\n');
		struct str line = {bytes.ptr, end < bytes.len ? end + 1 : end};
		if (!http_head_line(&head, line, arena)) break;
		bytes = str_skip(bytes, line.len);
	}
	if (!head.too_large && !head.fault && head.bytes > head.ceiling) abort();
	struct http_fields fields = http_head_take(&head, arena);
	for (uint32_t i = 0; i < fields.count; i++)
		if (fields.items[i].name.len == 0 || memchr(fields.items[i].value.ptr, 0, fields.items[i].value.len)) abort();
}

/* A redirect to wherever the bytes say: what comes of it is a URL that can be asked, or a reason why not. */
static void follow(struct str bytes, struct arena *arena)
{
	static struct http_client client;
	struct http_field location = {STR("Location"), bytes};
	struct exchange exchange = {.request = {.method = STR("POST"), .url = STR("https://example.nl/a/b?c")},
			.response = {.status = 302, .fields = {&location, 1}}};
	struct http_request next = exchange.request;
	struct text why;
	struct origin origin;
	if (!http_redirect(&client, &exchange, &next, &why, arena)) abort();
	bool fits = origin_of(next.url, &origin, &why, arena);
	struct text told;
	next = exchange.request;
	http_redirect(&client, &exchange, &next, &told, arena);
	if (fits == false && told.in[LANG_EN].len == 0) abort();
	if (fits && !origin.https && told.in[LANG_EN].len == 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct str bytes = {arena_copy(arena, data, size), size};
	read_head(bytes, arena);
	follow(bytes, arena);
	arena_free(arena);
	return 0;
}
