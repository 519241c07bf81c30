/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of doc/xml: what is read, and what hostile XML is refused with. */
#include "doc/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"

static struct err parse(struct str bytes, bool *there)
{
	struct arena *arena = arena_new();
	static char message[4096];
	struct err err;
	err_init(&err, arena);
	*there = xml_parse(arena, bytes, &err) != NULL;
	if (*there) assert_int_equal(err.code, ERR_NONE);
	if (!*there) assert_true(err.message.in[LANG_EN].len > 0 && err.message.in[LANG_NL].len > 0);
	snprintf(message, sizeof message, "%.*s", STR_FMT(err.message.in[LANG_EN]));
	err.message.in[LANG_EN] = str_of(message);
	arena_free(arena);
	return err;
}

static struct err refused(struct str bytes, enum err_code code, const char *part)
{
	bool there;
	struct err err = parse(bytes, &there);
	if (there || err.code != code || !strstr(err.message.in[LANG_EN].ptr, part))
		fail_msg("%.60s: expected code %d with \"%s\", found %d: %s", bytes.ptr, code, part, err.code,
				err.message.in[LANG_EN].ptr);
	return err;
}

static void read_well(struct str bytes)
{
	bool there;
	struct err err = parse(bytes, &there);
	if (!there) fail_msg("%.60s: %s", bytes.ptr, err.message.in[LANG_EN].ptr);
}

/* `count` times `part` between two texts. */
static struct str repeat(struct strbuf *buf, const char *before, const char *part, int count, const char *after)
{
	strbuf_clear(buf);
	strbuf_add(buf, str_of(before));
	for (int i = 0; i < count; i++) {
		if (strchr(part, '%'))
			strbuf_printf(buf, " a%d='x'", i);
		else
			strbuf_add(buf, str_of(part));
	}
	strbuf_add(buf, str_of(after));
	assert_false(buf->overflow);
	return strbuf_str(buf);
}

static void test_what_is_read(void **state)
{
	(void)state;
	read_well(STR("<a/>"));
	read_well(STR("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><a>\xC3\xA9 &lt; &#65;</a>"));
	read_well(STR("<?xml version='1.0' encoding = 'US-ASCII' ?><a/>"));
	read_well(STR("<a b='>' c=\"'\"><!-- <b \" ' --><![CDATA[<!DOCTYPE \"]]><?p \"<!DOCTYPE\" ?></a>"));
}

static void test_malformed(void **state)
{
	(void)state;
	struct err err = refused(STR("<a>\n  <b></c>\n</a>"), ERR_SYNTAX, "mismatch");
	assert_int_equal(err.loc.line, 2);
	assert_true(err.loc.column > 1);
	refused(STR(""), ERR_SYNTAX, "well-formed");
	refused(STR("text"), ERR_SYNTAX, "well-formed");
	refused(STR("{\"a\": 1}"), ERR_SYNTAX, "well-formed");
	refused(STR("<a><b>"), ERR_SYNTAX, "well-formed");
	refused(STR("<a b='"), ERR_SYNTAX, "does not end");
	refused(STR("<a b='<'/>"), ERR_SYNTAX, "well-formed");
	refused(STR("<a><!-- "), ERR_SYNTAX, "does not end");
	refused(STR("<a/><b/>"), ERR_SYNTAX, "Extra content");
	refused(STR("<a>&nbsp;</a>"), ERR_SYNTAX, "nbsp");
	refused(STR("<a><!--\xEF\xBF\xBF <b --></a>"), ERR_SYNTAX, "well-formed");
	refused(STR("<?xml bad><a ?><b/>"), ERR_SYNTAX, "well-formed");
	refused(STR("<a><? <b ?></a>"), ERR_UNDECIDED, "or the like");
	refused(STR("<a>\x01</a>"), ERR_SYNTAX, "well-formed");
	err = refused(STR("<a xmlns:r='relative'>\n<b xsi:type='c'/>\n<p:c xmlns:q='relative'/></a>"), ERR_SYNTAX,
			"xsi for type");
	assert_int_equal(err.loc.line, 2);
	refused(STR("<p:a/>"), ERR_SYNTAX, "p on a is not defined");
	refused(STR("<a xmlns:p='urn:a' xmlns:q='urn:a' p:b='' q:b=''/>"), ERR_SYNTAX, "redefined");
	err = refused(STR("<a>\n \xC3\xA9<b c</a>"), ERR_SYNTAX, "well-formed");
	assert_int_equal(err.loc.line, 2);
}

static void test_entities_are_not_read(void **state)
{
	static const char laughs[] = "<?xml version='1.0'?>\n<!DOCTYPE l [<!ENTITY a 'ha'>"
								 "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
								 "]><l>&c;</l>";
	char canary[] = "/tmp/keur-xml-XXXXXX", text[256];
	(void)state;
	struct err err = refused(STR(laughs), ERR_UNDECIDED, "DOCTYPE");
	assert_int_equal(err.loc.line, 2);
	assert_int_equal(err.loc.column, 1);
	int fd = mkstemp(canary);
	assert_true(fd >= 0 && write(fd, "<canary", 7) == 7);
	close(fd);
	snprintf(text, sizeof text, "<!DOCTYPE a [<!ENTITY x SYSTEM 'file://%s'>]><a>&x;</a>", canary);
	refused(str_of(text), ERR_UNDECIDED, "DOCTYPE");
	unlink(canary);
	refused(STR("<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>"), ERR_UNDECIDED, "DOCTYPE");
	refused(STR("<a/><!DOCTYPE a>"), ERR_UNDECIDED, "DOCTYPE");
	refused(STR("<!doctype html><html/>"), ERR_UNDECIDED, "DOCTYPE");
}

static void test_encodings(void **state)
{
	(void)state;
	refused(STR("<a>\xE9</a>"), ERR_UNDECIDED, "UTF-8");
	refused(STR("<?xml version='1.0' encoding='ISO-8859-1'?><a/>"), ERR_UNDECIDED, "UTF-8");
	refused(STR("<?xml version='1.0' encoding='utf-7'?><a/>"), ERR_UNDECIDED, "UTF-8");
	refused(STR("\xFF\xFE<\0a\0/\0>\0"), ERR_UNDECIDED, "UTF-8");
	refused(STR("<\0a\0/\0>\0"), ERR_SYNTAX, "well-formed");
}

static void test_ceilings(void **state)
{
	struct strbuf buf;
	(void)state;
	strbuf_init(&buf, LIMIT_XML_BYTES + 100);
	refused(repeat(&buf, "<a", "%", 10000, "/>"), ERR_LIMIT, "1000");
	refused(repeat(&buf, "<a", "%", LIMIT_XML_ATTRIBUTES + 1, "/>"), ERR_LIMIT, "1000");
	read_well(repeat(&buf, "<a", "%", LIMIT_XML_ATTRIBUTES, "/>"));
	read_well(repeat(&buf, "<a>", "<b/>", LIMIT_XML_NODES - 1, "</a>"));
	refused(repeat(&buf, "<a>", "<b/>", LIMIT_XML_NODES, "</a>"), ERR_LIMIT, "20000");
	refused(repeat(&buf, "", "<a>", 10000, ""), ERR_LIMIT, "250");
	read_well(repeat(&buf, "<a>", "0123456789abcdef", LIMIT_XML_BYTES / 16 - 1, "</a>"));
	refused(repeat(&buf, "<a>", "0123456789abcdef", LIMIT_XML_BYTES / 16, "</a>"), ERR_LIMIT, "bytes");
	strbuf_release(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_what_is_read),
			cmocka_unit_test(test_malformed),
			cmocka_unit_test(test_entities_are_not_read),
			cmocka_unit_test(test_encodings),
			cmocka_unit_test(test_ceilings),
	};
	return cmocka_run_group_tests_name("doc/xml", tests, NULL, NULL);
}
