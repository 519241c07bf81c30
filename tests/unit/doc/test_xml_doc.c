/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of doc/xml_doc: places and paths of nodes, and what is taken for XML. */
#include "doc/xml_doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

static struct doc *read_text(struct str text)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of_any(STR("message.xml"), text, &err);
	if (!doc) fail_msg("%.60s: %s", text.ptr, err.message.in[LANG_EN].ptr);
	arena_free(arena);
	return doc;
}

static const xmlNode *select_node(const struct doc *doc, const char *expression, xmlXPathObject **owner)
{
	const struct xml_api *api = xml_load(NULL);
	xmlXPathContext *context = api->context_new(doc->xml->doc);
	api->register_namespace(context, (const xmlChar *)"a", (const xmlChar *)"urn:a");
	xmlXPathCompExpr *compiled = api->compile(context, (const xmlChar *)expression);
	*owner = api->evaluate(compiled, context);
	assert_non_null(*owner);
	const xmlNode *node = (*owner)->nodesetval->nodeTab[0];
	api->compiled_free(compiled);
	api->context_free(context);
	return node;
}

/* That expression finds this node, and no prefix is needed for it. */
static void assert_location(struct doc *doc, const xmlNode *node)
{
	xmlXPathObject *owner;
	struct str location = xml_location(doc->arena, node);
	if (node->type == XML_NAMESPACE_DECL) return;
	assert_null(memchr(location.ptr, ':', str_find(location, '\'')));
	if (select_node(doc, location.ptr, &owner) != node) fail_msg("%s", location.ptr);
	assert_int_equal(owner->nodesetval->nodeNr, 1);
	xml_load(NULL)->object_free(owner);
}

static void assert_at(struct str text, const char *expression, uint32_t line, uint32_t column, const char *path)
{
	struct doc *doc = read_text(text);
	xmlXPathObject *owner;
	const xmlNode *node = select_node(doc, expression, &owner);
	struct place place = source_locate(doc->source, xml_offset(doc, node));
	struct str found = xml_path(doc->arena, node);
	if (place.line != line || place.column != column || !str_eq(found, str_of(path)))
		fail_msg("%s: expected %u:%u %s, found %u:%u %.*s", expression, line, column, path, place.line, place.column,
				STR_FMT(found));
	assert_true(xml_offset_end(doc, node) >= xml_offset(doc, node));
	assert_location(doc, node);
	xml_load(NULL)->object_free(owner);
	doc_close(doc);
}

static const char sample[] = "<?xml version=\"1.0\"?>\n"
							 "<!-- <no> -->\n"
							 "<x:r xmlns:x='urn:a'>\n"
							 "  <x:b  c = '>/' \n\td=\"'&lt;\" x:c='2'/><b><![CDATA[<b>]]></b><b\n"
							 ">t<?p <b>?><x:b/>u</b>\n"
							 "</x:r>";

static void test_places(void **state)
{
	(void)state;
	struct str text = str_of(sample);
	assert_at(text, "/*", 3, 1, "/x:r");
	assert_at(text, "/*/a:b", 4, 3, "/x:r/x:b");
	assert_at(text, "/*/a:b/@c", 4, 9, "/x:r/x:b/@c");
	assert_at(text, "/*/a:b/@d", 5, 2, "/x:r/x:b/@d");
	assert_at(text, "/*/a:b/@a:c", 5, 12, "/x:r/x:b/@x:c");
	assert_at(text, "/*/b[1]", 5, 21, "/x:r/b[1]");
	assert_at(text, "/*/b[2]", 5, 43, "/x:r/b[2]");
	assert_at(text, "/*/b[2]/text()[2]", 6, 2, "/x:r/b[2]/text()[2]");
	assert_at(text, "/*/b[2]/a:b", 6, 12, "/x:r/b[2]/x:b");
	assert_at(text, "/*/b[1]/text()", 5, 24, "/x:r/b[1]/text()");
	assert_at(text, "/*/b[2]/processing-instruction()", 6, 2, "/x:r/b[2]/processing-instruction()");
	assert_at(text, "/", 1, 1, "/");
	assert_at(text, "/*/namespace::x", 3, 1, "/x:r");
	assert_at(STR("<a xmlns='q&apos;s'><b xmlns=\"it's\"/><b/><b/></a>"), "/*/*[3]", 1, 42, "/a/b[2]");
	assert_at(STR("<a xmlns='q&apos;s'><b xmlns=\"it's\"/><b/><b/></a>"), "/*/*[1]", 1, 21, "/a/b");
}

static void test_byte_order_mark(void **state)
{
	(void)state;
	assert_at(STR("\xEF\xBB\xBF<a><\xC3\xA9/><b/></a>"), "/a/b", 1, 8, "/a/b");
}

/* libxml2 keeps lines of elements in 16 bits. */
static void test_many_lines(void **state)
{
	(void)state;
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	strbuf_add(&buf, STR("<a>"));
	for (int i = 0; i < 70000; i++)
		strbuf_add(&buf, STR("\n<b/>"));
	strbuf_add(&buf, STR("\n  <c/></a>"));
	assert_at(strbuf_str(&buf), "/a/c", 70002, 3, "/a/c");
	assert_at(strbuf_str(&buf), "/a/b[66000]", 66001, 1, "/a/b[66000]");
	strbuf_release(&buf);
}

/* A document of 9 MB in base64 in one element, as a StUF message may bring. */
static void test_long_text(void **state)
{
	struct strbuf buf;
	(void)state;
	strbuf_init(&buf, 16 << 20);
	strbuf_add(&buf, STR("<a>"));
	for (int i = 0; i < (12 << 20) / 16; i++)
		strbuf_add(&buf, STR("AAAAAAAAAAAAAAAA"));
	strbuf_add(&buf, STR("<b/></a>"));
	assert_false(buf.overflow);
	assert_at(strbuf_str(&buf), "/*/b", 1, (12 << 20) + 4, "/a/b");
	strbuf_release(&buf);
}

static void test_what_is_xml(void **state)
{
	(void)state;
	assert_true(xml_begins(STR("<a/>")));
	assert_true(xml_begins(STR("<?xml version='1.0'?>")));
	assert_true(xml_begins(STR("<!DOCTYPE a>")));
	assert_true(xml_begins(STR("<_/>")));
	assert_false(xml_begins(STR("<")));
	assert_false(xml_begins(STR("<<: *a")));
	assert_false(xml_begins(STR("a: <b>")));
	assert_false(xml_begins(STR("< a")));
	struct doc *yaml = read_text(STR("<<: {a: 1}\n"));
	assert_int_equal(yaml->format, DOC_YAML);
	assert_null(yaml->xml);
	doc_close(yaml);
	struct doc *xml = read_text(STR(" \n<a/>"));
	assert_int_equal(xml->format, DOC_XML);
	assert_int_equal(xml->root->kind, NODE_NULL);
	assert_int_equal(xml->xml->count, 1);
	doc_close(xml);
}

static void test_errors_name_the_file(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	assert_null(doc_of_any(STR("message.xml"), STR("<a>\n  <b></c>\n</a>"), &err));
	assert_int_equal(err.code, ERR_SYNTAX);
	assert_true(str_eq(err.loc.file, STR("message.xml")));
	assert_int_equal(err.loc.line, 2);
	arena_free(arena);
}

/* The path to each of very many siblings: looking through those before it would take minutes. */
static void test_many_siblings(void **state)
{
	enum { MANY = 200000 };
	struct strbuf text;
	(void)state;
	strbuf_init(&text, 1 << 24);
	strbuf_add(&text, STR("<r>"));
	for (int i = 0; i < MANY; i++)
		strbuf_add(&text, STR("<a/>t<b/><!--c-->"));
	strbuf_add(&text, STR("</r>"));
	struct doc *doc = read_text(strbuf_str(&text));
	clock_t start = clock();
	uint32_t number = 0;
	for (const xmlNode *node = doc->xml->root->children; node; node = node->next) {
		static const char *const kinds[] = {"a", "text()", "b", "comment()"};
		struct str expected = str_printf(doc->arena, "/r/%s[%u]", kinds[number % 4], number / 4 + 1);
		number++;
		assert_true(str_eq(xml_path(doc->arena, node), expected));
	}
	double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	/* No measurement: growth with the square takes minutes. */
	if (seconds > 120) fail_msg("%.1f s", seconds);
	doc_close(doc);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_places),
			cmocka_unit_test(test_byte_order_mark),
			cmocka_unit_test(test_many_lines),
			cmocka_unit_test(test_many_siblings),
			cmocka_unit_test(test_long_text),
			cmocka_unit_test(test_what_is_xml),
			cmocka_unit_test(test_errors_name_the_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
