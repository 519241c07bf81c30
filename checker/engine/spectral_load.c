/* SPDX-License-Identifier: EUPL-1.2 */
/* Loading of Spectral rule sets: files, what they extend, and what they override for some documents. */
#include "base/glob.h"
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "doc/uri_path.h"
#include "engine/spectral_private.h"

/* How a rule set is extended: [name, mode] is explicit, a bare name means recommended rules. */
enum mode { MODE_RECOMMENDED, MODE_ALL, MODE_OFF };

struct loading {
	const struct loading *up; /* the rule set that extends this one */
	struct arena *arena;
	const struct spectral_options *options;
	struct str path;
	enum mode mode;
	bool explicit;
	int depth;
	unsigned *count; /* of rule sets that extended another so far, all together */
};

static bool load(const struct loading *loading, struct piece from, struct draft_list *drafts, struct scope **scope,
		struct err *err);

static void close_doc(void *doc)
{
	doc_close(doc);
}

static void free_drafts(void *drafts)
{
	free(((struct draft_list *)drafts)->items);
}

static bool is_javascript(struct str path)
{
	return str_ends(path, STR(".js")) || str_ends(path, STR(".mjs")) || str_ends(path, STR(".cjs")) ||
		   str_ends(path, STR(".ts"));
}

static bool refuse_javascript(struct loc loc, struct str what, struct err *err)
{
	return err_set(err, ERR_RULES, loc,
			"\"%.*s\" is JavaScript, which keur does not run; write the rule set in YAML or JSON with the core functions",
			"\"%.*s\" is JavaScript, en dat voert keur niet uit; schrijf de regelset in YAML of JSON met de kernfuncties",
			STR_FMT(what));
}

/* The members that a rule set may have; functions of its own would be JavaScript. */
static bool check_members(struct piece set, bool is_override, struct err *err)
{
	static const char *const known[] = {"extends", "rules", "aliases", "formats", "documentationUrl", "description",
			"parserOptions", "overrides", "files"};
	for (uint32_t i = 0; i < set.node->len; i++) {
		struct piece member = {set.doc, &set.node->children[i]};
		struct str key = node_key(member.node);
		if (str_eq(key, STR("functions")) || str_eq(key, STR("functionsDir"))) {
			if (node_count(member.node) == 0 && member.node->kind == NODE_ARRAY) continue;
			return refuse_javascript(source_loc(set.doc->source, member.node->key_start), key, err);
		}
		size_t k = 0, last = sizeof known / sizeof *known - (is_override ? 0 : 1);
		while (k < last && !str_eq(key, str_of(known[k])))
			k++;
		if (k < last || str_starts(key, STR("x-"))) continue;
		member.node = &(struct node){.start = member.node->key_start};
		return PIECE_ERROR(err, member,
				"unknown member \"%.*s\" of a rule set; known are extends, rules, aliases, formats, overrides, "
				"documentationUrl, description, parserOptions",
				"onbekend lid \"%.*s\" van een regelset; bekend zijn extends, rules, aliases, formats, overrides, "
				"documentationUrl, description, parserOptions",
				STR_FMT(key));
	}
	return true;
}

/* Shape of `overrides`; what they hold is merged when a document asks for it. */
static bool check_overrides(struct piece set, struct err *err)
{
	const struct node *overrides = node_member(set.node, STR("overrides"));
	struct piece at = {set.doc, overrides};
	if (!overrides) return true;
	if (overrides->kind != NODE_ARRAY)
		return PIECE_ERROR(err, at, "overrides: expected a list%s", "overrides: verwacht werd een lijst%s", "");
	for (uint32_t i = 0; i < overrides->len; i++) {
		at.node = &overrides->children[i];
		const struct node *files = node_member(at.node, STR("files"));
		bool sound = files && files->kind == NODE_ARRAY && files->len > 0;
		for (uint32_t f = 0; sound && f < files->len; f++)
			sound = files->children[f].kind == NODE_STRING && files->children[f].len > 0;
		if (!sound)
			return PIECE_ERROR(err, at, "overrides: expected `files`, a list of file name patterns%s",
					"overrides: verwacht werd `files`, een lijst met bestandsnaampatronen%s", "");
		if (!check_members(at, true, err)) return false;
	}
	return true;
}

static bool scope_read(struct scope *scope, struct err *err)
{
	const struct node *formats = node_member(scope->root, STR("formats"));
	scope->aliases[0] = node_member(scope->root, STR("aliases"));
	scope->documentation_url = node_string_member(scope->root, STR("documentationUrl"));
	if (!formats) return true;
	scope->has_formats = true;
	return formats_read((struct piece){scope->doc, formats}, &scope->formats, err);
}

/* The file of a name in `extends`: built in, or beside the file that names it. */
static bool extension_path(
		const struct loading *loading, struct str name, struct piece at, struct str *path, struct err *err)
{
	static const char *const builtin[] = {"oas", "asyncapi", NULL};
	for (const char *const *own = builtin; *own; own++) {
		if (!str_starts(name, STR("spectral:")) || !str_eq(str_skip(name, strlen("spectral:")), str_of(*own))) continue;
		*path = str_printf(loading->arena, "%.*s/%s.yaml", STR_FMT(loading->options->builtin_dir), *own);
		return true;
	}
	if (str_starts(name, STR("spectral:")))
		return PIECE_ERROR(err, at,
				"this version has no built-in rule set \"%.*s\"; it has spectral:oas and spectral:asyncapi",
				"deze versie heeft geen ingebouwde regelset \"%.*s\"; wel spectral:oas en spectral:asyncapi",
				STR_FMT(name));
	if (is_javascript(name)) return refuse_javascript(source_loc(at.doc->source, at.node->start), name, err);
	if (str_starts(name, STR("@")) || str_starts(name, STR("npm:")))
		return PIECE_ERROR(err, at, "cannot extend \"%.*s\": packages of npm are not read; save the rule set as a file",
				"kan \"%.*s\" niet uitbreiden: npm-pakketten worden niet gelezen; bewaar de regelset als bestand",
				STR_FMT(name));
	if (uri_to_path(name, at.doc->source->name, loading->arena, path) == URI_FILE) return true;
	return PIECE_ERROR(err, at,
			"cannot extend \"%.*s\": expected spectral:oas, spectral:asyncapi or the path of a file",
			"kan \"%.*s\" niet uitbreiden: verwacht werd spectral:oas, spectral:asyncapi of het pad van een bestand",
			STR_FMT(name));
}

static bool mode_read(struct piece at, enum mode *mode, struct err *err)
{
	static const char *const names[] = {"recommended", "all", "off"};
	for (int i = 0; at.node->kind == NODE_STRING && i < 3; i++) {
		if (!str_eq(node_text(at.node), str_of(names[i]))) continue;
		*mode = (enum mode)i;
		return true;
	}
	return PIECE_ERROR(err, at, "extends: expected off, recommended or all%s",
			"extends: verwacht werd off, recommended of all%s", "");
}

/* One entry of `extends`: a name, or [name, mode]. */
static bool extend_one(const struct loading *loading, struct piece at, struct draft_list *drafts, struct err *err)
{
	struct loading next = {.up = loading,
			.arena = loading->arena,
			.options = loading->options,
			.depth = loading->depth + 1,
			.count = loading->count};
	struct piece name = at;
	if (at.node->kind == NODE_ARRAY && at.node->len == 2) {
		struct piece mode = {at.doc, &at.node->children[1]};
		if (!mode_read(mode, &next.mode, err)) return false;
		name.node = &at.node->children[0];
		next.explicit = true;
	}
	if (name.node->kind != NODE_STRING)
		return PIECE_ERROR(err, at, "extends: expected a name, or a name and off, recommended or all%s",
				"extends: verwacht werd een naam, of een naam en off, recommended of all%s", "");
	if (!extension_path(loading, node_text(name.node), name, &next.path, err)) return false;

	struct draft_list inherited = {0};
	struct scope *scope;
	bool ok = load(&next, name, &inherited, &scope, err);
	for (size_t i = 0; ok && i < inherited.count; i++) {
		struct draft *draft = drafts_put(drafts, inherited.items[i]);
		if (loading->explicit)
			draft->enabled = loading->mode == MODE_ALL || (loading->mode == MODE_RECOMMENDED && draft->recommended);
	}
	vec_release(&inherited);
	return ok;
}

static bool extend_all(const struct loading *loading, struct piece set, struct draft_list *drafts, struct err *err)
{
	const struct node *extends = node_member(set.node, STR("extends"));
	if (!extends) return true;
	if (extends->kind != NODE_ARRAY) return extend_one(loading, (struct piece){set.doc, extends}, drafts, err);
	for (uint32_t i = 0; i < extends->len; i++)
		if (!extend_one(loading, (struct piece){set.doc, &extends->children[i]}, drafts, err)) return false;
	return true;
}

static bool merge_scope(
		const struct loading *loading, const struct scope *scope, struct draft_list *drafts, struct err *err)
{
	struct piece set = {scope->doc, scope->root};
	if (!extend_all(loading, set, drafts, err) || !drafts_merge(drafts, loading->arena, scope, err)) return false;
	const struct node *rules = node_member(scope->root, STR("rules"));
	for (uint32_t i = 0; loading->explicit && rules && i < rules->len; i++) {
		struct draft *draft = drafts_find(drafts, node_key(&rules->children[i]));
		draft->enabled = loading->mode == MODE_ALL || (loading->mode == MODE_RECOMMENDED && draft->recommended);
	}
	return true;
}

static bool check_extension_depth(const struct loading *loading, struct piece from, struct err *err)
{
	for (const struct loading *up = loading->up; up; up = up->up)
		if (str_eq(up->path, loading->path))
			return PIECE_ERROR(err, from, "extends: \"%.*s\" extends itself by a detour",
					"extends: \"%.*s\" breidt via een omweg zichzelf uit", STR_FMT(loading->path));
	if (loading->depth > LIMIT_EXTENDS_DEPTH)
		return PIECE_ERROR(err, from, "extends: more than %d rule sets deep", "extends: meer dan %d regelsets diep",
				LIMIT_EXTENDS_DEPTH);
	/* two files that each extend the next one twice double the work with every level */
	if (++*loading->count > LIMIT_EXTENDS)
		return PIECE_ERROR(err, from, "extends: rule sets are extended more than %d times, all together",
				"extends: regelsets worden samen meer dan %d keer uitgebreid", LIMIT_EXTENDS);
	return true;
}

/* Whatever is wrong with the file: the rule set cannot be used. What is missing is told where it is asked for. */
static struct doc *open_ruleset(const struct loading *loading, struct piece from, struct err *err)
{
	struct err fault;
	err_init(&fault, err->arena);
	struct doc *doc = doc_open(str_copy(loading->arena, loading->path).ptr, &fault);
	if (doc) return doc;
	if (from.doc && fault.loc.line == 0) {
		struct text before = text_printf(
				loading->arena, "extends: \"%.*s\" ", "extends: \"%.*s\" ", STR_FMT(loading->path));
		err_set_text(err, ERR_RULES, source_loc(from.doc->source, from.node->start), before, fault.message);
	} else {
		err_set_text(err, ERR_RULES, fault.loc, TEXT("", ""), fault.message);
	}
	return NULL;
}

/* Reads the rule set at loading->path and all that it extends. `from` names who asked; its doc is NULL for the first.
 */
static bool load(const struct loading *loading, struct piece from, struct draft_list *drafts, struct scope **out,
		struct err *err)
{
	if (is_javascript(loading->path)) return refuse_javascript((struct loc){.file = loading->path}, loading->path, err);
	if (from.doc && !check_extension_depth(loading, from, err)) return false;
	struct doc *doc = open_ruleset(loading, from, err);
	if (!doc) return false;
	arena_on_free(loading->arena, close_doc, doc);
	struct piece set = {doc, doc->root};
	if (doc->root->kind != NODE_OBJECT)
		return PIECE_ERROR(err, set, "expected a rule set: an object with rules or extends%s",
				"verwacht werd een regelset: een object met rules of extends%s", "");
	if (!check_members(set, false, err) || !check_overrides(set, err)) return false;
	if (!node_member(doc->root, STR("rules")) && !node_member(doc->root, STR("extends")) &&
			!node_member(doc->root, STR("overrides")))
		return PIECE_ERROR(err, set, "a rule set needs rules, extends or overrides%s",
				"een regelset heeft rules, extends of overrides nodig%s", "");
	struct scope *scope = arena_zalloc(loading->arena, sizeof *scope);
	scope->doc = doc;
	scope->root = doc->root;
	*out = scope;
	return scope_read(scope, err) && merge_scope(loading, scope, drafts, err);
}

/* The rule set itself: what is not about documents at all (`given` and `then` of its rules). */
static struct spectral *spectral_new(struct arena *arena, const struct spectral_options *options, struct str file)
{
	struct spectral *spectral = arena_zalloc(arena, sizeof *spectral);
	spectral->options = *options;
	spectral->file = file;
	arena_on_free(arena, free_drafts, &spectral->drafts);
	return spectral;
}

struct spectral *spectral_load(
		struct arena *arena, const char *path, const struct spectral_options *options, struct err *err)
{
	struct spectral *spectral = spectral_new(arena, options, path_normalize(str_of(path), arena));
	unsigned count = 0;
	struct loading loading = {.arena = arena, .options = options, .path = spectral->file, .count = &count};
	if (!load(&loading, (struct piece){NULL, NULL}, &spectral->drafts, &spectral->scope, err)) return NULL;
	return spectral_compile(spectral, arena, err) ? spectral : NULL;
}

/* `files: ["v1/api.yaml#/paths"]`: the severity of rules at some places. Such a rule is on. */
static bool override_places(struct spectral *spectral, struct arena *arena, struct piece rules, struct str glob,
		struct str pointer, struct err *err)
{
	for (uint32_t i = 0; rules.node && i < node_count(rules.node); i++) {
		struct piece rule = {rules.doc, &rules.node->children[i]};
		struct draft *draft = drafts_find(&spectral->drafts, node_key(rule.node));
		struct place_severity *place = arena_zalloc(arena, sizeof *place);
		if (!severity_read(rule, &place->severity, err)) return false;
		if (!draft) continue;
		place->glob = glob;
		place->next = draft->places;
		if (!pointer_decode_fragment(pointer, arena, &place->pointer)) place->pointer = pointer;
		draft->places = place;
		draft->enabled = true;
	}
	return true;
}

/* Applies one override to `spectral` when one of its patterns matches. */
static bool override_apply(struct spectral *spectral, struct arena *arena, const struct node *override, struct str path,
		bool *any, struct err *err)
{
	const struct scope *base = spectral->scope;
	const struct node *files = node_member(override, STR("files"));
	const struct node *rules = node_member(override, STR("rules"));
	bool whole = false;
	for (uint32_t i = 0; i < files->len; i++) {
		struct str glob, pointer;
		uri_split(node_text(&files->children[i]), &glob, &pointer);
		if (!glob_match(glob, path)) continue;
		*any = true;
		if (!pointer.ptr)
			whole = true;
		else if (!override_places(spectral, arena, (struct piece){base->doc, rules}, glob, pointer, err))
			return false;
	}
	if (!whole) return true;
	struct scope *scope = arena_zalloc(arena, sizeof *scope);
	*scope = (struct scope){.doc = base->doc, .root = override, .aliases = {NULL, base->aliases[0]}};
	unsigned count = 0;
	struct loading loading = {.arena = arena, .options = &spectral->options, .path = spectral->file, .count = &count};
	return scope_read(scope, err) && merge_scope(&loading, scope, &spectral->drafts, err);
}

const struct spectral *spectral_for(
		const struct spectral *spectral, struct str path, struct arena *arena, struct err *err)
{
	const struct node *overrides = node_member(spectral->scope->root, STR("overrides"));
	if (!overrides) return spectral;
	struct spectral *own = spectral_new(arena, &spectral->options, spectral->file);
	struct str relative = path_relative(spectral->file, path, arena);
	bool any = false;
	own->scope = spectral->scope;
	for (size_t i = 0; i < spectral->drafts.count; i++)
		*vec_push(&own->drafts) = spectral->drafts.items[i];
	for (uint32_t i = 0; i < overrides->len; i++)
		if (!override_apply(own, arena, &overrides->children[i], relative, &any, err)) return NULL;
	if (!any) return spectral;
	return spectral_compile(own, arena, err) ? own : NULL;
}
