/* Reading rule sets. */
#include "rule/ruleset.h"

#include "rule/check_list.h"
#include "rule/fields.h"
#include "rule/ruleset_private.h"

const char *const status_names[STATUS_COUNT] = {"draft", "effective", "warn", "deprecated"};
const char *const kind_names[KIND_COUNT] = {"technical", "functional"};
const char *const part_names[PART_COUNT] = {"descriptor", "wire", "behaviour"};

static const char *const ruleset_fields[] = {"id", "version", "title", "class", "authority", "level", "source",
		"status", "when-named", "tried-by", "roots", "artefacts", "checks", "requirements", "score", NULL};
static const char *const status_fields[] = {"state", "from", "until", "replaced-by", NULL};
static const char *const check_fields[] = {
		"engine", "artefact", "counterpart", "file", "inputs", "lists", "roots", "subject", NULL};
static const char *const requirement_fields[] = {"id", "obligation", "kind", "part", "mode", "title", "clause", "why",
		"checks", "fix", "remarks", "not-tested", "follows-references", "references", "option", "alias", "tolerated-by",
		NULL};
static const char *const score_fields[] = {"title", "groups", NULL};
static const char *const group_fields[] = {"id", "checks", NULL};

struct loader {
	struct ruleset *ruleset;
	const struct doc *doc;
	struct err *err;
};

static struct fields fields_for(const struct loader *loader, const char *what)
{
	return (struct fields){.doc = loader->doc, .what = what, .arena = loader->ruleset->arena, .err = loader->err};
}

static struct loc loc_of(const struct loader *loader, const struct node *node)
{
	struct loc loc = source_loc(loader->doc->source, node->start);
	loc.file = str_copy(loader->ruleset->arena, loc.file);
	return loc;
}

static bool load_status(const struct loader *loader, const struct node *node)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = fields_for(loader, "status");
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

/* Takes a folder off the front of a path; false when there is none, or it leads up or is hidden. */
static bool skip_folder(struct str *name)
{
	size_t slash = str_find(*name, '/');
	if (slash == 0 || slash == name->len || name->ptr[0] == '.') return false;
	*name = str_skip(*name, slash + 1);
	return true;
}

/*
 * A check file lies in the rule set's own folder, in that of another version of it (../1.5/x), or in one that several
 * rule sets share (../../zgw/1.5/x); never elsewhere, so that what a report hashes is what was run.
 */
static bool is_plain_name(struct str name)
{
	bool shared = str_starts(name, STR("../../")), other = !shared && str_starts(name, STR("../"));
	name = str_skip(name, shared ? 6 : other ? 3 : 0);
	if ((shared && !skip_folder(&name)) || ((shared || other) && !skip_folder(&name))) return false;
	return name.len && name.ptr[0] != '.' && str_find(name, '/') == name.len && str_find(name, '\\') == name.len;
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

/* What keur answers while a scenario is played. */
static bool load_counterpart_of(const struct fields *fields, struct check *check)
{
	if (!fields_string(fields, "counterpart", false, &check->counterpart_file)) return false;
	if (!check->counterpart_file.len) return true;
	const struct node *node = node_member(fields->object, STR("counterpart"));
	if (!str_eq(str_of(check->engine->name), STR("arazzo")) || check->subject != SUBJECT_ENDPOINT)
		return fields_fail(fields, node, "only checks of engine arazzo and subject endpoint have a counterpart%s",
				"alleen checks met engine arazzo en onderwerp endpoint hebben een counterpart%s", "");
	return is_plain_name(check->counterpart_file) ||
		   fields_fail(fields, node, "expected the name of a file in the folder of the rule set, found '%.*s'",
				   "verwacht de naam van een bestand in de map van de regelset, gevonden '%.*s'",
				   STR_FMT(check->counterpart_file));
}

/* What a scenario that several rule sets share has to know of this one. */
static bool load_inputs_of(const struct fields *fields, struct check *check)
{
	if (!fields_value(fields, "inputs", NODE_OBJECT, false, &check->inputs)) return false;
	bool scenario = str_eq(str_of(check->engine->name), STR("arazzo"));
	return !check->inputs || scenario ||
		   fields_fail(fields, check->inputs, "only checks of engine arazzo have inputs, this one has engine %s",
				   "alleen checks met engine arazzo hebben inputs, deze heeft engine %s", check->engine->name);
}

static bool load_check(const struct loader *loader, const struct node *node, struct check *check)
{
	struct fields fields = fields_for(loader, "check");
	check->name = str_copy(loader->ruleset->arena, node_key(node));
	check->loc = loc_of(loader, node);
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
	if (!load_inputs_of(&fields, check) || !load_roots_of(loader, &fields, check) ||
			!load_artefact_of(loader, &fields, artefact, check) || !load_counterpart_of(&fields, check) ||
			!check_lists_load(&fields, lists, ruleset->artefacts, ruleset->artefact_count, check))
		return false;
	if (!check->artefact && check->engine->built_in == (check->file.len > 0))
		return check->file.len ? fields_fail(&fields, node_member(node, STR("file")),
										 "engine %s has rules of its own; remove file",
										 "engine %s heeft eigen regels; verwijder file", check->engine->name)
							   : fields_fail(&fields, node, "a check of engine %s needs a file",
										 "een check van engine %s heeft een bestand (file) nodig", check->engine->name);
	if (check->file.len && !check->artefact && !is_plain_name(check->file))
		return fields_fail(&fields, node_member(node, STR("file")),
				"expected the name of a file in the folder of the rule set, or ../VERSION/FILE or ../../ID/VERSION/FILE, found '%.*s'",
				"verwacht de naam van een bestand in de map van de regelset, of ../VERSIE/BESTAND of ../../ID/VERSIE/BESTAND, gevonden '%.*s'",
				STR_FMT(check->file));
	return true;
}

static bool load_checks(const struct loader *loader, const struct node *map)
{
	struct ruleset *ruleset = loader->ruleset;
	if (!map) return true;
	ruleset->checks = arena_zalloc(ruleset->arena, map->len * sizeof *ruleset->checks);
	for (uint32_t i = 0; i < map->len; i++)
		if (!load_check(loader, &map->children[i], &ruleset->checks[ruleset->check_count++])) return false;
	return true;
}

static bool load_use(const struct loader *loader, const struct node *node, struct rule_use *use)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = fields_for(loader, "checks");
	size_t hash = node->kind == NODE_STRING ? str_find(node_text(node), '#') : 0;
	if (node->kind != NODE_STRING || hash == node->len || hash + 1 == node->len)
		return fields_fail(&fields, node, "expected <check>#<rule>, such as document#version-header",
				"verwacht <check>#<regel>, zoals document#version-header");
	use->named = str_copy(ruleset->arena, node_text(node));
	use->loc = loc_of(loader, node);
	struct str name = {use->named.ptr, hash};
	for (use->check = 0; use->check < ruleset->check_count; use->check++)
		if (str_eq(ruleset->checks[use->check].name, name)) return true;
	return fields_fail(&fields, node, "there is no check '%.*s' under checks; define it or correct the name",
			"er is geen check '%.*s' onder checks; definieer hem of verbeter de naam", STR_FMT(name));
}

static bool load_uses(const struct loader *loader, const struct node *list, struct rule_use **uses, uint32_t *count)
{
	if (!list) return true;
	*uses = arena_zalloc(loader->ruleset->arena, list->len * sizeof **uses);
	for (uint32_t i = 0; i < list->len; i++)
		if (!load_use(loader, &list->children[i], &(*uses)[(*count)++])) return false;
	return true;
}

/* Checks and mode must tell one story, so that a clause without a check can never read as tested. */
static bool requirement_is_consistent(
		const struct fields *fields, const struct requirement *requirement, bool has_reason)
{
	bool by_machine = requirement->mode == MODE_AUTOMATIC || requirement->mode == MODE_SEMI_AUTOMATIC;
	bool has_checks = requirement->use_count > 0;
	if (requirement->remarks && requirement->obligation != OBLIGATION_MAY)
		return fields_fail(fields, fields->object, "requirement %.*s is a %s, so what is found is no remark",
				"eis %.*s is een %s, dus wat gevonden wordt is geen opmerking", STR_FMT(requirement->id),
				obligation_names[requirement->obligation]);
	if (has_checks && !by_machine)
		return fields_fail(fields, fields->object, "requirement %.*s has checks, so its mode cannot be %s",
				"eis %.*s heeft checks, dus de mode kan niet %s zijn", STR_FMT(requirement->id),
				mode_names[requirement->mode]);
	if (!has_checks && requirement->resolves)
		return fields_fail(fields, fields->object,
				"requirement %.*s has references: resolve, and needs at least one check beside it",
				"eis %.*s heeft references: resolve, en heeft daarnaast minstens één check nodig",
				STR_FMT(requirement->id));
	if (!has_checks && !has_reason)
		return fields_fail(fields, fields->object,
				"requirement %.*s has no checks; add checks, or say why under not-tested",
				"eis %.*s heeft geen checks; voeg checks toe, of zeg onder not-tested waarom niet",
				STR_FMT(requirement->id));
	if (!has_checks && requirement->mode == MODE_SEMI_AUTOMATIC)
		return fields_fail(fields, fields->object, "requirement %.*s is semiAutomatic and needs at least one check",
				"eis %.*s is semiAutomatic en heeft minstens één check nodig", STR_FMT(requirement->id));
	if (has_checks && has_reason && requirement->mode == MODE_AUTOMATIC)
		return fields_fail(fields, fields->object,
				"requirement %.*s is checked only in part, as not-tested says: its mode must be semiAutomatic",
				"eis %.*s wordt volgens not-tested maar deels gecontroleerd: de mode moet semiAutomatic zijn",
				STR_FMT(requirement->id));
	return true;
}

static bool load_requirement_texts(const struct fields *fields, struct requirement *requirement)
{
	return fields_text(fields, "title", true, &requirement->title) &&
		   fields_string(fields, "clause", true, &requirement->clause) &&
		   fields_string(fields, "alias", false, &requirement->alias) &&
		   fields_string(fields, "option", false, &requirement->option) &&
		   fields_text(fields, "why", false, &requirement->why) &&
		   fields_text(fields, "fix", false, &requirement->fix) &&
		   fields_text(fields, "not-tested", false, &requirement->not_tested);
}

/* Ids of artefacts. */
static bool load_tolerated_by(const struct loader *loader, const struct node *list, struct requirement *requirement)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = fields_for(loader, "tolerated-by");
	uint32_t count = list ? list->len : 0;
	requirement->tolerated_by = arena_alloc(ruleset->arena, count * sizeof *requirement->tolerated_by);
	for (uint32_t i = 0; i < count; i++) {
		const struct node *id = &list->children[i];
		const struct artefact *found = NULL;
		for (uint32_t j = 0; j < ruleset->artefact_count && id->kind == NODE_STRING; j++)
			if (str_eq(ruleset->artefacts[j].id, node_text(id))) found = &ruleset->artefacts[j];
		if (!found)
			return fields_fail(
					&fields, id, "expected the id of an artefact%s", "verwacht werd de id van een artefact%s", "");
		requirement->tolerated_by[requirement->tolerated_by_count++] = found;
	}
	return true;
}

/* Checks show it: of several the one that is furthest from the description counts. Without any it is behaviour. */
static enum part part_of(const struct ruleset *ruleset, const struct requirement *requirement)
{
	enum part part = requirement->use_count ? PART_DESCRIPTOR : PART_BEHAVIOUR;
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		enum check_subject subject = ruleset->checks[requirement->uses[i].check].subject;
		bool described = subject == SUBJECT_OPENAPI || subject == SUBJECT_WSDL;
		bool asked = subject == SUBJECT_ENDPOINT || subject == SUBJECT_OPERATIONS;
		enum part its = asked ? PART_BEHAVIOUR : described ? PART_DESCRIPTOR : PART_WIRE;
		if (its > part) part = its;
	}
	return part;
}

static bool load_requirement(const struct loader *loader, const struct node *node, struct requirement *requirement)
{
	static const char *const references_names[] = {"resolve"};
	struct fields fields = fields_for(loader, "requirement");
	int obligation = OBLIGATION_MUST, kind = KIND_TECHNICAL, mode, part, references = -1;
	const struct node *checks, *tolerated_by;
	requirement->follows_references = true;
	if (!fields_open(&fields, node, requirement_fields) || !fields_string(&fields, "id", true, &requirement->id) ||
			!fields_choice(&fields, "obligation", obligation_names, OBLIGATION_COUNT, true, &obligation) ||
			!fields_choice(&fields, "kind", kind_names, KIND_COUNT, false, &kind) ||
			!load_requirement_texts(&fields, requirement) ||
			!fields_bool(&fields, "follows-references", &requirement->follows_references) ||
			!fields_bool(&fields, "remarks", &requirement->remarks) ||
			!fields_choice(&fields, "references", references_names, 1, false, &references) ||
			!fields_value(&fields, "checks", NODE_ARRAY, false, &checks) ||
			!load_uses(loader, checks, &requirement->uses, &requirement->use_count) ||
			!fields_value(&fields, "tolerated-by", NODE_ARRAY, false, &tolerated_by) ||
			!load_tolerated_by(loader, tolerated_by, requirement))
		return false;
	mode = requirement->use_count ? MODE_AUTOMATIC : MODE_MANUAL;
	part = part_of(loader->ruleset, requirement);
	if (!fields_choice(&fields, "mode", mode_names, MODE_COUNT, false, &mode) ||
			!fields_choice(&fields, "part", part_names, PART_COUNT, false, &part))
		return false;
	requirement->part = (enum part)part;
	requirement->obligation = (enum obligation)obligation;
	requirement->kind = (enum kind)kind;
	requirement->resolves = references == 0;
	requirement->mode = (enum mode)mode;
	return requirement_is_consistent(&fields, requirement, requirement->not_tested.in[LANG_EN].len > 0);
}

static bool load_requirements(const struct loader *loader, const struct node *list)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = fields_for(loader, "requirements");
	if (list->len == 0)
		return fields_fail(&fields, list, "a rule set needs requirements", "een regelset heeft eisen nodig");
	ruleset->requirements = arena_zalloc(ruleset->arena, list->len * sizeof *ruleset->requirements);
	for (uint32_t i = 0; i < list->len; i++) {
		struct requirement *requirement = &ruleset->requirements[i];
		if (!load_requirement(loader, &list->children[i], requirement)) return false;
		for (uint32_t j = 0; j < i; j++)
			if (str_eq(ruleset->requirements[j].id, requirement->id))
				return fields_fail(&fields, &list->children[i], "requirement %.*s is there twice",
						"eis %.*s staat er twee keer", STR_FMT(requirement->id));
		ruleset->requirement_count++;
	}
	return true;
}

static bool load_score(const struct loader *loader, const struct node *node)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = fields_for(loader, "score"), inside = fields_for(loader, "group");
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
				!load_uses(loader, checks, &group->uses, &group->use_count))
			return false;
	}
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
		   fields_bool(fields, "when-named", &ruleset->when_named) &&
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

static bool load_all(const struct loader *loader)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = fields_for(loader, "ruleset.yaml");
	const struct node *status, *roots, *artefacts, *checks, *requirements, *score;
	return fields_no_key_twice(&fields) && fields_open(&fields, loader->doc->root, ruleset_fields) &&
		   load_identity(&fields, ruleset) && folder_agrees(&fields, ruleset) &&
		   fields_value(&fields, "status", NODE_OBJECT, true, &status) && load_status(loader, status) &&
		   fields_value(&fields, "roots", NODE_ARRAY, false, &roots) && roots_load(&fields, roots, &ruleset->roots) &&
		   fields_value(&fields, "artefacts", NODE_ARRAY, false, &artefacts) &&
		   artefacts_load(&fields, artefacts, &ruleset->artefacts, &ruleset->artefact_count) &&
		   fields_value(&fields, "checks", NODE_OBJECT, false, &checks) && load_checks(loader, checks) &&
		   fields_value(&fields, "requirements", NODE_ARRAY, true, &requirements) &&
		   load_requirements(loader, requirements) && fields_value(&fields, "score", NODE_OBJECT, false, &score) &&
		   load_score(loader, score);
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

struct ruleset *ruleset_load(struct arena *arena, const char *dir, struct err *err)
{
	struct ruleset *ruleset = ruleset_at(arena, dir);
	struct doc *doc = doc_open(ruleset->path.ptr, err);
	if (!doc) return NULL;
	struct loader loader = {ruleset, doc, err};
	bool ok = load_all(&loader) && rulefiles_interpretations(ruleset, err) && rulefiles_digest(ruleset, err);
	end_register(ruleset, doc);
	return ok ? ruleset : NULL;
}

bool ruleset_peek(struct arena *arena, const char *dir, enum status *status, struct err *err)
{
	struct ruleset *ruleset = ruleset_at(arena, dir);
	struct doc *doc = doc_open(ruleset->path.ptr, err);
	if (!doc) return false;
	struct loader loader = {ruleset, doc, err};
	struct fields fields = fields_for(&loader, "ruleset.yaml");
	const struct node *node;
	bool ok = fields_open(&fields, doc->root, ruleset_fields) &&
			  fields_value(&fields, "status", NODE_OBJECT, true, &node) && load_status(&loader, node);
	doc_close(doc);
	if (ok) *status = ruleset->status;
	return ok;
}
