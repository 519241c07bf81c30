/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON report: canonical form, digest, schema, content. */
#include "../rule/bench.h"
#include "doc/canonical.h"
#include "doc/digest.h"
#include "doc/pointer.h"
#include "report/report.h"

#define GOOD "openapi: 3.0.3\ninfo: {title: T, contact: {name: x}}\npaths: {/a: {}}\n"
#define BAD "openapi: 3.0.3\ninfo:\n  title: ''\npaths: {/A: {}, \"/\\u00e9\\e\": {}}\n"

static struct str write_report(struct bench *bench, struct strbuf *out)
{
	struct report_options options = {.schema_path = STR("rules/report/1/report.schema.json")};
	strbuf_init(out, 1 << 24);
	if (!report_json(&bench->run, &options, out, &bench->err))
		fail_msg("%.*s", STR_FMT(bench->err.message.in[LANG_EN]));
	return strbuf_str(out);
}

static const struct node *get(const struct doc *doc, const char *pointer)
{
	const struct node *node = pointer_get(doc->root, str_of(pointer));
	if (!node) fail_msg("no %s", pointer);
	return node;
}

static void test_content(void **state)
{
	struct bench *bench = *state;
	struct strbuf out;
	bench_judge(bench, "a.yaml", BAD);
	struct doc *doc = doc_of(STR("r.json"), write_report(bench, &out), &bench->err);
	assert_non_null(doc);
	assert_true(str_eq(node_text(get(doc, "/decision")), STR("nonConformant")));
	assert_true(str_eq(node_text(get(doc, "/targets/0/standards/0/requirements/0/outcome")), STR("fail")));
	assert_true(str_eq(
			node_text(get(doc, "/targets/0/standards/0/requirements/0/findings/0/requirement")), STR("demo/title")));
	assert_true(str_eq(
			node_text(get(doc, "/targets/0/standards/0/requirements/0/findings/0/fix/nl")), STR("Geef een titel.")));
	assert_true(str_eq(node_text(get(doc, "/targets/0/standards/0/requirements/0/findings/0/line")), STR("3")));
	assert_true(str_eq(node_text(get(doc, "/targets/0/standards/0/requirements/2/findings/1/pointer")),
			STR("/paths/~1\xC3\xA9\x1B")));
	assert_true(str_eq(node_text(get(doc, "/targets/0/standards/0/requirements/3/reason/en")), STR("Needs a human.")));
	assert_true(str_eq(node_text(get(doc, "/targets/0/standards/0/coverage/total")), STR("4")));
	assert_true(str_eq(node_text(get(doc, "/targets/0/standards/0/score/value")), STR("0")));
	assert_int_equal(get(doc, "/rulesets/0/digest")->len, 64);
	assert_int_equal(get(doc, "/rulesets/0/files")->len, 2);
	doc_close(doc);
	strbuf_release(&out);
}

/* The digest as docs/report.md tells to check it: what is left without the two members. */
static void test_digest(void **state)
{
	struct bench *bench = *state;
	struct strbuf out;
	bench_judge(bench, "a.yaml", BAD);
	struct str text = write_report(bench, &out);
	size_t digest = str_find_str(text, STR(",\"digest\":\"sha256:")),
		   facts = str_find_str(text, STR(",\"volatile\":{"));
	assert_true(digest < text.len && facts < text.len);
	size_t engine = digest + str_find_str(str_skip(text, digest), STR(",\"engine\""));
	struct str body = str_printf(
			bench->arena, "%.*s%.*s}", (int)digest, text.ptr, (int)(facts - engine), text.ptr + engine);
	struct str stated = {text.ptr + digest + strlen(",\"digest\":\"sha256:"), 64};
	assert_true(str_eq(stated, str_of(digest_of(body).hex)));
	strbuf_release(&out);
}

static void test_volatile_is_outside(void **state)
{
	struct bench *bench = *state;
	struct strbuf one, two;
	bench_judge(bench, "a.yaml", GOOD);
	write_report(bench, &one);
	bench->run.milliseconds = 77;
	bench->run.host = STR("elsewhere");
	bench->run.started = STR("2026-01-01T00:00:00Z");
	write_report(bench, &two);
	size_t facts = str_find_str(strbuf_str(&one), STR(",\"volatile\":"));
	assert_int_equal(facts, str_find_str(strbuf_str(&two), STR(",\"volatile\":")));
	assert_memory_equal(one.ptr, two.ptr, facts);
	assert_false(str_eq(strbuf_str(&one), strbuf_str(&two)));
	strbuf_release(&one);
	strbuf_release(&two);
}

static void test_blocked_and_skipped(void **state)
{
	struct bench *bench = *state;
	struct strbuf out;
	bench_folder(bench, "f");
	bench_file(bench, "f/a.yaml", GOOD);
	bench_file(bench, "f/b.yaml", "x: 1\n");
	const char *targets[] = {"/nonexistent", str_printf(bench->arena, "%s/f", bench->root).ptr,
			bench_file(bench, "bad\xFF.yaml", "openapi: [\n").ptr};
	bench_run(bench, targets, 3, 1);
	struct doc *doc = doc_of(STR("r.json"), write_report(bench, &out), &bench->err);
	assert_non_null(doc);
	assert_int_equal(get(doc, "/targets")->len, 3);
	assert_int_equal(get(doc, "/skipped")->len, 1);
	assert_true(str_eq(node_text(get(doc, "/targets/0/preflight/0/kind")), STR("unreadable")));
	assert_true(str_eq(node_text(get(doc, "/targets/2/preflight/0/kind")), STR("notWellFormed")));
	assert_true(str_ends(node_text(get(doc, "/targets/2/path")), STR("bad\xEF\xBF\xBD.yaml")));
	doc_close(doc);
	strbuf_release(&out);
}

/* A report that its schema does not allow is not given out. */
static void test_invalid_report_is_an_error(void **state)
{
	struct bench *bench = *state;
	struct strbuf out;
	struct str schema = bench_file(bench, "s.json", "{\"required\": [\"nothing\"]}");
	struct report_options options = {.schema_path = schema};
	bench_judge(bench, "a.yaml", GOOD);
	strbuf_init(&out, 1 << 24);
	assert_false(report_json(&bench->run, &options, &out, &bench->err));
	assert_int_equal(bench->err.code, ERR_UNDECIDED);
	strbuf_release(&out);
	strbuf_init(&out, 100);
	options.schema_path = STR("");
	err_init(&bench->err, bench->arena);
	assert_false(report_json(&bench->run, &options, &out, &bench->err));
	assert_int_equal(bench->err.code, ERR_LIMIT);
	strbuf_release(&out);
}

static void test_canonical_strings(void **state)
{
	(void)state;
	struct strbuf out;
	struct canonical canonical;
	strbuf_init(&out, 1000);
	canonical_init(&canonical, &out);
	canonical_array(&canonical, NULL);
	canonical_str(&canonical, NULL, STR("\"\\/\b\f\n\r\t\x01\x1f\x7f\xE2\x82\xAC"));
	canonical_str(&canonical, NULL, STR("a\xC3"));
	canonical_number(&canonical, NULL, 0);
	canonical_end_array(&canonical);
	assert_string_equal(out.ptr, "[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\xE2\x82\xAC\",\"a\xEF\xBF\xBD\",0]");
	assert_false(canonical.disorder);
	strbuf_release(&out);
}

static void test_disorder_is_noticed(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {{"b", "a"}, {"a", "a"}, {"a", "A"}};
	for (size_t i = 0; i < 3; i++) {
		struct strbuf out;
		struct canonical canonical;
		strbuf_init(&out, 1000);
		canonical_init(&canonical, &out);
		canonical_object(&canonical, NULL);
		canonical_bool(&canonical, pairs[i][0], true);
		assert_false(canonical.disorder);
		canonical_bool(&canonical, pairs[i][1], true);
		assert_true(canonical.disorder);
		strbuf_release(&out);
	}
}

static void test_known_digest(void **state)
{
	(void)state;
	/* FIPS 180-4, "abc" */
	assert_string_equal(digest_of(STR("abc")).hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(digest_of_two(STR("a"), STR("bc")).hex, digest_of(STR("abc")).hex);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
	const struct CMUnitTest tests[] = {T(test_content), T(test_digest), T(test_volatile_is_outside),
			T(test_blocked_and_skipped), T(test_invalid_report_is_an_error), cmocka_unit_test(test_canonical_strings),
			cmocka_unit_test(test_disorder_is_noticed), cmocka_unit_test(test_known_digest)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
