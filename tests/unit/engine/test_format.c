/* SPDX-License-Identifier: EUPL-1.2 */
/* Formats of documents. */
#include "support/fixture.h"

#include "engine/format.h"

static void check(const char *text, const char *names)
{
	struct arena *arena = arena_new();
	struct doc *doc = fixture_doc(arena, text);
	assert_str(format_names(arena, format_detect(doc->root)), names);
	doc_close(doc);
	arena_free(arena);
}

static void versions_of_openapi_are_told_apart(void **state)
{
	(void)state;
	check("{\"swagger\": \"2.0\"}", "OpenAPI 2.0 (Swagger)");
	check("{\"openapi\": \"3.0.3\"}", "OpenAPI 3.x, OpenAPI 3.0.x");
	check("{\"openapi\": \"3.1.0\"}", "OpenAPI 3.x, OpenAPI 3.1.x");
	check("{\"openapi\": \"3.2.0\"}", "OpenAPI 3.x, OpenAPI 3.2.x");
	check("{\"openapi\": 3}", "OpenAPI 3.x");
	check("{\"openapi\": \"3.0.x\"}", "OpenAPI 3.x");
	check("{\"openapi\": \"31.0\"}", "");
	check("{\"openapi\": \"4.0.0\"}", "");
	check("{\"openapi\": null}", "");
	check("[\"openapi\"]", "");
}

static void other_formats_are_known(void **state)
{
	(void)state;
	check("{\"asyncapi\": \"2.6.0\"}", "AsyncAPI 2.x, AsyncAPI 2.6.x");
	check("{\"arazzo\": \"1.0.1\"}", "Arazzo 1.0.x");
	check("{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}",
			"JSON Schema, JSON Schema (loose), JSON Schema Draft 7");
	check("{\"type\": \"object\"}", "JSON Schema (loose)");
	check("{\"type\": [\"object\", \"unknown\"]}", "");
}

static void names_have_two_spellings(void **state)
{
	(void)state;
	assert_int_equal(format_by_name(STR("oas3.1")), format_by_name(STR("oas3_1")));
	assert_int_not_equal(format_by_name(STR("oas3")), 0);
	assert_int_equal(format_by_name(STR("oas4")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(versions_of_openapi_are_told_apart),
			cmocka_unit_test(other_formats_are_known),
			cmocka_unit_test(names_have_two_spellings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
