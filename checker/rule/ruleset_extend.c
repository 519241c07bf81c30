/* SPDX-License-Identifier: EUPL-1.2 */
/* A rule set that extends an earlier version of itself: what it takes over. */
#include "rule/ruleset_private.h"

static const struct artefact *artefact_named(const struct ruleset *ruleset, struct str id)
{
	for (uint32_t i = 0; i < ruleset->artefact_count; i++)
		if (str_eq(ruleset->artefacts[i].id, id)) return &ruleset->artefacts[i];
	return NULL;
}

/* Checks and requirements point at artefacts of the list that is there now. */
static void relink(struct ruleset *ruleset)
{
	for (uint32_t i = 0; i < ruleset->check_count; i++) {
		struct check *check = &ruleset->checks[i];
		if (!check->artefact) continue;
		bool whole = !check->artefact->folder && str_eq(check->file, check->artefact->path);
		check->artefact = artefact_named(ruleset, check->artefact->id);
		if (whole) check->file = check->artefact->path;
	}
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		for (uint32_t j = 0; j < ruleset->requirements[i].tolerated_by_count; j++) {
			const struct artefact **one = &ruleset->requirements[i].tolerated_by[j];
			*one = artefact_named(ruleset, (*one)->id);
		}
}

bool loader_artefacts(const struct loader *loader, const struct artefact *artefacts, uint32_t count)
{
	struct ruleset *ruleset = loader->ruleset;
	uint32_t before = ruleset->artefact_count;
	struct artefact *all = arena_zalloc(ruleset->arena, (before + count) * sizeof *all);
	if (before) memcpy(all, ruleset->artefacts, before * sizeof *all);
	ruleset->artefacts = all;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = 0;
		while (at < before && !str_eq(all[at].id, artefacts[i].id))
			at++;
		if (at == before) at = ruleset->artefact_count++;
		all[at] = artefacts[i];
	}
	relink(ruleset);
	return true;
}

/* Files of the other version lie in its folder; what lies elsewhere is as far from there as from here. */
static void take_checks(struct ruleset *ruleset, const struct ruleset *base)
{
	ruleset->check_count = base->check_count;
	ruleset->checks = arena_zalloc(ruleset->arena, base->check_count * sizeof *ruleset->checks);
	for (uint32_t i = 0; i < base->check_count; i++) {
		struct check *check = &ruleset->checks[i];
		*check = base->checks[i];
		if (check->counterpart_file.len && !str_starts(check->counterpart_file, STR("../")))
			check->counterpart_file = str_printf(
					ruleset->arena, "../%.*s/%.*s", STR_FMT(base->version), STR_FMT(check->counterpart_file));
		if (check->artefact || !check->file.len || str_starts(check->file, STR("../"))) continue;
		check->file = str_printf(ruleset->arena, "../%.*s/%.*s", STR_FMT(base->version), STR_FMT(check->file));
	}
}

static bool is_named(const struct node *list, struct str id)
{
	for (uint32_t i = 0; list && i < list->len; i++)
		if (list->children[i].kind == NODE_STRING && str_eq(node_text(&list->children[i]), id)) return true;
	return false;
}

static bool all_are_there(const struct loader *loader, const struct ruleset *base, const struct node *without)
{
	struct fields fields = loader_fields(loader, "without");
	for (uint32_t i = 0; without && i < without->len; i++) {
		const struct node *id = &without->children[i];
		bool found = false;
		for (uint32_t j = 0; j < base->requirement_count && id->kind == NODE_STRING; j++)
			found = found || str_eq(base->requirements[j].id, node_text(id));
		if (!found)
			return fields_fail(&fields, id, "expected the id of a requirement of version %.*s",
					"verwacht werd de id van een eis van versie %.*s", STR_FMT(base->version));
	}
	return true;
}

/* A clause is of exactly one version: where its URL says which, that is this one's. */
static struct str clause_of(const struct ruleset *ruleset, struct str clause, const struct node *clauses)
{
	for (uint32_t i = 0; clauses && i < clauses->len; i++) {
		struct str old = node_key(&clauses->children[i]);
		if (clauses->children[i].kind != NODE_STRING || !str_starts(clause, old)) continue;
		return str_printf(ruleset->arena, "%.*s%.*s", STR_FMT(node_text(&clauses->children[i])),
				STR_FMT(str_skip(clause, old.len)));
	}
	return clause;
}

bool loader_extend(
		const struct loader *loader, const struct ruleset *base, const struct node *without, const struct node *clauses)
{
	struct ruleset *ruleset = loader->ruleset;
	if (!all_are_there(loader, base, without)) return false;
	take_checks(ruleset, base);
	ruleset->requirements = arena_zalloc(ruleset->arena, base->requirement_count * sizeof *ruleset->requirements);
	for (uint32_t i = 0; i < base->requirement_count; i++) {
		if (is_named(without, base->requirements[i].id)) continue;
		struct requirement *requirement = &ruleset->requirements[ruleset->requirement_count++];
		*requirement = base->requirements[i];
		requirement->clause = clause_of(ruleset, requirement->clause, clauses);
	}
	return loader_artefacts(loader, base->artefacts, base->artefact_count);
}
