/* SPDX-License-Identifier: EUPL-1.2 */
/* What the tests of fetch/ share: exchanges made of literals. */
#ifndef KEUR_TESTS_UNIT_FETCH_EXCHANGES_H
#define KEUR_TESTS_UNIT_FETCH_EXCHANGES_H

#include "support/fixture.h"

#include "fetch/har.h"
#include "fetch/replay.h"

static inline struct http_fields one_field(struct arena *arena, const char *name, struct str value)
{
	struct http_fields fields = {arena_alloc(arena, sizeof *fields.items), 1};
	fields.items[0] = (struct http_field){str_of(name), value};
	return fields;
}

/* GET of `url` that was answered with 200 and `body`. */
static inline struct exchange get_exchange(struct arena *arena, const char *url, const char *body)
{
	return (struct exchange){.step = STR("flow/step"),
			.started = STR("2026-11-25T12:00:00.000Z"),
			.request = {.method = STR("GET"), .url = str_of(url)},
			.response = {.status = 200,
					.reason = STR("OK"),
					.version = STR("HTTP/1.1"),
					.fields = one_field(arena, "Content-Type", STR("application/json")),
					.body = str_of(body),
					.wire_bytes = strlen(body)},
			.timing = {.dns = -1, .connect = 1.5, .tls = -1, .send = 0.25, .wait = 3, .receive = 0.125, .total = 4.875},
			.address = STR("127.0.0.1")};
}

static inline struct str write_har(struct arena *arena, const struct evidence *evidence, const struct secrets *secrets)
{
	struct err err;
	struct strbuf buf;
	err_init(&err, arena);
	strbuf_init(&buf, SIZE_MAX / 2);
	if (!har_write(evidence, secrets, &buf, &err)) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	struct str text = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return text;
}

static inline struct doc *har_doc(struct arena *arena, struct str text)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("run.har"), text, &err);
	if (!doc) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	return doc;
}

#endif
