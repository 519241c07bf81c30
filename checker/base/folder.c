/* SPDX-License-Identifier: EUPL-1.2 */
/* Listing folders. */
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>

#include "base/reason.h"
#include "base/vec.h"

struct names {
	struct str *items;
	size_t count, capacity;
};

static int by_bytes(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

bool folder_list(struct arena *arena, const char *path, struct str **names, uint32_t *count, struct err *err)
{
	struct names found = {0};
	DIR *dir = opendir(path);
	if (!dir) {
		struct text reason = reason_of(errno);
		return err_set(err, ERR_IO, (struct loc){.file = str_of(path)}, "the folder cannot be read (%s%.0s)",
				"de map kan niet gelezen worden (%.0s%s)", reason.in[LANG_EN].ptr, reason.in[LANG_NL].ptr);
	}
	for (struct dirent *entry; (entry = readdir(dir));)
		if (entry->d_name[0] != '.') *vec_push(&found) = str_copy(arena, str_of(entry->d_name));
	closedir(dir);
	if (found.count) qsort(found.items, found.count, sizeof *found.items, by_bytes);
	*names = arena_alloc(arena, found.count * sizeof **names);
	if (found.count) memcpy(*names, found.items, found.count * sizeof **names);
	*count = (uint32_t)found.count;
	vec_release(&found);
	return true;
}
