/* SPDX-License-Identifier: EUPL-1.2 */
/* What tests of contract comparison share: two documents as text, and what comparing them finds. */
#ifndef KEUR_TESTS_SUPPORT_CONTRACT_H
#define KEUR_TESTS_SUPPORT_CONTRACT_H

#include "support/fixture.h"

#include "engine/contract.h"

struct compared {
	struct arena *arena;
	struct doc *official, *vendor;
	struct facts facts;
};

static inline const struct openapi *compared_model(struct arena *arena, const struct doc *doc)
{
	struct err err;
	err_init(&err, arena);
	struct openapi *openapi = openapi_new(arena, refs_new(arena, doc), &err);
	if (!openapi) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	return openapi;
}

static inline struct compared compare_texts(const char *official, const char *vendor)
{
	struct compared compared = {.arena = arena_new()};
	compared.official = fixture_doc(compared.arena, official);
	compared.vendor = fixture_doc(compared.arena, vendor);
	contract_compare(compared.arena, compared_model(compared.arena, compared.official),
			compared_model(compared.arena, compared.vendor), &compared.facts);
	return compared;
}

static inline void compared_end(struct compared *compared)
{
	arena_free(compared->arena);
	doc_close(compared->official);
	doc_close(compared->vendor);
}

/* Everything that was found, a line for each: the rule, then the message. */
static inline struct str compared_lines(const struct compared *compared)
{
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	for (uint32_t i = 0; i < compared->facts.result_count; i++) {
		const struct result *result = &compared->facts.results[i];
		assert_true(result->message.in[LANG_NL].len > 0);
		assert_false(str_eq(result->message.in[LANG_NL], result->message.in[LANG_EN]));
		assert_non_null(result->doc);
		assert_non_null(result->basis);
		strbuf_printf(
				&buf, "%.*s: %.*s\n", STR_FMT(contract_rule_names[result->rule]), STR_FMT(result->message.in[LANG_EN]));
	}
	for (uint32_t i = 0; i < CONTRACT_COMPARISONS; i += CONTRACT_GRADES)
		if (compared->facts.items[i].undecided && i != contract_rule(TOPIC_OPTIONAL, CONTRACT_BREAKING))
			strbuf_printf(&buf, "%.*s?: %.*s\n", STR_FMT(contract_rule_names[i]),
					STR_FMT(compared->facts.items[i].why.in[LANG_EN]));
	return strbuf_take(&buf, compared->arena);
}

/* Compares two texts; the lines have to be exactly these, "" for none. */
static inline void assert_compared(const char *official, const char *vendor, const char *lines)
{
	struct compared compared = compare_texts(official, vendor);
	assert_str(compared_lines(&compared), lines);
	compared_end(&compared);
}

#endif
