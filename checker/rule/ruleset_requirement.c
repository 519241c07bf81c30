/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading the requirements of a register. */
#include "rule/ruleset_private.h"

static const char *const requirement_fields[] = {"id", "obligation", "kind", "part", "mode", "title", "clause", "why",
		"checks", "fix", "remarks", "not-tested", "follows-references", "references", "option", "alias", "tolerated-by",
		NULL};

struct fields loader_fields(const struct loader *loader, const char *what)
{
	return (struct fields){.doc = loader->doc, .what = what, .arena = loader->ruleset->arena, .err = loader->err};
}

struct loc loader_loc(const struct loader *loader, const struct node *node)
{
	struct loc loc = source_loc(loader->doc->source, node->start);
	loc.file = str_copy(loader->ruleset->arena, loc.file);
	return loc;
}

static bool load_use(const struct loader *loader, const struct node *node, struct rule_use *use)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = loader_fields(loader, "checks");
	size_t hash = node->kind == NODE_STRING ? str_find(node_text(node), '#') : 0;
	if (node->kind != NODE_STRING || hash == node->len || hash + 1 == node->len)
		return fields_fail(&fields, node, "expected <check>#<rule>, such as document#version-header",
				"verwacht <check>#<regel>, zoals document#version-header");
	use->named = str_copy(ruleset->arena, node_text(node));
	use->loc = loader_loc(loader, node);
	struct str name = {use->named.ptr, hash};
	for (use->check = 0; use->check < ruleset->check_count; use->check++)
		if (str_eq(ruleset->checks[use->check].name, name)) return true;
	return fields_fail(&fields, node, "there is no check '%.*s' under checks; define it or correct the name",
			"er is geen check '%.*s' onder checks; definieer hem of verbeter de naam", STR_FMT(name));
}

bool loader_uses(const struct loader *loader, const struct node *list, struct rule_use **uses, uint32_t *count)
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
	struct fields fields = loader_fields(loader, "tolerated-by");
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
	struct fields fields = loader_fields(loader, "requirement");
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
			!loader_uses(loader, checks, &requirement->uses, &requirement->use_count) ||
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

/* Of the list itself; those of the rule set that this one extends may be replaced, once. */
static bool is_listed(const struct node *list, uint32_t before, struct str id)
{
	for (uint32_t i = 0; i < before; i++) {
		const struct node *other = node_member(&list->children[i], STR("id"));
		if (other && other->kind == NODE_STRING && str_eq(node_text(other), id)) return true;
	}
	return false;
}

bool loader_requirements(const struct loader *loader, const struct node *list)
{
	struct ruleset *ruleset = loader->ruleset;
	struct fields fields = loader_fields(loader, "requirements");
	uint32_t before = ruleset->requirement_count;
	if (list->len == 0 && !before)
		return fields_fail(&fields, list, "a rule set needs requirements", "een regelset heeft eisen nodig");
	struct requirement *all = arena_zalloc(ruleset->arena, (before + list->len) * sizeof *all);
	if (before) memcpy(all, ruleset->requirements, before * sizeof *all);
	ruleset->requirements = all;
	for (uint32_t i = 0; i < list->len; i++) {
		struct requirement requirement = {.use_count = 0};
		if (!load_requirement(loader, &list->children[i], &requirement)) return false;
		if (is_listed(list, i, requirement.id))
			return fields_fail(&fields, &list->children[i], "requirement %.*s is there twice",
					"eis %.*s staat er twee keer", STR_FMT(requirement.id));
		uint32_t at = 0;
		while (at < before && !str_eq(all[at].id, requirement.id))
			at++;
		if (at == before) at = ruleset->requirement_count++;
		all[at] = requirement;
	}
	return true;
}
