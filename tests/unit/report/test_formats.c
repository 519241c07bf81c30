/* SPDX-License-Identifier: EUPL-1.2 */
/* Every format on what a hostile vendor may write: names, messages, URLs, bodies stay text. */
#include "doc/pointer.h"
#include "reports.h"

#define SCRIPT "<script>executed=1</script>"
#define DIRTY "\"><img src=x onerror=executed=1>\n::error::x\x01\x1B\xE2\x80\xAE\r%0A=1+1\xFF]]>](javascript:x)"

/* A run of which every text that somebody else chooses is hostile. */
static void judge_hostile(struct bench *bench)
{
	static struct http_field fields[] = {{STR("X" SCRIPT), STR(DIRTY)}};
	static struct exhibit exhibits[] = {{.number = 1,
			.method = STR("GET" SCRIPT),
			.url = STR("javascript:alert(1)" DIRTY),
			.request_body = STR(SCRIPT),
			.status = 200,
			.reason = STR(DIRTY),
			.fields = {fields, 1},
			.body = STR("</pre>" SCRIPT)}};
	static struct excuse excuses[] = {
			{.at = STR("/" SCRIPT), .reason = STR(DIRTY), .approved_by = STR("=" SCRIPT), .until = STR("2999-01-01")}};
	static struct str products[] = {STR("javascript:alert(1)"), STR("https://x/" SCRIPT)};
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo:\n  title: ''\npaths: {\"/<script>A\": {}}\n");
	struct target_result *target = &bench->run.targets[0];
	struct requirement_result *result = &target->standards[0].requirements[0];
	struct finding *finding = &result->findings[0];
	target->path = STR("a" SCRIPT DIRTY);
	target->product = (struct product){.name = STR("=" DIRTY),
			.version = STR(SCRIPT),
			.vendor = STR(SCRIPT),
			.oin = STR("@x"),
			.catalogue = STR("javascript:alert(1)"),
			.products = products,
			.product_count = 2};
	target->exhibits = exhibits;
	target->exhibit_count = 1;
	result->excuses = excuses;
	result->excuse_count = 1;
	finding->exchange = 1;
	finding->message = (struct text){{STR(DIRTY), STR(SCRIPT)}};
	finding->expected = (struct text){{STR(SCRIPT), STR(DIRTY)}};
	finding->found = STR(DIRTY);
	finding->loc.file = STR("GET javascript:" SCRIPT DIRTY);
	finding->loc.pointer = STR("/" DIRTY);
	finding->excerpt = (struct excerpt){.text = STR("</mark>" SCRIPT), .start = 7, .length = 8};
	finding->referrer = (struct loc){STR(SCRIPT), 1, 1, STR(DIRTY)};
	bench->run.host = STR(DIRTY);
}

static void test_html(void **state)
{
	struct bench *bench = *state;
	judge_hostile(bench);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct str html = report_write(bench, &bench->run, "html", (enum lang)lang);
		size_t body = str_find_str(html, STR("<body")), script = str_find_str(html, STR("</footer>"));
		struct str page = {html.ptr + body, script - body};
		assert_false(has(page, "<script") || has(page, "<img") || has(page, "</pre>&lt;/pre"));
		assert_false(has(html, "href=\"javascript:") || has(page, "onerror=executed=1>"));
		assert_false(has(page, "\x01") || has(page, "\x1B") || has(page, "\xE2\x80\xAE"));
		assert_true(has(page, "&lt;script&gt;executed=1&lt;/script&gt;"));
		assert_true(has(page, "href=\"https://x/&lt;script"));
		/* One page, one policy, nothing from elsewhere. */
		assert_true(has(html, "default-src 'none'; style-src 'sha256-"));
		assert_false(has(html, " src=") && !has(html, "&gt;&lt;img src=x"));
		assert_false(has(html, "@import") || has(html, "url("));
	}
}

/* What is in the policy is the digest of what stands between the tags. */
static void test_policy(void **state)
{
	struct bench *bench = *state;
	judge_hostile(bench);
	struct str html = report_write(bench, &bench->run, "html", LANG_NL);
	struct str style = str_skip(html, str_find_str(html, STR("<style>")) + 7);
	style.len = str_find_str(style, STR("</style>"));
	struct digest digest = digest_of(style);
	/* The first six bits of the digest are the first digit of base64. */
	unsigned first = (unsigned)strtoul((char[]){digest.hex[0], digest.hex[1], '\0'}, NULL, 16) >> 2;
	char digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[first];
	struct str policy = str_skip(html, str_find_str(html, STR("style-src 'sha256-")) + strlen("style-src 'sha256-"));
	assert_int_equal(policy.ptr[0], digit);
	assert_int_equal(str_find(policy, '='), 43);
}

static void test_junit(void **state)
{
	struct bench *bench = *state;
	judge_hostile(bench);
	struct str xml = report_write(bench, &bench->run, "junit", LANG_EN);
	assert_false(has(xml, "<script") || has(xml, "<img") || has(xml, "]]>"));
	for (size_t i = 0; i < xml.len; i++) {
		unsigned char c = (unsigned char)xml.ptr[i];
		if (c < 0x20 && c != '\n' && c != '\t') fail_msg("control character %u at %zu", c, i);
	}
	assert_true(has(xml, "tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"2\"") || has(xml, " failures=\""));
	assert_true(has(xml, "<property name=\"decision\" value=\"nonConformant\"/>"));
}

static void test_github(void **state)
{
	struct bench *bench = *state;
	judge_hostile(bench);
	struct str text = report_write(bench, &bench->run, "github", LANG_EN);
	while (text.len) {
		struct str line = {text.ptr, str_find(text, '\n')};
		bool good = str_starts(line, STR("::error ")) || str_starts(line, STR("::warning ")) ||
					str_starts(line, STR("::notice ")) || str_starts(line, STR("keur: "));
		if (!good) fail_msg("a line of somebody else: %.*s", STR_FMT(line));
		assert_false(has(line, "\x1B") || has(line, "\r"));
		text = str_skip(text, line.len + 1);
	}
}

static void test_csv(void **state)
{
	struct bench *bench = *state;
	judge_hostile(bench);
	struct str text = report_write(bench, &bench->run, "gemma-csv", LANG_EN);
	assert_true(has(text, "\"'=\"\"><img"));
	assert_true(has(text, "\"'@x\""));
	assert_false(has(text, ",\"=") || has(text, ",=") || has(text, "\x01"));
}

static void test_json_formats(void **state)
{
	struct bench *bench = *state;
	static const char *const names[] = {"sarif", "earl", "gemma-json"};
	judge_hostile(bench);
	for (size_t i = 0; i < 3; i++) {
		struct str text = report_write(bench, &bench->run, names[i], LANG_EN);
		struct doc *doc = doc_of(STR("x.json"), text, &bench->err);
		assert_non_null(doc);
		assert_int_equal(doc->format, DOC_JSON);
		assert_int_equal(doc->diagnostic_count, 0);
		const struct node *message = pointer_get(doc->root, STR("/runs/0/results/0/message/text"));
		assert_true(i > 0 || (message && !has(node_text(message), "](javascript")));
		doc_close(doc);
	}
}

static struct str text_at(const struct doc *doc, const char *pointer)
{
	const struct node *node = pointer_get(doc->root, str_of(pointer));
	if (!node) fail_msg("no %s", pointer);
	return node_text(node);
}

/* SARIF points at the right line and columns, whatever stands before them. */
static void test_sarif(void **state)
{
	struct bench *bench = *state;
	static struct excuse excuse = {
			.at = STR("/info/title"), .reason = STR("why"), .approved_by = STR("CIO"), .until = STR("2999-01-01")};
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo: {\"\\u00e9\": \xC3\xA9, title: ''}\npaths: {/A: {}}\n");
	bench->run.targets[0].path = STR("dir/a b.yaml");
	struct requirement_result *results = bench->run.targets[0].standards[0].requirements;
	results[0].excuses = &excuse;
	results[0].excuse_count = 1;
	for (int i = 0; i < 3; i++)
		if (results[i].finding_count) results[i].findings[0].loc.file = STR("dir/a b.yaml");
	struct str text = report_write(bench, &bench->run, "sarif", LANG_EN);
	struct doc *doc = doc_of(STR("x.json"), text, &bench->err);
	assert_true(str_eq(text_at(doc, "/version"), STR("2.1.0")));
	assert_true(str_eq(text_at(doc, "/runs/0/results/0/ruleId"), STR("demo/title")));
	assert_true(str_eq(text_at(doc, "/runs/0/results/0/level"), STR("error")));
	assert_true(str_eq(text_at(doc, "/runs/0/results/0/locations/0/physicalLocation/region/startLine"), STR("2")));
	assert_true(str_eq(text_at(doc, "/runs/0/results/0/locations/0/physicalLocation/region/startColumn"), STR("28")));
	assert_true(str_eq(text_at(doc, "/runs/0/results/0/locations/0/physicalLocation/region/endColumn"), STR("30")));
	assert_true(str_eq(text_at(doc, "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri"),
			STR("dir/a%20b.yaml")));
	assert_true(str_eq(text_at(doc, "/runs/0/results/0/suppressions/0/status"), STR("accepted")));
	assert_int_equal(text_at(doc, "/runs/0/results/0/partialFingerprints/keurFinding~1v1").len, 64);
	assert_true(str_eq(text_at(doc, "/runs/0/tool/driver/rules/0/helpUri"), STR("https://c/1")));
	assert_true(str_eq(text_at(doc, "/runs/0/tool/driver/rules/0/help/text"), STR("Give a title.\nhttps://c/1")));
	assert_int_equal(pointer_get(doc->root, STR("/runs/0/results/1/suppressions"))->len, 0);
	doc_close(doc);
}

/* Red when and only when the decision is not "conforms". */
static void test_junit_is_red(void **state)
{
	struct bench *bench = *state;
	static const struct {
		const char *document;
		bool red;
	} cases[] = {{"openapi: 3.0.3\ninfo: {title: T, contact: {a: b}}\npaths: {/a: {}}\n", false},
			{"openapi: 3.0.3\ninfo: {title: T}\npaths: {/a: {}}\n", false},
			{"openapi: 3.0.3\ninfo: {title: ''}\npaths: {/a: {}}\n", true}, {"openapi: [\n", true},
			{"openapi: 3.0.3\n", true}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bench_judge(bench, "a.yaml", cases[i].document);
		struct str xml = report_write(bench, &bench->run, "junit", LANG_NL);
		bool red = has(xml, "<failure") || has(xml, "<error");
		if (red != cases[i].red) fail_msg("case %zu: %.*s", i, STR_FMT(xml));
		assert_int_equal(red, bench->run.decision >= DECISION_UNDETERMINED);
	}
}

static void test_theme(void **state)
{
	struct bench *bench = *state;
	static const char *const good[] = {":root { --utrecht-link-color: #00f }", "@media print { a { color: red } }",
			"a { background: url(data:image/png;base64,AA) } b { mask: URL( \"#x\" ) }", ""};
	static const char *const bad[] = {"</style><script>", "a { background: url(https://x/y) }", "@IMPORT 'x';",
			"a { background: url( '//x' ) }", "<!-- x", "a{b:url(data.png)}"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(report_theme_check(STR("t.css"), str_of(good[i]), &bench->err));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		err_init(&bench->err, bench->arena);
		if (report_theme_check(STR("t.css"), str_of(bad[i]), &bench->err)) fail_msg("%s is taken", bad[i]);
		assert_int_equal(bench->err.code, ERR_USAGE);
		assert_int_equal(bench->err.loc.line, 1);
	}
}

/* The same run gives the same bytes, and no more findings than a browser can bear. */
static void test_same_bytes(void **state)
{
	struct bench *bench = *state;
	judge_hostile(bench);
	for (const struct reporter *reporter = reporters; reporter->name; reporter++)
		if (!reporter->needs_trace)
			assert_true(str_eq(report_write(bench, &bench->run, reporter->name, LANG_NL),
					report_write(bench, &bench->run, reporter->name, LANG_NL)));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
	const struct CMUnitTest tests[] = {T(test_html), T(test_policy), T(test_junit), T(test_github), T(test_csv),
			T(test_json_formats), T(test_sarif), T(test_junit_is_red), T(test_theme), T(test_same_bytes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
