/* SPDX-License-Identifier: EUPL-1.2 */
/* The digest of a folder as a set of files. */
#include <sys/stat.h>

#include "base/folder.h"
#include "base/glob.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"
#include "rule/artefact.h"

struct member {
	struct str path;
	struct digest digest;
};

struct members {
	struct arena *arena;
	const struct str *patterns;
	uint32_t pattern_count;
	struct member *items;
	size_t count, capacity;
	size_t bytes;
	struct err *err;
};

static bool refuse(const struct members *members, const char *path)
{
	return err_set(members->err, ERR_LIMIT, (struct loc){.file = str_of(path)},
			"expected a set of at most %d files and %d MiB, at most %d folders deep; found more",
			"verwacht een verzameling van hoogstens %d bestanden en %d MiB, hoogstens %d mappen diep; gevonden meer",
			LIMIT_ARTEFACT_FILES, LIMIT_ARTEFACT_BYTES >> 20, LIMIT_ARTEFACT_DEPTH);
}

static bool belongs(const struct members *members, struct str path)
{
	for (uint32_t i = 0; i < members->pattern_count; i++)
		if (glob_match(members->patterns[i], path)) return true;
	return members->pattern_count == 0;
}

static bool add_file(struct members *members, const char *path, struct str name)
{
	struct arena *scratch = arena_new();
	struct str bytes;
	bool ok = io_read(scratch, path, LIMIT_ARTEFACT_BYTES, &bytes, members->err);
	if (ok) {
		members->bytes += bytes.len;
		*vec_push(members) = (struct member){name, digest_of(bytes)};
	}
	arena_free(scratch);
	if (ok && (members->bytes > LIMIT_ARTEFACT_BYTES || members->count > LIMIT_ARTEFACT_FILES))
		return refuse(members, path);
	return ok;
}

static bool add_folder(struct members *members, const char *folder, struct str below, int depth)
{
	struct str *names;
	uint32_t count;
	if (depth > LIMIT_ARTEFACT_DEPTH) return refuse(members, folder);
	if (!folder_list(members->arena, folder, &names, &count, members->err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		struct str path = str_printf(members->arena, "%s/%.*s", folder, STR_FMT(names[i]));
		struct str name = str_printf(
				members->arena, "%.*s%s%.*s", STR_FMT(below), below.len ? "/" : "", STR_FMT(names[i]));
		struct stat info;
		if (stat(path.ptr, &info) != 0) continue;
		bool ok = true;
		if (S_ISDIR(info.st_mode))
			ok = add_folder(members, path.ptr, name, depth + 1);
		else if (S_ISREG(info.st_mode) && belongs(members, name))
			ok = add_file(members, path.ptr, name);
		if (!ok) return false;
	}
	return true;
}

static int by_path(const void *a, const void *b)
{
	return str_compare(((const struct member *)a)->path, ((const struct member *)b)->path);
}

static struct digest digest_lines(const struct members *members)
{
	struct strbuf lines;
	strbuf_init(&lines, SIZE_MAX / 2);
	for (size_t i = 0; i < members->count; i++)
		strbuf_printf(&lines, "%s  %.*s\n", members->items[i].digest.hex, STR_FMT(members->items[i].path));
	struct digest digest = digest_of(strbuf_str(&lines));
	strbuf_release(&lines);
	return digest;
}

bool artefact_digest_set(
		const char *folder, const struct str *patterns, uint32_t pattern_count, struct digest *digest, struct err *err)
{
	struct members members = {.arena = arena_new(), .patterns = patterns, .pattern_count = pattern_count, .err = err};
	bool ok = add_folder(&members, folder, STR(""), 1);
	if (members.count) qsort(members.items, members.count, sizeof *members.items, by_path);
	if (ok) *digest = digest_lines(&members);
	vec_release(&members);
	arena_free(members.arena);
	return ok;
}
