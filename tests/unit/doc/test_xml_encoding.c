/* SPDX-License-Identifier: EUPL-1.2 */
/* XML in other encodings: what is read is the same text, in the same places; what is wrong is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "doc/xml_doc.h"

static struct doc *open_bytes(struct arena *arena, struct str bytes, struct err *err)
{
	err_init(err, arena);
	return doc_of_any(STR("d.xml"), bytes, err);
}

/* The bytes read as a document with <a> at `column`, whose text is `text`. */
static void reads(struct str bytes, const char *text, uint32_t column)
{
	struct arena *arena = arena_new();
	struct err err;
	struct doc *doc = open_bytes(arena, bytes, &err);
	if (!doc) fail_msg("%s", err.message.in[LANG_EN].ptr);
	assert_non_null(doc->xml);
	assert_string_equal((const char *)doc->xml->root->children->content, text);
	assert_int_equal(source_locate(doc->source, xml_offset(doc, doc->xml->root)).column, column);
	if (doc->source->original.ptr) assert_int_equal(doc->source->original.len, bytes.len);
	doc_close(doc);
	arena_free(arena);
}

static void refused(struct str bytes, enum err_code code, uint32_t line, uint32_t column)
{
	struct arena *arena = arena_new();
	struct err err;
	struct doc *doc = open_bytes(arena, bytes, &err);
	assert_null(doc);
	assert_int_equal(err.code, code);
	assert_int_equal(err.loc.line, line);
	assert_int_equal(err.loc.column, column);
	assert_true(err.message.in[LANG_NL].len > 0);
	arena_free(arena);
}

static void test_bytes(void **state)
{
	(void)state;
	reads(STR("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9\xA4</a>"), "\xC3\xA9\xC2\xA4", 44);
	reads(STR("<?xml version='1.0' encoding='iso-8859-15'?><a>\xA4</a>"), "\xE2\x82\xAC", 45);
	reads(STR("<?xml version='1.0' encoding = \"Windows-1252\" standalone='yes'?><a>\x80\x9F\xFF</a>"),
			"\xE2\x82\xAC\xC5\xB8\xC3\xBF", 65);
	reads(STR("<?xml version='1.0' encoding='UTF-8'?><a>\xC3\xA9</a>"), "\xC3\xA9", 39);
}

static void assert_version(const char *text, const char *remark)
{
	struct arena *arena = arena_new();
	struct err err;
	struct doc *doc = open_bytes(arena, str_of(text), &err);
	assert_non_null(doc);
	assert_int_equal(doc->diagnostic_count, remark != NULL);
	if (remark) {
		struct text told = diagnostic_text(arena, doc, &doc->diagnostics[0]);
		assert_non_null(strstr(told.in[LANG_EN].ptr, remark));
		assert_int_equal(source_locate(doc->source, doc->diagnostics[0].start).column, 16);
	}
	doc_close(doc);
	arena_free(arena);
}

static void test_another_version_is_remarked(void **state)
{
	(void)state;
	assert_version("<?xml version='1.0'?><a/>", NULL);
	assert_version("<?xml version=\"1.1\" encoding='UTF-8'?><a/>", "XML 1.1;");
	assert_version("\xEF\xBB\xBF<?xml version='1.1'?><a/>", "XML 1.1;");
	assert_version("<a version='1.1'/>", NULL);
}

#define LE(c) c "\0"
#define BE(c) "\0" c

static void test_utf_16(void **state)
{
	(void)state;
	reads(STR("\xFF\xFE" LE("<") LE("a") LE(">") "\xAC\x20" LE("<") LE("/") LE("a") LE(">")), "\xE2\x82\xAC", 1);
	reads(STR("\xFE\xFF" BE("<") BE("a") BE(">") "\xD8\x3D\xDE\x00" BE("<") BE("/") BE("a") BE(">")),
			"\xF0\x9F\x98\x80", 1);
	reads(STR(BE("<") BE("?") BE("x") BE("?") BE(">") BE("<") BE("a") BE(">") BE("b") BE("<") BE("/") BE("a") BE(">")),
			"b", 6);
}

static void test_wrong(void **state)
{
	(void)state;
	refused(STR("<?xml version='1.0' encoding='windows-1252'?>\n<a>\x81</a>"), ERR_SYNTAX, 2, 4);
	refused(STR("<?xml version='1.0' encoding='UTF-8'?>\n<a>\xE9</a>"), ERR_UNDECIDED, 2, 4);
	refused(STR("<?xml version='1.0' encoding='UTF-16'?><a/>"), ERR_SYNTAX, 1, 1);
	refused(STR("<?xml version='1.0' encoding='Shift_JIS'?><a/>"), ERR_UNDECIDED, 1, 1);
	refused(STR("<?xml version='1.0' encoding='UTF-7'?><a/>"), ERR_UNDECIDED, 1, 1);
	refused(STR("\xFF\xFE" LE("<") LE("a") LE("/") ">"), ERR_SYNTAX, 1, 4);
	refused(STR("\xFF\xFE" LE("<") "\x00\xD8" LE(">")), ERR_SYNTAX, 1, 2);
	refused(STR("\xFE\xFF" BE("<") "\xDC\x00" BE(">")), ERR_SYNTAX, 1, 2);
	/* A doctype in UTF-16 is a doctype. */
	refused(STR("\xFE\xFF" BE("<") BE("!") BE("D") BE("O") BE("C") BE("T") BE("Y") BE("P") BE("E") BE(" ") BE("a")
							BE(">")),
			ERR_UNDECIDED, 1, 1);
	refused(STR("<?xml version='1.0' encoding='ISO-8859-1'?><a>\x00</a>"), ERR_SYNTAX, 1, 47);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_another_version_is_remarked),
			cmocka_unit_test(test_bytes),
			cmocka_unit_test(test_utf_16),
			cmocka_unit_test(test_wrong),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
