/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of what a Schematron schema is given from outside: lists as variables, and the day. */
#include "schematrons.h"

#define LISTED(content)                                                                                                \
	SCHEMA("<xsl:key xmlns:xsl='http://www.w3.org/1999/XSL/Transform' name='upl' match='row' use='Name'/>"             \
		   "<keur:list xmlns:keur='urn:keur:' name='upl'/>" content)

static struct fixture check_given(
		struct str schema, struct str document, struct str list, const char *today, double *seconds)
{
	struct fixture f = load(schema, "");
	struct timespec from, to;
	if (!f.schema) fail_msg("%u:%u %s", f.err.loc.line, f.err.loc.column, f.err.message.in[LANG_EN].ptr);
	write_text("document.xml", document);
	write_text("list.xml", list);
	f.doc = doc_open_any(in_folder(f.arena, "document.xml"), &f.err);
	struct doc *listed = doc_open_any(in_folder(f.arena, "list.xml"), &f.err);
	assert_true(f.doc && listed);
	struct schematron_list one = {STR("upl"), listed->xml->doc};
	struct schematron_given given = {.lists = &one, .list_count = 1, .today = str_of(today)};
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	schematron_check(f.schema, f.doc, &given, f.arena, &f.facts, SCHEMATRON_FACTS, NULL, NULL);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	*seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	doc_close(listed);
	return f;
}

static void lists_are_variables(void **state)
{
	static const char schema[] = LISTED(
			"<pattern><rule context='p'><assert id='key' test='$upl[key(\"upl\", current())]'>m</assert>"
			"<assert id='set' test='$upl/list/row/Name = .'>m</assert><assert id='own' test='not(key(\"upl\", .))'>m"
			"</assert><assert id='day' test='translate(@until, \"-\", \"\") >= translate($keur-today, \"-\", \"\")'>m"
			"</assert></rule></pattern>");
	static const char document[] =
			"<r><row><Name>c</Name></row><p until='2026-11-25'>b</p><p until='2026-11-24'>c</p></r>";
	static const char list[] = "<list><row><Name>a</Name></row><row><Name>b</Name></row></list>";
	double seconds;
	(void)state;
	struct fixture f = check_given(STR(schema), STR(document), STR(list), "2026-11-25", &seconds);
	for (uint32_t i = 0; i < 4; i++) { /* the second p fails each of them */
		assert_false(f.facts.items[i].undecided);
		assert_int_equal(f.facts.items[i].selected, 2);
		assert_int_equal(f.facts.items[i].violations, 1);
		assert_string_equal(f.facts.results[i].pointer.ptr, "/r/p[2]");
	}
	close_fixture(&f);
}

static void what_is_not_given_is_undecided(void **state)
{
	static const char schema[] = LISTED("<pattern><rule context='p'><assert test='$upl'>m</assert><assert "
										"test='$keur-today'>m</assert><assert test='.'>m</assert></rule></pattern>");
	(void)state;
	struct fixture f = check_text(STR(schema), STR("<p/>"), "");
	assert_true(f.facts.items[0].undecided && f.facts.items[1].undecided && !f.facts.items[2].undecided);
	assert_int_equal(f.facts.items[2].violations, 0);
	close_fixture(&f);
}

/* Ten times as many products, against a list of the size of the UPL. */
static void looking_up_is_linear(void **state)
{
	static const char schema[] = LISTED("<pattern><rule context='p'><assert test='$upl[key(\"upl\", current())]'>m"
										"</assert></rule></pattern>");
	struct arena *arena = arena_new();
	double few, many;
	(void)state;
	struct str list = repeated(arena, "<list>", "<row><Name>%u</Name><U>%u</U><V>%u</V></row>", 1121, "</list>");
	struct str hundred = repeated(arena, "<r>", "<p>%u</p>", 100, "</r>");
	struct str thousand = repeated(arena, "<r>", "<p>%u</p>", 1000, "</r>");
	struct fixture f = check_given(STR(schema), hundred, list, "", &few);
	close_fixture(&f);
	f = check_given(STR(schema), thousand, list, "", &many);
	assert_false(f.facts.items[0].undecided);
	assert_int_equal(f.facts.items[0].violations, 0);
	assert_int_equal(f.facts.items[0].selected, 1000);
	print_message("1,000 look-ups in 1,121 rows: %.2f ms, 100: %.2f ms\n", many * 1000, few * 1000);
	if (many > 60) fail_msg("%.2f s", many);
	close_fixture(&f);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(lists_are_variables),
			cmocka_unit_test(what_is_not_given_is_undecided),
			cmocka_unit_test(looking_up_is_linear),
	};
	if (!mkdtemp(folder)) return 1;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	remove_folder();
	return failed;
}
