/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading and applying answers of people. */
#include "rule/answers.h"

#include "base/limits.h"
#include "rule/fields.h"

static const char *const file_fields[] = {"keur-answers", "service", "answers", NULL};
static const char *const service_fields[] = {"name", "version", NULL};
static const char *const answer_fields[] = {"requirement", "outcome", "by", "date", "evidence", "note", NULL};
static const char *const outcome_words[] = {"pass", "fail", "notApplicable"};
static const enum outcome outcome_values[] = {OUTCOME_PASS, OUTCOME_FAIL, OUTCOME_NOT_APPLICABLE};

struct reader {
	struct answers *answers;
	struct arena *arena;
	struct str today;
	struct err *err;
};

static struct fields fields_for(const struct reader *reader, const char *what)
{
	return (struct fields){.doc = reader->answers->doc, .what = what, .arena = reader->arena, .err = reader->err};
}

static struct loc loc_of(const struct reader *reader, const struct node *node)
{
	struct loc loc = source_loc(reader->answers->doc->source, node->start);
	loc.file = str_copy(reader->arena, loc.file);
	return loc;
}

static bool check_twice(const struct reader *reader, const struct fields *fields, const struct answer *answer)
{
	for (uint32_t i = 0; i + 1 < reader->answers->count; i++)
		if (str_eq(reader->answers->items[i].requirement, answer->requirement))
			return fields_fail(fields, node_member(fields->object, STR("requirement")),
					"requirement %.*s is answered twice, first in line %u",
					"eis %.*s wordt twee keer beantwoord, eerst op regel %u", STR_FMT(answer->requirement),
					reader->answers->items[i].requirement_loc.line);
	return true;
}

static bool read_answer(const struct reader *reader, const struct node *node, struct answer *answer)
{
	struct fields fields = fields_for(reader, "answer");
	int outcome = 0;
	if (!fields_open(&fields, node, answer_fields) ||
			!fields_string(&fields, "requirement", true, &answer->requirement) ||
			!fields_choice(&fields, "outcome", outcome_words, 3, true, &outcome) ||
			!fields_string(&fields, "by", true, &answer->given.by) ||
			!fields_date(&fields, "date", true, &answer->given.date) ||
			!fields_string(&fields, "evidence", true, &answer->given.evidence) ||
			!fields_string(&fields, "note", false, &answer->given.note))
		return false;
	answer->outcome = outcome_values[outcome];
	answer->loc = loc_of(reader, node);
	answer->requirement_loc = loc_of(reader, node_member(node, STR("requirement")));
	if (str_compare(answer->given.date, reader->today) > 0)
		return fields_fail(&fields, node_member(node, STR("date")), "field 'date': %.*s is still to come",
				"veld 'date': %.*s moet nog komen", STR_FMT(answer->given.date));
	return check_twice(reader, &fields, answer);
}

static bool read_list(const struct reader *reader, const struct fields *fields, const struct node *list)
{
	struct answers *answers = reader->answers;
	if (list->len > LIMIT_ANSWERS)
		return fields_fail(fields, list, "answers: expected at most %d of them, found %u",
				"answers: verwacht hoogstens %d, gevonden %u", LIMIT_ANSWERS, list->len);
	answers->items = arena_zalloc(reader->arena, (list->len + 1) * sizeof *answers->items);
	for (uint32_t i = 0; i < list->len; i++)
		if (!read_answer(reader, &list->children[i], &answers->items[answers->count++])) return false;
	return true;
}

static bool check_form(const struct fields *fields)
{
	const struct node *form = NULL;
	if (!fields_value(fields, "keur-answers", NODE_NUMBER, true, &form)) return false;
	return str_eq(node_text(form), STR("1")) ||
		   fields_fail(fields, form, "field 'keur-answers': expected 1, the form of this file, found %.*s",
				   "veld 'keur-answers': verwacht 1, de vorm van dit bestand, gevonden %.*s", STR_FMT(node_text(form)));
}

const struct answers *answers_read(struct arena *arena, const struct doc *doc, struct str today, struct err *err)
{
	struct answers *answers = arena_zalloc(arena, sizeof *answers);
	struct reader reader = {answers, arena, today, err};
	answers->doc = doc;
	struct fields fields = fields_for(&reader, "answers.yaml"), service = fields_for(&reader, "service");
	const struct node *about, *list;
	bool ok = fields_no_key_twice(&fields) && fields_open(&fields, doc->root, file_fields) && check_form(&fields) &&
			  fields_value(&fields, "service", NODE_OBJECT, true, &about) &&
			  fields_open(&service, about, service_fields) && fields_string(&service, "name", true, &answers->name) &&
			  fields_string(&service, "version", true, &answers->version) &&
			  fields_value(&fields, "answers", NODE_ARRAY, true, &list);
	if (!ok) return NULL;
	answers->service_loc = loc_of(&reader, about);
	return read_list(&reader, &fields, list) ? answers : NULL;
}

/* "nlgov-adr/core/uri-version" is requirement core/uri-version of nlgov-adr. */
static bool is_about(struct str name, const struct ruleset *ruleset, const struct requirement *requirement)
{
	struct str rest = str_skip(name, ruleset->id.len);
	return str_starts(name, ruleset->id) && rest.len && rest.ptr[0] == '/' &&
		   str_eq(str_skip(rest, 1), requirement->id);
}

static const struct requirement *find_requirement(const struct target_result *target, struct str name)
{
	for (uint32_t i = 0; i < target->standard_count; i++) {
		const struct ruleset *ruleset = target->standards[i].ruleset;
		for (uint32_t j = 0; j < ruleset->requirement_count; j++)
			if (is_about(name, ruleset, &ruleset->requirements[j])) return &ruleset->requirements[j];
	}
	return NULL;
}

static bool is_for_people(const struct requirement *requirement)
{
	return !requirement->use_count && (requirement->mode == MODE_MANUAL || requirement->mode == MODE_ATTESTED);
}

bool answers_fit(const struct answers *answers, const struct target_result *target, struct err *err)
{
	const struct product *product = &target->product;
	if (!str_eq(answers->name, product->name) || !str_eq(answers->version, product->version))
		return err_set(err, ERR_RULES, answers->service_loc,
				"these answers are about %.*s %.*s, and the descriptor is of %.*s %.*s",
				"deze antwoorden gaan over %.*s %.*s, en de descriptor is van %.*s %.*s", STR_FMT(answers->name),
				STR_FMT(answers->version), STR_FMT(product->name), STR_FMT(product->version));
	for (uint32_t i = 0; i < answers->count; i++) {
		const struct answer *answer = &answers->items[i];
		const struct requirement *requirement = find_requirement(target, answer->requirement);
		if (!requirement)
			return err_set(err, ERR_RULES, answer->requirement_loc,
					"no standard that is claimed has a requirement %.*s; see keur rules coverage",
					"geen geclaimde standaard heeft een eis %.*s; zie keur rules coverage",
					STR_FMT(answer->requirement));
		if (!is_for_people(requirement))
			return err_set(err, ERR_RULES, answer->requirement_loc,
					"requirement %.*s is judged by checks, which no answer changes; answers are for mode manual and attested",
					"eis %.*s wordt door controles beoordeeld, en daar verandert een antwoord niets aan; antwoorden zijn voor "
					"modus manual en attested",
					STR_FMT(answer->requirement));
	}
	return true;
}

static struct given copy_given(struct arena *arena, const struct given *given)
{
	return (struct given){.by = str_copy(arena, given->by),
			.date = str_copy(arena, given->date),
			.evidence = str_copy(arena, given->evidence),
			.note = given->note.len ? str_copy(arena, given->note) : (struct str){"", 0}};
}

static void give(struct target_result *target, struct requirement_result *result, const struct answer *answer)
{
	struct given *given = arena_alloc(target->arena, sizeof *given);
	*given = copy_given(target->arena, &answer->given);
	result->given = given;
	result->verdict.outcome = answer->outcome;
	result->reason = (struct text){{{"", 0}, {"", 0}}};
	if (answer->outcome == OUTCOME_NOT_APPLICABLE)
		result->reason = TEXT(
				"somebody answered that it does not apply", "iemand antwoordde dat het niet van toepassing is");
}

void answers_apply(const struct answers *answers, struct target_result *target, struct standard_result *standard)
{
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		struct requirement_result *result = &standard->requirements[i];
		/* What belongs to an option that is left out stays not applicable, whatever anybody answers. */
		if (result->verdict.outcome != OUTCOME_NOT_TESTED || !is_for_people(result->requirement)) continue;
		for (uint32_t j = 0; j < answers->count; j++)
			if (is_about(answers->items[j].requirement, standard->ruleset, result->requirement))
				give(target, result, &answers->items[j]);
	}
}

void answers_document(const struct answers *answers, struct target_result *target)
{
	const struct source *source = answers->doc->source;
	struct subject *all = arena_zalloc(target->arena, (target->document_count + 1) * sizeof *all);
	if (target->document_count) memcpy(all, target->documents, target->document_count * sizeof *all);
	all[target->document_count++] = (struct subject){
			str_copy(target->arena, source->name), digest_of(source->bytes), source->bytes.len};
	target->documents = all;
}
