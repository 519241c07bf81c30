/* SPDX-License-Identifier: EUPL-1.2 */
/* Showing HTTP exchanges. */
#include "report/text_exchange.h"

enum { BODY_LINES = 12, BODY_BYTES = 400 };

static void add_line(const struct page *page, const char *mark, struct str text)
{
	page_tone(page, TONE_FAINT);
	strbuf_printf(page->out, "    %s ", mark);
	page_tone(page, TONE_PLAIN);
	page_clean(page, text, "      ");
	strbuf_add_char(page->out, '\n');
}

static void add_fields(const struct page *page, const char *mark, const struct http_fields *fields)
{
	for (uint32_t i = 0; i < fields->count; i++) {
		struct strbuf line;
		strbuf_init(&line, SIZE_MAX / 2);
		strbuf_printf(&line, "%.*s: %.*s", STR_FMT(fields->items[i].name), STR_FMT(fields->items[i].value));
		add_line(page, mark, strbuf_str(&line));
		strbuf_release(&line);
	}
}

/* Up to a few lines, and no longer than a paragraph: it says which body it is. */
static void add_body(const struct page *page, struct str body)
{
	struct str rest = body;
	if (rest.len > BODY_BYTES) {
		rest.len = BODY_BYTES;
		while (rest.len && (body.ptr[rest.len] & 0xC0) == 0x80)
			rest.len--;
	}
	for (int line = 0; rest.len && line < BODY_LINES; line++) {
		struct str shown = {rest.ptr, str_find(rest, '\n')};
		add_line(page, "<", shown);
		rest = str_skip(rest, shown.len + 1);
	}
	if (rest.len || body.len > BODY_BYTES) add_line(page, "<", STR("..."));
}

void text_exchange(const struct page *page, const struct exchange *exchange)
{
	const struct http_response *response = &exchange->response;
	struct strbuf line;
	strbuf_init(&line, SIZE_MAX / 2);
	strbuf_printf(&line, "%.*s %.*s", STR_FMT(exchange->request.method), STR_FMT(exchange->request.url));
	add_line(page, ">", strbuf_str(&line));
	strbuf_release(&line);
	if (!response->status) {
		add_line(page, "<", text_in(exchange->why, page->lang));
		return;
	}
	strbuf_init(&line, SIZE_MAX / 2);
	strbuf_printf(&line, "%u %.*s", response->status, STR_FMT(response->reason));
	add_line(page, "<", strbuf_str(&line));
	strbuf_release(&line);
	add_fields(page, "<", &response->fields);
	add_body(page, response->body);
}
