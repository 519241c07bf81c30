/* SPDX-License-Identifier: EUPL-1.2 */
/* Rule sets on demand. */
#include "rule/shelf.h"

#include <pthread.h>

#include "base/vec.h"

/* What became of one name. */
struct kept {
	struct str name;
	const struct ruleset *ruleset; /* NULL: `err` */
	struct err err;
};

struct shelf {
	struct arena *arena;
	const struct library *library;
	struct spectral_options options;
	pthread_mutex_t lock; /* held while a rule set is read: others that want it wait for it */
	struct {
		struct kept *items;
		size_t count, capacity;
	} all;
};

static void end_shelf(void *handle)
{
	struct shelf *shelf = handle;
	pthread_mutex_destroy(&shelf->lock);
	vec_release(&shelf->all);
}

struct shelf *shelf_new(struct arena *arena, const struct library *library, const struct spectral_options *options)
{
	struct shelf *shelf = arena_zalloc(arena, sizeof *shelf);
	shelf->arena = arena;
	shelf->library = library;
	shelf->options = *options;
	pthread_mutex_init(&shelf->lock, NULL);
	arena_on_free(arena, end_shelf, shelf);
	return shelf;
}

/* ID and ID@VERSION may be the same rule set: then it is the same one, too. */
static const struct ruleset *find_loaded(const struct shelf *shelf, struct str dir)
{
	for (size_t i = 0; i < shelf->all.count; i++) {
		const struct ruleset *ruleset = shelf->all.items[i].ruleset;
		if (ruleset && str_eq(ruleset->dir, dir)) return ruleset;
	}
	return NULL;
}

static const struct ruleset *load(struct shelf *shelf, struct str name, struct err *err)
{
	struct str dir;
	if (!library_find(shelf->library, shelf->arena, name, &dir, err)) return NULL;
	const struct ruleset *loaded = find_loaded(shelf, dir);
	if (loaded) return loaded;
	struct ruleset *ruleset = ruleset_load(shelf->arena, dir.ptr, err);
	if (ruleset) library_lend(shelf->library, ruleset);
	return ruleset && ruleset_compile(ruleset, &shelf->options, err) ? ruleset : NULL;
}

static const struct kept *find_kept(const struct shelf *shelf, struct str name)
{
	for (size_t i = 0; i < shelf->all.count; i++)
		if (str_eq(shelf->all.items[i].name, name)) return &shelf->all.items[i];
	return NULL;
}

static const struct kept *keep(struct shelf *shelf, struct str name)
{
	struct kept kept = {.name = str_copy(shelf->arena, name)};
	err_init(&kept.err, shelf->arena);
	kept.ruleset = load(shelf, kept.name, &kept.err);
	*vec_push(&shelf->all) = kept;
	return &shelf->all.items[shelf->all.count - 1];
}

void shelf_keep(struct shelf *shelf, const struct ruleset *ruleset)
{
	struct kept kept = {.name = ruleset->dir, .ruleset = ruleset};
	pthread_mutex_lock(&shelf->lock);
	*vec_push(&shelf->all) = kept;
	pthread_mutex_unlock(&shelf->lock);
}

const struct ruleset *shelf_get(struct shelf *shelf, struct str name, struct err *err)
{
	pthread_mutex_lock(&shelf->lock);
	const struct kept *kept = find_kept(shelf, name);
	if (!kept) kept = keep(shelf, name);
	const struct ruleset *ruleset = kept->ruleset;
	if (!ruleset) err_set_text(err, kept->err.code, kept->err.loc, TEXT("", ""), kept->err.message);
	pthread_mutex_unlock(&shelf->lock);
	return ruleset;
}
