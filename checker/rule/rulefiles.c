/* Digests and compiled checks of rule sets. */
#include "rule/rulefiles.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/limits.h"
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
	if (!dir)
		return err_set(err, ERR_IO, (struct loc){.file = str_of(path)}, "the folder cannot be read (%s)",
				"de map kan niet gelezen worden (%s)", strerror(errno));
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

static bool is_regular(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static bool add_file(struct ruleset *ruleset, struct arena *scratch, struct str name, struct err *err)
{
	struct str bytes, path = str_printf(scratch, "%.*s/%.*s", STR_FMT(ruleset->dir), STR_FMT(name));
	if (!is_regular(path.ptr)) return true;
	if (!io_read(scratch, path.ptr, LIMIT_DOCUMENT_BYTES, &bytes, err)) return false;
	ruleset->files[ruleset->file_count++] = (struct rule_file){name, digest_of(bytes), bytes.len};
	return true;
}

bool rulefiles_digest(struct ruleset *ruleset, struct err *err)
{
	struct str *names;
	uint32_t count;
	if (!folder_list(ruleset->arena, ruleset->dir.ptr, &names, &count, err)) return false;
	struct arena *scratch = arena_new();
	struct strbuf lines;
	bool ok = true;
	strbuf_init(&lines, SIZE_MAX / 2);
	ruleset->files = arena_alloc(ruleset->arena, count * sizeof *ruleset->files);
	for (uint32_t i = 0; i < count && ok; i++)
		ok = add_file(ruleset, scratch, names[i], err);
	for (uint32_t i = 0; i < ruleset->file_count; i++)
		strbuf_printf(&lines, "%s  %.*s\n", ruleset->files[i].digest.hex, STR_FMT(ruleset->files[i].name));
	ruleset->digest = digest_of(strbuf_str(&lines));
	strbuf_release(&lines);
	arena_free(scratch);
	return ok;
}

static bool compile_check(
		struct ruleset *ruleset, struct check *check, const struct spectral_options *options, struct err *err)
{
	struct str path = str_printf(ruleset->arena, "%.*s/%.*s", STR_FMT(ruleset->dir), STR_FMT(check->file));
	check->spectral = spectral_load(ruleset->arena, path.ptr, options, err);
	return check->spectral != NULL;
}

static bool resolve_use(const struct ruleset *ruleset, struct rule_use *use, struct err *err)
{
	const struct check *check = &ruleset->checks[use->check];
	uint32_t count;
	const struct spectral_rule *rules = spectral_rules(check->spectral, &count);
	struct str wanted = str_skip(use->named, str_find(use->named, '#') + 1);
	for (use->rule = 0; use->rule < count; use->rule++)
		if (str_eq(rules[use->rule].name, wanted)) return true;
	return err_set(err, ERR_RULES, use->loc, "there is no rule '%.*s' that is on in %.*s; add it or correct the name",
			"er is geen regel '%.*s' die aan staat in %.*s; voeg hem toe of verbeter de naam", STR_FMT(wanted),
			STR_FMT(check->file));
}

static bool resolve_uses(const struct ruleset *ruleset, struct rule_use *uses, uint32_t count, struct err *err)
{
	for (uint32_t i = 0; i < count; i++)
		if (!resolve_use(ruleset, &uses[i], err)) return false;
	return true;
}

bool ruleset_compile(struct ruleset *ruleset, const struct spectral_options *options, struct err *err)
{
	if (ruleset->ad_hoc) return true;
	for (uint32_t i = 0; i < ruleset->check_count; i++)
		if (!compile_check(ruleset, &ruleset->checks[i], options, err)) return false;
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		if (!resolve_uses(ruleset, ruleset->requirements[i].uses, ruleset->requirements[i].use_count, err))
			return false;
	for (uint32_t i = 0; i < ruleset->score_group_count; i++)
		if (!resolve_uses(ruleset, ruleset->score_groups[i].uses, ruleset->score_groups[i].use_count, err))
			return false;
	return true;
}

static enum obligation obligation_of(enum severity severity)
{
	if (severity == SEVERITY_ERROR) return OBLIGATION_MUST;
	return severity == SEVERITY_WARN ? OBLIGATION_SHOULD : OBLIGATION_MAY;
}

static void add_rule(struct ruleset *ruleset, const struct spectral_rule *rule, uint32_t index)
{
	struct requirement *requirement = &ruleset->requirements[ruleset->requirement_count++];
	struct str title = rule->description.len ? rule->description : rule->name;
	*requirement = (struct requirement){.id = rule->name,
			.obligation = obligation_of(rule->severity),
			.mode = MODE_AUTOMATIC,
			.follows_references = true,
			.title = {{title, title}},
			.clause = rule->documentation_url,
			.use_count = 1};
	requirement->uses = arena_alloc(ruleset->arena, sizeof *requirement->uses);
	*requirement->uses = (struct rule_use){
			.rule = index, .named = str_printf(ruleset->arena, "ruleset#%.*s", STR_FMT(rule->name)), .loc = rule->loc};
}

static struct str base_name(struct str path)
{
	const char *slash = path.len ? memrchr(path.ptr, '/', path.len) : NULL;
	return slash ? str_skip(path, (size_t)(slash - path.ptr) + 1) : path;
}

struct ruleset *ruleset_ad_hoc(
		struct arena *arena, const char *path, const struct spectral_options *options, struct err *err)
{
	uint32_t count;
	struct str bytes;
	if (!io_read(arena, path, LIMIT_DOCUMENT_BYTES, &bytes, err)) return NULL;
	const struct spectral *spectral = spectral_load(arena, path, options, err);
	if (!spectral) return NULL;
	const struct spectral_rule *rules = spectral_rules(spectral, &count);
	struct ruleset *ruleset = arena_zalloc(arena, sizeof *ruleset);
	struct str name = str_copy(arena, str_of(path));
	*ruleset = (struct ruleset){.arena = arena, .id = base_name(name), .path = name, .ad_hoc = true};
	ruleset->title = (struct text){{ruleset->id, ruleset->id}};
	ruleset->status = STATUS_EFFECTIVE;
	ruleset->checks = arena_zalloc(arena, sizeof *ruleset->checks);
	ruleset->check_count = 1;
	*ruleset->checks = (struct check){.name = STR("ruleset"),
			.engine = STR("spectral"),
			.file = name,
			.subject = STR("any"),
			.spectral = spectral};
	ruleset->files = arena_alloc(arena, sizeof *ruleset->files);
	ruleset->file_count = 1;
	*ruleset->files = (struct rule_file){name, digest_of(bytes), bytes.len};
	ruleset->digest = ruleset->files->digest;
	ruleset->requirements = arena_zalloc(arena, count * sizeof *ruleset->requirements);
	for (uint32_t i = 0; i < count; i++)
		add_rule(ruleset, &rules[i], i);
	return ruleset;
}
