/* SPDX-License-Identifier: EUPL-1.2 */
/* The text report: order, carets, both languages, nothing hidden, nothing hostile. */
#include "../rule/bench.h"
#include "report/report.h"
#include "report/text_finding.h"

static struct str write_text(struct bench *bench, struct strbuf *out, enum lang lang, bool quiet)
{
	struct report_options options = {.lang = lang, .quiet = quiet, .findings = 2};
	strbuf_init(out, 1 << 24);
	assert_true(report_text(&bench->run, &options, out, &bench->err));
	return strbuf_str(out);
}

static size_t place_in(struct str text, const char *part)
{
	size_t at = str_find_str(text, str_of(part));
	if (at == text.len) fail_msg("no \"%s\" in:\n%.*s", part, STR_FMT(text));
	return at;
}

static bool lacks(struct str text, const char *part)
{
	return str_find_str(text, str_of(part)) == text.len;
}

static void test_worst_first_decision_last(void **state)
{
	struct bench *bench = *state;
	struct strbuf out;
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo: {x: 1}\npaths: {/A: {}, /B: {}, /C: {}}\n");
	struct str text = write_text(bench, &out, LANG_EN, false);
	size_t title = place_in(text, "FAILED  MUST  demo/title  Title"),
		   lower = place_in(text, "FAILED  MUST  demo/lower");
	size_t contact = place_in(text, "FAILED  SHOULD  demo/contact"),
		   coverage = place_in(text, "coverage: requirements 4");
	size_t decision = place_in(text, "demo 1: does NOT conform: 2 mandatory requirements failed");
	assert_true(title < lower && lower < contact && contact < coverage && coverage < decision);
	place_in(text, "and 1 more (all of them in --format json)");
	place_in(text, "fix: Give a title.");
	place_in(text, "clause: https://c/1");
	place_in(text, "a.yaml:3:9");
	place_in(text, "not tested (1): human");
	place_in(text, "Score: 0 of 100");
	place_in(text, "keur explain demo@1/title");
	assert_true(lacks(text, "\033"));
	strbuf_release(&out);
}

static void test_dutch(void **state)
{
	struct bench *bench = *state;
	struct strbuf out;
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo: {x: 1}\npaths: {/A: {}, /B: {}, /C: {}}\n");
	struct str text = write_text(bench, &out, LANG_NL, false);
	place_in(text, "VOLDOET NIET  MOET  demo/title  Titel");
	place_in(text, "herstel: Geef een titel.");
	place_in(text, "en nog 1 (allemaal in --format json)");
	place_in(text, "voldoet NIET: aan 2 verplichte eisen is niet voldaan");
	static const char *const english[] = {"FAILED", "fix:", "clause", "coverage", "conform", "next", "not tested"};
	for (size_t i = 0; i < sizeof english / sizeof *english; i++)
		if (!lacks(text, english[i])) fail_msg("English in Dutch: %s", english[i]);
	strbuf_release(&out);
}

static void test_conformant_and_quiet(void **state)
{
	struct bench *bench = *state;
	struct strbuf out;
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo: {title: T, contact: {a: b}}\npaths: {/a: {}}\n");
	struct str text = write_text(bench, &out, LANG_EN, true);
	place_in(text, "a.yaml: demo 1: conforms as far as keur tests (requirements not tested: 1)\n");
	assert_int_equal(str_find(text, '\n'), text.len - 1);
	strbuf_release(&out);
}

static void test_preflight_reads_as_such(void **state)
{
	struct bench *bench = *state;
	struct strbuf out;
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo: {title: a, title: b}\n");
	struct str text = write_text(bench, &out, LANG_EN, false);
	place_in(text, "pre-flight");
	place_in(text, "blocking  ");
	place_in(text, "cannot be determined: the document could not be judged");
	assert_true(lacks(text, "FAILED"));
	strbuf_release(&out);
}

static void test_hostile_text_is_harmless(void **state)
{
	struct bench *bench = *state;
	struct strbuf out;
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo: {x: 1}\npaths: {\"/\\e[2JA\\u202e\\u009b\": {}}\n");
	struct str text = write_text(bench, &out, LANG_EN, false);
	assert_true(lacks(text, "\033") && lacks(text, "\xE2\x80\xAE") && lacks(text, "\xC2\x9B"));
	strbuf_release(&out);
}

static void test_carets(void **state)
{
	(void)state;
	static const struct {
		struct excerpt excerpt;
		const char *shown;
	} cases[] = {
			{{.text = {"abc", 3}, .start = 1, .length = 1}, "         7 | abc\n           |  ^\n"},
			{{.text = {"\tabc", 4}, .start = 1, .length = 2}, "         7 |     abc\n           |     ^^\n"},
			{{.text = {"\xC3\xA9x", 3}, .start = 2, .length = 1}, "         7 | \xC3\xA9x\n           |  ^\n"},
			{{.text = {"\xE6\x97\xA5x", 4}, .start = 3, .length = 1}, "         7 | \xE6\x97\xA5x\n           |   ^\n"},
			{{.text = {"e\xCC\x81x", 4}, .start = 3, .length = 1}, "         7 | e\xCC\x81x\n           |  ^\n"},
			{{.text = {"abc", 3}, .start = 2, .length = 1, .cut_before = true, .cut_after = true, .continues = true},
					"         7 | \xE2\x80\xA6"
					"abc\xE2\x80\xA6\n           |    ^...\n"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct strbuf out;
		struct page page = {&out, LANG_EN, false};
		strbuf_init(&out, 1000);
		text_excerpt(&page, &cases[i].excerpt, 7);
		assert_string_equal(out.ptr, cases[i].shown);
		strbuf_release(&out);
	}
}

static void test_colour_only_when_asked(void **state)
{
	struct bench *bench = *state;
	struct strbuf out;
	struct report_options options = {.lang = LANG_EN, .color = true};
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo: {x: 1}\n");
	strbuf_init(&out, 1 << 20);
	assert_true(report_text(&bench->run, &options, &out, &bench->err));
	place_in(strbuf_str(&out), "\033[1;31m");
	strbuf_release(&out);
}

static struct str told(struct bench *bench, bool quiet)
{
	struct strbuf out;
	struct report_options options = {.lang = LANG_EN, .quiet = quiet};
	strbuf_init(&out, 1 << 20);
	assert_true(report_text(&bench->run, &options, &out, &bench->err));
	struct str text = str_copy(bench->arena, strbuf_str(&out));
	strbuf_release(&out);
	return text;
}

static void test_quiet_says_what_blocks(void **state)
{
	struct bench *bench = *state;
	bench_judge(bench, "a.yaml", "openapi: [\n");
	struct str text = told(bench, true);
	assert_true(place_in(text, "blocking  ") > place_in(text, "cannot be determined"));
}

/* Two that are undecided for one reason take one heading; what was said of the place before is not said again. */
static void test_compact(void **state)
{
	struct bench *bench = *state;
	bench->made->requirements[0].follows_references = true;
	bench_judge(bench, "a.yaml",
			"openapi: 3.0.3\ninfo: {title: T, contact: {name: x}}\npaths: {/a: {get: {$ref: 'https://x.nl/y#/z'}}}\n");
	struct str text = told(bench, false);
	place_in(text, "INCONCLUSIVE  MUST (2): title, lower\n  reason: ");
	assert_int_equal(str_find_str(text, STR(" | ")), text.len);
	place_in(text, "Score: unknown");
	bench_judge(bench, "b.yaml", "openapi: 3.0.3\ninfo: {title: T}\npaths: {/B: {}, /C: {}}\n");
	text = told(bench, false);
	place_in(text, "b.yaml:3:9  not lower");
	size_t second = place_in(text, "b.yaml:3:17  not lower");
	struct str rest = {text.ptr + second, str_find_str(str_skip(text, second), STR("clause:"))};
	assert_true(place_in(text, "expected: ") < second);
	assert_int_equal(str_find_str(rest, STR("expected: ")), rest.len);
	assert_int_equal(str_find_str(rest, STR("found: ")), rest.len);
}

static void test_reporters(void **state)
{
	(void)state;
	assert_non_null(reporter_find(STR("text")));
	assert_non_null(reporter_find(STR("json")));
	assert_non_null(reporter_find(STR("html")));
	assert_null(reporter_find(STR("docx")));
	for (const struct reporter *reporter = reporters; reporter->name; reporter++)
		assert_true(reporter->what.in[LANG_EN].len && reporter->what.in[LANG_NL].len);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
	const struct CMUnitTest tests[] = {T(test_worst_first_decision_last), T(test_dutch), T(test_conformant_and_quiet),
			T(test_preflight_reads_as_such), T(test_hostile_text_is_harmless), cmocka_unit_test(test_carets),
			T(test_colour_only_when_asked), T(test_quiet_says_what_blocks), T(test_compact),
			cmocka_unit_test(test_reporters)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
