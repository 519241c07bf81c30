/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents: which reader, whose error, and remarks with their ceiling. */
#include "docs.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"

static void picks_the_reader_by_the_text(void **state)
{
	static const struct {
		const char *name, *text;
		enum doc_format format;
	} cases[] = {{"a", " \n{\"a\":1}", DOC_JSON}, {"a.yaml", "[1]", DOC_JSON}, {"a.json", "\"a\"", DOC_JSON},
			{"a", "a: 1", DOC_YAML}, {"a", "{a: 1}", DOC_YAML}, {"a.json", "a: 1", DOC_YAML},
			{"a", "\xEF\xBB\xBF{\"a\":1}", DOC_JSON}, {"a", "\"a\"", DOC_YAML}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct doc *doc = read_bytes(state, cases[i].name, str_of(cases[i].text));
		if (doc->format != cases[i].format) fail_msg("%s: wrong format", cases[i].text);
		doc_close(doc);
	}
}

static void tells_the_error_of_the_reader_that_fits(void **state)
{
	refuses_bytes(state, "a", STR("{\"a\": }}"), ERR_SYNTAX, 1, 7, "expected a value, found '}'");
	refuses_bytes(state, "a.json", STR("a: b: c"), ERR_SYNTAX, 1, 1, "expected a value, found 'a'");
	refuses_bytes(state, "a.yaml", STR("a: b: c"), ERR_SYNTAX, 1, 5, "no ':' here");
}

static void errors_outlive_the_document(void **state)
{
	struct errors *errors = *state;
	assert_null(doc_of(STR("naam.json"), STR("[}"), &errors->err));
	assert_true(str_eq(errors->err.loc.file, STR("naam.json")));
	assert_true(str_find_str(errors->err.message.in[LANG_NL], STR("verwacht: een waarde, gevonden: '}'")) == 0);
}

static void keeps_no_more_than_its_remarks(void **state)
{
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	for (int i = 0; i < LIMIT_DIAGNOSTICS + 5; i++)
		strbuf_printf(&buf, "%d: a\n", i);
	struct doc *doc = read_bytes(state, "a.yaml", strbuf_str(&buf));
	assert_int_equal(doc->diagnostic_count, LIMIT_DIAGNOSTICS);
	assert_true(doc->diagnostics_cut);
	doc_close(doc);
	strbuf_release(&buf);
}

static void remark_is(void **state, const struct doc *doc, uint32_t index, const char *en, const char *nl)
{
	struct errors *errors = *state;
	struct text text = diagnostic_text(errors->arena, doc, &doc->diagnostics[index]);
	assert_string_equal(text.in[LANG_EN].ptr, en);
	assert_string_equal(text.in[LANG_NL].ptr, nl);
}

static void says_what_a_remark_means(void **state)
{
	struct doc *doc = read_bytes(state, "a.yaml", STR("200: a\nb: \"\\ud800\"\nb: c\n"));
	assert_int_equal(doc->diagnostic_count, 3);
	remark_is(state, doc, 0, "key 200 is no string; write it between quotes: \"200\"",
			"sleutel 200 is geen tekst; zet hem tussen aanhalingstekens: \"200\"");
	remark_is(state, doc, 2, "duplicate key \"b\", also on line 2; readers differ in which one counts: keep one",
			"dubbele sleutel \"b\", ook op regel 2; lezers verschillen in welke telt: houd er één");
	doc_close(doc);
}

static void remarks_yaml_under_a_json_name(void **state)
{
	struct doc *doc = read_bytes(state, "a.json", STR("{\n  \"a\": 1, \"\xC3\xA9\": 2,\n}\n"));
	assert_int_equal(doc->format, DOC_YAML);
	assert_int_equal(doc->diagnostic_count, 1);
	assert_int_equal(doc->diagnostics[0].kind, DIAGNOSTIC_NOT_JSON);
	assert_int_equal(source_locate(doc->source, doc->diagnostics[0].start).line, 3);
	remark_is(state, doc, 0,
			"the name says JSON, but this is no JSON: expected a member name between double quotes, found '}'; is there "
			"a comma too many before it?; it is read as YAML, which other programs may refuse to do",
			"de naam zegt JSON, maar dit is geen JSON: verwacht: een naam tussen dubbele aanhalingstekens, gevonden: '}'; "
			"staat er een komma te veel voor?; het wordt gelezen als YAML, wat andere programma's mogelijk weigeren");
	doc_close(doc);
	doc = read_bytes(state, "a.json", STR("{\"\xC3\xA9\": 1, # c\n}"));
	assert_int_equal(doc->diagnostics[0].start, 10);
	doc_close(doc);
	doc = read_bytes(state, "a.yaml", STR("{\"a\": 1,}"));
	assert_int_equal(doc->diagnostic_count, 0);
	doc_close(doc);
}

/* Found by fuzz_yaml: the text of such a key is longer than what is left of the file behind its place. */
static void a_key_that_is_an_alias_ends_with_the_alias(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("a.yaml"), STR("&k a long key: 1\n*k : 2\n"), &err);
	assert_non_null(doc);
	assert_int_equal(doc->diagnostic_count, 1);
	assert_int_equal(doc->diagnostics[0].start, 17);
	assert_int_equal(doc->diagnostics[0].end, 19);
	doc_close(doc);
	arena_free(arena);
}

static void opens_files(void **state)
{
	struct errors *errors = *state;
	char path[] = "/tmp/keur-test-doc-XXXXXX";
	int fd = mkstemp(path);
	assert_int_equal(write(fd, "a: 1\n", 5), 5);
	close(fd);
	struct doc *doc = doc_open(path, &errors->err);
	assert_non_null(doc);
	text_is(at(doc, "/a"), "1");
	doc_close(doc);
	remove(path);
	assert_null(doc_open(path, &errors->err));
	assert_int_equal(errors->err.code, ERR_IO);
	doc_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			doc_test(picks_the_reader_by_the_text),
			doc_test(tells_the_error_of_the_reader_that_fits),
			doc_test(errors_outlive_the_document),
			doc_test(keeps_no_more_than_its_remarks),
			doc_test(says_what_a_remark_means),
			doc_test(remarks_yaml_under_a_json_name),
			doc_test(a_key_that_is_an_alias_ends_with_the_alias),
			doc_test(opens_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
