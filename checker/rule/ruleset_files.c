/* Digests and compiled checks of rule sets. */
#include "rule/ruleset_private.h"

#include <sys/stat.h>

#include "base/folder.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"

struct names {
	struct str *items;
	size_t count, capacity;
};

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

static bool is_listed(const struct ruleset *ruleset, struct str name)
{
	for (uint32_t i = 0; i < ruleset->file_count; i++)
		if (str_eq(ruleset->files[i].name, name)) return true;
	return false;
}

/* Names in `extends`, in any of its forms, that are files; a name such as spectral:oas is part of the program. */
static void add_extended(struct names *names, struct arena *arena, struct str from, const struct node *extends)
{
	if (!extends) return;
	if (extends->kind == NODE_ARRAY)
		for (uint32_t i = 0; i < extends->len && i < LIMIT_EXTENDS_DEPTH; i++) {
			const struct node *item = &extends->children[i];
			add_extended(names, arena, from, item->kind == NODE_ARRAY ? node_at(item, 0) : item);
		}
	struct str file = extends->kind == NODE_STRING ? node_text(extends) : STR("spectral:");
	if (str_starts(file, STR("spectral:")) || str_find(file, '/') == 0 || str_find_str(file, STR("://")) < file.len)
		return;
	const char *slash = from.len ? memrchr(from.ptr, '/', from.len) : NULL;
	struct str folder = {from.ptr, slash ? (size_t)(slash - from.ptr) + 1 : 0};
	if (str_starts(file, STR("./"))) file = str_skip(file, 2);
	*vec_push(names) = str_printf(arena, "%.*s%.*s", STR_FMT(folder), STR_FMT(file));
}

/* What a check file extends outside the folder decides the verdict too, so it belongs to the digest. */
static void find_extended(const struct ruleset *ruleset, struct arena *scratch, struct str name, struct names *names)
{
	struct err err;
	struct str path = str_printf(scratch, "%.*s/%.*s", STR_FMT(ruleset->dir), STR_FMT(name));
	err_init(&err, scratch);
	struct doc *doc = doc_open(path.ptr, &err);
	if (doc && doc->root->kind == NODE_OBJECT)
		add_extended(names, ruleset->arena, name, node_member(doc->root, STR("extends")));
	doc_close(doc);
}

bool rulefiles_digest(struct ruleset *ruleset, struct err *err)
{
	struct str *names;
	uint32_t count = 0;
	if (!folder_list(ruleset->arena, ruleset->dir.ptr, &names, &count, err)) return false;
	struct arena *scratch = arena_new();
	struct names extended = {0};
	struct strbuf lines;
	bool ok = true;
	strbuf_init(&lines, SIZE_MAX / 2);
	ruleset->files = arena_alloc(ruleset->arena, (count + LIMIT_EXTENDS_DEPTH) * sizeof *ruleset->files);
	for (uint32_t i = 0; i < count && ok; i++)
		ok = add_file(ruleset, scratch, names[i], err);
	for (uint32_t i = 0; i < ruleset->check_count; i++)
		find_extended(ruleset, scratch, ruleset->checks[i].file, &extended);
	for (size_t i = 0; i < extended.count && i < LIMIT_EXTENDS_DEPTH && ok; i++) {
		if (is_listed(ruleset, extended.items[i])) continue;
		ok = add_file(ruleset, scratch, extended.items[i], err);
		find_extended(ruleset, scratch, extended.items[i], &extended);
	}
	vec_release(&extended);
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

struct ruleset *ruleset_of_spectral(struct arena *arena, const struct ruleset *like, const struct spectral *spectral)
{
	uint32_t count;
	const struct spectral_rule *rules = spectral_rules(spectral, &count);
	struct ruleset *ruleset = arena_alloc(arena, sizeof *ruleset);
	*ruleset = *like;
	ruleset->arena = arena;
	ruleset->checks = arena_zalloc(arena, sizeof *ruleset->checks);
	ruleset->check_count = 1;
	*ruleset->checks = (struct check){.name = STR("ruleset"),
			.engine = STR("spectral"),
			.file = ruleset->path,
			.subject = STR("any"),
			.spectral = spectral};
	ruleset->requirements = arena_zalloc(arena, count * sizeof *ruleset->requirements);
	ruleset->requirement_count = 0;
	for (uint32_t i = 0; i < count; i++)
		add_rule(ruleset, &rules[i], i);
	return ruleset;
}

struct ruleset *ruleset_ad_hoc(
		struct arena *arena, const char *path, const struct spectral_options *options, struct err *err)
{
	struct str bytes;
	if (!io_read(arena, path, LIMIT_DOCUMENT_BYTES, &bytes, err)) return NULL;
	const struct spectral *spectral = spectral_load(arena, path, options, err);
	if (!spectral) return NULL;
	struct str name = str_copy(arena, str_of(path));
	struct ruleset base = {.id = base_name(name), .path = name, .status = STATUS_EFFECTIVE, .ad_hoc = true};
	struct rule_file file = {name, digest_of(bytes), bytes.len};
	base.title = (struct text){{base.id, base.id}};
	base.files = memcpy(arena_alloc(arena, sizeof file), &file, sizeof file);
	base.file_count = 1;
	base.digest = file.digest;
	return ruleset_of_spectral(arena, &base, spectral);
}
