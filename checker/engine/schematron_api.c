/* SPDX-License-Identifier: EUPL-1.2 */
/* Looks up what Schematron needs of libxml2. */
#include "engine/schematron_api.h"

#include <pthread.h>

static struct schematron_api api;
static bool loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
	const struct shared_symbol wanted[] = {
			{"valuePop", &api.pop},
			{"valuePush", &api.push},
			{"xmlXPathErr", &api.raise},
			{"xmlXPathEqualValues", &api.equal},
			{"xmlXPathNotEqualValues", &api.not_equal},
			{"xmlXPathCompareValues", &api.compare},
			{"xmlResetError", &api.reset_error},
			{"xmlXPathNodeSetSort", &api.sort},
			{"xmlXPathNodeSetAddUnique", &api.add},
			{"xmlXPathNewNodeSet", &api.new_set},
			{"xmlXPathNewBoolean", &api.new_boolean},
			{"xmlXPathNewString", &api.new_string},
			{"xmlXPathNewFloat", &api.new_number},
			{"xmlXPathObjectCopy", &api.copy},
			{"xmlXPathCastStringToNumber", &api.text_number},
			{"xmlXPathContextSetCache", &api.set_cache},
			{"xmlXPathCompiledEvalToBoolean", &api.test},
			{"xmlXPathStringFunction", &api.string},
			{"xmlXPathConcatFunction", &api.concat},
			{"xmlXPathStartsWithFunction", &api.starts_with},
			{"xmlXPathContainsFunction", &api.contains},
			{"xmlXPathSubstringBeforeFunction", &api.substring_before},
			{"xmlXPathSubstringAfterFunction", &api.substring_after},
			{"xmlXPathSubstringFunction", &api.substring},
			{"xmlXPathStringLengthFunction", &api.string_length},
			{"xmlXPathNormalizeFunction", &api.normalize_space},
			{"xmlXPathTranslateFunction", &api.translate},
			{"xmlXPathNumberFunction", &api.number},
			{"xmlXPathSumFunction", &api.sum},
			{"xmlXPathIdFunction", &api.id},
	};
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	loaded = xml_symbols(wanted, sizeof wanted / sizeof *wanted, &err);
	arena_free(arena);
}

const struct schematron_api *schematron_api(struct err *err)
{
	if (!xml_load(err)) return NULL;
	pthread_once(&once, load);
	if (loaded) return &api;
	err_set(err, ERR_IO, (struct loc){0}, "libxml2, as it is installed here, lacks functions that Schematron needs",
			"libxml2, zoals het hier is geïnstalleerd, mist functies die Schematron nodig heeft");
	return NULL;
}
