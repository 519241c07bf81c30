/* SPDX-License-Identifier: EUPL-1.2 */
/* Finding files of a schema set, and nothing but these. */
#include "engine/xsd_folder.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/folder.h"
#include "base/limits.h"
#include "doc/uri_path.h"

static struct str folder_of(struct str path)
{
	const char *slash = path.len ? memrchr(path.ptr, '/', path.len) : NULL;
	return (struct str){path.ptr, slash ? (size_t)(slash - path.ptr) : 0};
}

/* "/a/b/c" one up; never the root of the file system. */
static struct str climb(struct str folder)
{
	for (int i = 0; i < LIMIT_XSD_CLIMB; i++) {
		struct str up = folder_of(folder);
		if (up.len == 0) break;
		folder = up;
	}
	return folder;
}

static bool without_links(struct arena *arena, struct str path, struct str *out)
{
	char real[PATH_MAX];
	if (!realpath(path.len ? str_copy(arena, path).ptr : ".", real)) return false;
	*out = str_copy(arena, str_of(real));
	return true;
}

static bool is_below(struct str path, struct str root)
{
	return str_starts(path, root) && path.len > root.len + 1 && path.ptr[root.len] == '/';
}

bool xsd_folder_open(struct xsd_folder *folder, struct arena *arena, const char *path, struct str root, struct err *err)
{
	struct str real;
	folder->arena = arena;
	if (!without_links(arena, str_of(path), &real))
		return err_set(err, ERR_IO, (struct loc){.file = str_of(path)}, "the schema cannot be read (%s)",
				"het schema kan niet gelezen worden (%s)", strerror(errno));
	if (!root.len)
		folder->root = climb(folder_of(real));
	else if (!without_links(arena, root, &folder->root))
		return err_set(err, ERR_IO, (struct loc){.file = root}, "the folder of the schemas cannot be read (%s)",
				"de map van de schema's kan niet gelezen worden (%s)", strerror(errno));
	if (!is_below(real, folder->root))
		return err_set(err, ERR_IO, (struct loc){.file = str_of(path)}, "the schema lies outside its folder, %.*s",
				"het schema ligt buiten zijn map, %.*s", STR_FMT(folder->root));
	folder->entry = str_skip(real, folder->root.len + 1);
	struct str given = str_of(path);
	folder->shown = str_copy(arena, (struct str){path, given.len - path_base(given).len});
	return true;
}

struct str xsd_folder_path(const struct xsd_folder *folder, struct str below)
{
	return str_printf(folder->arena, "%.*s/%.*s", STR_FMT(folder->root), STR_FMT(below));
}

/* Seen from the folder of the entry, so that names are as short as what was given. */
struct str xsd_folder_name(const struct xsd_folder *folder, struct str below)
{
	size_t common = 0;
	for (size_t i = 0; i < below.len && i < folder->entry.len && below.ptr[i] == folder->entry.ptr[i]; i++)
		if (below.ptr[i] == '/') common = i + 1;
	struct str way = folder->shown;
	for (size_t i = common; i < folder->entry.len; i++)
		if (folder->entry.ptr[i] == '/') way = str_printf(folder->arena, "%.*s../", STR_FMT(way));
	struct str rest = str_skip(below, common);
	return path_normalize(str_printf(folder->arena, "%.*s%.*s", STR_FMT(way), STR_FMT(rest)), folder->arena);
}

static int hex_of(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Without fragment, white space around it and %XX; back-slashes made slashes. */
static struct str clean_location(struct arena *arena, struct str location, bool *slip)
{
	struct strbuf out;
	strbuf_init(&out, LIMIT_URL_BYTES);
	location.len = str_find(location, '#');
	for (size_t i = 0; i < location.len; i++) {
		char c = location.ptr[i];
		bool coded = c == '%' && i + 2 < location.len && hex_of(location.ptr[i + 1]) >= 0 &&
					 hex_of(location.ptr[i + 2]) >= 0;
		if (coded) c = (char)(hex_of(location.ptr[i + 1]) * 16 + hex_of(location.ptr[i + 2]));
		if (coded) i += 2;
		if (c == '\\') *slip = true;
		strbuf_add_char(&out, c == '\\' ? '/' : c);
	}
	struct str all = strbuf_take(&out, arena);
	while (all.len && memchr(" \t\r\n", all.ptr[0], 4))
		all = str_skip(all, 1);
	while (all.len && memchr(" \t\r\n", all.ptr[all.len - 1], 4))
		all.len--;
	return all;
}

/* Only what schemas are called is opened, wherever it lies. */
static bool is_schema_name(struct str name)
{
	static const char *const ends[] = {".xsd", ".wsdl", ".xml"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t len = strlen(ends[i]);
		if (name.len > len && strncasecmp(name.ptr + name.len - len, ends[i], len) == 0) return true;
	}
	return false;
}

/* The entry of a folder that is called `name` but for case; of several the first by bytes. */
static bool find_other_case(const struct xsd_folder *folder, struct str in, struct str name, struct str *found)
{
	struct str *names;
	uint32_t count;
	struct err none;
	err_init(&none, folder->arena);
	struct str path = xsd_folder_path(folder, in);
	if (!folder_list(folder->arena, path.ptr, &names, &count, &none)) return false;
	for (uint32_t i = 0; i < count; i++) {
		if (names[i].len != name.len || strncasecmp(names[i].ptr, name.ptr, name.len) != 0) continue;
		*found = names[i];
		return true;
	}
	return false;
}

/* One step down from `*at`. */
static bool step(const struct xsd_folder *folder, struct str name, struct str *at, bool *slip)
{
	struct stat info;
	const char *between = at->len ? "/" : "";
	struct str next = str_printf(folder->arena, "%.*s%s%.*s", STR_FMT(*at), between, STR_FMT(name)), other;
	if (lstat(xsd_folder_path(folder, next).ptr, &info) != 0) {
		if (!find_other_case(folder, *at, name, &other)) return false;
		next = str_printf(folder->arena, "%.*s%s%.*s", STR_FMT(*at), between, STR_FMT(other));
		*slip = true;
	}
	*at = next;
	return true;
}

/* Follows a path step by step, so that ".." never leaves the root. */
static enum xsd_place walk(
		const struct xsd_folder *folder, struct str at, struct str path, struct str *found, bool slip)
{
	for (struct str rest = path; rest.len;) {
		struct str name = {rest.ptr, str_find(rest, '/')};
		rest = str_skip(rest, name.len + 1);
		if (name.len == 0 || str_eq(name, STR("."))) continue;
		if (!str_eq(name, STR(".."))) {
			if (!step(folder, name, &at, &slip)) return XSD_MISSING;
			continue;
		}
		if (at.len == 0) return XSD_OUTSIDE;
		at = folder_of(at);
	}
	struct str real;
	struct stat info;
	if (!without_links(folder->arena, xsd_folder_path(folder, at), &real)) return XSD_MISSING;
	if (!is_below(real, folder->root) || !is_schema_name(real)) return XSD_OUTSIDE;
	if (stat(real.ptr, &info) != 0 || !S_ISREG(info.st_mode)) return XSD_MISSING;
	*found = str_skip(real, folder->root.len + 1);
	return slip ? XSD_SLIP : XSD_THERE;
}

enum xsd_place xsd_folder_find(const struct xsd_folder *folder, struct str from, struct str location, struct str *found)
{
	bool slip = false;
	location = clean_location(folder->arena, location, &slip);
	struct str base = folder_of(from);
	size_t scheme = str_find_str(location, STR("://"));
	if (scheme < location.len) {
		/* Nothing is fetched; sets often bring the file itself. */
		enum xsd_place place = walk(folder, base, path_base(location), found, true);
		return place == XSD_SLIP ? place : walk(folder, STR(""), path_base(location), found, true);
	}
	if (!location.len) return XSD_MISSING;
	if (location.ptr[0] == '/') return XSD_OUTSIDE;
	return walk(folder, base, location, found, slip);
}
