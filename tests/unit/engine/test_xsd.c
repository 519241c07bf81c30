/* SPDX-License-Identifier: EUPL-1.2 */
/* XML Schema sets: the merge of namespaces, slips, what is refused, SOAP, and violations in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "doc/doc.h"
#include "engine/xsd.h"

#define XS "xmlns:xs='http://www.w3.org/2001/XMLSchema'"
#define SOAP "http://schemas.xmlsoap.org/soap/envelope/"

struct bench {
	char root[64];
	struct arena *arena;
	struct err err;
	const struct xsd *xsd;
	struct doc *doc;
	struct facts facts;
};

static int setup(void **state)
{
	struct bench *bench = calloc(1, sizeof *bench);
	snprintf(bench->root, sizeof bench->root, "/tmp/keur-test-XXXXXX");
	assert_non_null(mkdtemp(bench->root));
	bench->arena = arena_new();
	*state = bench;
	return 0;
}

static int teardown(void **state)
{
	struct bench *bench = *state;
	char command[128];
	snprintf(command, sizeof command, "rm -r '%s'", bench->root);
	assert_int_equal(system(command), 0);
	doc_close(bench->doc);
	arena_free(bench->arena);
	free(bench);
	return 0;
}

static void put(struct bench *bench, const char *name, const char *text)
{
	struct str path = str_printf(bench->arena, "%s/%s", bench->root, name);
	for (char *slash = (char *)path.ptr + strlen(bench->root) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path.ptr, 0755);
		*slash = '/';
	}
	FILE *file = fopen(path.ptr, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static const struct xsd *try_load(struct bench *bench, const char *entry, const char *root)
{
	struct str path = str_printf(bench->arena, "%s/%s", bench->root, entry);
	struct str folder = root ? str_printf(bench->arena, "%s/%s", bench->root, root) : STR("");
	err_init(&bench->err, bench->arena);
	return bench->xsd = xsd_load(bench->arena, path.ptr, folder, &bench->err);
}

static void load(struct bench *bench, const char *entry)
{
	if (!try_load(bench, entry, ".")) fail_msg("%s", bench->err.message.in[LANG_EN].ptr);
}

/* Violations of a document; -1 when it is undecided, -2 when there was nothing to judge. */
static int check(struct bench *bench, const char *text)
{
	doc_close(bench->doc);
	bench->doc = doc_of_any(STR("d.xml"), str_of(text), &bench->err);
	assert_non_null(bench->doc);
	bench->facts = (struct facts){0};
	xsd_check(bench->xsd, bench->doc, bench->arena, &bench->facts);
	const struct fact *fact = bench->facts.items;
	assert_int_equal(fact->undecided ? 0 : fact->violations, bench->facts.result_count);
	return fact->undecided ? -1 : !fact->applies ? -2 : (int)fact->violations;
}

/* The one violation, "place message | expected | found". */
static void expect(struct bench *bench, const char *text, const char *wanted)
{
	int count = check(bench, text);
	if (count != 1) fail_msg("%d violations of %s", count, text);
	const struct result *result = &bench->facts.results[0];
	struct str found = str_printf(bench->arena, "%u %.*s | %.*s | %.*s", result->start,
			STR_FMT(result->message.in[LANG_EN]), STR_FMT(result->expected.in[LANG_EN]), STR_FMT(result->found));
	assert_string_equal(found.ptr, wanted);
	assert_true(result->message.in[LANG_NL].len > 0);
	assert_true(result->pointer.len > 0);
}

/* What libxml2 by itself does not: it keeps the first document of a namespace. */
static void test_merge(void **state)
{
	struct bench *bench = *state;
	put(bench, "a.xsd",
			"<xs:schema " XS " targetNamespace='urn:b' xmlns='urn:b' elementFormDefault='qualified'>"
			"<xs:element name='a'><xs:complexType><xs:sequence><xs:element name='x' type='xs:int'/>"
			"</xs:sequence></xs:complexType></xs:element></xs:schema>");
	put(bench, "b.xsd",
			"<xs:schema " XS " targetNamespace='urn:b'><xs:element name='b'><xs:complexType><xs:sequence>"
			"<xs:element name='x' type='xs:int'/></xs:sequence></xs:complexType></xs:element></xs:schema>");
	put(bench, "e.xsd",
			"<xs:schema " XS " xmlns:b='urn:b' targetNamespace='urn:e'>"
			"<xs:import namespace='urn:b' schemaLocation='a.xsd'/>"
			"<xs:import namespace='urn:b' schemaLocation='b.xsd'/>"
			"<xs:element name='e'><xs:complexType><xs:sequence><xs:element ref='b:a'/><xs:element ref='b:b'/>"
			"</xs:sequence></xs:complexType></xs:element></xs:schema>");
	load(bench, "e.xsd");
	const char *good = "<e:e xmlns:e='urn:e' xmlns:b='urn:b'><b:a><b:x>1</b:x></b:a><b:b><x>1</x></b:b></e:e>";
	const char *bad = "<e:e xmlns:e='urn:e' xmlns:b='urn:b'><b:a><x>1</x></b:a><b:b><x>1</x></b:b></e:e>";
	assert_int_equal(check(bench, good), 0);
	expect(bench, bad, "42 element x may not stand here | b:x | x");
	/* Whoever asks for the same set in this process gets the same. */
	const struct xsd *first = bench->xsd;
	load(bench, "e.xsd");
	assert_ptr_equal(first, bench->xsd);
}

static void test_chameleon(void **state)
{
	struct bench *bench = *state;
	put(bench, "c.xsd",
			"<?xml version='1.0' encoding='UTF-8'?>\n<xs:schema " XS "><xs:element name='c' type='T'/>"
			"<xs:simpleType name='T'><xs:restriction base='xs:int'/></xs:simpleType></xs:schema>");
	put(bench, "b.xsd", "<xs:schema " XS " targetNamespace='urn:b'><xs:include schemaLocation='c.xsd'/></xs:schema>");
	put(bench, "a.xsd",
			"<xs:schema " XS " targetNamespace='urn:a'><xs:include schemaLocation='c.xsd'/>"
			"<xs:include schemaLocation='c.xsd'/>"
			"<xs:import namespace='urn:b' schemaLocation='b.xsd'/></xs:schema>");
	load(bench, "a.xsd");
	assert_int_equal(check(bench, "<c xmlns='urn:a'>1</c>"), 0);
	assert_int_equal(check(bench, "<c xmlns='urn:b'>1</c>"), 0);
	assert_int_equal(check(bench, "<c xmlns='urn:b'>x</c>"), 1);
	expect(bench, "<c>1</c>", "0 element c is none that the schemas declare |  | ");
	assert_true(xsd_has_namespace(bench->xsd, STR("urn:b")));
	assert_false(xsd_has_namespace(bench->xsd, STR("")));
}

static void test_slips(void **state)
{
	struct bench *bench = *state;
	uint32_t count;
	put(bench, "Sub/T.xsd", "<xs:schema " XS "><xs:element name='t'/></xs:schema>");
	put(bench, "Sub/u.xsd", "<xs:schema " XS "><xs:element name='u'/></xs:schema>");
	put(bench, "Sub/e.xsd",
			"<xs:schema " XS "><xs:include schemaLocation='t.XSD'/>"
			"<xs:include schemaLocation='..\\Sub\\u.xsd'/><xs:include schemaLocation='none.xsd'/>"
			"<xs:include schemaLocation='http://example.org/x/u.xsd'/></xs:schema>");
	load(bench, "Sub/e.xsd");
	const struct xsd_remark *remarks = xsd_remarks(bench->xsd, &count);
	assert_int_equal(count, 4);
	assert_true(str_ends(remarks[0].message.in[LANG_EN], STR("/Sub/T.xsd was taken for it")));
	assert_int_equal(remarks[0].loc.line, 1);
	assert_int_equal(check(bench, "<t/>"), 0);
	assert_int_equal(check(bench, "<u/>"), 0);
	xsd_files(bench->xsd, &count);
	assert_int_equal(count, 3);
}

/* A missing file of which something is used: the error says what may be the reason. */
static void test_missing(void **state)
{
	struct bench *bench = *state;
	put(bench, "e.xsd",
			"<xs:schema " XS ">\n<xs:include schemaLocation='none.xsd'/>\n<xs:element name='e' type='T'/></xs:schema>");
	assert_null(try_load(bench, "e.xsd", "."));
	assert_int_equal(bench->err.code, ERR_RULES);
	assert_int_equal(bench->err.loc.line, 3);
	assert_true(str_find_str(bench->err.message.in[LANG_EN], STR("none.xsd")) < bench->err.message.in[LANG_EN].len);
}

/* The canary is a sound schema: if it were opened, the set would compile. */
static void test_outside(void **state)
{
	static const char *const ways[] = {"../canary.xsd", "%2e%2e/canary.xsd", "..\\canary.xsd", "%s/canary.xsd",
			"link.xsd", "sub/../../canary.xsd", "data.txt", "/dev/zero", "/proc/self/environ", "link/canary.xsd"};
	struct bench *bench = *state;
	put(bench, "canary.xsd", "<xs:schema " XS "><xs:element name='canary'/></xs:schema>");
	put(bench, "set/sub/x.xsd", "<xs:schema " XS "/>");
	put(bench, "set/data.txt", "<xs:schema " XS "/>");
	struct str link = str_printf(bench->arena, "%s/set/link.xsd", bench->root);
	struct str folder = str_printf(bench->arena, "%s/set/link", bench->root);
	assert_int_equal(symlink("../canary.xsd", link.ptr), 0);
	assert_int_equal(symlink("..", folder.ptr), 0);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		bool whole = strncmp(ways[i], "%s", 2) == 0;
		struct str location = whole ? str_printf(bench->arena, "%s/canary.xsd", bench->root) : str_of(ways[i]);
		put(bench, "set/e.xsd",
				str_printf(
						bench->arena, "<xs:schema " XS "><xs:include schemaLocation='%s'/></xs:schema>", location.ptr)
						.ptr);
		assert_null(try_load(bench, "set/e.xsd", "set"));
		assert_int_equal(bench->err.code, ERR_RULES);
		assert_int_equal(bench->err.loc.line, 1);
	}
	/* What is not there at all is a slip, also of other protocols. */
	put(bench, "set/e.xsd",
			"<xs:schema " XS "><xs:include schemaLocation='file:///tmp/none.xsd'/>"
			"<xs:include schemaLocation='http://127.0.0.1:1/none.xsd'/></xs:schema>");
	assert_non_null(try_load(bench, "set/e.xsd", "set"));
}

static void test_refused(void **state)
{
	struct bench *bench = *state;
	put(bench, "x.xsd", "<xs:schema " XS "/>");
	put(bench, "e.xsd", "<xs:schema " XS ">\n <xs:redefine schemaLocation='x.xsd'/></xs:schema>");
	assert_null(try_load(bench, "e.xsd", "."));
	assert_int_equal(bench->err.code, ERR_RULES);
	assert_int_equal(bench->err.loc.line, 2);
	/* What a document type declares is not there. */
	put(bench, "e.xsd",
			"<!DOCTYPE e [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xs:schema " XS "><xs:annotation>&a;"
			"</xs:annotation></xs:schema>");
	assert_null(try_load(bench, "e.xsd", "."));
	assert_int_equal(bench->err.code, ERR_SYNTAX);
	put(bench, "e.xsd", "<a/>");
	assert_null(try_load(bench, "e.xsd", "."));
	assert_int_equal(bench->err.code, ERR_RULES);
	put(bench, "e.xsd", "<xs:schema " XS ">\n<xs:element name='a' type='nope'/></xs:schema>");
	assert_null(try_load(bench, "e.xsd", "."));
	assert_int_equal(bench->err.loc.line, 2);
	/* A set that includes itself is one file. */
	put(bench, "e.xsd", "<xs:schema " XS "><xs:include schemaLocation='e.xsd'/><xs:element name='a'/></xs:schema>");
	load(bench, "e.xsd");
}

/* A schema with `count` parts, in which # is the number of the part and + that of the next. */
static void put_many(
		struct bench *bench, const char *name, const char *before, const char *part, int count, const char *after)
{
	struct strbuf buf;
	strbuf_init(&buf, 4 << 20);
	strbuf_printf(&buf, "<xs:schema " XS ">%s", before);
	for (int i = 0; i < count; i++)
		for (const char *c = part; *c; c++)
			if (*c == '#' || *c == '+')
				strbuf_printf(&buf, "%d", *c == '#' ? i : i + 1);
			else
				strbuf_add(&buf, (struct str){c, 1});
	strbuf_printf(&buf, "%s</xs:schema>", after);
	strbuf_add(&buf, (struct str){"", 1});
	assert_false(buf.overflow);
	put(bench, name, strbuf_str(&buf).ptr);
	strbuf_release(&buf);
}

/* What would take libxml2 minutes, or all memory, is refused before it begins. */
static void test_bombs(void **state)
{
	struct bench *bench = *state;
	static const char sequence[] = "<xs:element name='r'><xs:complexType><xs:sequence>",
					  end[] = "</xs:sequence></xs:complexType></xs:element>";
	static const char unions[] = "<xs:simpleType name='t#'><xs:union memberTypes='t+ t+'/></xs:simpleType>",
					  last[] = "<xs:simpleType name='t%d'><xs:restriction base='xs:int'/></xs:simpleType>";
	static const char substitutes[] = "<xs:element name='e+' substitutionGroup='e#' type='xs:int'/>";
	char after[256];
	put_many(bench, "e1.xsd", sequence, "<xs:element name='e#' minOccurs='0'/>", 100, end);
	load(bench, "e1.xsd");
	put_many(bench, "e2.xsd", sequence, "<xs:element name='e#' minOccurs='0'/>", 1000, end);
	assert_null(try_load(bench, "e2.xsd", "."));
	assert_int_equal(bench->err.code, ERR_LIMIT);
	snprintf(after, sizeof after, last, 8);
	put_many(bench, "e3.xsd", "", unions, 8, after);
	load(bench, "e3.xsd");
	snprintf(after, sizeof after, last, 30);
	put_many(bench, "e4.xsd", "", unions, 30, after);
	assert_null(try_load(bench, "e4.xsd", "."));
	assert_int_equal(bench->err.code, ERR_LIMIT);
	put_many(bench, "e5.xsd", "<xs:element name='e0'/>", substitutes, 50, "");
	load(bench, "e5.xsd");
	snprintf(after, sizeof after, "%s<xs:element ref='e'/>%s", sequence, end);
	put_many(bench, "e6.xsd", "<xs:element name='e' type='xs:int'/>",
			"<xs:element name='e#' substitutionGroup='e' type='xs:int'/>", 10000, after);
	assert_null(try_load(bench, "e6.xsd", "."));
	assert_int_equal(bench->err.code, ERR_LIMIT);
}

static void test_wsdl(void **state)
{
	struct bench *bench = *state;
	put(bench, "types.xsd",
			"<xs:schema " XS " targetNamespace='urn:t'><xs:element name='t' type='xs:int'/></xs:schema>");
	put(bench, "s.wsdl",
			"<?xml version='1.0'?>\n<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' " XS
			" xmlns:t='urn:t'><types>\n"
			"<xs:schema targetNamespace='urn:s' xmlns='urn:s'><xs:import namespace='urn:t' schemaLocation='types.xsd'/>\n"
			"<xs:element name='s'><xs:complexType><xs:sequence><xs:element ref='t:t'/></xs:sequence></xs:complexType>"
			"</xs:element></xs:schema></types></definitions>");
	load(bench, "s.wsdl");
	assert_int_equal(check(bench, "<s xmlns='urn:s'><t xmlns='urn:t'>1</t></s>"), 0);
	assert_int_equal(check(bench, "<s xmlns='urn:s'/>"), 1);
	put(bench, "m.wsdl",
			"<definitions xmlns='http://schemas.xmlsoap.org/wsdl/'><import location='s.wsdl'/></definitions>");
	load(bench, "m.wsdl");
	assert_int_equal(check(bench, "<t xmlns='urn:t'>1</t>"), 0);
	put(bench, "n.wsdl", "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/'/>");
	assert_null(try_load(bench, "n.wsdl", "."));
}

static void test_xml_attributes(void **state)
{
	struct bench *bench = *state;
	put(bench, "e.xsd",
			"<xs:schema " XS "><xs:import namespace='http://www.w3.org/XML/1998/namespace' "
			"schemaLocation='http://www.w3.org/2001/xml.xsd'/><xs:element name='e'><xs:complexType>"
			"<xs:attribute ref='xml:lang'/></xs:complexType></xs:element></xs:schema>");
	load(bench, "e.xsd");
	assert_int_equal(check(bench, "<e xml:lang='nl'/>"), 0);
	assert_int_equal(check(bench, "<e xml:space='preserve'/>"), 1);
}

static void test_soap(void **state)
{
	struct bench *bench = *state;
	put(bench, "e.xsd", "<xs:schema " XS " targetNamespace='urn:e'><xs:element name='e' type='xs:int'/></xs:schema>");
	load(bench, "e.xsd");
#define ENVELOPE(head, body)                                                                                           \
	"<s:Envelope xmlns:s='" SOAP "' xmlns:e='urn:e'><s:Header>" head "</s:Header><s:Body>" body "</s:Body></s:Envelope>"
	assert_int_equal(check(bench, ENVELOPE("", "<e:e>1</e:e>")), 0);
	assert_int_equal(check(bench, ENVELOPE("", "<e:e>x</e:e><e:e>y</e:e>")), 2);
	assert_int_equal(check(bench, ENVELOPE("", "<other/>")), 1);
	assert_int_equal(check(bench, ENVELOPE("<w:Security xmlns:w='urn:w'/>", "<e:e>1</e:e>")), 0);
	assert_int_equal(check(bench, ENVELOPE("<e:e>x</e:e>", "<e:e>1</e:e>")), 1);
	assert_int_equal(check(bench, ENVELOPE("", "<s:Fault><detail><e:e>x</e:e><other/></detail></s:Fault>")), 1);
	assert_int_equal(check(bench, ENVELOPE("", "<s:Fault><detail><other/></detail></s:Fault>")), -2);
	assert_int_equal(check(bench, ENVELOPE("", "")), -2);
	assert_int_equal(check(bench, "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>"
								  "<e xmlns='urn:e'>x</e></s:Body></s:Envelope>"),
			1);
}

static void test_words(void **state)
{
	struct bench *bench = *state;
	put(bench, "e.xsd",
			"<xs:schema " XS "><xs:element name='e'><xs:complexType><xs:sequence>"
			"<xs:element name='n' nillable='false' minOccurs='0' type='xs:date'/>"
			"<xs:element name='c' minOccurs='0'><xs:simpleType><xs:restriction base='xs:string'><xs:enumeration value='J'/>"
			"<xs:enumeration value='N'/></xs:restriction></xs:simpleType></xs:element>"
			"<xs:element name='p' minOccurs='0'><xs:simpleType><xs:restriction base='xs:string'><xs:pattern value='[0-9]{2}'/>"
			"</xs:restriction></xs:simpleType></xs:element>"
			"<xs:element name='l' minOccurs='0'><xs:simpleType><xs:restriction base='xs:string'><xs:maxLength value='2'/>"
			"</xs:restriction></xs:simpleType></xs:element>"
			"<xs:choice><xs:element name='q'/><xs:element name='r'/></xs:choice>"
			"</xs:sequence><xs:attribute name='k' type='xs:int'/></xs:complexType></xs:element></xs:schema>");
	load(bench, "e.xsd");
	assert_int_equal(check(bench, "<e><n>2026-01-31</n><c>J</c><p>12</p><l>a</l><q/></e>"), 0);
	expect(bench, "<e><c>X</c><q/></e>",
			"3 element c has a value that is not among those that are allowed | one of 'J', 'N' | X");
	expect(bench, "<e><p>1x</p><q/></e>", "3 element p has a value of another form | pattern [0-9]{2} | 1x");
	expect(bench, "<e><l>abc</l><q/></e>", "3 element l has a value that is too long | length of at most 2 | abc");
	expect(bench, "<e><n>2026-02-31</n><q/></e>",
			"3 element n has a value that is not of its type | type xs:date | "
			"2026-02-31");
	expect(bench, "<e/>", "0 element e is not complete: it lacks a child element | one of n, c, p, l, q, r | ");
	expect(bench, "<e><q/><q/></e>", "7 element q may not stand here | the end of e | q");
	expect(bench, "<e a='1'><q/></e>", "3 attribute a is not allowed here |  | a");
	expect(bench, "<e k='x'><q/></e>", "3 attribute k has a value that is not of its type | type xs:int | x");
	expect(bench, "<e>tekst<q/></e>", "0 element e holds text, and may hold elements only |  | tekst");
}

/* A pattern on which libxml2 gives up is no fault of the document. */
static void test_gives_up(void **state)
{
	struct bench *bench = *state;
	put(bench, "e.xsd",
			"<xs:schema " XS "><xs:element name='e'><xs:simpleType><xs:restriction base='xs:string'>"
			"<xs:pattern value='(a{0,200}){0,200}b'/></xs:restriction></xs:simpleType></xs:element></xs:schema>");
	if (!try_load(bench, "e.xsd", ".")) {
		assert_int_equal(bench->err.code, ERR_UNDECIDED);
		return;
	}
	assert_int_equal(
			check(bench, "<e>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac</e>"), -1);
	assert_true(bench->facts.items->why.in[LANG_NL].len > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_merge, setup, teardown),
			cmocka_unit_test_setup_teardown(test_chameleon, setup, teardown),
			cmocka_unit_test_setup_teardown(test_slips, setup, teardown),
			cmocka_unit_test_setup_teardown(test_missing, setup, teardown),
			cmocka_unit_test_setup_teardown(test_outside, setup, teardown),
			cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
			cmocka_unit_test_setup_teardown(test_bombs, setup, teardown),
			cmocka_unit_test_setup_teardown(test_wsdl, setup, teardown),
			cmocka_unit_test_setup_teardown(test_xml_attributes, setup, teardown),
			cmocka_unit_test_setup_teardown(test_soap, setup, teardown),
			cmocka_unit_test_setup_teardown(test_words, setup, teardown),
			cmocka_unit_test_setup_teardown(test_gives_up, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
