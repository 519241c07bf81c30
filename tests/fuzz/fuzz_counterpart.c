/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * counterpart.yaml, and what is asked of what it says: the first line is the request ("POST /a?b"), an empty line ends
 * its body, and the rest is the file. Whatever the bytes, there is an answer or an error with a place.
 */
#include <stdlib.h>

#include "rule/counterpart_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Asked twice, for what was made the first time may be changed the second. */
static void ask(struct stub *stub, struct str head, struct str body, struct arena *arena)
{
	size_t space = str_find(head, ' ');
	struct http_request request = {.method = {head.ptr, space}, .body = body};
	struct responder *responder = stub_responder(stub);
	request.url = str_printf(arena, "http://k:1%.*s", STR_FMT(str_skip(head, space + 1)));
	for (int i = 0; i < 2; i++) {
		struct http_response response = {0};
		responder->answer(responder, &request, &response, arena);
		if (response.status && (response.status < 200 || response.status > 599)) abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str all = {(const char *)data, size};
	struct str head = {all.ptr, str_find(all, '\n')}, rest = str_skip(all, head.len + 1);
	size_t end = str_find_str(rest, STR("\n\n"));
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("counterpart.yaml"), str_skip(rest, end + 2), &err);
	const struct stub_book *book = doc ? counterpart_read(arena, doc, &err) : NULL;
	if (!book && err.code == ERR_NONE) abort();
	if (book) {
		struct arena *own = arena_new();
		ask(stub_new(own, book, STR("http://k:1")), head, (struct str){rest.ptr, end}, arena);
		arena_free(own);
	}
	doc_close(doc);
	arena_free(arena);
	return 0;
}
