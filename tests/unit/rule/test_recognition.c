/* SPDX-License-Identifier: EUPL-1.2 */
/* Which documents a rule set is about: roots, SOAP bodies, faults, WSDL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "rule/recognition.h"

#define SOAP "http://schemas.xmlsoap.org/soap/envelope/"
#define ENVELOPE(body) "<s:Envelope xmlns:s='" SOAP "'><s:Header/><s:Body>" body "</s:Body></s:Envelope>"

/* Reads a list of roots; false when it is refused. */
static bool load(struct arena *arena, const char *yaml, struct roots *roots)
{
	struct err err;
	err_init(&err, arena);
	struct doc *list = doc_of(STR("r.yaml"), str_of(yaml), &err);
	assert_non_null(list);
	struct fields fields = {.doc = list, .object = list->root, .what = "check", .arena = arena, .err = &err};
	bool ok = roots_load(&fields, list->root, roots);
	doc_close(list);
	return ok;
}

static bool ask(const char *yaml, const char *xml, bool (*asked)(const struct roots *, const struct doc *))
{
	struct arena *arena = arena_new();
	struct roots roots;
	struct err err;
	err_init(&err, arena);
	assert_true(load(arena, yaml, &roots));
	struct doc *doc = doc_of_any(STR("d.xml"), str_of(xml), &err);
	assert_non_null(doc);
	bool match = asked(&roots, doc);
	struct text why = roots_why_not(arena, &roots, doc);
	assert_true(why.in[LANG_EN].len && why.in[LANG_NL].len);
	doc_close(doc);
	arena_free(arena);
	return match;
}

static bool matches(const char *yaml, const char *xml)
{
	return ask(yaml, xml, roots_match);
}

static void test_names(void **state)
{
	(void)state;
	assert_true(matches("['{urn:a}x']", "<x xmlns='urn:a'/>"));
	assert_false(matches("['{urn:a}x']", "<y xmlns='urn:a'/>"));
	assert_false(matches("['{urn:a}x']", "<x/>"));
	assert_true(matches("['{urn:b}', '{urn:a}']", "<q:y xmlns:q='urn:a'/>"));
	assert_true(matches("[x]", "<x/>"));
	assert_false(matches("[x]", "<x xmlns='urn:a'/>"));
	assert_true(matches("[]", "<x/>"));
}

static void test_children(void **state)
{
	(void)state;
	assert_true(matches("['{urn:/a}x/{urn:/b}y']", "<x xmlns='urn:/a'><z/><y xmlns='urn:/b'/></x>"));
	assert_false(matches("['{urn:/a}x/{urn:/b}y']", "<x xmlns='urn:/a'><z><y xmlns='urn:/b'/></z></x>"));
	assert_false(matches("['{urn:/a}x/{urn:/b}y']", "<x xmlns='urn:/a'><y/></x>"));
	assert_false(matches("['{urn:/a}x/y']", "<y xmlns='urn:/a'><y xmlns=''/></y>"));
	assert_true(matches("[x/y]", "<x><y/></x>"));
	assert_true(matches("['{urn:/a}x']", "<x xmlns='urn:/a'/>"));
}

static void test_envelopes(void **state)
{
	(void)state;
	assert_true(matches("['{urn:a}']", ENVELOPE("<x xmlns='urn:a'/>")));
	assert_false(matches("['{urn:a}']", ENVELOPE("<x><y xmlns='urn:a'/></x>")));
	assert_true(matches("['{urn:a}']", ENVELOPE("<s:Fault><detail><x xmlns='urn:a'/></detail></s:Fault>")));
	assert_true(matches("['{" SOAP "}Envelope']", ENVELOPE("")));
	assert_true(matches("['{urn:a}']", "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body>"
									   "<x xmlns='urn:a'/></e:Body></e:Envelope>"));
	assert_true(
			matches("['{urn:w}']", "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' targetNamespace='urn:w'/>"));
}

/* Of a SOAP envelope alone a rule set that nobody named is about the messages with header blocks. */
static void test_unasked(void **state)
{
	static const char envelope[] = "['{http://schemas.xmlsoap.org/soap/envelope/}Envelope']";
	static const char bare[] = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header> </s:Header>"
							   "<s:Body><x xmlns='urn:a'/></s:Body></s:Envelope>";
	static const char block[] =
			"<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header><To/></s:Header>"
			"<s:Body/></s:Envelope>";
	(void)state;
	assert_true(ask(envelope, bare, roots_match));
	assert_false(ask(envelope, bare, roots_match_unasked));
	assert_true(ask(envelope, block, roots_match_unasked));
	assert_true(ask("['{urn:a}x']", bare, roots_match_unasked));
	assert_true(ask("[]", bare, roots_match_unasked));
}

static void test_refused(void **state)
{
	static const char *const bad[] = {
			"['']", "['{urn:a']", "[1]", "['a b']", "['z:a']", "[a/]", "[a/b/c]", "['a/{urn:a}b/c']", "[/a]"};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct arena *arena = arena_new();
		struct roots roots;
		if (load(arena, bad[i], &roots)) fail_msg("%s is taken", bad[i]);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_names),
			cmocka_unit_test(test_children),
			cmocka_unit_test(test_envelopes),
			cmocka_unit_test(test_unasked),
			cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
