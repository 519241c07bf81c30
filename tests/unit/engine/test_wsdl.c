/* SPDX-License-Identifier: EUPL-1.2 */
/* Tests of engine/wsdl: constructs and places, names that lead nowhere, imports and the folder that they stay in. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wsdl_sample.h"

static void test_constructs(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct wsdl *wsdl = sample_of(arena, (struct sample){.input_attributes = "wsam:Action='urn:a'"});
	assert_int_equal(wsdl->problem_count, 0);
	assert_true(wsdl->whole);
	assert_int_equal(wsdl->message_count, 3);
	assert_int_equal(wsdl->binding_count, 1);
	const struct wsdl_binding_operation *operation = &wsdl->bindings[0].operations[0];
	assert_int_equal(wsdl->bindings[0].kind, WSDL_SOAP_11);
	assert_string_equal(operation->action.ptr, "urn:t/geef");
	assert_string_equal(operation->operation->input->action.ptr, "urn:a");
	assert_string_equal(operation->operation->input->message->parts[0].element.local.ptr, "vraag");
	assert_string_equal(operation->operation->input->message->parts[0].element.space.ptr, "urn:t");
	assert_string_equal(operation->operation->faults[0].message->parts[0].element.local.ptr, "fout");
	assert_ptr_equal(wsdl->ports[0].binding, &wsdl->bindings[0]);
	assert_string_equal(wsdl->ports[0].address.ptr, "http://x.nl");
	arena_free(arena);
}

static void test_paths(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct wsdl *wsdl = sample_of(arena, (struct sample){0});
	const struct wsdl_binding_operation *operation = &wsdl->bindings[0].operations[0];
	assert_string_equal(wsdl_path(arena, operation->soap_at.node).ptr,
			"/definitions/binding[@name='B']/operation[@name='geef']/s:operation");
	assert_string_equal(wsdl_path(arena, operation->input.at.node).ptr,
			"/definitions/binding[@name='B']/operation[@name='geef']/input/s:body");
	assert_string_equal(wsdl_path(arena, wsdl_attribute_node(operation->at.node, NULL, "name")).ptr,
			"/definitions/binding[@name='B']/operation[@name='geef']/@name");
	arena_free(arena);
}

static const char *only_problem(struct arena *arena, const char *more)
{
	const struct wsdl *wsdl = sample_of(arena, (struct sample){.more = more});
	if (wsdl->problem_count != 1) fail_msg("%s: %u problems", more, wsdl->problem_count);
	assert_true(wsdl->problems[0].message.in[LANG_NL].len > 0);
	return wsdl->problems[0].message.in[LANG_EN].ptr;
}

static void test_names_that_lead_nowhere(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_non_null(strstr(only_problem(arena, "<binding name='C' type='t:Q'/>"), "{urn:t}Q"));
	assert_non_null(strstr(only_problem(arena, "<binding name='C' type='u:Q'/>"), "not declared"));
	assert_non_null(
			strstr(only_problem(arena, "<service name='S'><port name='p' binding='t:X'/></service>"), "{urn:t}X"));
	assert_non_null(
			strstr(only_problem(arena, "<binding name='C' type='t:P'><operation name='weg'/></binding>"), "weg"));
	assert_non_null(
			strstr(only_problem(arena, "<portType name='Q'><operation name='o'><input message='t:weg'/></operation>"
									   "</portType>"),
					"{urn:t}weg"));
	arena_free(arena);
}

static void test_not_wsdl(void **state)
{
	static const char *const texts[] = {"<a/>", "<definitions/>", "<description xmlns='http://www.w3.org/ns/wsdl'/>"};
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena *arena = arena_new();
		struct err err;
		err_init(&err, arena);
		struct doc *doc = doc_of_any(STR("x.wsdl"), str_of(texts[i]), &err);
		assert_null(wsdl_new(arena, doc, "", &err));
		assert_int_equal(err.code, ERR_SYNTAX);
		assert_int_equal(err.loc.line, 1);
		doc_close(doc);
		arena_free(arena);
	}
}

static void test_policies(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct wsdl *wsdl = sample_of(arena,
			(struct sample){
					.policy = "<w:Policy xmlns:w='http://www.w3.org/ns/ws-policy' xmlns:x='urn:x'><w:All><x:Een/>"
							  "<x:Twee w:Optional='true'/></w:All></w:Policy>"});
	assert_int_equal(wsdl->bindings[0].policy_count, 1);
	assert_string_equal(wsdl->bindings[0].policies[0].ptr, "{urn:x}Een");
	arena_free(arena);
}

/* A folder with a set in it, and a file beside it. */
struct folder {
	char root[64];
};

static void write_file(const struct folder *place, const char *name, struct str text)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", place->root, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fwrite(text.ptr, 1, text.len, file);
	fclose(file);
}

static struct wsdl *open_in(const struct folder *place, struct arena *arena, const char *folder)
{
	char path[256], below[256];
	struct err err;
	err_init(&err, arena);
	snprintf(path, sizeof path, "%s/set/main.wsdl", place->root);
	snprintf(below, sizeof below, "%s/%s", place->root, folder ? folder : "");
	struct wsdl *wsdl = wsdl_open(arena, path, folder ? below : NULL, &err);
	if (!wsdl) fail_msg("%s", err.message.in[LANG_EN].ptr);
	return wsdl;
}

static struct folder make_place(const char *location)
{
	struct folder place = {"/tmp/keur-wsdl-XXXXXX"};
	char path[256];
	struct arena *arena = arena_new();
	assert_non_null(mkdtemp(place.root));
	snprintf(path, sizeof path, "%s/set", place.root);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file(&place, "set/main.wsdl",
			str_printf(arena,
					SAMPLE_HEAD "<import namespace='urn:t' location='%s'/>"
								"<import namespace='urn:t' location='main.wsdl'/></definitions>",
					location));
	write_file(&place, "set/deel.wsdl",
			STR(SAMPLE_HEAD "<import namespace='urn:t' location='main.wsdl'/>"
							"<message name='m'/></definitions>"));
	write_file(&place, "buiten.wsdl", STR(SAMPLE_HEAD "<message name='geheim'/></definitions>"));
	write_file(&place, "set/geen.wsdl", STR("<a/>"));
	snprintf(path, sizeof path, "%s/set/link.wsdl", place.root);
	assert_int_equal(symlink("../buiten.wsdl", path), 0);
	arena_free(arena);
	return place;
}

static void remove_place(const struct folder *place)
{
	static const char *const names[] = {
			"set/main.wsdl", "set/deel.wsdl", "set/geen.wsdl", "set/link.wsdl", "set", "buiten.wsdl", ""};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char path[256];
		snprintf(path, sizeof path, "%s/%s", place->root, names[i]);
		remove(path);
	}
}

static void assert_import(const char *location, const char *folder, uint32_t messages, const char *words)
{
	struct folder place = make_place(location);
	struct arena *arena = arena_new();
	const struct wsdl *wsdl = open_in(&place, arena, folder);
	if (wsdl->message_count != messages) fail_msg("%s: %u messages", location, wsdl->message_count);
	assert_int_equal(wsdl->whole, words == NULL);
	assert_int_equal(wsdl->problem_count, words != NULL);
	if (words && !strstr(wsdl->problems[0].message.in[LANG_EN].ptr, words))
		fail_msg("%s", wsdl->problems[0].message.in[LANG_EN].ptr);
	if (words) assert_true(wsdl->problems[0].import);
	arena_free(arena);
	remove_place(&place);
}

static void test_imports(void **state)
{
	(void)state;
	assert_import("deel.wsdl", NULL, 1, NULL); /* which imports main.wsdl: a ring */
	assert_import("../buiten.wsdl", NULL, 0, "outside the folder");
	assert_import("link.wsdl", NULL, 0, "outside the folder");
	assert_import("../buiten.wsdl", ".", 1, NULL);
	assert_import("http://127.0.0.1:1/x.wsdl", ".", 0, "network");
	assert_import("weg.wsdl", NULL, 0, "no such file");
	assert_import("geen.wsdl", NULL, 0, "expected a WSDL 1.1 document");
	assert_import("", NULL, 0, "no location");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_constructs),
			cmocka_unit_test(test_paths),
			cmocka_unit_test(test_names_that_lead_nowhere),
			cmocka_unit_test(test_not_wsdl),
			cmocka_unit_test(test_policies),
			cmocka_unit_test(test_imports),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
