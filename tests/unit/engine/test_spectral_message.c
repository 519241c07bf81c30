/* SPDX-License-Identifier: EUPL-1.2 */
/* Message templates. */
#include "support/fixture.h"

#include "engine/spectral_message.h"

static void check_value(const char *template, const char *value, const char *expected)
{
	struct arena *arena = arena_new();
	struct doc *doc = value ? fixture_doc(arena, value) : NULL;
	struct message_values values = {
			.property = STR("name"),
			.error = STR("went {{wrong}}"),
			.path = STR("#/info/name"),
			.description = STR("D"),
			.value = doc ? doc->root : NULL,
	};
	assert_str(message_fill(arena, str_of(template), &values), expected);
	doc_close(doc);
	arena_free(arena);
}

static void check(const char *template, const char *expected)
{
	check_value(template, "\"text\"", expected);
}

static void placeholders_are_filled(void **state)
{
	(void)state;
	check("{{property}} at {{path}}: {{description}}", "name at #/info/name: D");
	check("{{value}}", "text");
	check("{{unknown}}x{{ property }}", "x");
	check("  {{property}}\n", "name");
}

static void what_is_no_placeholder_stays(void **state)
{
	(void)state;
	check("{property} {{}} {{property} }} {{", "{property} {{}} {{property} }} {{");
	check("{{line\nbreak}}", "{{line\nbreak}}");
	check("", "");
}

static void what_is_filled_in_is_not_filled_again(void **state)
{
	(void)state;
	check("{{error}}", "went {{wrong}}");
}

static void values_are_written_as_javascript_does(void **state)
{
	(void)state;
	check_value("{{value}}", "{\"a\": 1}", "[object Object]");
	check_value("{{value}}", "[1, null, \"x\", [true]]", "1,,x,true");
	check_value("{{value}}", "1.50", "1.5");
	check_value("{{value}}", "null", "null");
	check_value("{{value}}", NULL, "undefined");
}

static void print_names_what_it_prints(void **state)
{
	(void)state;
	check("#{{print(\"property\")}}is wrong", "\"name\" property is wrong");
	check("#{{ print('value') }}", "\"text\"");
	check("#{{print(\"path\")}}", "#/info/name");
	check_value("#{{print(\"value\")}}", "[1]", "Array[]");
}

static void other_expressions_are_refused(void **state)
{
	(void)state;
	static const char *const refused[] = {"#{{property + 1}}", "a #{{print(property)}}", "#{{value.toUpperCase()}}"};
	struct arena *arena = arena_new();
	struct loc loc = {.file = STR("rules.yaml"), .line = 3, .column = 1};
	for (int i = 0; i < 3; i++) {
		struct err err;
		err_init(&err, arena);
		assert_false(message_check((struct text){{str_of(refused[i])}}, loc, &err));
		assert_int_equal(err.code, ERR_RULES);
		assert_int_equal(err.loc.line, 3);
	}
	struct err err;
	err_init(&err, arena);
	assert_true(message_check(TEXT("{{error}} #{{print(\"value\")}}", "{{error}}"), loc, &err));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(placeholders_are_filled),
			cmocka_unit_test(what_is_no_placeholder_stays),
			cmocka_unit_test(what_is_filled_in_is_not_filled_again),
			cmocka_unit_test(values_are_written_as_javascript_does),
			cmocka_unit_test(print_names_what_it_prints),
			cmocka_unit_test(other_expressions_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
