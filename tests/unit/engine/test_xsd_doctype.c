/* SPDX-License-Identifier: EUPL-1.2 */
/* Document type declarations of schema files: blanked in place, wherever they end, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/xsd_doctype.h"

static void is_blanked(const char *before, const char *after)
{
	char text[256];
	size_t len = strlen(before);
	snprintf(text, sizeof text, "%s", before);
	assert_true(xsd_blank_doctype(text, len));
	assert_string_equal(text, after);
}

static void is_left(const char *before)
{
	char text[256];
	snprintf(text, sizeof text, "%s", before);
	assert_false(xsd_blank_doctype(text, strlen(before)));
	assert_string_equal(text, before);
}

static void test_blanked(void **state)
{
	(void)state;
	is_blanked("<!DOCTYPE a><a/>", "            <a/>");
	is_blanked("<?xml version='1.0'?>\n<!-- <!DOCTYPE b> --><!DOCTYPE a\n>\n<a/>",
			"<?xml version='1.0'?>\n<!-- <!DOCTYPE b> -->           \n \n<a/>");
	is_blanked("<!DOCTYPE a 'x>y' [<!ENTITY b ']>'>\r\n]><a/>", "                                   \r\n  <a/>");
	is_blanked("<!DOCTYPE a [<!-- ' ]> --><?b ]> \"?>]><a/>", "                                      <a/>");
	is_blanked("<!DOCTYPE a><!DOCTYPE b><a/>", "            <!DOCTYPE b><a/>");
}

static void test_left(void **state)
{
	(void)state;
	is_left("");
	is_left("<a/>");
	is_left("<a/><!DOCTYPE a>");
	is_left("<!DOCTYPE a");
	is_left("<!DOCTYPE a [ ] ");
	is_left("<!DOCTYPE a '>");
	is_left("<!-- <!DOCTYPE a>");
}

static struct doc *open_text(const char *text, struct err *err)
{
	char path[] = "/tmp/keur-test-XXXXXX";
	int file = mkstemp(path);
	assert_true(file >= 0);
	assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
	close(file);
	struct doc *doc = xsd_open_document(path, err);
	unlink(path);
	return doc;
}

static void test_opened(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = open_text("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a/>", &err);
	assert_non_null(doc);
	assert_int_equal(err.code, ERR_NONE);
	doc_close(doc);
	assert_null(open_text("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>", &err));
	assert_int_equal(err.code, ERR_SYNTAX);
	err_init(&err, arena);
	assert_null(open_text("<!DOCTYPE a><!DOCTYPE a><a/>", &err));
	assert_int_equal(err.code, ERR_UNDECIDED);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_blanked), cmocka_unit_test(test_left), cmocka_unit_test(test_opened)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
