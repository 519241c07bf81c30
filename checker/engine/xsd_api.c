/* SPDX-License-Identifier: EUPL-1.2 */
/* Loads the XML Schema part of libxml2. */
#include "engine/xsd_api.h"

#include <pthread.h>

static struct xsd_api api;
static bool loaded;

__attribute__((format(printf, 2, 3))) static void print_nothing(void *unused, const char *format, ...)
{
	(void)unused;
	(void)format;
}

void xsd_api_hush(const struct xsd_api *of)
{
	of->xml->set_generic_error(NULL, print_nothing);
}

static bool look_up(struct err *err)
{
	const struct shared_symbol wanted[] = {
			{"xmlSchemaInitTypes", &api.init_types},
			{"xmlSchemaNewMemParserCtxt", &api.parser_new},
			{"xmlSchemaFreeParserCtxt", &api.parser_free},
			{"xmlSchemaSetParserStructuredErrors", &api.parser_errors},
			{"xmlSchemaParse", &api.parse},
			{"xmlSchemaFree", &api.schema_free},
			{"xmlSchemaNewValidCtxt", &api.validator_new},
			{"xmlSchemaFreeValidCtxt", &api.validator_free},
			{"xmlSchemaSetValidStructuredErrors", &api.validator_errors},
			{"xmlSchemaValidateDoc", &api.validate_doc},
			{"xmlSchemaValidateOneElement", &api.validate_element},
	};
	api.xml = xml_load(err);
	return api.xml && xml_symbols(wanted, sizeof wanted / sizeof *wanted, err);
}

/* Its built-in types are made once: two threads must not do so at a time. */
static void load(void)
{
	struct arena *scratch = arena_new();
	struct err none;
	err_init(&none, scratch);
	loaded = look_up(&none);
	if (loaded) api.init_types();
	arena_free(scratch);
}

const struct xsd_api *xsd_api_load(struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load);
	if (loaded) return &api;
	look_up(err);
	return NULL;
}
