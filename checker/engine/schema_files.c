/* SPDX-License-Identifier: EUPL-1.2 */
/* Finds schemas in files. */
#include "engine/schema_files.h"

#include <unistd.h>

#include "base/limits.h"
#include "base/vec.h"
#include "doc/uri.h"
#include "doc/uri_path.h"

struct finder {
	struct schema_resolver resolver;
	struct arena *arena;
	struct err *err;   /* the first file that could not be read as it should */
	struct str folder; /* where relative paths start: the working folder, with a slash */
	struct str home;   /* folder of the schema's `$id`; empty when that names no folder */
	struct {
		struct schema_file *items;
		size_t count, capacity;
	} files;
};

static const char scheme[] = "file://";

static void close_file(void *doc)
{
	doc_close(doc);
}

static struct str working_folder(struct arena *arena)
{
	char buffer[4096];
	bool known = getcwd(buffer, sizeof buffer) != NULL;
	return str_printf(arena, "%s/", known && strcmp(buffer, "/") != 0 ? buffer : "");
}

/* "file:///folder/name": what has a meaning in URIs is percent-encoded. */
static struct str uri_of(const struct finder *finder, struct str path)
{
	struct strbuf uri;
	struct str whole = path;
	if (path.len == 0 || path.ptr[0] != '/')
		whole = str_printf(finder->arena, "%.*s%.*s", STR_FMT(finder->folder), STR_FMT(path));
	whole = path_normalize(whole, finder->arena);
	strbuf_init(&uri, LIMIT_MESSAGE_BYTES);
	strbuf_add(&uri, STR("file://"));
	for (size_t i = 0; i < whole.len; i++) {
		char c = whole.ptr[i];
		if ((unsigned char)c <= ' ' || strchr("%?#[]\"<>\\^`{|}", c))
			strbuf_printf(&uri, "%%%02X", (unsigned char)c);
		else
			strbuf_add_char(&uri, c);
	}
	return strbuf_take(&uri, finder->arena);
}

/* The path of a file: URI, relative to the working folder where it lies below that; ptr NULL when it is no such URI. */
static struct str path_of(const struct finder *finder, struct str uri)
{
	struct str path;
	struct str rest = str_skip(uri, strlen(scheme));
	if (!str_starts(uri, STR("file:///"))) return (struct str){NULL, 0};
	if (uri_to_path(rest, STR("/"), finder->arena, &path) != URI_FILE) return (struct str){NULL, 0};
	return str_starts(path, finder->folder) ? str_skip(path, finder->folder.len) : path;
}

static struct doc *open_file(struct finder *finder, struct str path, struct str uri, struct err *err)
{
	struct str name = str_copy(finder->arena, path);
	struct doc *doc = doc_open(name.ptr, err);
	if (!doc) return NULL;
	arena_on_free(finder->arena, close_file, doc);
	source_locate(doc->source, 0); /* its lines are found now: afterwards it is const, and shared by threads */
	*vec_push(&finder->files) = (struct schema_file){name, str_copy(finder->arena, uri), doc};
	return doc;
}

/* A file that is not there is no error yet: the compiler tells the reference. One that cannot be read is. */
static bool find_file(struct schema_resolver *resolver, struct str uri, struct schema_document *document)
{
	struct finder *finder = (struct finder *)resolver;
	struct str home = finder->home;
	struct str wanted = uri;
	if (home.len > 0 && str_starts(uri, home)) {
		struct str rest = str_skip(uri, home.len);
		wanted = uri_resolve(finder->arena, finder->files.items[0].uri, rest);
	}
	struct str path = path_of(finder, wanted);
	struct err err;
	err_init(&err, finder->arena);
	if (!path.ptr || access(str_copy(finder->arena, path).ptr, F_OK) != 0) return false;
	struct doc *doc = open_file(finder, path, wanted, &err);
	if (!doc && finder->err->code == ERR_NONE) *finder->err = err;
	if (!doc) return false;
	*document = (struct schema_document){doc->root, doc->source};
	return true;
}

/* The folder of the schema's own URI. */
static struct str home_of(const struct node *root)
{
	struct str id = root->kind == NODE_OBJECT ? node_string_member(root, STR("$id")) : (struct str){NULL, 0};
	if (!id.ptr && root->kind == NODE_OBJECT) id = node_string_member(root, STR("id"));
	if (!id.ptr || uri_scheme(id) == 0) return STR("");
	size_t end = str_find(id, '#');
	while (end > 0 && id.ptr[end - 1] != '/')
		end--;
	return (struct str){id.ptr, end};
}

struct schema_set *schema_set_load(
		struct arena *arena, const char *path, const struct schema_options *options, struct err *err)
{
	struct err own;
	struct finder finder = {.resolver = {find_file}, .arena = arena, .err = &own, .folder = working_folder(arena)};
	struct schema_options how = *options;
	err_init(&own, arena);
	how.base = uri_of(&finder, str_of(path));
	how.resolver = &finder.resolver;
	struct doc *doc = open_file(&finder, str_of(path), how.base, err);
	if (!doc) return NULL;
	finder.home = home_of(doc->root);
	struct schema_set *set = arena_alloc(arena, sizeof *set);
	set->schema = schema_compile(arena, doc->source, doc->root, &how, err);
	if (!set->schema && own.code != ERR_NONE) *err = own;
	struct schema_file *files = arena_alloc(arena, finder.files.count * sizeof *files);
	memcpy(files, finder.files.items, finder.files.count * sizeof *files);
	set->files = files;
	set->file_count = (uint32_t)finder.files.count;
	vec_release(&finder.files);
	return set->schema ? set : NULL;
}
