/* SPDX-License-Identifier: EUPL-1.2 */
/* Expanding arguments into targets. */
#include "rule/targets.h"

#include <sys/stat.h>

#include "base/folder.h"
#include "base/limits.h"
#include "base/vec.h"
#include "rule/preflight.h"

enum { FOLDER_DEPTH = 64 };

struct expansion {
	struct target_result *items;
	size_t count, capacity;
	uint32_t argument;
	struct err *err;
};

static struct target_result *add_target(struct expansion *all, struct str path)
{
	if (all->count == LIMIT_TARGETS) {
		err_set(all->err, ERR_LIMIT, (struct loc){.file = path}, "more than %d documents in one run; name fewer",
				"meer dan %d documenten in één keer; noem er minder", LIMIT_TARGETS);
		return NULL;
	}
	struct arena *arena = arena_new();
	struct target_result *target = vec_push(all);
	*target = (struct target_result){.arena = arena,
			.path = str_copy(arena, path),
			.argument = all->argument,
			.decision = DECISION_UNDETERMINED};
	return target;
}

static bool is_candidate(struct str name)
{
	return str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml")) || str_ends(name, STR(".json")) ||
		   str_ends(name, STR(".xml")) || str_ends(name, STR(".wsdl"));
}

/* A folder that cannot be read is a result: what is in it was not tested. */
static bool add_unreadable(struct expansion *all, struct str path, const struct err *err)
{
	struct target_result *target = add_target(all, path);
	if (target) preflight_unreadable(target, err);
	return target != NULL;
}

/* Neither is what lies too deep: it was not searched. */
static bool add_too_deep(struct expansion *all, struct str path)
{
	struct target_result *target = add_target(all, path);
	if (!target) return false;
	struct preflight preflight = {.kind = PREFLIGHT_UNREADABLE,
			.level = LEVEL_BLOCKING,
			.loc = {.file = target->path},
			.message = text_printf(target->arena,
					"this folder lies more than %d folders deep and was not searched; name it as a target",
					"deze map ligt meer dan %d mappen diep en is niet doorzocht; noem hem als doel", FOLDER_DEPTH)};
	preflight_add(target, &preflight);
	return true;
}

static bool expand_folder(struct expansion *all, struct arena *scratch, struct str folder, int depth)
{
	struct err err;
	struct str *names;
	uint32_t count;
	bool ok = true;
	err_init(&err, scratch);
	if (!folder_list(scratch, folder.ptr, &names, &count, &err)) return add_unreadable(all, folder, &err);
	for (uint32_t i = 0; i < count && ok; i++) {
		struct stat info;
		bool slash = str_ends(folder, STR("/"));
		struct str path = str_printf(scratch, "%.*s%s%.*s", STR_FMT(folder), slash ? "" : "/", STR_FMT(names[i]));
		/* Links to folders are not followed: they may lead round in a ring. */
		if (lstat(path.ptr, &info) == 0 && S_ISDIR(info.st_mode)) {
			ok = depth < FOLDER_DEPTH ? expand_folder(all, scratch, path, depth + 1) : add_too_deep(all, path);
		} else if (is_candidate(names[i])) {
			struct target_result *target = add_target(all, path);
			if (target) target->from_folder = true;
			ok = target != NULL;
		}
	}
	return ok;
}

static bool expand_argument(struct expansion *all, const char *argument)
{
	struct stat info;
	struct target_result *target = add_target(all, str_of(argument));
	if (!target) return false;
	if (strcmp(argument, "-") == 0 || stat(argument, &info) != 0 || !S_ISDIR(info.st_mode)) return true;
	target->is_folder = true;
	struct arena *scratch = arena_new();
	bool ok = expand_folder(all, scratch, str_of(argument), 0);
	arena_free(scratch);
	return ok;
}

bool targets_expand(struct run *run, const char *const *arguments, uint32_t count, struct err *err)
{
	struct expansion all = {.err = err};
	bool ok = true;
	for (all.argument = 0; all.argument < count && ok; all.argument++)
		ok = expand_argument(&all, arguments[all.argument]);
	run->targets = arena_alloc(run->arena, all.count * sizeof *run->targets);
	if (all.count) memcpy(run->targets, all.items, all.count * sizeof *run->targets);
	run->target_count = (uint32_t)all.count;
	vec_release(&all);
	return ok;
}
