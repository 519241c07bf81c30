/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading reports back: the same run, and nothing that was tampered with. */
#include "reports.h"
#include "rule/run.h"

#define MIXED "openapi: 3.0.3\ninfo:\n  title: ''\npaths: {/A: {}, \"/\\u00e9\\e\": {}, /b: {$ref: '#/nowhere'}}\n"

static const char *const formats[] = {"text", "json", "html", "junit", "sarif", "earl", "github"};

static void judge_several(struct bench *bench)
{
	bench_folder(bench, "f");
	bench_file(bench, "f/a.yaml", MIXED);
	bench_file(bench, "f/b.yaml", "x: 1\n");
	bench_file(bench, "f/c.yaml", "openapi: 3.0.3\ninfo: {title: T}\npaths: {/A: {}}\n");
	const char *targets[] = {"/nonexistent", str_printf(bench->arena, "%s/f", bench->root).ptr,
			bench_file(bench, "bad\xFF.yaml", "openapi: [\n").ptr};
	bench_run(bench, targets, 3, 1);
	bench->run.started = STR("2026-11-25T10:00:00Z");
	bench->run.host = STR("h");
	bench->run.milliseconds = 12;
}

static void test_round_trip(void **state)
{
	struct bench *bench = *state;
	struct run again;
	judge_several(bench);
	struct str json = report_write(bench, &bench->run, "json", LANG_EN);
	if (!report_read_text(bench, &again, json)) fail_msg("%.*s", STR_FMT(bench->err.message.in[LANG_EN]));
	assert_int_equal(again.target_count, bench->run.target_count - 1);
	assert_int_equal(again.judged, bench->run.judged);
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			struct str one = report_write(bench, &bench->run, formats[i], (enum lang)lang);
			struct str other = report_write(bench, &again, formats[i], (enum lang)lang);
			/* A name that is no UTF-8 is U+FFFD in JSON, so that only that may differ. */
			if (strcmp(formats[i], "text") != 0 && strcmp(formats[i], "sarif") != 0 && !str_eq(one, other))
				fail_msg("%s differs", formats[i]);
		}
	run_free(&again);
}

static void test_product_and_waivers(void **state)
{
	struct bench *bench = *state;
	struct run again;
	struct str products[] = {STR("http://p/1"), STR("http://p/2")};
	struct excuse excuses[] = {{.reason = STR("r"), .approved_by = STR("CIO"), .until = STR("2999-01-01")},
			{.at = STR("/info"), .reason = STR("s"), .approved_by = STR("CISO"), .until = STR("2999-01-02")}};
	struct http_field fields[] = {{STR("Content-Type"), STR("text/plain")}};
	struct exhibit exhibits[] = {{.number = 1,
										 .method = STR("GET"),
										 .url = STR("https://x/y"),
										 .status = 200,
										 .reason = STR("OK"),
										 .fields = {fields, 1},
										 .body = STR("hello"),
										 .cut = true},
			{.number = 2, .method = STR("PUT"), .url = STR("https://x"), .why = TEXT("no", "nee")}};
	bench_judge(bench, "a.yaml", MIXED);
	struct target_result *target = &bench->run.targets[0];
	target->product = (struct product){.name = STR("Z"),
			.version = STR("1"),
			.vendor = STR("V"),
			.oin = STR("0"),
			.catalogue = STR("https://c"),
			.products = products,
			.product_count = 2};
	target->standards[0].role = STR("consumer");
	target->standards[0].endpoint = STR("https://e");
	target->standards[0].requirements[0].excuses = excuses;
	target->standards[0].requirements[0].excuse_count = 2;
	target->exhibits = exhibits;
	target->exhibit_count = 2;
	bench->run.evidence_path = STR("e.har");
	bench->run.evidence_digest = digest_of(STR("e"));
	struct str json = report_write(bench, &bench->run, "json", LANG_EN);
	if (!report_read_text(bench, &again, json)) fail_msg("%.*s", STR_FMT(bench->err.message.in[LANG_EN]));
	assert_true(str_eq(json, report_write(bench, &again, "json", LANG_EN)));
	assert_null(again.targets[0].standards[0].requirements[0].excuses[0].at.ptr);
	static const char *const all[] = {"html", "junit", "sarif", "earl", "github", "gemma-csv", "gemma-json", "text"};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_true(str_eq(
				report_write(bench, &bench->run, all[i], LANG_NL), report_write(bench, &again, all[i], LANG_NL)));
	run_free(&again);
}

static void expect_refused(struct bench *bench, struct str json, const char *why)
{
	struct run run;
	assert_false(report_read_text(bench, &run, json));
	if (!has(bench->err.message.in[LANG_EN], why))
		fail_msg("expected '%s', found '%.*s'", why, STR_FMT(bench->err.message.in[LANG_EN]));
	assert_true(bench->err.loc.line > 0);
	assert_false(str_eq(bench->err.message.in[LANG_EN], bench->err.message.in[LANG_NL]));
	run_free(&run);
}

static void test_tampering(void **state)
{
	struct bench *bench = *state;
	bench_judge(bench, "a.yaml", MIXED);
	struct str json = report_write(bench, &bench->run, "json", LANG_EN);
	expect_refused(bench, replaced(bench, json, "\"outcome\":\"fail\"", "\"outcome\":\"pass\""), "was changed");
	expect_refused(bench, replaced(bench, json, "\"nonConformant\"", "\"conformant\""), "was changed");
	expect_refused(bench, replaced(bench, json, "Geef een titel.", "Geef geen titel."), "was changed");
	expect_refused(bench, replaced(bench, json, "{\"decision\"", "{\"decision\":\"conformant\",\"decision\""), "twice");
	expect_refused(bench, replaced(bench, json, "\"keur-report\",\"version\":1", "\"keur-report\",\"version\":2"),
			"version 2");
	expect_refused(bench, replaced(bench, json, "\"keur-report\"", "\"other\""), "a report of keur");
	expect_refused(bench, replaced(bench, json, "\"outcome\":\"fail\"", "\"outcome\":\"fine\""), "outcome");
	expect_refused(bench, replaced(bench, json, "\"report\":{", "\"extra\":1,\"report\":{"), "extra");
	expect_refused(bench, (struct str){json.ptr, json.len / 2}, "");
	expect_refused(bench, STR("[]"), "a report of keur");
	expect_refused(bench, STR("report: {name: keur-report, version: 1}\n"), "a report of keur");
}

/* Layout and what is volatile are outside the digest. */
static void test_what_may_change(void **state)
{
	struct bench *bench = *state;
	struct run run;
	bench_judge(bench, "a.yaml", MIXED);
	struct str json = report_write(bench, &bench->run, "json", LANG_EN);
	assert_true(report_read_text(bench, &run, replaced(bench, json, ",\"engine\"", ",\n  \"engine\"")));
	run_free(&run);
	assert_true(report_read_text(bench, &run, replaced(bench, json, "\"durationMs\":0", "\"durationMs\":77")));
	run_free(&run);
}

/* Forged with a digest that fits: still nothing that would lead a reporter astray. */
static void test_forged(void **state)
{
	struct bench *bench = *state;
	bench_judge(bench, "a.yaml", MIXED);
	struct str json = report_write(bench, &bench->run, "json", LANG_EN);
	size_t at = str_find_str(json, STR("\"length\":"));
	assert_true(at < json.len);
	struct str digits = str_skip(json, at + 9);
	struct str old = str_printf(bench->arena, "\"length\":%.*s,\"start\"", (int)str_find(digits, ','), digits.ptr);
	expect_refused(bench, resealed(bench, replaced(bench, json, old.ptr, "\"length\":4000000000,\"start\"")), "span");
	expect_refused(
			bench, resealed(bench, replaced(bench, json, old.ptr, "\"length\":99999999999,\"start\"")), "whole number");
	expect_refused(bench, resealed(bench, replaced(bench, json, "\"line\":3", "\"line\":3.0")), "whole number");
	expect_refused(bench, resealed(bench, replaced(bench, json, "\"line\":3", "\"line\":1e400")), "whole number");
	expect_refused(
			bench, resealed(bench, replaced(bench, json, "Geef een titel.", "Geef niets.")), "contradicts itself");
	expect_refused(bench,
			resealed(bench,
					replaced(bench, json, "\"id\":\"demo\",\"requirements\"", "\"id\":\"other\",\"requirements\"")),
			"is not among");
}

static void test_missing_file(void **state)
{
	struct bench *bench = *state;
	struct run run;
	err_init(&bench->err, bench->arena);
	assert_false(report_read(&run, "/nonexistent.json", REPORT_SCHEMA, &bench->err));
	assert_int_equal(bench->err.code, ERR_IO);
	run_free(&run);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
	const struct CMUnitTest tests[] = {T(test_round_trip), T(test_product_and_waivers), T(test_tampering),
			T(test_what_may_change), T(test_forged), T(test_missing_file)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
