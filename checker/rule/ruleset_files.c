/* SPDX-License-Identifier: EUPL-1.2 */
/* Digests and compiled checks of rule sets. */
#include "rule/counterpart_read.h"
#include "rule/ruleset_private.h"

#include <sys/stat.h>

#include "base/folder.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"
#include "doc/uri_path.h"
#include "rule/check_later.h"
#include "rule/ruleset_made.h"

struct names {
	struct str *items;
	size_t count, capacity;
};

static bool is_regular(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static bool is_built_in(struct str name)
{
	return str_starts(name, STR("spectral:"));
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

/* Names in `extends`, in any of its forms, that are files, or of a rule set such as spectral:oas that keur brings. */
static void add_extended(struct names *names, struct arena *arena, struct str from, const struct node *extends)
{
	if (!extends) return;
	if (extends->kind == NODE_ARRAY)
		for (uint32_t i = 0; i < extends->len && i < LIMIT_EXTENDS_DEPTH; i++) {
			const struct node *item = &extends->children[i];
			add_extended(names, arena, from, item->kind == NODE_ARRAY ? node_at(item, 0) : item);
		}
	struct str file = extends->kind == NODE_STRING ? node_text(extends) : STR("");
	if (!file.len || str_find(file, '/') == 0 || str_find_str(file, STR("://")) < file.len) return;
	if (is_built_in(file)) {
		*vec_push(names) = str_copy(arena, file);
		return;
	}
	const char *slash = from.len ? memrchr(from.ptr, '/', from.len) : NULL;
	struct str folder = {from.ptr, slash ? (size_t)(slash - from.ptr) + 1 : 0};
	if (str_starts(file, STR("./"))) file = str_skip(file, 2);
	*vec_push(names) = str_printf(arena, "%.*s%.*s", STR_FMT(folder), STR_FMT(file));
}

/* Schemas that functions of a rule take from files decide the verdict too. */
static void add_schemas(struct names *names, struct arena *arena, struct str from, const struct node *then)
{
	if (then && then->kind == NODE_ARRAY)
		for (uint32_t i = 0; i < then->len; i++)
			if (then->children[i].kind == NODE_OBJECT) add_schemas(names, arena, from, &then->children[i]);
	const struct node *options = node_member(then, STR("functionOptions"));
	for (uint32_t i = 0; options && options->kind == NODE_OBJECT && i < options->len; i++) {
		const struct node *option = &options->children[i];
		if (option->kind == NODE_STRING && str_ends(node_text(option), STR(".schema.yaml")))
			add_extended(names, arena, from, option);
	}
}

/* Other scenarios that one plays workflows of. */
static void add_sources(struct names *names, struct arena *arena, struct str from, const struct node *sources)
{
	for (uint32_t i = 0; sources && sources->kind == NODE_ARRAY && i < sources->len; i++) {
		const struct node *source = &sources->children[i], *type = node_member(source, STR("type"));
		if (!type || type->kind != NODE_STRING || !str_eq(node_text(type), STR("arazzo"))) continue;
		add_extended(names, arena, from, node_member(source, STR("url")));
	}
}

/* Parsing is left out where the words do not even occur. */
static void find_extended(const struct ruleset *ruleset, struct arena *scratch, struct str name, struct names *names)
{
	struct err err;
	struct str bytes, path = str_printf(scratch, "%.*s/%.*s", STR_FMT(ruleset->dir), STR_FMT(name));
	err_init(&err, scratch);
	if (!is_regular(path.ptr) || !io_read(scratch, path.ptr, LIMIT_DOCUMENT_BYTES, &bytes, &err)) return;
	if (str_find_str(bytes, STR("extends")) == bytes.len && str_find_str(bytes, STR(".schema.yaml")) == bytes.len &&
			str_find_str(bytes, STR("type: arazzo")) == bytes.len)
		return;
	struct doc *doc = doc_open(path.ptr, &err);
	const struct node *overrides = NULL;
	if (doc && doc->root->kind == NODE_OBJECT) {
		add_extended(names, ruleset->arena, name, node_member(doc->root, STR("extends")));
		overrides = node_member(doc->root, STR("overrides"));
		add_sources(names, ruleset->arena, name, node_member(doc->root, STR("sourceDescriptions")));
	}
	for (uint32_t i = 0; overrides && overrides->kind == NODE_ARRAY && i < overrides->len; i++)
		if (overrides->children[i].kind == NODE_OBJECT)
			add_extended(names, ruleset->arena, name, node_member(&overrides->children[i], STR("extends")));
	const struct node *rules = doc ? node_member(doc->root, STR("rules")) : NULL;
	for (uint32_t i = 0; rules && rules->kind == NODE_OBJECT && i < rules->len; i++)
		add_schemas(names, ruleset->arena, name, node_member(&rules->children[i], STR("then")));
	doc_close(doc);
}

/* What a check file extends outside the folder decides the verdict too, so it belongs to the digest. */
static bool add_all_extended(struct ruleset *ruleset, struct arena *scratch, struct names *extended, struct err *err)
{
	size_t room = ruleset->file_count + LIMIT_EXTENDS_DEPTH;
	struct rule_file *files = arena_zalloc(ruleset->arena, room * sizeof *files);
	if (ruleset->file_count) memcpy(files, ruleset->files, ruleset->file_count * sizeof *files);
	ruleset->files = files;
	for (size_t i = 0; i < extended->count; i++) {
		struct str name = extended->items[i];
		if (is_listed(ruleset, name)) continue;
		if (ruleset->file_count == room)
			return err_set(err, ERR_LIMIT, (struct loc){.file = ruleset->path},
					"the rule set extends more than %d files; bring them together in fewer",
					"de regelset breidt meer dan %d bestanden uit; breng ze samen in minder bestanden",
					LIMIT_EXTENDS_DEPTH);
		if (is_built_in(name)) {
			ruleset->files[ruleset->file_count++].name = name;
			continue;
		}
		if (!add_file(ruleset, scratch, name, err)) return false;
		find_extended(ruleset, scratch, name, extended);
	}
	return true;
}

void rulefiles_seal(struct ruleset *ruleset)
{
	struct strbuf lines;
	strbuf_init(&lines, SIZE_MAX / 2);
	for (uint32_t i = 0; i < ruleset->file_count; i++)
		strbuf_printf(&lines, "%s  %.*s\n", ruleset->files[i].digest.hex, STR_FMT(ruleset->files[i].name));
	ruleset->digest = digest_of(strbuf_str(&lines));
	strbuf_release(&lines);
}

void rulefiles_of_docs(struct ruleset *ruleset, const struct doc *const *docs, uint32_t count)
{
	ruleset->files = arena_alloc(ruleset->arena, count * sizeof *ruleset->files);
	ruleset->file_count = count;
	for (uint32_t i = 0; i < count; i++) {
		const struct source *source = docs[i]->source;
		ruleset->files[i] = (struct rule_file){source->name, digest_of(source->bytes), source->bytes.len};
	}
	rulefiles_seal(ruleset);
}

struct ruleset *ruleset_of_check(struct arena *arena, struct check *check)
{
	struct ruleset *ruleset = arena_zalloc(arena, sizeof *ruleset);
	struct str name = path_base(check->file);
	*ruleset = (struct ruleset){.arena = arena,
			.id = name,
			.dir = STR("."),
			.path = check->file,
			.title = {{name, name}},
			.status = STATUS_EFFECTIVE,
			.checks = check,
			.check_count = 1,
			.ad_hoc = true};
	return ruleset;
}

/* The register that it extends, and its readings. */
static void add_base(struct ruleset *ruleset, struct names *names)
{
	static const char *const files[] = {"ruleset.yaml", "interpretations.yaml"};
	for (size_t i = 0; ruleset->extends.len && i < sizeof files / sizeof *files; i++)
		*vec_push(names) = str_printf(ruleset->arena, "../%.*s/%s", STR_FMT(ruleset->extends), files[i]);
}

bool rulefiles_digest(struct ruleset *ruleset, struct err *err)
{
	struct str *names;
	uint32_t count = 0;
	if (!folder_list(ruleset->arena, ruleset->dir.ptr, &names, &count, err)) return false;
	struct arena *scratch = arena_new();
	struct names extended = {0};
	bool ok = true;
	ruleset->files = arena_zalloc(ruleset->arena, count * sizeof *ruleset->files);
	for (uint32_t i = 0; i < count && ok; i++)
		ok = add_file(ruleset, scratch, names[i], err);
	for (uint32_t i = 0; i < ruleset->check_count; i++) {
		if (ruleset->checks[i].artefact) continue;
		if (str_starts(ruleset->checks[i].counterpart_file, STR("../")))
			*vec_push(&extended) = ruleset->checks[i].counterpart_file;
		if (str_starts(ruleset->checks[i].file, STR("../"))) *vec_push(&extended) = ruleset->checks[i].file;
		find_extended(ruleset, scratch, ruleset->checks[i].file, &extended);
	}
	add_base(ruleset, &extended);
	ok = ok && add_all_extended(ruleset, scratch, &extended, err);
	vec_release(&extended);
	rulefiles_seal(ruleset);
	arena_free(scratch);
	return ok;
}

/* A rule set that keur brings, and its schemas: one text. */
static bool read_built_in(struct arena *arena, struct str dir, struct str name, struct strbuf *all, struct err *err)
{
	struct str *names, bytes;
	uint32_t count = 0;
	struct str main_file = str_printf(arena, "%.*s.yaml", STR_FMT(name));
	struct str prefix = str_printf(arena, "%.*s-", STR_FMT(name));
	if (!folder_list(arena, str_copy(arena, dir).ptr, &names, &count, err)) return false;
	for (uint32_t i = 0; i < count; i++) {
		bool schema = str_starts(names[i], prefix) && str_ends(names[i], STR(".schema.yaml"));
		if (!schema && !str_eq(names[i], main_file)) continue;
		struct str path = str_printf(arena, "%.*s/%.*s", STR_FMT(dir), STR_FMT(names[i]));
		if (!io_read(arena, path.ptr, LIMIT_DOCUMENT_BYTES, &bytes, err)) return false;
		strbuf_add(all, bytes);
	}
	return true;
}

/* Rule sets that keur brings are known only when it is known where they lie. */
static bool add_built_in(struct ruleset *ruleset, const struct spectral_options *options, struct err *err)
{
	for (uint32_t i = 0; i < ruleset->file_count; i++) {
		struct rule_file *file = &ruleset->files[i];
		struct str name = str_skip(file->name, str_find(file->name, ':') + 1);
		struct strbuf all;
		if (!is_built_in(file->name)) continue;
		strbuf_init(&all, LIMIT_DOCUMENT_BYTES);
		struct arena *scratch = arena_new();
		bool ok = read_built_in(scratch, options->builtin_dir, name, &all, err);
		file->digest = digest_of(strbuf_str(&all));
		file->size = all.len;
		strbuf_release(&all);
		arena_free(scratch);
		if (!ok) return false;
	}
	rulefiles_seal(ruleset);
	return true;
}

static bool compile_check(
		struct ruleset *ruleset, struct check *check, const struct spectral_options *options, struct err *err)
{
	struct str path = str_printf(ruleset->arena, "%.*s/%.*s", STR_FMT(ruleset->dir), STR_FMT(check->file));
	if (check->artefact) {
		check_later_init(ruleset->arena, check, options);
		return true;
	}
	if (check->counterpart_file.len) {
		struct str answers = str_printf(
				ruleset->arena, "%.*s/%.*s", STR_FMT(ruleset->dir), STR_FMT(check->counterpart_file));
		check->counterpart = counterpart_open(ruleset->arena, answers.ptr, err);
		if (!check->counterpart) return false;
	}
	return check->engine->compile(ruleset->arena, check, path.ptr, options, err);
}

static bool resolve_use(const struct ruleset *ruleset, struct rule_use *use, struct err *err)
{
	const struct check *check = &ruleset->checks[use->check];
	struct str wanted = str_skip(use->named, str_find(use->named, '#') + 1);
	for (use->rule = 0; use->rule < check->rule_count; use->rule++)
		if (str_eq(check->rules[use->rule], wanted)) return true;
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
	if (!add_built_in(ruleset, options, err)) return false;
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		if (!resolve_uses(ruleset, ruleset->requirements[i].uses, ruleset->requirements[i].use_count, err))
			return false;
	for (uint32_t i = 0; i < ruleset->score_group_count; i++)
		if (!resolve_uses(ruleset, ruleset->score_groups[i].uses, ruleset->score_groups[i].use_count, err))
			return false;
	return true;
}

enum obligation ruleset_obligation(enum severity severity)
{
	if (severity == SEVERITY_ERROR) return OBLIGATION_MUST;
	return severity == SEVERITY_WARN ? OBLIGATION_SHOULD : OBLIGATION_MAY;
}

static void add_rule(struct ruleset *ruleset, const struct spectral_rule *rule, uint32_t index)
{
	struct requirement *requirement = &ruleset->requirements[ruleset->requirement_count++];
	struct str title = rule->description.len ? rule->description : rule->name;
	*requirement = (struct requirement){.id = rule->name,
			.obligation = ruleset_obligation(rule->severity),
			.mode = MODE_AUTOMATIC,
			.follows_references = true,
			.title = {{title, title}},
			.clause = rule->documentation_url,
			.use_count = 1};
	requirement->uses = arena_alloc(ruleset->arena, sizeof *requirement->uses);
	*requirement->uses = (struct rule_use){
			.rule = index, .named = str_printf(ruleset->arena, "ruleset#%.*s", STR_FMT(rule->name)), .loc = rule->loc};
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
	*ruleset->checks = (struct check){
			.name = STR("ruleset"), .engine = check_engine_find(STR("spectral")), .file = ruleset->path};
	check_take_spectral(arena, ruleset->checks, spectral);
	ruleset->requirements = arena_zalloc(arena, count * sizeof *ruleset->requirements);
	ruleset->requirement_count = 0;
	for (uint32_t i = 0; i < count; i++)
		add_rule(ruleset, &rules[i], i);
	return ruleset;
}

/* Its file by the path as given; what it extends relative to its folder. */
static bool digest_ad_hoc(struct ruleset *ruleset, const struct spectral_options *options, struct err *err)
{
	struct arena *scratch = arena_new();
	struct names extended = {0};
	find_extended(ruleset, scratch, path_base(ruleset->path), &extended);
	bool ok = add_all_extended(ruleset, scratch, &extended, err) && add_built_in(ruleset, options, err);
	vec_release(&extended);
	arena_free(scratch);
	return ok;
}

static struct str folder_of(struct arena *arena, struct str path)
{
	struct str name = path_base(path);
	if (name.len == path.len) return STR(".");
	return str_copy(arena, (struct str){path.ptr, path.len - name.len - (name.len + 1 < path.len)});
}

struct ruleset *ruleset_ad_hoc(
		struct arena *arena, const char *path, const struct spectral_options *options, struct err *err)
{
	struct str bytes;
	if (!io_read(arena, path, LIMIT_DOCUMENT_BYTES, &bytes, err)) return NULL;
	const struct spectral *spectral = spectral_load(arena, path, options, err);
	if (!spectral) return NULL;
	struct str name = str_copy(arena, str_of(path));
	struct ruleset base = {.arena = arena,
			.id = path_base(name),
			.dir = folder_of(arena, name),
			.path = name,
			.status = STATUS_EFFECTIVE,
			.ad_hoc = true,
			.parity = options->spectral_places};
	struct rule_file file = {name, digest_of(bytes), bytes.len};
	base.title = (struct text){{base.id, base.id}};
	base.files = &file;
	base.file_count = 1;
	if (!digest_ad_hoc(&base, options, err)) return NULL;
	return ruleset_of_spectral(arena, &base, spectral);
}
