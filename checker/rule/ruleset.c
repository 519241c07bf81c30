/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading rule sets. */
#include "rule/ruleset.h"

#include "base/limits.h"
#include "doc/uri_path.h"
#include "rule/check_fields.h"
#include "rule/check_list.h"
#include "rule/ruleset_private.h"

const char *const status_names[STATUS_COUNT] = {"draft", "effective", "warn", "deprecated"};
const char *const kind_names[KIND_COUNT] = {"technical", "functional"};
const char *const part_names[PART_COUNT] = {"descriptor", "wire", "behaviour"};

static const char *const ruleset_fields[] = {"id", "version", "title", "class", "authority", "level", "source",
		"status", "role", "when-named", "tried-by", "extends", "without", "clauses", "roots", "artefacts", "checks",
		"requirements", "score", NULL};
static const char *const status_fields[] = {"state", "from", "until", "replaced-by", NULL};
static const char *const check_fields[] = {
		"engine", "artefact", "base", "counterpart", "file", "inputs", "lists", "roots", "subject", NULL};
static const char *const score_fields[] = {"title", "groups", NULL};
static const char *const group_fields[] = {"id", "checks", NULL};

static bool load_status(const struct loader *loader, const struct node *node)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = loader_fields(loader, "status");
	int state = STATUS_DRAFT;
	if (!fields_open(&fields, node, status_fields) ||
			!fields_choice(&fields, "state", status_names, STATUS_COUNT, true, &state) ||
			!fields_date(&fields, "from", false, &ruleset->from) ||
			!fields_date(&fields, "until", false, &ruleset->until) ||
			!fields_string(&fields, "replaced-by", false, &ruleset->replaced_by))
		return false;
	ruleset->status = (enum status)state;
	bool ordered = !ruleset->from.len || !ruleset->until.len || str_compare(ruleset->from, ruleset->until) <= 0;
	return ordered || fields_fail(&fields, node_member(node, STR("until")), "status: until lies before from%s",
							  "status: until ligt voor from%s", "");
}

static bool load_engine(const struct fields *fields, const struct node *node, struct str name, struct check *check)
{
	struct str known = check_engine_names(fields->arena);
	check->engine = check_engine_find(name);
	return check->engine ||
		   fields_fail(fields, node_member(node, STR("engine")),
				   "engine %.*s is not supported by this version of keur; supported: %.*s",
				   "engine %.*s wordt door deze versie van keur niet ondersteund; wel ondersteund: %.*s", STR_FMT(name),
				   STR_FMT(known));
}

static bool load_subject(const struct fields *fields, const struct node *node, struct str name, struct check *check)
{
	struct str known = check_subject_list(fields->arena, check->engine);
	for (int i = 0; i < SUBJECT_COUNT; i++) {
		if (!(check->engine->subjects & 1u << i) || !str_eq(name, str_of(subject_names[i]))) continue;
		check->subject = (enum check_subject)i;
		return true;
	}
	return fields_fail(fields, node_member(node, STR("subject")),
			"subject %.*s is not one that engine %s looks at; those are: %.*s",
			"onderwerp %.*s is er geen waar engine %s naar kijkt; dat zijn: %.*s", STR_FMT(name), check->engine->name,
			STR_FMT(known));
}

/* Its own, or else those of the rule set. */
static bool load_roots_of(const struct loader *loader, const struct fields *fields, struct check *check)
{
	const struct node *list;
	bool xml = check->subject == SUBJECT_XML || check->subject == SUBJECT_WSDL;
	if (!fields_value(fields, "roots", NODE_ARRAY, false, &list)) return false;
	if (xml && !list) check->roots = loader->ruleset->roots;
	if (!list) return true;
	return xml ? roots_load(fields, list, &check->roots)
			   : fields_fail(fields, list, "only checks of subject xml or wsdl have roots, this one has subject %s",
						 "alleen checks met onderwerp xml of wsdl hebben roots, deze heeft onderwerp %s",
						 subject_names[check->subject]);
}

/* The file of a check may lie in an artefact; of an artefact that is one file it is that. */
static bool load_artefact_of(
		const struct loader *loader, const struct fields *fields, struct str id, struct check *check)
{
	const struct ruleset *ruleset = loader->ruleset;
	if (!id.len) return true;
	for (uint32_t i = 0; i < ruleset->artefact_count; i++)
		if (str_eq(ruleset->artefacts[i].id, id)) check->artefact = &ruleset->artefacts[i];
	const struct node *node = node_member(fields->object, STR("artefact"));
	if (!check->artefact)
		return fields_fail(fields, node, "there is no artefact '%.*s' under artefacts; define it or correct the name",
				"er is geen artefact '%.*s' onder artefacts; definieer het of verbeter de naam", STR_FMT(id));
	if (!check->engine->rule_count)
		return fields_fail(fields, node, "engine %s cannot take its file from an artefact",
				"engine %s kan zijn bestand niet uit een artefact halen", check->engine->name);
	if (!check->artefact->folder && !check->file.len) check->file = check->artefact->path;
	check->rules = check->engine->rules;
	check->rule_count = check->engine->rule_count;
	return true;
}

static bool load_check(const struct loader *loader, const struct node *node, struct check *check)
{
	struct fields fields = loader_fields(loader, "check");
	check->name = str_copy(loader->ruleset->arena, node_key(node));
	check->loc = loader_loc(loader, node);
	if (str_eq(check->name, STR("references")))
		return fields_fail(&fields, node, "the name references is keur's own; give the check another name",
				"de naam references is van keur zelf; geef de check een andere naam");
	struct str engine, subject, artefact = {"", 0};
	const struct node *lists;
	const struct ruleset *ruleset = loader->ruleset;
	if (!fields_open(&fields, node, check_fields) || !fields_string(&fields, "engine", true, &engine) ||
			!fields_string(&fields, "artefact", false, &artefact) ||
			!fields_string(&fields, "file", false, &check->file) ||
			!fields_string(&fields, "subject", true, &subject) ||
			!fields_value(&fields, "lists", NODE_OBJECT, false, &lists))
		return false;
	if (!load_engine(&fields, node, engine, check) || !load_subject(&fields, node, subject, check)) return false;
	if (!check_fields_load(&fields, check) || !load_roots_of(loader, &fields, check) ||
			!load_artefact_of(loader, &fields, artefact, check) ||
			!check_lists_load(&fields, lists, ruleset->artefacts, ruleset->artefact_count, check))
		return false;
	if (!check->artefact && check->engine->built_in == (check->file.len > 0))
		return check->file.len ? fields_fail(&fields, node_member(node, STR("file")),
										 "engine %s has rules of its own; remove file",
										 "engine %s heeft eigen regels; verwijder file", check->engine->name)
							   : fields_fail(&fields, node, "a check of engine %s needs a file",
										 "een check van engine %s heeft een bestand (file) nodig", check->engine->name);
	if (check->file.len && !check->artefact && !check_is_plain_name(check->file))
		return fields_fail(&fields, node_member(node, STR("file")),
				"expected the name of a file in the folder of the rule set, or ../VERSION/FILE or ../../ID/VERSION/FILE, found '%.*s'",
				"verwacht de naam van een bestand in de map van de regelset, of ../VERSIE/BESTAND of ../../ID/VERSIE/BESTAND, gevonden '%.*s'",
				STR_FMT(check->file));
	return true;
}

static bool load_checks(const struct loader *loader, const struct node *map)
{
	struct ruleset *ruleset = loader->ruleset;
	uint32_t before = ruleset->check_count;
	if (!map) return true;
	struct check *all = arena_zalloc(ruleset->arena, (before + map->len) * sizeof *all);
	if (before) memcpy(all, ruleset->checks, before * sizeof *all);
	ruleset->checks = all;
	for (uint32_t i = 0; i < map->len; i++) {
		uint32_t at = 0;
		while (at < before && !str_eq(all[at].name, node_key(&map->children[i])))
			at++;
		if (at == before) at = ruleset->check_count++;
		all[at] = (struct check){.rule_count = 0};
		if (!load_check(loader, &map->children[i], &all[at])) return false;
	}
	return true;
}

static bool load_score(const struct loader *loader, const struct node *node)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = loader_fields(loader, "score"), inside = loader_fields(loader, "group");
	const struct node *groups, *checks;
	if (!node) return true;
	if (!fields_open(&fields, node, score_fields) || !fields_text(&fields, "title", true, &ruleset->score_title) ||
			!fields_value(&fields, "groups", NODE_ARRAY, true, &groups))
		return false;
	ruleset->score_groups = arena_zalloc(ruleset->arena, groups->len * sizeof *ruleset->score_groups);
	for (uint32_t i = 0; i < groups->len; i++) {
		struct score_group *group = &ruleset->score_groups[ruleset->score_group_count++];
		if (!fields_open(&inside, &groups->children[i], group_fields) ||
				!fields_string(&inside, "id", true, &group->id) ||
				!fields_value(&inside, "checks", NODE_ARRAY, true, &checks) ||
				!loader_uses(loader, checks, &group->uses, &group->use_count))
			return false;
	}
	return true;
}

/* A provider, unless it says otherwise. */
static bool load_role(const struct fields *fields, struct ruleset *ruleset)
{
	static const char *const roles[] = {"provider", "consumer"};
	int role = 0;
	if (!fields_choice(fields, "role", roles, 2, false, &role)) return false;
	ruleset->for_consumers = role == 1;
	return true;
}

static bool load_identity(const struct fields *fields, struct ruleset *ruleset)
{
	return fields_string(fields, "id", true, &ruleset->id) &&
		   fields_string(fields, "version", true, &ruleset->version) &&
		   fields_text(fields, "title", true, &ruleset->title) &&
		   fields_text(fields, "class", false, &ruleset->class_title) &&
		   fields_string(fields, "authority", true, &ruleset->authority) &&
		   fields_string(fields, "level", true, &ruleset->level) &&
		   fields_bool(fields, "when-named", &ruleset->when_named) && load_role(fields, ruleset) &&
		   fields_string(fields, "tried-by", false, &ruleset->tried_by) &&
		   fields_string(fields, "source", true, &ruleset->source);
}

/* A rule set is found by its folder, so the folder must not say otherwise than the file. */
static bool folder_agrees(const struct fields *fields, const struct ruleset *ruleset)
{
	struct str expected = str_printf(ruleset->arena, "/%.*s/%.*s", STR_FMT(ruleset->id), STR_FMT(ruleset->version));
	struct str dir = str_printf(ruleset->arena, "/%.*s", STR_FMT(ruleset->dir));
	if (str_ends(dir, expected)) return true;
	return fields_fail(fields, fields->object, "the folder of a rule set is called <id>/<version>, here %.*s",
			"de map van een regelset heet <id>/<version>, hier %.*s", STR_FMT(str_skip(expected, 1)));
}

static struct ruleset *ruleset_at(struct arena *arena, const char *dir)
{
	struct ruleset *ruleset = arena_zalloc(arena, sizeof *ruleset);
	ruleset->arena = arena;
	ruleset->dir = str_copy(arena, str_of(dir));
	while (ruleset->dir.len > 1 && ruleset->dir.ptr[ruleset->dir.len - 1] == '/')
		ruleset->dir.len--;
	ruleset->path = str_printf(arena, "%.*s/ruleset.yaml", STR_FMT(ruleset->dir));
	return ruleset;
}

static void close_register(void *doc)
{
	doc_close(doc);
}

/* Inputs of scenarios are values of the document; everything else was copied. */
static void end_register(struct ruleset *ruleset, struct doc *doc)
{
	for (uint32_t i = 0; i < ruleset->check_count; i++) {
		if (!ruleset->checks[i].inputs) continue;
		arena_on_free(ruleset->arena, close_register, doc);
		return;
	}
	doc_close(doc);
}

static bool load_all(const struct loader *loader, uint32_t depth);

/* Another version of the same rule set, as it is read; not compiled, and without digests. */
static const struct ruleset *load_base(const struct loader *loader, const struct node *version, uint32_t depth)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = loader_fields(loader, "extends");
	struct str name = node_text(version);
	if (depth >= LIMIT_EXTENDS_DEPTH || str_find(name, '/') < name.len || str_starts(name, STR("."))) {
		fields_fail(&fields, version, "expected an earlier version of this rule set, found '%.*s'",
				"verwacht werd een eerdere versie van deze regelset, gevonden '%.*s'", STR_FMT(name));
		return NULL;
	}
	struct str up = str_printf(ruleset->arena, "%.*s/../%.*s", STR_FMT(ruleset->dir), STR_FMT(name));
	struct ruleset *base = ruleset_at(ruleset->arena, str_copy(ruleset->arena, path_normalize(up, ruleset->arena)).ptr);
	struct doc *doc = doc_open(base->path.ptr, loader->err);
	if (!doc) return NULL;
	struct loader inner = {base, doc, loader->err};
	bool ok = load_all(&inner, depth + 1);
	end_register(base, doc);
	return ok ? base : NULL;
}

/* What it has of an earlier version, where it extends one: a later version costs what is different. */
static bool load_extended(const struct loader *loader, const struct fields *fields, uint32_t depth)
{
	const struct node *without, *clauses, *version = node_member(loader->doc->root, STR("extends"));
	struct str name = STR("");
	if (!fields_string(fields, "extends", false, &name) ||
			!fields_value(fields, "without", NODE_ARRAY, false, &without) ||
			!fields_value(fields, "clauses", NODE_OBJECT, false, &clauses))
		return false;
	if (!name.len) return true;
	const struct ruleset *base = load_base(loader, version, depth);
	loader->ruleset->extends = str_copy(loader->ruleset->arena, name);
	return base && loader_extend(loader, base, without, clauses);
}

static bool load_artefacts(const struct loader *loader, const struct fields *fields)
{
	const struct node *list;
	struct artefact *artefacts;
	uint32_t count;
	return fields_value(fields, "artefacts", NODE_ARRAY, false, &list) &&
		   artefacts_load(fields, list, &artefacts, &count) && loader_artefacts(loader, artefacts, count);
}

static bool load_all(const struct loader *loader, uint32_t depth)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = loader_fields(loader, "ruleset.yaml");
	const struct node *status, *roots, *checks, *requirements, *score;
	return fields_no_key_twice(&fields) && fields_open(&fields, loader->doc->root, ruleset_fields) &&
		   load_identity(&fields, ruleset) && folder_agrees(&fields, ruleset) &&
		   fields_value(&fields, "status", NODE_OBJECT, true, &status) && load_status(loader, status) &&
		   fields_value(&fields, "roots", NODE_ARRAY, false, &roots) && roots_load(&fields, roots, &ruleset->roots) &&
		   load_extended(loader, &fields, depth) && load_artefacts(loader, &fields) &&
		   fields_value(&fields, "checks", NODE_OBJECT, false, &checks) && load_checks(loader, checks) &&
		   fields_value(&fields, "requirements", NODE_ARRAY, ruleset->requirement_count == 0, &requirements) &&
		   (!requirements || loader_requirements(loader, requirements)) &&
		   fields_value(&fields, "score", NODE_OBJECT, false, &score) && load_score(loader, score);
}

struct ruleset *ruleset_load(struct arena *arena, const char *dir, struct err *err)
{
	struct ruleset *ruleset = ruleset_at(arena, dir);
	struct doc *doc = doc_open(ruleset->path.ptr, err);
	if (!doc) return NULL;
	struct loader loader = {ruleset, doc, err};
	bool ok = load_all(&loader, 0) && rulefiles_interpretations(ruleset, err) && rulefiles_digest(ruleset, err);
	end_register(ruleset, doc);
	return ok ? ruleset : NULL;
}

bool ruleset_peek(struct arena *arena, const char *dir, enum status *status, struct err *err)
{
	struct ruleset *ruleset = ruleset_at(arena, dir);
	struct doc *doc = doc_open(ruleset->path.ptr, err);
	if (!doc) return false;
	struct loader loader = {ruleset, doc, err};
	struct fields fields = loader_fields(&loader, "ruleset.yaml");
	const struct node *node;
	bool ok = fields_open(&fields, doc->root, ruleset_fields) &&
			  fields_value(&fields, "status", NODE_OBJECT, true, &node) && load_status(&loader, node);
	doc_close(doc);
	if (ok) *status = ruleset->status;
	return ok;
}
