/* SPDX-License-Identifier: EUPL-1.2 */
/* Looking for pinned artefacts. */
#include "rule/artefact.h"

#include <pthread.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/limits.h"

const char *const artefact_state_names[ARTEFACT_STATE_COUNT] = {"unused", "found", "absent", "different"};

static const char *const artefact_fields[] = {
		"id", "title", "url", "folder", "files", "file", "sha256", "licence", NULL};

struct artefact_search {
	pthread_mutex_t lock;
	struct arena *arena; /* of its own: any thread may look */
	const struct str *folders;
	uint32_t folder_count;
	struct artefact_found found;
	const void *made; /* by artefact_once() */
};

static void end_search(void *handle)
{
	struct artefact_search *search = handle;
	pthread_mutex_destroy(&search->lock);
	arena_free(search->arena);
}

static struct artefact_search *search_new(struct arena *arena)
{
	struct artefact_search *search = arena_zalloc(arena, sizeof *search);
	pthread_mutex_init(&search->lock, NULL);
	search->arena = arena_new();
	arena_on_free(arena, end_search, search);
	return search;
}

/* "a/b", no way out of the folder. */
static bool is_inside(struct str path)
{
	if (!path.len || path.ptr[0] == '/' || memchr(path.ptr, '\\', path.len)) return false;
	for (struct str rest = path; rest.len;) {
		size_t end = str_find(rest, '/');
		if (end == 0 || rest.ptr[0] == '.') return false;
		rest = str_skip(rest, end + 1);
	}
	return path.ptr[path.len - 1] != '/';
}

static bool is_sha256(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!memchr("0123456789abcdef", text.ptr[i], 16)) return false;
	return text.len == 64;
}

static bool load_patterns(const struct fields *fields, struct artefact *artefact)
{
	const struct node *list;
	if (!fields_value(fields, "files", NODE_ARRAY, false, &list)) return false;
	if (!list) return true;
	struct str *patterns = arena_alloc(fields->arena, list->len * sizeof *patterns);
	for (uint32_t i = 0; i < list->len; i++) {
		const struct node *item = &list->children[i];
		if (item->kind != NODE_STRING)
			return fields_fail(fields, item, "artefact: expected patterns of file names, such as \"*.xsd\"",
					"artefact: verwacht patronen van bestandsnamen, zoals \"*.xsd\"");
		patterns[artefact->pattern_count++] = str_copy(fields->arena, node_text(item));
	}
	artefact->patterns = patterns;
	return artefact->folder || fields_fail(fields, list, "artefact %.*s: files belongs with folder",
									   "artefact %.*s: files hoort bij folder", STR_FMT(artefact->id));
}

static bool load_path(const struct fields *fields, struct artefact *artefact)
{
	struct str file = {"", 0}, folder = {"", 0};
	if (!fields_string(fields, "folder", false, &folder) || !fields_string(fields, "file", false, &file)) return false;
	artefact->folder = folder.len > 0;
	artefact->path = folder.len ? folder : file;
	if ((folder.len > 0) == (file.len > 0) || !is_inside(artefact->path))
		return fields_fail(fields, fields->object,
				"artefact %.*s: expected either folder or file, a path below the folder of --artefacts",
				"artefact %.*s: verwacht folder of file, een pad onder de map van --artefacts", STR_FMT(artefact->id));
	return load_patterns(fields, artefact);
}

static bool load_one(struct fields *fields, const struct node *node, struct artefact *artefact)
{
	if (!fields_open(fields, node, artefact_fields) || !fields_string(fields, "id", true, &artefact->id) ||
			!fields_text(fields, "title", false, &artefact->title) ||
			!fields_string(fields, "url", false, &artefact->url) ||
			!fields_string(fields, "sha256", true, &artefact->sha256) ||
			!fields_string(fields, "licence", false, &artefact->licence) || !load_path(fields, artefact))
		return false;
	if (!is_sha256(artefact->sha256))
		return fields_fail(fields, node_member(node, STR("sha256")),
				"artefact %.*s: expected a SHA-256 of 64 digits 0-9 and a-f",
				"artefact %.*s: verwacht een SHA-256 van 64 "
				"cijfers 0-9 en a-f",
				STR_FMT(artefact->id));
	artefact->search = search_new(fields->arena);
	return true;
}

bool artefacts_load(const struct fields *fields, const struct node *list, struct artefact **artefacts, uint32_t *count)
{
	struct artefact *all = list ? arena_zalloc(fields->arena, list->len * sizeof *all) : NULL;
	for (uint32_t i = 0; list && i < list->len; i++) {
		struct fields inside = *fields;
		inside.what = "artefact";
		if (!load_one(&inside, &list->children[i], &all[i])) return false;
		for (uint32_t j = 0; j < i; j++)
			if (str_eq(all[j].id, all[i].id))
				return fields_fail(&inside, &list->children[i], "artefact %.*s is there twice",
						"artefact %.*s staat er twee keer", STR_FMT(all[i].id));
	}
	*artefacts = all;
	*count = list ? list->len : 0;
	return true;
}

void artefacts_look_in(
		const struct artefact *artefacts, uint32_t count, const struct str *folders, uint32_t folder_count)
{
	for (uint32_t i = 0; i < count; i++) {
		artefacts[i].search->folders = folders;
		artefacts[i].search->folder_count = folder_count;
	}
}

static bool is_there(const char *path, bool folder)
{
	struct stat info;
	return stat(path, &info) == 0 && (folder ? S_ISDIR(info.st_mode) : S_ISREG(info.st_mode));
}

static bool digest_of_file(const char *path, struct digest *digest, struct err *err)
{
	struct arena *scratch = arena_new();
	struct str bytes;
	bool ok = io_read(scratch, path, LIMIT_ARTEFACT_BYTES, &bytes, err);
	if (ok) *digest = digest_of(bytes);
	arena_free(scratch);
	return ok;
}

/* In one folder of --artefacts: true when there is something of that name, whatever it is. */
static bool look_in(const struct artefact *artefact, struct str folder, struct artefact_found *found)
{
	struct arena *arena = artefact->search->arena;
	struct str place = str_printf(arena, "%.*s/%.*s", STR_FMT(folder), STR_FMT(artefact->path));
	struct err err;
	if (!is_there(place.ptr, artefact->folder)) return false;
	err_init(&err, arena);
	*found = (struct artefact_found){.place = place, .state = ARTEFACT_DIFFERENT};
	bool ok = artefact->folder ? artefact_digest_set(
										 place.ptr, artefact->patterns, artefact->pattern_count, &found->digest, &err)
							   : digest_of_file(place.ptr, &found->digest, &err);
	if (!ok)
		found->why = text_printf(arena, "artefact %.*s (%.*s) cannot be read: %s%.0s",
				"artefact %.*s (%.*s) kan niet gelezen worden: %.0s%s", STR_FMT(artefact->id), STR_FMT(place),
				err.message.in[LANG_EN].ptr, err.message.in[LANG_NL].ptr);
	else if (str_eq(artefact->sha256, str_of(found->digest.hex)))
		found->state = ARTEFACT_FOUND;
	else
		found->why = text_printf(arena,
				"artefact %.*s (%.*s) is not the one that this requirement is about: expected SHA-256 %.*s, found %s",
				"artefact %.*s (%.*s) is niet het artefact waar deze eis over gaat: verwacht SHA-256 %.*s, gevonden %s",
				STR_FMT(artefact->id), STR_FMT(place), STR_FMT(artefact->sha256), found->digest.hex);
	return true;
}

static void look(const struct artefact *artefact, struct artefact_found *found)
{
	const struct artefact_search *search = artefact->search;
	for (uint32_t i = 0; i < search->folder_count && found->state != ARTEFACT_FOUND; i++)
		look_in(artefact, search->folders[i], found);
	if (found->state != ARTEFACT_UNUSED) return;
	found->state = ARTEFACT_ABSENT;
	found->why = text_printf(search->arena,
			"needs artefact %.*s, which is not there: put %.*s%s in a folder and name that with --artefacts%s%.*s",
			"vraagt artefact %.*s, en dat is er niet: zet %.*s%s in een map en noem die met --artefacts%s%.*s",
			STR_FMT(artefact->id), STR_FMT(artefact->path), artefact->folder ? "/" : "", artefact->url.len ? "; " : "",
			STR_FMT(artefact->url));
}

bool artefact_find(const struct artefact *artefact, struct artefact_found *found)
{
	struct artefact_search *search = artefact->search;
	pthread_mutex_lock(&search->lock);
	if (search->found.state == ARTEFACT_UNUSED) look(artefact, &search->found);
	*found = search->found;
	pthread_mutex_unlock(&search->lock);
	return found->state == ARTEFACT_FOUND;
}

struct artefact_found artefact_known(const struct artefact *artefact)
{
	pthread_mutex_lock(&artefact->search->lock);
	struct artefact_found found = artefact->search->found;
	pthread_mutex_unlock(&artefact->search->lock);
	return found;
}

const void *artefact_once(
		const struct artefact *artefact, artefact_make_fn *make, const char *path, const void *context, struct err *err)
{
	struct artefact_search *search = artefact->search;
	pthread_mutex_lock(&search->lock);
	if (!search->made) search->made = make(search->arena, path, context, err);
	const void *made = search->made;
	pthread_mutex_unlock(&search->lock);
	return made;
}

void artefact_recall(struct artefact *artefact, struct arena *arena, const struct artefact_found *found)
{
	artefact->search = search_new(arena);
	artefact->search->found = *found;
}
