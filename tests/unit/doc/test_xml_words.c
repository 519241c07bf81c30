/* SPDX-License-Identifier: EUPL-1.2 */
/* What is not well-formed, said in Dutch: each by its code, with what libxml2 tells of it; the rest in its own words.
 */
#include "doc/xml_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "doc/xml.h"

static void assert_dutch(const char *text, const char *expected)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	assert_null(xml_parse(arena, str_of(text), &err));
	assert_int_equal(err.code, ERR_SYNTAX);
	const char *dutch = err.message.in[LANG_NL].ptr;
	if (!strstr(dutch, expected) || strstr(dutch, "libxml2")) fail_msg("%s: %s", text, dutch);
	assert_non_null(strstr(err.message.in[LANG_EN].ptr, "libxml2"));
	arena_free(arena);
}

static void common_errors_are_in_dutch(void **state)
{
	(void)state;
	assert_dutch("<a><b></a>", "eindtag </a> waar die van b (regel 1) werd verwacht");
	assert_dutch("<a>\n<b>", "binnen element b (regel 2)");
	assert_dutch("<a/><b/>", "na het einde van het hoofdelement");
	assert_dutch("<a/>tekst", "na het einde van het hoofdelement");
	assert_dutch("<a b='1' b='2'/>", "attribuut b twee keer");
	assert_dutch("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "attribuut b twee keer, in namespace \"u\"");
	assert_dutch("<a b=1/>", "niet tussen aanhalingstekens");
	assert_dutch("<a b/>", "attribuut b zonder waarde");
	assert_dutch("<a>&nbsp;</a>", "entiteit &nbsp;");
	assert_dutch("<a>&amp</a>", "zonder puntkomma");
	assert_dutch("<a>a & b</a>", "schrijf &amp;");
	assert_dutch("<a>&#0;</a>", "teken 0");
	assert_dutch("<a>&#xZ;</a>", "hexadecimale cijfers");
	assert_dutch("<a>&#Z;</a>", "die niet alleen cijfers heeft");
	assert_dutch("<a>]]></a>", "buiten een CDATA-sectie");
	assert_dutch("<a><!-- a -- b --></a>", "twee streepjes");
	assert_dutch("\n<?xml version='1.0'?><a/>", "niet aan het begin");
	assert_dutch("<?xml encoding='UTF-8'?><a/>", "zonder version");
	assert_dutch("<?xml version='2.0'?><a/>", "versie van XML");
	assert_dutch("<?xml version='1.0' standalone='x'?><a/>", "standalone");
	assert_dutch("<p:a/>", "voorvoegsel p op a");
	assert_dutch("<a b='1'c='2'/>", "zonder spatie ertussen");
}

static void other_errors_are_quoted(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	xmlError error = {.code = XML_ERR_NOTATION_NOT_STARTED, .message = "No notation\n"};
	assert_string_equal(xml_words_nl(arena, &error).ptr, "(libxml2) \"No notation\"");
	/* Known, but without what the words need. */
	error = (xmlError){.code = XML_ERR_ATTRIBUTE_REDEFINED, .message = "Attribute redefined\n"};
	assert_string_equal(xml_words_nl(arena, &error).ptr, "(libxml2) \"Attribute redefined\"");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(common_errors_are_in_dutch),
			cmocka_unit_test(other_errors_are_quoted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
