/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as a recording: no crash; what is read can be asked, recorded, written, and read and written the same
 * again. */
#include <stdlib.h>

#include "fetch/replay.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth)
{
	if (!truth) abort();
}

/* The same for every input, and made once. */
static const struct secrets *secrets_known(void)
{
	static struct secrets *secrets;
	if (secrets) return secrets;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	secrets = secrets_new(arena);
	require(secrets_add(secrets, STR("client"), STR("hunter2 \xC3\xA9/"), &err));
	require(secrets_add(secrets, STR("other"), STR("aaaa"), &err));
	secrets_seal(secrets);
	return secrets;
}

static void ask_all(struct transport *replay, const struct har *har, struct arena *arena)
{
	for (uint32_t i = 0; i < har->count; i++) {
		const struct exchange *answer = replay->send(replay, &har->entries[i].exchange.request, STR("fuzz"), arena);
		require(answer && answer->number > 0);
		require(answer->failure == FAILURE_NONE || answer->why.in[LANG_EN].ptr || answer->why.in[LANG_EN].len == 0);
	}
}

/* Replays a file, and writes what that gave. */
static bool rewrite(struct str text, struct strbuf *out, struct arena *arena)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("fuzz.har"), text, &err);
	bool ok = false;
	if (doc) {
		struct har *har = har_read(arena, doc, &err);
		const struct secrets *secrets = secrets_known();
		struct evidence *evidence = evidence_new(arena);
		struct transport *replay = har ? replay_new(arena, doc, secrets, evidence, &err) : NULL;
		if (replay) ask_all(replay, har, arena);
		ok = replay && har_write(evidence, secrets, out, &err);
	}
	require(ok || (err.code != ERR_NONE && err.message.in[LANG_EN].len > 0 && err.message.in[LANG_NL].len > 0));
	doc_close(doc);
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct strbuf first;
	strbuf_init(&first, 64 << 20);
	struct str bytes = {arena_copy(arena, data, size), size};
	secrets_redact_url(secrets_known(), bytes, arena);
	if (rewrite(bytes, &first, arena)) {
		struct strbuf second;
		strbuf_init(&second, 64 << 20);
		require(str_find_str(strbuf_str(&first), STR("hunter2 \xC3\xA9/")) == first.len);
		require(rewrite(strbuf_str(&first), &second, arena));
		strbuf_release(&second);
	}
	strbuf_release(&first);
	arena_free(arena);
	return 0;
}
