/* SPDX-License-Identifier: EUPL-1.2 */
/* Loads libxml2 at its first use. */
#include "doc/xml.h"

#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/shared.h"
#include "doc/xml_meter.h"

static struct xml_api api;
static void *library; /* for ever */
static bool loaded;
static char reason[SHARED_REASON]; /* why not */

static xmlParserInput *(*input_of)(xmlParserCtxt *parser, const xmlChar *text);
static xmlChar *(*duplicate)(const xmlChar *text);

/* What this thread may load: nothing, unless it is compiling a schema set that was read before. */
static _Thread_local const struct xml_served *served;
static _Thread_local size_t served_count;

void xml_serve(const struct xml_served *texts, size_t count)
{
	served = texts;
	served_count = count;
}

/* Deny by default: whatever URL, file or entity libxml2 asks for, it gets a text of ours or nothing. */
static xmlParserInput *load_served(const char *url, const char *id, xmlParserCtxt *parser)
{
	(void)id;
	for (size_t i = 0; url && i < served_count; i++) {
		if (strcmp(url, served[i].name) != 0) continue;
		xmlParserInput *input = input_of(parser, (const xmlChar *)served[i].text);
		if (input && !input->filename) input->filename = (const char *)duplicate((const xmlChar *)url);
		return input;
	}
	return NULL;
}

static bool look_up_all(void)
{
	void **release = dlsym(library, "xmlFree"); /* a variable that holds the function */
	const struct shared_symbol wanted[] = {
			{"xmlInitParser", &api.init},
			{"xmlSetExternalEntityLoader", &api.set_loader},
			{"xmlNewParserCtxt", &api.parser_new},
			{"xmlFreeParserCtxt", &api.parser_free},
			{"xmlCtxtReadIO", &api.parse},
			{"xmlFreeDoc", &api.doc_free},
			{"xmlDocGetRootElement", &api.root},
			{"xmlXPathNewContext", &api.context_new},
			{"xmlXPathFreeContext", &api.context_free},
			{"xmlXPathRegisterNs", &api.register_namespace},
			{"xmlXPathCtxtCompile", &api.compile},
			{"xmlXPathFreeCompExpr", &api.compiled_free},
			{"xmlXPathCompiledEval", &api.evaluate},
			{"xmlXPathFreeObject", &api.object_free},
			{"xmlXPathCastToBoolean", &api.to_boolean},
			{"xmlXPathCastToString", &api.to_string},
			{"xmlSetGenericErrorFunc", &api.set_generic_error},
			{"xmlXPathOrderDocElems", &api.number_elements},
			{"xmlNewStringInputStream", &input_of},
			{"xmlStrdup", &duplicate},
			{"xmlXPathNodeSetSort", &api.sort},
			{"xmlNodeSetContent", &api.set_content},
			{"xmlEncodeSpecialChars", &api.escape},
			{"xmlDocDumpMemoryEnc", &api.print},
			{"xmlXPathRegisterFunc", &api.register_function},
			{"valuePop", &api.pop},
			{"valuePush", &api.push},
			{"xmlXPathConvertString", &api.convert_string},
			{"xmlXPathErr", &api.raise},
			{"xmlXPathTranslateFunction", &api.translate},
			{"xmlXPathContainsFunction", &api.contains},
			{"xmlXPathSubstringBeforeFunction", &api.before},
			{"xmlXPathSubstringAfterFunction", &api.after},
			{"xmlXPathConcatFunction", &api.concat},
			{"xmlMemSetup", &api.set_memory},
	};
	if (!shared_find_all(library, wanted, sizeof wanted / sizeof *wanted, reason) || !release) return false;
	memcpy(&api.free_memory, release, sizeof api.free_memory);
	return true;
}

/* A tree is many small pieces. glibc keeps what is freed of those in lists, and walks all of them whenever a large
 * piece is freed: a tenth of the time that a document of 9 MB takes. */
static void free_at_once(void)
{
#ifdef M_MXFAST
	mallopt(M_MXFAST, 0);
#endif
}

static void load(void)
{
	library = shared_open("libxml2.so.2", reason);
	if (!library || !look_up_all()) return;
	api.set_memory(free, xml_meter_malloc, xml_meter_realloc, xml_meter_strdup); /* before all else */
	free_at_once();
	api.init();
	api.set_loader(load_served);
	loaded = true;
}

const struct xml_api *xml_load(struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load);
	if (loaded) return &api;
	err_set(err, ERR_IO, (struct loc){0},
			"reading XML takes libxml2, which cannot be used here (%s); install it: apt-get install libxml2",
			"voor het lezen van XML is libxml2 nodig, en dat is hier niet bruikbaar (%s); installeer het: apt-get install "
			"libxml2",
			reason);
	return NULL;
}

bool xml_symbols(const struct shared_symbol *symbols, size_t count, struct err *err)
{
	char missing[SHARED_REASON];
	if (!xml_load(err)) return false;
	if (shared_find_all(library, symbols, count, missing)) return true;
	return err_set(err, ERR_IO, (struct loc){0}, "libxml2, as it is installed here, lacks %s",
			"libxml2, zoals het hier is geïnstalleerd, heeft geen %s", missing);
}
