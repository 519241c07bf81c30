/* SPDX-License-Identifier: EUPL-1.2 */
/* keur certify: what was judged, kept beside the certificate. */
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/vec.h"
#include "cmd/certify_private.h"
#include "doc/source.h"
#include "doc/uri.h"
#include "doc/uri_path.h"

struct local {
	struct str path, absolute;
	const struct subject *subject;
};

/* By its name, links and all: what the descriptor calls it has to lead there again. */
static struct str absolute_of(struct arena *arena, struct str path)
{
	char *folder = getcwd(NULL, 0);
	struct str joined = path;
	if (path.len && path.ptr[0] != '/') joined = str_printf(arena, "%s/%.*s", folder ? folder : "", STR_FMT(path));
	free(folder);
	return path_normalize(joined, arena);
}

/* Length of the folder that both lie in, with its slash. */
static size_t common_folder(struct str a, struct str b, size_t most)
{
	size_t end = 0;
	for (size_t i = 0; i < most && i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++)
		if (a.ptr[i] == '/') end = i + 1;
	return end;
}

/* Read again for its bytes, which have to be those that were judged. */
static bool read_again(const struct certify *it, const struct local *local, struct str *bytes, struct err *err)
{
	const struct source *source = source_read(it->app->arena, str_copy(it->app->arena, local->path).ptr, err);
	if (!source) return false;
	*bytes = source->bytes;
	return strcmp(digest_of(source->bytes).hex, local->subject->digest.hex) == 0 ||
		   err_set(err, ERR_RULES, (struct loc){.file = local->path},
				   "was changed while the service was judged; try again%s",
				   "is veranderd terwijl de dienst beoordeeld werd; probeer het opnieuw%s", "");
}

static bool add_local(const struct certify *it, const struct local *local, size_t common, struct folder_files *files,
		struct str *name, struct err *err)
{
	struct str bytes;
	*name = str_printf(it->app->arena, CERTIFICATE_SUBJECT "/%.*s", STR_FMT(str_skip(local->absolute, common)));
	if (!certificate_name(*name))
		return err_set(err, ERR_RULES, (struct loc){.file = local->path},
				"the name of this file cannot stand in a certificate; expected UTF-8 without control characters and backslash%s",
				"de naam van dit bestand kan niet in een certificaat staan; verwacht UTF-8 zonder stuurtekens en backslash%s",
				"");
	for (size_t i = 0; i < files->count; i++)
		if (str_eq(files->items[i].name, *name)) return true;
	if (!read_again(it, local, &bytes, err)) return false;
	*vec_push(files) = (struct folder_file){*name, bytes};
	return true;
}

bool certify_subject(const struct certify *it, const struct target_result *target, struct folder_files *files,
		struct certificate *certificate, struct err *err)
{
	struct arena *arena = it->app->arena;
	struct local *locals = arena_alloc(arena, (target->document_count + 1) * sizeof *locals);
	uint32_t count = 0;
	size_t common = SIZE_MAX;
	for (uint32_t i = 0; i < target->document_count; i++) {
		const struct subject *subject = &target->documents[i];
		if (uri_is_http(subject->path)) continue;
		locals[count++] = (struct local){subject->path, absolute_of(arena, subject->path), subject};
		common = common_folder(locals[0].absolute, locals[count - 1].absolute, common);
	}
	for (uint32_t i = 0; i < count; i++) {
		struct str name;
		if (!add_local(it, &locals[i], common, files, &name, err)) return false;
		if (i == 0) certificate->subject = name;
		if (it->options->answers && str_eq(locals[i].path, str_of(it->options->answers))) certificate->answers = name;
	}
	return true;
}
