/* SPDX-License-Identifier: EUPL-1.2 */
/* Schema sets: read, compiled, and kept as long as somebody in the process uses them. */
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

#include "engine/xsd_private.h"
#include "engine/xsd_set.h"

const struct str xsd_rules[1] = {{"valid", sizeof "valid" - 1}};

static void copy_files(struct xsd *xsd, const struct xsd_set *set)
{
	xsd->file_count = (uint32_t)set->files.count;
	xsd->files = arena_alloc(xsd->arena, set->files.count * sizeof *xsd->files);
	for (size_t i = 0; i < set->files.count; i++) {
		const struct source *source = set->files.items[i].doc->source;
		struct str bytes = source->original.ptr ? source->original : source->bytes;
		xsd->files[i] = (struct xsd_file){
				xsd_folder_name(&set->folder, set->files.items[i].below), digest_of(bytes), bytes.len};
	}
}

static void copy_namespaces(struct xsd *xsd, const struct xsd_set *set)
{
	xsd->namespace_count = (uint32_t)set->namespaces.count;
	xsd->namespaces = arena_alloc(xsd->arena, set->namespaces.count * sizeof *xsd->namespaces);
	for (size_t i = 0; i < set->namespaces.count; i++)
		xsd->namespaces[i] = str_copy(xsd->arena, set->namespaces.items[i]);
}

static void copy_remarks(struct xsd *xsd, const struct xsd_set *set)
{
	xsd->remark_count = (uint32_t)set->remarks.count;
	xsd->remarks = arena_alloc(xsd->arena, set->remarks.count * sizeof *xsd->remarks);
	if (set->remarks.count) memcpy(xsd->remarks, set->remarks.items, set->remarks.count * sizeof *xsd->remarks);
}

static void free_schema(void *schema)
{
	struct err none = {0};
	xsd_api_load(&none)->schema_free(schema);
}

bool xsd_make(struct xsd *xsd, const char *path, struct str root, struct err *err)
{
	struct xsd_set set = {.arena = xsd->arena};
	struct arena *scratch = arena_new();
	struct xsd_texts texts;
	bool ok = xsd_folder_open(&set.folder, xsd->arena, path, root, err) && xsd_set_read(&set, err) &&
			  xsd_admit(&set, err);
	if (ok) {
		copy_files(xsd, &set);
		copy_namespaces(xsd, &set);
		copy_remarks(xsd, &set);
		xsd_merge(&set, scratch, &texts);
		xsd->schema = xsd_compile(&set, &texts, err);
		ok = xsd->schema != NULL;
	}
	if (ok) arena_on_free(xsd->arena, free_schema, xsd->schema);
	xsd_set_release(&set);
	arena_free(scratch);
	return ok;
}

/* One set, by the file of its entry and its folder. */
struct kept {
	struct kept *next;
	char *key;
	uint32_t users;
	pthread_mutex_t lock; /* held while it is compiled: others that want it wait for it */
	struct xsd *xsd;      /* NULL: not yet, or not to be had */
};

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept *table;

static struct kept *take(struct str key)
{
	pthread_mutex_lock(&table_lock);
	struct kept *kept = table;
	while (kept && !str_eq(key, str_of(kept->key)))
		kept = kept->next;
	if (!kept) {
		kept = mem_resize(NULL, 1, sizeof *kept);
		*kept = (struct kept){.next = table, .key = mem_resize(NULL, key.len + 1, 1)};
		memcpy(kept->key, key.ptr, key.len);
		kept->key[key.len] = '\0';
		pthread_mutex_init(&kept->lock, NULL);
		table = kept;
	}
	kept->users++;
	pthread_mutex_unlock(&table_lock);
	return kept;
}

static void leave(void *handle)
{
	struct kept *kept = handle, **at = &table;
	pthread_mutex_lock(&table_lock);
	bool last = --kept->users == 0;
	while (last && *at != kept)
		at = &(*at)->next;
	if (last) *at = kept->next;
	pthread_mutex_unlock(&table_lock);
	if (!last) return;
	if (kept->xsd) arena_free(kept->xsd->arena);
	pthread_mutex_destroy(&kept->lock);
	free(kept->key);
	free(kept);
}

static struct xsd *make(const char *path, struct str root, struct err *err)
{
	struct arena *arena = arena_new();
	struct xsd *xsd = arena_zalloc(arena, sizeof *xsd);
	xsd->arena = arena;
	if (xsd_make(xsd, path, root, err)) return xsd;
	arena_free(arena);
	return NULL;
}

const struct xsd *xsd_load(struct arena *arena, const char *path, struct str root, struct err *err)
{
	char real[PATH_MAX];
	struct str key = str_printf(arena, "%.*s|%s", STR_FMT(root), realpath(path, real) ? real : path);
	struct kept *kept = take(key);
	pthread_mutex_lock(&kept->lock);
	if (!kept->xsd) kept->xsd = make(path, root, err);
	const struct xsd *xsd = kept->xsd;
	pthread_mutex_unlock(&kept->lock);
	if (xsd)
		arena_on_free(arena, leave, kept);
	else
		leave(kept);
	return xsd;
}

const struct xsd_file *xsd_files(const struct xsd *xsd, uint32_t *count)
{
	*count = xsd->file_count;
	return xsd->files;
}

const struct xsd_remark *xsd_remarks(const struct xsd *xsd, uint32_t *count)
{
	*count = xsd->remark_count;
	return xsd->remarks;
}

bool xsd_has_namespace(const struct xsd *xsd, struct str namespace)
{
	for (uint32_t i = 0; i < xsd->namespace_count; i++)
		if (str_eq(xsd->namespaces[i], namespace)) return true;
	return false;
}
