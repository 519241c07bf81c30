/* SPDX-License-Identifier: EUPL-1.2 */
/* The certificate as PDF: bounded, tagged, the same bytes each time, and whole whatever a vendor writes. */
#include "report/pdf.h"

#include "reports.h"

#define DIRTY "x)\n<< /Type /Catalog >>\nendobj\x01\x1B\xE2\x80\xAE\xFF\xD7\xA9\xD7\x9C (\\"

/* In the bench's arena. */
static struct str write_pdf(struct bench *bench, const struct pdf_options *options)
{
	struct strbuf out;
	struct err err;
	strbuf_init(&out, (size_t)1 << 26);
	err_init(&err, bench->arena);
	if (!report_seal(&bench->run, &err) || !pdf_write(&bench->run, options, &out, &err))
		fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	struct str text = str_copy(bench->arena, strbuf_str(&out));
	strbuf_release(&out);
	return text;
}

static uint32_t count_of(struct str text, const char *part)
{
	uint32_t count = 0;
	struct str needle = str_of(part);
	for (size_t at; (at = str_find_str(text, needle)) < text.len; count++)
		text = str_skip(text, at + needle.len);
	return count;
}

/* What ends a file of PDF, and that the table there names the place of every object that it names. */
static void assert_whole(struct arena *arena, struct str pdf)
{
	uint32_t at, number, first;
	assert_true(str_starts(pdf, STR("%PDF-1.4\n")) && str_ends(pdf, STR("\n%%EOF\n")));
	struct str rest = str_skip(pdf, str_find_str(pdf, STR("/Prev ")));
	rest = str_skip(rest, str_find_str(rest, STR("startxref\n")) + 10);
	assert_true(str_to_u32((struct str){rest.ptr, str_find(rest, '\n')}, &at) && at < pdf.len);
	struct str table = str_skip(pdf, at);
	assert_true(str_starts(table, STR("xref\n")));
	table = str_skip(table, 5);
	for (number = 0; !str_starts(table, STR("trailer")); number++) {
		struct str head = {table.ptr, str_find(table, ' ')};
		table = str_skip(table, str_find(table, '\n') + 1);
		assert_true(str_to_u32((struct str){table.ptr, 10}, &first));
		assert_true(str_starts(str_skip(pdf, first), str_printf(arena, "%.*s 0 obj\n<<", STR_FMT(head))));
		table = str_skip(table, 20);
	}
	assert_true(number > 10);
}

static void judge(struct bench *bench)
{
	bench_judge(bench, "a.yaml", "openapi: 3.0.3\ninfo:\n  title: ''\npaths: {\"/A\": {}}\n");
	bench->run.started = STR("2026-11-25T12:00:00Z");
}

static void test_tags(void **state)
{
	struct bench *bench = *state;
	struct pdf_options options = {.lang = LANG_NL, .link = STR("https://register.example.nl/1")};
	judge(bench);
	struct str pdf = write_pdf(bench, &options);
	assert_whole(bench->arena, pdf);
	assert_true(has(pdf, "/Lang (nl)") && has(pdf, "/DisplayDocTitle true") && has(pdf, "/MarkInfo << /Marked true"));
	assert_int_equal(count_of(pdf, "/Type /StructElem\n   /S /H1"), 1);
	assert_true(count_of(pdf, "/S /Table") >= 2 && has(pdf, "/S /P\n") && has(pdf, "/S /TD"));
	assert_true(has(pdf, "/Scope /Row") && has(pdf, "/Scope /Column"));
	assert_true(
			has(pdf, "/Alt <FEFF") && has(pdf, "/Contents <FEFF") && has(pdf, "/URI (https://register.example.nl/1)"));
	assert_true(has(pdf, "/CreationDate (D:20261125120000Z)"));
	/* Figures are only there when there is something to look up. */
	options.link = STR("");
	options.lang = LANG_EN;
	pdf = write_pdf(bench, &options);
	assert_whole(bench->arena, pdf);
	assert_false(has(pdf, "/S /Figure") || has(pdf, "/URI"));
	assert_true(has(pdf, "/Lang (en)"));
}

/* Also where the clock, the addresses of memory and what was drawn before differ. */
static void test_reproducible(void **state)
{
	struct bench *bench = *state;
	struct pdf_options options = {.lang = LANG_NL, .link = STR("https://register.example.nl/1")},
					   other = {.issuer = STR("B")};
	judge(bench);
	struct str first = write_pdf(bench, &options);
	for (int i = 0; i < 20; i++) {
		if (i % 5 == 0) write_pdf(bench, &other);
		assert_true(str_eq(first, write_pdf(bench, &options)));
	}
	bench->run.started = STR("");
	assert_true(has(write_pdf(bench, &options), "/CreationDate (D:19700101000000Z)"));
}

static void fill(struct bench *bench, struct str long_text)
{
	enum { MANY = 300 };
	struct target_result *target = &bench->run.targets[0];
	struct requirement_result *result = &target->standards[0].requirements[0];
	struct str *products = arena_alloc(target->arena, MANY * sizeof *products);
	result->excuses = arena_alloc(target->arena, MANY * sizeof *result->excuses);
	result->excuse_count = target->product.product_count = MANY;
	for (int i = 0; i < MANY; i++) {
		products[i] = STR("https://x/" DIRTY);
		result->excuses[i] = (struct excuse){.reason = long_text, .approved_by = STR(DIRTY), .until = STR(DIRTY)};
	}
	target->product = (struct product){.name = long_text,
			.version = STR(DIRTY),
			.vendor = long_text,
			.oin = STR(DIRTY),
			.catalogue = STR("javascript:" DIRTY),
			.products = products,
			.product_count = MANY};
	bench->run.engine = STR("1" DIRTY);
}

static void test_hostile(void **state)
{
	struct bench *bench = *state;
	struct pdf_options options = {.lang = LANG_NL,
			.link = STR("https://x/'/" DIRTY),
			.number = STR(DIRTY),
			.issuer = STR(DIRTY),
			.valid_from = STR(DIRTY),
			.valid_until = STR(DIRTY)};
	struct strbuf text;
	judge(bench);
	strbuf_init(&text, 1 << 20);
	while (text.len < 10000)
		strbuf_add(&text, STR("n\xCC\x81\xCC\x81\xCC\x81" DIRTY "\xEF\xB7\xBD\xF0\x9F\x98\x80"));
	fill(bench, strbuf_str(&text));
	struct str pdf = write_pdf(bench, &options);
	assert_whole(bench->arena, pdf);
	assert_int_equal(count_of(pdf, "/Type /Catalog"), 2); /* cairo's, and the same again with a language */
	assert_int_equal(count_of(pdf, "/Type /Page %"), 4);
	assert_true(has(pdf, "/URI (https://x/%27/x%29%0A") && pdf.len < 400000);
	strbuf_release(&text);
}

/* Not every link is one to follow, and not every one fits into a code. */
static void test_links(void **state)
{
	struct bench *bench = *state;
	struct pdf_options options = {.lang = LANG_EN, .link = STR("javascript:alert(1)")};
	struct strbuf link;
	judge(bench);
	struct str pdf = write_pdf(bench, &options);
	assert_false(has(pdf, "/URI") || has(pdf, "/S /Figure"));
	strbuf_init(&link, 1 << 20);
	strbuf_add(&link, STR("https://x/"));
	strbuf_add_repeat(&link, 'a', 1500);
	options.link = strbuf_str(&link);
	pdf = write_pdf(bench, &options);
	assert_true(has(pdf, "/URI (https://x/aaa"));
	assert_false(has(pdf, "/S /Figure"));
	strbuf_add_repeat(&link, 'a', 100000);
	options.link = strbuf_str(&link);
	assert_false(has(write_pdf(bench, &options), "/URI"));
	strbuf_release(&link);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_tags, bench_setup, bench_teardown),
			cmocka_unit_test_setup_teardown(test_reproducible, bench_setup, bench_teardown),
			cmocka_unit_test_setup_teardown(test_hostile, bench_setup, bench_teardown),
			cmocka_unit_test_setup_teardown(test_links, bench_setup, bench_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
