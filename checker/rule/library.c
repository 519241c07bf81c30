/* SPDX-License-Identifier: EUPL-1.2 */
/* Finding rule sets. */
#include "rule/library.h"

#include <sys/stat.h>

#include "base/folder.h"
#include "base/vec.h"
#include "rule/fields.h"

struct entries {
	struct library_entry *items;
	size_t count, capacity;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Takes a run of digits or of other characters off `s`. */
static struct str next_part(struct str *s)
{
	size_t len = 0;
	while (len < s->len && is_digit(s->ptr[len]) == is_digit(s->ptr[0]))
		len++;
	struct str part = {s->ptr, len};
	*s = str_skip(*s, len);
	return part;
}

int version_compare(struct str a, struct str b)
{
	while (a.len && b.len) {
		struct str left = next_part(&a), right = next_part(&b);
		uint32_t x, y;
		bool numbers = str_to_u32(left, &x) && str_to_u32(right, &y);
		int order = numbers ? (x > y) - (x < y) : str_compare(left, right);
		if (order) return order;
	}
	return (a.len > 0) - (b.len > 0);
}

static int by_id_and_version(const void *a, const void *b)
{
	const struct library_entry *left = a, *right = b;
	int order = str_compare(left->id, right->id);
	return order ? order : version_compare(left->version, right->version);
}

static bool is_folder(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_there(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0;
}

static bool add_versions(struct entries *entries, struct arena *arena, struct str root, struct str id, struct err *err)
{
	struct str *versions;
	uint32_t count;
	struct str folder = str_printf(arena, "%.*s/%.*s", STR_FMT(root), STR_FMT(id));
	if (!is_folder(folder.ptr)) return true;
	if (!folder_list(arena, folder.ptr, &versions, &count, err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		struct str dir = str_printf(arena, "%.*s/%.*s", STR_FMT(folder), STR_FMT(versions[i]));
		struct str file = str_printf(arena, "%.*s/ruleset.yaml", STR_FMT(dir));
		if (is_there(file.ptr)) *vec_push(entries) = (struct library_entry){id, versions[i], dir};
	}
	return true;
}

static bool add_root(struct entries *entries, struct arena *arena, struct str root, struct err *err)
{
	struct str *ids;
	uint32_t count;
	size_t before = entries->count;
	if (!folder_list(arena, root.ptr, &ids, &count, err)) return false;
	for (uint32_t i = 0; i < count; i++)
		if (!add_versions(entries, arena, root, ids[i], err)) return false;
	if (entries->count > before) return true;
	return err_set(err, ERR_RULES, (struct loc){.file = root},
			"no rule sets in this folder; expected ID/VERSION/ruleset.yaml below it%s",
			"geen regelsets in deze map; verwacht werd ID/VERSIE/ruleset.yaml daaronder%s", "");
}

/* Sorting is not stable, so of equal rule sets the one from an earlier root is kept before sorting. */
static void drop_shadowed(struct entries *entries)
{
	size_t kept = 0;
	for (size_t i = 0; i < entries->count; i++) {
		size_t j = 0;
		while (j < kept && by_id_and_version(&entries->items[j], &entries->items[i]) != 0)
			j++;
		if (j == kept) entries->items[kept++] = entries->items[i];
	}
	entries->count = kept;
}

bool library_list(const struct library *library, struct arena *arena, struct library_entry **out, uint32_t *count,
		struct err *err)
{
	struct entries entries = {0};
	bool ok = true;
	for (uint32_t i = 0; i < library->root_count && ok; i++)
		ok = add_root(&entries, arena, library->roots[i], err);
	drop_shadowed(&entries);
	if (entries.count) qsort(entries.items, entries.count, sizeof *entries.items, by_id_and_version);
	*out = arena_alloc(arena, entries.count * sizeof **out);
	if (entries.count) memcpy(*out, entries.items, entries.count * sizeof **out);
	*count = (uint32_t)entries.count;
	vec_release(&entries);
	return ok;
}

/* The versions that there are of `id`. */
static void add_versions_of(struct strbuf *list, const struct library_entry *entries, uint32_t count, struct str id)
{
	for (uint32_t i = 0; i < count; i++)
		if (str_eq(entries[i].id, id))
			strbuf_printf(list, "%s%.*s", list->len ? ", " : "", STR_FMT(entries[i].version));
}

/* Ids that look like `id`, or that it is a part of: "zaken" may be zgw-zaken. Entries are sorted, so equal ids are
 * neighbours. */
static void add_near(
		struct strbuf *list, const struct library_entry *entries, uint32_t count, struct str id, struct arena *arena)
{
	const char **names = arena_alloc(arena, (count + 1) * sizeof *names);
	for (uint32_t i = 0; i < count; i++)
		names[i] = str_copy(arena, entries[i].id).ptr;
	names[count] = NULL;
	const char *near = nearest_name(id, names);
	if (near) strbuf_add(list, str_of(near));
	for (uint32_t i = 0; i < count && id.len >= 3; i++) {
		bool again = i && str_eq(entries[i].id, entries[i - 1].id);
		bool told = near && str_eq(entries[i].id, str_of(near));
		if (again || told || str_find_str(entries[i].id, id) == entries[i].id.len) continue;
		strbuf_printf(list, "%s%s", list->len ? ", " : "", names[i]);
	}
}

static void add_all(struct strbuf *list, const struct library_entry *entries, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		strbuf_printf(list, "%s%.*s@%.*s", i ? ", " : "", STR_FMT(entries[i].id), STR_FMT(entries[i].version));
}

/* What is most likely meant is told, and the whole list only when nothing is near. */
static bool fail_not_found(
		const struct library_entry *entries, uint32_t count, struct str name, struct arena *arena, struct err *err)
{
	struct str id = {name.ptr, str_find(name, '@')};
	struct strbuf list;
	strbuf_init(&list, 4096);
	add_versions_of(&list, entries, count, id);
	if (list.len) {
		err_set(err, ERR_USAGE, (struct loc){0}, "there is no rule set '%.*s'; versions of %.*s: %s",
				"er is geen regelset '%.*s'; versies van %.*s: %s", STR_FMT(name), STR_FMT(id), strbuf_str(&list).ptr);
		strbuf_release(&list);
		return false;
	}
	add_near(&list, entries, count, id, arena);
	if (list.len)
		err_set(err, ERR_USAGE, (struct loc){0},
				"there is no rule set '%.*s'; did you mean: %s? keur rules list has them all",
				"er is geen regelset '%.*s'; bedoelde u: %s? keur rules list noemt ze alle", STR_FMT(name),
				strbuf_str(&list).ptr);
	else {
		add_all(&list, entries, count);
		err_set(err, ERR_USAGE, (struct loc){0}, "there is no rule set '%.*s'; there are: %s",
				"er is geen regelset '%.*s'; wel: %s", STR_FMT(name), count ? strbuf_str(&list).ptr : "-");
	}
	strbuf_release(&list);
	return false;
}

/* In force is what is effective; failing that, what is being phased out still is. */
static bool newest_effective(const struct library_entry *entries, uint32_t count, struct str id, struct arena *arena,
		struct str *dir, struct err *err)
{
	bool known = false, found = false;
	for (uint32_t i = count; i-- > 0;) {
		enum status status;
		if (!str_eq(entries[i].id, id)) continue;
		known = true;
		if (!ruleset_peek(arena, entries[i].dir.ptr, &status, err)) return false;
		if (status != STATUS_EFFECTIVE && (status != STATUS_WARN || found)) continue;
		*dir = entries[i].dir;
		found = true;
		if (status == STATUS_EFFECTIVE) return true;
	}
	if (found) return true;
	if (!known) return fail_not_found(entries, count, id, arena, err);
	return err_set(err, ERR_USAGE, (struct loc){0},
			"no version of rule set '%.*s' is effective; name the version: %.*s@VERSION (see keur rules list)",
			"geen versie van regelset '%.*s' is van kracht; noem de versie: %.*s@VERSIE (zie keur rules list)",
			STR_FMT(id), STR_FMT(id));
}

bool library_find(const struct library *library, struct arena *arena, struct str name, struct str *dir, struct err *err)
{
	struct library_entry *entries;
	uint32_t count;
	size_t at = str_find(name, '@');
	struct str id = {name.ptr, at};
	if (!library_list(library, arena, &entries, &count, err)) return false;
	if (at == name.len) return newest_effective(entries, count, id, arena, dir, err);
	for (uint32_t i = 0; i < count; i++)
		if (str_eq(entries[i].id, id) && str_eq(entries[i].version, str_skip(name, at + 1))) {
			*dir = entries[i].dir;
			return true;
		}
	return fail_not_found(entries, count, name, arena, err);
}

void library_lend(const struct library *library, const struct ruleset *ruleset)
{
	artefacts_look_in(
			ruleset->artefacts, ruleset->artefact_count, library->artefact_folders, library->artefact_folder_count);
}
