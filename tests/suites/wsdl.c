/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Official WSDL: every file of the sets in $KEUR_SHARED/reference/xml/schemas is read as a whole, without a name that
 * leads nowhere; beside itself, and beside the file of the same name in another set, it has no difference. The services
 * of ZDS 1.2 beside those of ZDS 1.1, of which the operations were renamed and the namespace of root elements changed,
 * have the differences that the mapping of the two (specs-text/mapping_zds11_zds12.tsv) lets expect, in these numbers.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/vec.h"
#include "doc/uri_path.h"
#include "engine/wsdl_compare.h"
#include "engine/wsdl_load.h"

enum { PATH_BYTES = 4096, DEPTH_MAX = 8 };

struct official {
	struct str set, below; /* "zds12-p26", "0301/stuf0301_types.wsdl" */
	struct wsdl *wsdl;
};

struct suite {
	struct arena *arena;
	struct str root;
	struct {
		struct official *items;
		size_t count, capacity;
	} files;
	unsigned failures, operations, pairs;
};

static void add(struct suite *suite, const char *path)
{
	struct err err;
	struct str below = str_skip(str_copy(suite->arena, str_of(path)), suite->root.len + 1);
	struct str set = {below.ptr, str_find(below, '/')};
	struct str folder = str_printf(suite->arena, "%.*s/%.*s", STR_FMT(suite->root), STR_FMT(set));
	err_init(&err, suite->arena);
	struct wsdl *wsdl = wsdl_open(suite->arena, path, folder.ptr, &err);
	if (!wsdl || !wsdl->whole || wsdl->problem_count) {
		struct text why = wsdl ? wsdl->problems[0].message : err.message;
		printf("%s: %.*s\n", path, STR_FMT(why.in[LANG_EN]));
		suite->failures++;
		return;
	}
	for (uint32_t i = 0; i < wsdl->binding_count; i++)
		suite->operations += wsdl->bindings[i].operation_count;
	*vec_push(&suite->files) = (struct official){set, str_skip(below, set.len + 1), wsdl};
}

static void walk(struct suite *suite, const char *folder, int depth)
{
	struct dirent **entries;
	int count = depth < DEPTH_MAX ? scandir(folder, &entries, NULL, alphasort) : -1;
	for (int i = 0; i < count; i++) {
		char path[PATH_BYTES];
		struct stat info;
		struct str name = str_of(entries[i]->d_name);
		snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
		free(entries[i]);
		if (name.ptr[0] == '.' || stat(path, &info) != 0) continue;
		if (S_ISDIR(info.st_mode))
			walk(suite, path, depth + 1);
		else if (str_ends(str_of(path), STR(".wsdl")))
			add(suite, path);
	}
	if (count >= 0) free(entries);
}

static void compare_with_itself(struct suite *suite, const struct official *file)
{
	struct facts facts;
	struct arena *arena = arena_new();
	wsdl_compare(file->wsdl, file->wsdl, arena, &facts);
	unsigned undecided = 0;
	for (int i = 0; i < WSDL_RULES; i++)
		undecided += facts.items[i].undecided;
	if (facts.result_count || undecided) {
		printf("%.*s beside itself: %u differences, %u undecided\n", STR_FMT(file->below), facts.result_count,
				undecided);
		suite->failures++;
	}
	arena_free(arena);
}

static void compare(struct suite *suite, const struct official *vendor, const struct official *official)
{
	struct facts facts;
	struct arena *arena = arena_new();
	wsdl_compare(vendor->wsdl, official->wsdl, arena, &facts);
	suite->pairs++;
	if (facts.result_count) {
		suite->failures++;
		printf("%.*s/%.*s beside %.*s: %.*s\n", STR_FMT(vendor->set), STR_FMT(vendor->below), STR_FMT(official->set),
				STR_FMT(facts.results[0].message.in[LANG_EN]));
	}
	arena_free(arena);
}

/* Differences of one service in two versions: how many of each rule. */
struct version {
	const char *vendor, *official;
	unsigned expected[WSDL_RULES];
};

static const struct version versions[] = {
		{"zds0120_beantwoordVraag_zs-dms.wsdl", "zkn0310_beantwoordVraag_zs-dms.wsdl",
				{[WSDL_SERVICE] = 1, [WSDL_OPERATION_LACKING] = 4, [WSDL_OPERATION_ADDED] = 6}},
		{"zds0120_vrijeBerichten_zs-dms.wsdl", "zkn0310_vrijeBerichten_zs-dms.wsdl",
				{[WSDL_OPERATION_ADDED] = 2, [WSDL_SOAP_ACTION] = 5, [WSDL_REQUEST] = 5, [WSDL_RESPONSE] = 3}},
		{"zds0120_ontvangAsynchroon_mutatie_zs-dms.wsdl", "zkn0310_ontvangAsynchroon_mutatie_zs-dms.wsdl",
				{[WSDL_OPERATION_LACKING] = 6, [WSDL_OPERATION_ADDED] = 9}},
};

static const struct wsdl *file_named(const struct suite *suite, const char *name)
{
	for (size_t i = 0; i < suite->files.count; i++)
		if (str_eq(path_base(suite->files.items[i].below), str_of(name))) return suite->files.items[i].wsdl;
	return NULL;
}

static void compare_versions(struct suite *suite)
{
	for (size_t i = 0; suite->files.count && i < sizeof versions / sizeof *versions; i++) {
		struct facts facts;
		struct arena *arena = arena_new();
		const struct wsdl *vendor = file_named(suite, versions[i].vendor);
		const struct wsdl *official = file_named(suite, versions[i].official);
		if (vendor && official) wsdl_compare(vendor, official, arena, &facts);
		for (int rule = 0; rule < WSDL_RULES; rule++) {
			unsigned found = vendor && official ? facts.items[rule].violations : UINT32_MAX;
			if (found == versions[i].expected[rule]) continue;
			suite->failures++;
			printf("%s: %u of %s, expected %u\n", versions[i].vendor, found, wsdl_rule_names[rule].ptr,
					versions[i].expected[rule]);
		}
		arena_free(arena);
	}
}

static void compare_sets(struct suite *suite)
{
	for (size_t i = 0; i < suite->files.count; i++) {
		const struct official *one = &suite->files.items[i];
		compare_with_itself(suite, one);
		for (size_t j = 0; j < suite->files.count; j++) {
			const struct official *other = &suite->files.items[j];
			if (i != j && str_eq(path_base(one->below), path_base(other->below))) compare(suite, one, other);
		}
	}
}

int main(void)
{
	const char *shared = getenv("KEUR_SHARED");
	struct arena *arena = arena_new();
	struct suite suite = {
			.arena = arena, .root = str_printf(arena, "%s/reference/xml/schemas", shared ? shared : "../shared")};
	walk(&suite, suite.root.ptr, 0);
	compare_sets(&suite);
	compare_versions(&suite);
	if (suite.files.count)
		printf("suite: wsdl: %zu official files, %u operations, no difference with themselves; %u pairs of one name in two "
			   "sets alike; 3 services of ZDS 1.1 and 1.2 differ as expected\n",
				suite.files.count, suite.operations, suite.pairs);
	else
		printf("suite: wsdl: skipped, no KEUR_SHARED at %.*s\n", STR_FMT(suite.root));
	vec_release(&suite.files);
	arena_free(arena);
	return suite.failures > 0;
}
