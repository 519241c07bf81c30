/* SPDX-License-Identifier: EUPL-1.2 */
/* Making a rule set to start from. */
#include "rule/skeleton.h"

#include <sys/stat.h>

#include "base/ascii.h"
#include "base/folder.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"

enum { MOST_NAME = 64, MOST_FOLDERS = 4 };

struct making {
	struct arena *arena;
	struct err *err;
	struct str folder;
	const struct skeleton *skeleton;
	struct {
		struct skeleton_file *items;
		size_t count, capacity;
	} files;
};

static bool is_folder(struct str path)
{
	struct stat info;
	return stat(path.ptr, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Both become names of folders: nothing in them may lead elsewhere. */
static bool is_name(struct str name, bool version)
{
	if (!name.len || name.len > MOST_NAME || !ascii_is_alnum(name.ptr[0])) return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool small = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
		if (!small && !(version && (ascii_is_alnum(c) || c == '.'))) return false;
	}
	return true;
}

static bool check_names(const struct making *it)
{
	struct str id = it->skeleton->id, version = it->skeleton->version;
	if (!is_name(id, false))
		return err_set(it->err, ERR_USAGE, (struct loc){0},
				"'%.*s' cannot be the name of a standard: expected small letters, digits and '-', such as my-standard",
				"'%.*s' kan geen naam van een standaard zijn: verwacht kleine letters, cijfers en '-', zoals mijn-standaard",
				STR_FMT(id));
	if (is_name(version, true)) return true;
	return err_set(it->err, ERR_USAGE, (struct loc){0},
			"'%.*s' cannot be a version: expected digits, letters, '.' and '-', such as 1.0",
			"'%.*s' kan geen versie zijn: verwacht cijfers, letters, '.' en '-', zoals 1.0", STR_FMT(version));
}

static bool fail_engine(const struct making *it, const char *engine)
{
	struct str *names, list = {"", 0};
	uint32_t count;
	if (!folder_list(it->arena, it->folder.ptr, &names, &count, it->err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		struct str path = str_printf(it->arena, "%.*s/%.*s", STR_FMT(it->folder), STR_FMT(names[i]));
		if (!is_folder(path)) continue;
		list = str_printf(it->arena, "%.*s%s%.*s", STR_FMT(list), list.len ? ", " : "", STR_FMT(names[i]));
	}
	return err_set(it->err, ERR_USAGE, (struct loc){0},
			"there is no example for engine '%s'; there is for %.*s. What compares with an official document needs that "
			"document: see docs/rule-sets.md",
			"er is geen voorbeeld voor engine '%s'; wel voor %.*s. Wat met een officieel document vergelijkt heeft dat "
			"document nodig: zie docs/rule-sets.md",
			engine, STR_FMT(list));
}

static bool check_engines(const struct making *it)
{
	const struct skeleton *skeleton = it->skeleton;
	for (size_t i = 0; i < skeleton->engine_count; i++) {
		const char *engine = skeleton->engines[i];
		struct str path = str_printf(it->arena, "%.*s/%s", STR_FMT(it->folder), engine);
		if (!is_name(str_of(engine), false) || !is_folder(path)) return fail_engine(it, engine);
		for (size_t k = 0; k < i; k++)
			if (strcmp(engine, skeleton->engines[k]) == 0)
				return err_set(it->err, ERR_USAGE, (struct loc){0}, "engine %s is named twice",
						"engine %s is twee keer genoemd", engine);
	}
	return true;
}

/* "@ID@", "@VERSION@" and "@ROOT@" filled in. */
static void add_filled(struct strbuf *out, struct str text, const struct skeleton *skeleton)
{
	const struct {
		struct str name, value;
	} places[] = {{STR("@ID@"), skeleton->id}, {STR("@VERSION@"), skeleton->version}, {STR("@ROOT@"), skeleton->root}};
	while (text.len) {
		size_t at = str_find(text, '@'), taken = 0;
		strbuf_add(out, (struct str){text.ptr, at});
		text = str_skip(text, at);
		for (size_t i = 0; i < sizeof places / sizeof *places && !taken; i++) {
			if (!str_starts(text, places[i].name)) continue;
			strbuf_add(out, places[i].value);
			taken = places[i].name.len;
		}
		if (!taken && text.len) strbuf_add_char(out, '@');
		text = str_skip(text, taken ? taken : 1);
	}
}

/* Adds a file of the skeleton to a text. */
static bool add_text(const struct making *it, struct strbuf *out, struct str path)
{
	struct str text;
	if (!io_read(it->arena, path.ptr, LIMIT_THEME_BYTES, &text, it->err)) return false;
	add_filled(out, text, it->skeleton);
	return true;
}

static bool add_file(struct making *it, struct str from, struct str to)
{
	struct strbuf text;
	strbuf_init(&text, LIMIT_DOCUMENT_BYTES);
	bool ok = add_text(it, &text, from);
	struct str taken = strbuf_take(&text, it->arena);
	if (ok) *vec_push(&it->files) = (struct skeleton_file){to, taken};
	return ok;
}

/* All files below a folder of the skeleton; none when it is not there. */
static bool add_folder(struct making *it, struct str from, struct str to, int depth)
{
	struct str *names;
	uint32_t count;
	if (depth > MOST_FOLDERS || !is_folder(from)) return true;
	if (!folder_list(it->arena, from.ptr, &names, &count, it->err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		struct str source = str_printf(it->arena, "%.*s/%.*s", STR_FMT(from), STR_FMT(names[i]));
		struct str target = str_printf(it->arena, "%.*s/%.*s", STR_FMT(to), STR_FMT(names[i]));
		bool ok = is_folder(source) ? add_folder(it, source, target, depth + 1) : add_file(it, source, target);
		if (!ok) return false;
	}
	return true;
}

static bool add_parts(const struct making *it, struct strbuf *out, const char *name)
{
	for (size_t i = 0; i < it->skeleton->engine_count; i++)
		if (!add_text(
					it, out, str_printf(it->arena, "%.*s/%s/%s", STR_FMT(it->folder), it->skeleton->engines[i], name)))
			return false;
	return true;
}

static bool add_register(struct making *it, struct str to)
{
	struct strbuf text;
	strbuf_init(&text, LIMIT_DOCUMENT_BYTES);
	bool ok = add_text(it, &text, str_printf(it->arena, "%.*s/head.yaml", STR_FMT(it->folder)));
	strbuf_add(&text, STR("checks:\n"));
	ok = ok && add_parts(it, &text, "check.yaml");
	strbuf_add(&text, STR("requirements:\n"));
	ok = ok && add_parts(it, &text, "requirement.yaml");
	ok = ok && add_text(it, &text, str_printf(it->arena, "%.*s/tail.yaml", STR_FMT(it->folder)));
	struct str path = str_printf(it->arena, "%.*s/ruleset.yaml", STR_FMT(to));
	struct str taken = strbuf_take(&text, it->arena);
	if (ok) *vec_push(&it->files) = (struct skeleton_file){path, taken};
	return ok;
}

static bool add_all(struct making *it)
{
	const struct skeleton *skeleton = it->skeleton;
	struct str rules = str_printf(it->arena, "rules/%.*s/%.*s", STR_FMT(skeleton->id), STR_FMT(skeleton->version));
	struct str fixtures = str_printf(it->arena, "fixtures/%.*s", STR_FMT(skeleton->id));
	if (!check_names(it) || !check_engines(it) || !add_register(it, rules)) return false;
	for (size_t i = 0; i < skeleton->engine_count; i++) {
		struct str from = str_printf(it->arena, "%.*s/%s", STR_FMT(it->folder), skeleton->engines[i]);
		if (!add_folder(it, str_printf(it->arena, "%.*s/files", STR_FMT(from)), rules, 0) ||
				!add_folder(it, str_printf(it->arena, "%.*s/fixtures", STR_FMT(from)), fixtures, 0))
			return false;
	}
	return true;
}

bool skeleton_make(struct arena *arena, struct str folder, const struct skeleton *skeleton,
		struct skeleton_file **files, uint32_t *count, struct err *err)
{
	struct making it = {.arena = arena, .err = err, .folder = folder, .skeleton = skeleton};
	bool ok = add_all(&it);
	*count = (uint32_t)it.files.count;
	*files = arena_alloc(arena, (it.files.count + 1) * sizeof **files);
	if (it.files.count) memcpy(*files, it.files.items, it.files.count * sizeof **files);
	vec_release(&it.files);
	return ok;
}
