/* SPDX-License-Identifier: EUPL-1.2 */
/* The tests of OpenAPI's own schemas, 3.1 and 3.2: what is in pass has to pass, what is in fail has to fail. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "doc/doc.h"
#include "engine/schema.h"
#include "skips.h"

struct tally {
	unsigned total, passed, skipped, unexpected;
};

/* The schemas of one version refer to each other by name and the date, which in the sources is a placeholder. */
struct sources {
	struct schema_resolver resolver;
	struct arena *arena;
	const char *folder, *version;
};

static void close_source(void *doc)
{
	doc_close(doc);
}

static bool find_source(struct schema_resolver *resolver, struct str uri, struct schema_document *document)
{
	struct sources *sources = (struct sources *)resolver;
	struct str prefix = str_printf(sources->arena, "https://spec.openapis.org/oas/%s/", sources->version);
	struct err err;
	if (!str_starts(uri, prefix)) return false;
	err_init(&err, sources->arena);
	struct str name = str_skip(uri, prefix.len);
	name.len = str_find(name, '/');
	struct str path = str_printf(sources->arena, "%s/v%s/src/schemas/validation/%.*s.yaml", sources->folder,
			sources->version, STR_FMT(name));
	struct doc *doc = doc_open(path.ptr, &err);
	if (!doc) return false;
	arena_on_free(sources->arena, close_source, doc);
	*document = (struct schema_document){doc->root, doc->source};
	return true;
}

static struct schema *compile(struct sources *sources)
{
	struct err err;
	struct schema_document document;
	struct schema_options options = {.draft = SCHEMA_2020_12, .formats = true, .unicode = true};
	options.resolver = &sources->resolver;
	err_init(&err, sources->arena);
	options.base = str_printf(sources->arena, "https://spec.openapis.org/oas/%s/schema-base/", sources->version);
	if (!find_source(&sources->resolver, options.base, &document)) return NULL;
	struct schema *schema = schema_compile(sources->arena, document.source, document.root, &options, &err);
	if (!schema) printf("%s: %.*s\n", sources->version, STR_FMT(err.message.in[LANG_EN]));
	return schema;
}

static void print_violation(struct schema_sink *sink, const struct schema_violation *violation)
{
	(void)sink;
	printf("\t%.*s: %.*s\n", STR_FMT(violation->instance), STR_FMT(violation->message.in[LANG_EN]));
}

static void run_file(const struct schema *schema, const char *path, struct str id, bool pass, const struct skips *skips,
		struct tally *tally)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_open(path, &err);
	struct view view = {doc, NULL};
	struct schema_sink sink = {.report = print_violation};
	enum schema_result result = SCHEMA_UNDECIDED;
	if (doc) result = schema_check(schema, &view, doc->root, pass ? SCHEMA_ALL : SCHEMA_TEST, &sink, arena, &err);
	bool right = result == (pass ? SCHEMA_VALID : SCHEMA_INVALID);
	bool listed = skips_has(skips, id);
	tally->total++;
	tally->passed += right;
	tally->skipped += !right && listed;
	tally->unexpected += right == listed;
	if (right && listed) printf("%.*s passes, yet is listed\n", STR_FMT(id));
	if (!right && !listed) printf("%.*s: %.*s\n", STR_FMT(id), STR_FMT(err.message.in[LANG_EN]));
	doc_close(doc);
	arena_free(arena);
}

/* One folder, pass or fail; false when there is none. */
static bool run_folder(struct sources *sources, const struct schema *schema, const char *name,
		const struct skips *skips, struct tally *tally)
{
	struct str path = str_printf(sources->arena, "%s/v%s/tests/schema/%s", sources->folder, sources->version, name);
	struct dirent **entries;
	int count = scandir(path.ptr, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		const char *file = entries[i]->d_name;
		struct str id = str_printf(sources->arena, "%s/%s/%s", sources->version, name, file);
		struct str full = str_printf(sources->arena, "%s/%s", path.ptr, file);
		if (str_ends(str_of(file), STR(".yaml"))) run_file(schema, full.ptr, id, name[0] == 'p', skips, tally);
		free(entries[i]);
	}
	if (count >= 0) free(entries);
	return count > 0;
}

int main(void)
{
	static const char *const versions[] = {"3.1", "3.2"};
	const char *shared = getenv("KEUR_SHARED");
	struct arena *arena = arena_new();
	struct str folder = str_printf(arena, "%s/suites/openapi", shared ? shared : "../shared");
	struct skips skips = skips_read(arena, "tests/suites/openapi_schema.skip");
	struct tally tally = {0};
	bool found = true;
	for (size_t i = 0; i < 2; i++) {
		struct sources sources = {{find_source}, arena, folder.ptr, versions[i]};
		DIR *sought = opendir(str_printf(arena, "%s/v%s", folder.ptr, versions[i]).ptr);
		found = found && sought;
		if (!sought) continue;
		closedir(sought);
		const struct schema *schema = compile(&sources);
		if (!schema || !run_folder(&sources, schema, "pass", &skips, &tally) ||
				!run_folder(&sources, schema, "fail", &skips, &tally))
			tally.unexpected++;
	}
	if (found) {
		printf("suite: openapi_schema: %u of %u passed, %u skipped (tests/suites/openapi_schema.skip)\n", tally.passed,
				tally.total, tally.skipped);
	} else {
		printf("suite: openapi_schema: skipped, no KEUR_SHARED at %s\n", folder.ptr);
	}
	arena_free(arena);
	return tally.unexpected > 0;
}
