/* SPDX-License-Identifier: EUPL-1.2 */
/* Certificates: written and read back, and what is no certificate. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "report/certificate.h"

#define SCHEMA STR("rules/certificate/1/certificate.schema.json")

static struct digest digest_like(char c)
{
	struct digest digest = {""};
	memset(digest.hex, c, 64);
	return digest;
}

static struct str sample(struct arena *arena, struct certificate *out)
{
	static struct certificate_file files[] = {{.name = {"evidence.har", 12}, .size = 10},
			{.name = {"report.html", 11}, .size = 11}, {.name = {"report.json", 11}, .size = 12},
			{.name = {"subject/a/service.yaml", 22}, .size = 13}};
	static struct certificate_attempt previous[] = {
			{.number = 1, .issued = {"2026-11-24T10:00:00Z", 20}, .decision = DECISION_NON_CONFORMANT}};
	static struct certificate_ruleset rulesets[] = {
			{.id = {"nlgov-adr", 9}, .version = {"2.1", 3}, .state = STATUS_EFFECTIVE}};
	static struct certificate_standard standards[] = {{.id = {"nlgov-adr", 9},
			.version = {"2.1", 3},
			.role = {"provider", 8},
			.endpoint = {"https://api.example.nl/v1", 25},
			.decision = DECISION_CONFORMANT_WITH_DEVIATIONS}};
	static struct certificate_waiver waivers[] = {{.requirement = {"nlgov-adr/core/uri-version", 26},
			.excuse = {.at = {"/servers/0", 10},
					.reason = {"\xC3\xA9\"\n", 4},
					.approved_by = {"Gemeente", 8},
					.until = {"2027-06-30", 10}}}};
	for (size_t i = 0; i < 4; i++)
		files[i].digest = digest_like((char)('a' + i));
	previous[0].report = digest_like('0');
	previous[0].certificate = digest_like('1');
	rulesets[0].digest = digest_like('2');
	*out = (struct certificate){.attempt = 2,
			.previous = previous,
			.previous_count = 1,
			.decision = DECISION_CONFORMANT_WITH_DEVIATIONS,
			.engine = STR("1.6"),
			.files = files,
			.file_count = 4,
			.issued = STR("2026-11-25T19:30:00Z"),
			.product = {.name = STR("Zaakregister"), .version = STR("4.2.0"), .vendor = STR("Voorbeeld BV")},
			.report = digest_like('3'),
			.rulesets = rulesets,
			.ruleset_count = 1,
			.standards = standards,
			.standard_count = 1,
			.subject = STR("subject/a/service.yaml"),
			.answers = STR(""),
			.valid_until = STR("2027-06-30"),
			.waivers = waivers,
			.waiver_count = 1};
	struct strbuf text;
	struct err err;
	strbuf_init(&text, 1 << 20);
	err_init(&err, arena);
	assert_true(certificate_write(out, &text, &err));
	return strbuf_take(&text, arena);
}

static void test_round(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct certificate given;
	struct str text = sample(arena, &given);
	struct strbuf again;
	struct err err;
	strbuf_init(&again, 1 << 20);
	err_init(&err, arena);
	const struct certificate *read = certificate_read(arena, STR("c.json"), text, SCHEMA, &err);
	if (!read) fail_msg("%s", err.message.in[LANG_EN].ptr);
	assert_true(certificate_write(read, &again, &err));
	assert_true(str_eq(text, strbuf_str(&again)));
	assert_int_equal(read->previous[0].decision, DECISION_NON_CONFORMANT);
	assert_string_equal(read->files[3].digest.hex, given.files[3].digest.hex);
	assert_true(str_eq(read->waivers[0].excuse.at, STR("/servers/0")));
	strbuf_release(&again);
	arena_free(arena);
}

/* One thing in the text changed, each of which is refused. */
static const struct {
	const char *before, *after;
} changes[] = {
		{"\"number\":2", "\"number\":3"},
		{"\"number\":2", "\"number\":1"},
		{"\"number\":1", "\"number\":2"},
		{"\"number\":2", "\"number\":2.0"},
		{"\"number\":2", "\"number\":20000"},
		{"\"name\":\"keur-certificate\"", "\"name\":\"keur-report\""},
		{"\"decision\":\"conformantWithDeviations\",\"engine\"", "\"decision\":\"perfect\",\"engine\""},
		{"\"name\":\"evidence.har\"", "\"name\":\"../evidence.har\""},
		{"\"name\":\"evidence.har\"", "\"name\":\"certificate.jws\""},
		{"\"name\":\"evidence.har\"", "\"name\":\"attempts/1/evidence.har\""},
		{"\"name\":\"evidence.har\"", "\"name\":\"a//b\""},
		{"\"name\":\"evidence.har\"", "\"name\":\"a/./b\""},
		{"\"name\":\"evidence.har\"", "\"name\":\"a/..\""},
		{"\"name\":\"evidence.har\"", "\"name\":\"a\\\\b\""},
		{"\"name\":\"evidence.har\"", "\"name\":\"zzz\""},
		{"\"name\":\"evidence.har\"", "\"name\":\"evidence2.har\""},
		{"\"name\":\"report.html\"", "\"name\":\"report.json\""},
		{"\"size\":10", "\"size\":-10"},
		{"\"size\":10", "\"size\":1e1"},
		{"\"subject\":\"subject/a/service.yaml\"", "\"subject\":\"subject/b/service.yaml\""},
		{"\"issued\":\"2026-11-25T19:30:00Z\"", "\"issued\":\"2026-11-25\""},
		{"\"validUntil\":\"2027-06-30\"", "\"validUntil\":\"2027-06-31\""},
		{"\"validUntil\":\"2027-06-30\"", "\"validUntil\":null"},
		{"\"vendor\":", "\"Vendor\":"},
		{"{\"attempt\"", "{\"a\":1,\"attempt\""},
		{"{\"attempt\"", "{ \"attempt\""},
		{"\"subject\"", "\"subject\":\"subject/a/service.yaml\",\"subject\""},
		{"\"sha256\":\"aaaa", "\"sha256\":\"AAAA"},
};

static void test_changes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		struct arena *arena = arena_new();
		struct certificate given;
		struct err err;
		struct str text = sample(arena, &given);
		size_t at = str_find_str(text, str_of(changes[i].before));
		if (at == text.len) fail_msg("no %s", changes[i].before);
		struct str rest = str_skip(text, at + strlen(changes[i].before));
		struct str other = str_printf(arena, "%.*s%s%.*s", (int)at, text.ptr, changes[i].after, STR_FMT(rest));
		err_init(&err, arena);
		if (certificate_read(arena, STR("c.json"), other, SCHEMA, &err)) fail_msg("accepted: %s", changes[i].after);
		assert_int_equal(err.code, ERR_SYNTAX);
		assert_true(err.message.in[LANG_EN].len && err.message.in[LANG_NL].len);
		arena_free(arena);
	}
}

/* Cut off anywhere. */
static void test_truncated(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct certificate given;
	struct str text = sample(arena, &given);
	for (size_t len = 0; len < text.len; len++) {
		struct arena *scratch = arena_new();
		struct err err;
		err_init(&err, scratch);
		if (certificate_read(scratch, STR("c.json"), (struct str){text.ptr, len}, SCHEMA, &err))
			fail_msg("%zu bytes", len);
		arena_free(scratch);
	}
	arena_free(arena);
}

static void test_names(void **state)
{
	(void)state;
	assert_true(certificate_name(STR("report.json")) && certificate_name(STR("subject/a b/\xC3\xA9.yaml")));
	static const char *const bad[] = {"", "/", "/a", "a/", ".", "..", "../a", "a/../b", "a//b", "a\nb", "a\\b",
			"certificate.jws", "certificate.json", "attempts/1/report.json", "a\xFF"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (certificate_name(str_of(bad[i]))) fail_msg("accepted: %s", bad[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_round),
			cmocka_unit_test(test_changes),
			cmocka_unit_test(test_truncated),
			cmocka_unit_test(test_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
