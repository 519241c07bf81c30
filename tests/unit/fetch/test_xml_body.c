/* SPDX-License-Identifier: EUPL-1.2 */
/* Bodies in XML: the byte order mark, the charset of HTTP and the declaration, in that order. */
#include "fetch/xml_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static struct str decode(struct arena *arena, const char *type, struct str body, struct err *err)
{
	struct http_field field = {STR("Content-Type"), str_of(type)};
	struct http_fields fields = {&field, type[0] != '\0'};
	struct str text = {NULL, 0};
	err_init(err, arena);
	if (!xml_body(&fields, body, arena, &text, err)) assert_null(text.ptr);
	return text;
}

static void gives(const char *type, struct str body, struct str expected)
{
	struct arena *arena = arena_new();
	struct err err;
	struct str text = decode(arena, type, body, &err);
	if (!str_eq(text, expected)) fail_msg("%s: found %.*s", type, STR_FMT(text));
	arena_free(arena);
}

static void refuses(const char *type, struct str body, enum err_code code)
{
	struct arena *arena = arena_new();
	struct err err;
	decode(arena, type, body, &err);
	assert_int_equal(err.code, code);
	assert_true(err.message.in[LANG_NL].len > 0);
	arena_free(arena);
}

#define LATIN "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>"
#define BLANK "<?xml version='1.0'                      ?><a>\xC3\xA9</a>"

static void the_declaration_counts_without_charset(void **state)
{
	(void)state;
	gives("", STR(LATIN), STR(BLANK));
	gives("text/xml", STR(LATIN), STR(BLANK));
	gives("text/xml; boundary=\"charset=x\"", STR(LATIN), STR(BLANK));
	gives("text/xml", STR("<a>\xC3\xA9</a>"), STR("<a>\xC3\xA9</a>"));
	refuses("text/xml", STR("<?xml version='1.0' encoding='koi8-r'?><a/>"), ERR_UNDECIDED);
}

static void the_charset_counts_for_more(void **state)
{
	(void)state;
	gives("text/xml; charset=iso-8859-1", STR("<a>\xE9</a>"), STR("<a>\xC3\xA9</a>"));
	gives("text/xml;action=x ; Charset = iso-8859-1", STR("<a>\xE9</a>"), STR("<a>\xE9</a>"));
	gives("text/xml; action=\"x\"; CHARSET=\"Windows-1252\"", STR("<a>\x80</a>"), STR("<a>\xE2\x82\xAC</a>"));
	gives("text/xml; charset=utf-8", STR("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xC3\xA9</a>"), STR(BLANK));
	refuses("text/xml; charset=koi8-r", STR("<a/>"), ERR_UNDECIDED);
	refuses("text/xml; charset=utf-16", STR("<a/>"), ERR_SYNTAX);
	refuses("text/xml; charset=windows-1252", STR("<a>\x81</a>"), ERR_SYNTAX);
}

static void a_byte_order_mark_counts_most(void **state)
{
	(void)state;
	gives("text/xml; charset=iso-8859-1", STR("\xFF\xFE<\0a\0/\0>\0"), STR("<a/>"));
	gives("text/xml", STR("\xFE\xFF\0<\0a\0/\0>"), STR("<a/>"));
	gives("text/xml; charset=utf-16", STR("<\0?\0a\0?\0>\0<\0a\0/\0>\0"), STR("<?a?><a/>"));
}

static void what_is_no_xml_stays(void **state)
{
	(void)state;
	gives("application/json; charset=iso-8859-1", STR("{\"a\": \"\xE9\"}"), STR("{\"a\": \"\xE9\"}"));
	gives("text/xml", STR(""), STR(""));
	gives("text/xml; charset=koi8-r", STR("no"), STR("no"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(the_declaration_counts_without_charset),
			cmocka_unit_test(the_charset_counts_for_more),
			cmocka_unit_test(a_byte_order_mark_counts_most),
			cmocka_unit_test(what_is_no_xml_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
