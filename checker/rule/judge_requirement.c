/* SPDX-License-Identifier: EUPL-1.2 */
/* One requirement: from the facts of its checks to findings and an outcome. */
#include "rule/judge_private.h"

#include "base/limits.h"
#include "doc/uri_path.h"
#include "fetch/secrets.h"
#include "rule/judge_live.h"
#include "rule/reference.h"
#include "rule/service.h"
#include "rule/tolerance.h"

static const struct judged_check *check_of(const struct judge *judge, const struct rule_use *use)
{
	return &judge->checks[use->check];
}

static const struct fact *fact_of(const struct judge *judge, const struct rule_use *use)
{
	return check_of(judge, use)->state == CHECK_RAN ? &check_of(judge, use)->facts.items[use->rule] : NULL;
}

static uint32_t results_of(const struct judge *judge, const struct rule_use *use)
{
	const struct judged_check *check = check_of(judge, use);
	if (check->state != CHECK_RAN) return 0;
	return check->first[use->rule + 1] - check->first[use->rule];
}

/* A file of rules by its place among them, "nlgov-adr/2.0/live.arazzo.yaml", wherever they are installed; so too one
 * that rule sets share, "zgw/1.5/algemeen.arazzo.yaml". */
static struct str rule_file_name(const struct judge *judge, struct str name)
{
	struct arena *arena = judge->target->arena;
	struct str path = path_normalize(name, arena), id = str_printf(arena, "/%.*s/", STR_FMT(judge->ruleset->id));
	size_t at = str_find_str(path, id);
	if (judge->ruleset->ad_hoc) return path;
	if (at == path.len) {
		struct str root = path_normalize(str_printf(arena, "%.*s/../..", STR_FMT(judge->ruleset->dir)), arena);
		bool shared = path.len > root.len && str_starts(path, root) && str_skip(path, root.len).ptr[0] == '/';
		return shared ? str_skip(path, root.len + 1) : path;
	}
	for (size_t next = at; next < path.len; next = at + 1 + str_find_str(str_skip(path, at + 1), id))
		at = next;
	return str_skip(path, at + 1);
}

/* Paths of documents are stored once for the target. */
static struct str path_of(const struct judge *judge, const struct doc *doc)
{
	for (uint32_t i = 0; judge->refs && i < judge->refs->doc_count; i++)
		if (judge->refs->docs[i] == doc) return judge->target->documents[judge->first_document + i].path;
	if (doc == judge->xml) return judge->target->documents[judge->first_document].path;
	return rule_file_name(judge, doc->source->name);
}

struct loc judge_place(const struct judge *judge, const struct doc *doc, struct str pointer, uint32_t offset)
{
	struct place place = source_locate(doc->source, offset);
	struct str shown = secrets_redact(judge->secrets, pointer, judge->scratch);
	return (struct loc){path_of(judge, doc), place.line, place.column, str_copy(judge->target->arena, shown)};
}

/* The keyword or rule that is violated. */
static void place_basis(const struct judge *judge, const struct result *result, struct finding *finding)
{
	if (!result->basis) return;
	struct place place = source_locate(result->basis, result->basis_start);
	struct str name = str_copy(judge->target->arena, result->basis->name);
	struct str pointer = str_copy(judge->target->arena, result->basis_pointer);
	finding->basis = (struct loc){name, place.line, place.column, pointer};
}

/* Of the exchange that shows it, the place in it, and what it was held against. */
static void place_in_exchange(const struct judge *judge, const struct result *result, const struct exchange *exchange,
		struct str pointer, struct finding *finding)
{
	struct arena *arena = judge->target->arena;
	struct str url = secrets_redact_url(judge->secrets, exchange->request.url, judge->scratch);
	finding->exchange = exchange->number;
	finding->loc = (struct loc){.file = str_printf(arena, "%.*s %.*s", STR_FMT(exchange->request.method), STR_FMT(url)),
			.pointer = str_copy(arena, secrets_redact(judge->secrets, pointer, judge->scratch))};
	if (result->doc && result->doc->format == DOC_XML)
		place_basis(judge, result, finding);
	else if (result->doc && !live_is_view(judge->live, result->doc))
		finding->basis = judge_place(judge, result->doc, result->pointer, result->start);
}

static void place_finding(const struct judge *judge, const struct result *result, struct finding *finding)
{
	struct str at;
	const struct exchange *exchange = judge->live ? live_exchange(judge->live, result, &at) : NULL;
	if (exchange) {
		place_in_exchange(judge, result, exchange, at, finding);
		return;
	}
	if (judge->live && live_is_view(judge->live, result->doc)) {
		finding->loc = judge->claim->endpoint_loc;
		finding->loc.file = str_copy(judge->target->arena, finding->loc.file);
		finding->loc.pointer = str_copy(judge->target->arena, result->pointer);
		return;
	}
	finding->loc = judge_place(judge, result->doc, result->pointer, result->start);
	finding->excerpt = excerpt_of(judge->target->arena, result->doc->source, result->start, result->end);
	place_basis(judge, result, finding);
	if (result->referrer_doc)
		finding->referrer = judge_place(judge, result->referrer_doc, result->referrer_pointer, result->referrer_start);
}

static void fill_finding(
		const struct judge *judge, const struct rule_use *use, const struct result *result, struct finding *finding)
{
	struct arena *arena = judge->target->arena;
	struct str found = secrets_redact(judge->secrets, result->found, judge->scratch);
	*finding = (struct finding){.check = use->named,
			.by_contract = check_is_by_contract(&judge->ruleset->checks[use->check]),
			.message = text_copy(arena, secrets_redact_text(judge->secrets, result->message, judge->scratch)),
			.expected = text_copy(arena, secrets_redact_text(judge->secrets, result->expected, judge->scratch)),
			.found = found.len ? str_copy(arena, found) : (struct str){"", 0}};
	place_finding(judge, result, finding);
}

static void fill_reference(const struct judge *judge, const struct ref_problem *problem, struct finding *finding)
{
	struct arena *arena = judge->target->arena;
	const struct node *ref = node_member(problem->node, STR("$ref"));
	*finding = (struct finding){.check = STR(REFERENCES_CHECK),
			.loc = judge_place(judge, problem->doc, problem->pointer, ref->start),
			.message = text_copy(arena, problem->message),
			.expected = TEXT("", ""),
			.found = {"", 0},
			.excerpt = excerpt_of(arena, problem->doc->source, ref->start, ref->end)};
	finding->loc.pointer = str_printf(arena, "%.*s/$ref", STR_FMT(problem->pointer));
}

static void fill_references(const struct judge *judge, struct requirement_result *result, uint32_t room)
{
	for (uint32_t i = 0; i < judge->refs->problem_count; i++) {
		const struct ref_problem *problem = &judge->refs->problems[i];
		if (!reference_is_fault(problem->kind)) continue;
		result->violations++;
		if (room == 0) {
			result->cut = true;
			continue;
		}
		fill_reference(judge, problem, &result->findings[result->finding_count++]);
		room--;
	}
}

static void fill_findings(const struct judge *judge, struct requirement_result *result)
{
	const struct requirement *requirement = result->requirement;
	uint32_t faults = requirement->resolves && judge->refs ? reference_faults(judge->refs) : 0;
	if (faults > LIMIT_RESULTS_PER_RULE) faults = LIMIT_RESULTS_PER_RULE;
	uint32_t total = faults;
	for (uint32_t i = 0; i < requirement->use_count; i++)
		total += results_of(judge, &requirement->uses[i]);
	result->findings = arena_alloc(judge->target->arena, total * sizeof *result->findings);
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct rule_use *use = &requirement->uses[i];
		const struct judged_check *check = check_of(judge, use);
		const struct fact *fact = fact_of(judge, use);
		if (!fact) continue;
		uint32_t official = 0;
		for (uint32_t j = check->first[use->rule]; j < check->first[use->rule + 1]; j++) {
			const struct result *found = &check->facts.results[check->order[j]];
			struct result plain = *found;
			if (found->official && requirement->tolerated_by_count) {
				official++;
				continue;
			}
			if (found->official) plain.basis = NULL; /* which does not tell in its favour here */
			fill_finding(judge, use, &plain, &result->findings[result->finding_count++]);
		}
		result->official += official;
		result->violations += fact->violations - official;
		result->cut = result->cut || fact->cut;
		result->filter_failures += fact->filter_failures;
	}
	if (faults) fill_references(judge, result, faults);
}

/* The first check that could not be evaluated; NULL when all could. One of ours weighs more than a silent service. */
static const struct fact *find_undecided(const struct judge *judge, const struct requirement *requirement)
{
	const struct fact *found = NULL;
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct fact *fact = fact_of(judge, &requirement->uses[i]);
		if (!fact || !fact->undecided) continue;
		if (!found || (found->unseen && !fact->unseen)) found = fact;
	}
	return found;
}

static bool any_applies(const struct judge *judge, const struct requirement *requirement)
{
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct fact *fact = fact_of(judge, &requirement->uses[i]);
		if (fact && fact->applies) return true;
	}
	return false;
}

/* How many of its checks are in that state. */
static uint32_t count_checks(const struct judge *judge, const struct requirement *requirement, enum check_state state)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < requirement->use_count; i++)
		count += check_of(judge, &requirement->uses[i])->state == state;
	return count;
}

/* The service claims what this check looks at, and it could not be had. */
static const struct judged_check *find_blocked(const struct judge *judge, const struct requirement *requirement)
{
	for (uint32_t i = 0; i < requirement->use_count; i++)
		if (check_of(judge, &requirement->uses[i])->state == CHECK_BLOCKED)
			return check_of(judge, &requirement->uses[i]);
	return NULL;
}

/* Something of it could not be tried, for want of a counterpart or a client; `*why` is why the first could not. */
static bool is_untested(const struct judge *judge, const struct requirement *requirement, struct text *why)
{
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct fact *fact = fact_of(judge, &requirement->uses[i]);
		if (!fact || !fact->untested) continue;
		*why = fact->why.in[LANG_EN].len
					   ? text_copy(judge->target->arena, fact->why)
					   : TEXT("part of it could not be tried, for want of a counterpart, a client or test data",
								 "een deel kon niet beproefd worden, bij gebrek aan tegenspeler, client of testgegevens");
		return true;
	}
	return false;
}

/* A rule that does not apply may say why: the test data that it needs, an option that the service does not claim. */
static struct text why_not_applicable(const struct judge *judge, const struct requirement *requirement)
{
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct fact *fact = fact_of(judge, &requirement->uses[i]);
		if (fact && fact->why.in[LANG_EN].len) return text_copy(judge->target->arena, fact->why);
	}
	return TEXT("the document has nothing that this requirement is about",
			"het document bevat niets waar deze eis over gaat");
}

/* The applicability statement: an optional part that the service leaves out is no shortcoming. */
static bool is_not_claimed(const struct judge *judge, const struct requirement *requirement)
{
	if (!requirement->option.len) return false;
	for (uint32_t i = 0; i < judge->without_count; i++)
		if (str_eq(str_of(judge->without[i]), requirement->option)) return true;
	if (!judge->claim) return false;
	const struct node *option = node_member(judge->claim->options, requirement->option);
	return option && option->kind == NODE_FALSE;
}

static struct text why_absent(enum check_subject subject)
{
	if (subject == SUBJECT_XML)
		return TEXT("is about XML documents: name one", "gaat over XML-documenten: noem er een");
	if (subject == SUBJECT_WSDL)
		return TEXT("is about WSDL documents: name one", "gaat over WSDL-documenten: noem er een");
	if (subject == SUBJECT_REQUESTS)
		return TEXT("is about what a consumer asks: claim it with `role: consumer` in a service descriptor",
				"gaat over wat een afnemer vraagt: claim het met `role: consumer` in een service-descriptor");
	if (subject == SUBJECT_OPENAPI)
		return TEXT("is about OpenAPI documents: name one", "gaat over OpenAPI-documenten: noem er een");
	return TEXT("needs a running service: name a service descriptor with an endpoint",
			"vraagt een draaiende dienst: noem een service-descriptor met een endpoint");
}

/* What a running service answers does not depend on what references of its description lead to, unless it is compared
 * with that description, or asked by it. */
static bool reads_description(const struct check *check)
{
	if (check->subject == SUBJECT_ENDPOINT) return false;
	return check->subject != SUBJECT_EVIDENCE || (check->engine->needs_description && !check->artefact);
}

/* Part of what its checks look at was not seen. */
static bool has_gap(const struct judge *judge, const struct requirement *requirement)
{
	bool reads = requirement->resolves;
	for (uint32_t i = 0; i < requirement->use_count && !reads; i++)
		reads = reads_description(&judge->ruleset->checks[requirement->uses[i].check]);
	return judge->gap.in[LANG_EN].len && requirement->follows_references && reads;
}

static enum outcome outcome_of(const struct judge *judge, struct requirement_result *result)
{
	const struct requirement *requirement = result->requirement;
	if (requirement->use_count == 0) {
		result->reason = requirement->not_tested;
		return OUTCOME_NOT_TESTED;
	}
	if (is_not_claimed(judge, requirement)) {
		result->reason = text_printf(judge->target->arena, "the service does not claim option %.*s",
				"de dienst claimt optie %.*s niet", STR_FMT(requirement->option));
		return OUTCOME_NOT_APPLICABLE;
	}
	if (count_checks(judge, requirement, CHECK_ABSENT) == requirement->use_count) {
		result->reason = why_absent(judge->ruleset->checks[requirement->uses[0].check].subject);
		return OUTCOME_NOT_TESTED;
	}
	const struct judged_check *blocked = find_blocked(judge, requirement);
	const struct fact *undecided = find_undecided(judge, requirement);
	bool gap = has_gap(judge, requirement);
	if (result->finding_count || result->violations) {
		result->unfinished = blocked || undecided || result->filter_failures || gap;
		return OUTCOME_FAIL;
	}
	if (blocked) {
		result->reason = text_copy(judge->target->arena, blocked->why);
		return OUTCOME_NOT_TESTED;
	}
	if (undecided) {
		result->reason = text_copy(
				judge->target->arena, secrets_redact_text(judge->secrets, undecided->why, judge->scratch));
		return undecided->unseen ? OUTCOME_INCONCLUSIVE : OUTCOME_ERROR;
	}
	if (result->filter_failures) {
		result->reason = text_printf(judge->target->arena,
				"%u places could not be judged by a filter of a rule, which asks a member of what has none",
				"%u plaatsen kon een filter van een regel niet beoordelen: het vraagt een lid van wat geen leden heeft",
				result->filter_failures);
		return OUTCOME_ERROR;
	}
	if (gap) {
		result->reason = judge->gap;
		return OUTCOME_INCONCLUSIVE;
	}
	if (result->official) {
		result->reason = text_printf(judge->target->arena,
				"what was found (%u) is in the official document as well: no fault of this one",
				"wat gevonden is (%u) staat ook in het officiële document: geen fout van dit", result->official);
		return OUTCOME_NOT_APPLICABLE;
	}
	/* What the rest of it found right is no pass: a service must not be certified by leaving things out. */
	if (is_untested(judge, requirement, &result->reason)) return OUTCOME_NOT_TESTED;
	if (any_applies(judge, requirement)) return OUTCOME_PASS;
	result->reason = why_not_applicable(judge, requirement);
	return OUTCOME_NOT_APPLICABLE;
}

/* An override may give a published rule another severity at a place: what was found there says how heavy it is. */
static void weigh_findings(const struct judge *judge, struct requirement_result *result)
{
	const struct requirement *requirement = result->requirement;
	enum severity worst = SEVERITY_HINT;
	if (!judge->ruleset->ad_hoc || result->finding_count == 0) return;
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct judged_check *check = check_of(judge, &requirement->uses[i]);
		uint32_t rule = requirement->uses[i].rule;
		for (uint32_t j = check->first[rule]; j < check->first[rule + 1]; j++)
			if (check->facts.results[check->order[j]].severity < worst)
				worst = check->facts.results[check->order[j]].severity;
	}
	result->verdict.obligation = ruleset_obligation(worst);
}

/*
 * Messages in a file and answers of a service are looked at by the same rule, in two checks: where one of them ran, the
 * other is no gap.
 */
static bool is_stood_in_for(
		const struct judge *judge, const struct requirement *requirement, const struct rule_use *use)
{
	const struct check *absent = &judge->ruleset->checks[use->check];
	if (absent->subject != SUBJECT_XML && absent->subject != SUBJECT_ANSWERS) return false;
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct rule_use *other = &requirement->uses[i];
		const struct check *check = &judge->ruleset->checks[other->check];
		bool message = check->subject == SUBJECT_XML || check->subject == SUBJECT_ANSWERS;
		if (message && check_of(judge, other)->state == CHECK_RAN &&
				str_eq(check->rules[other->rule], absent->rules[use->rule]))
			return true;
	}
	return false;
}

/*
 * The mode is that of this run: what checks could not look at for want of a running service is left to a human, as much
 * as what no check exists for. What lacks a counterpart or a client stays automatic, and leaves the decision open: the
 * descriptor can name them.
 */
static enum mode mode_of(const struct judge *judge, const struct requirement *requirement)
{
	uint32_t absent = 0;
	for (uint32_t i = 0; i < requirement->use_count; i++) {
		const struct rule_use *use = &requirement->uses[i];
		absent += check_of(judge, use)->state == CHECK_ABSENT && !is_stood_in_for(judge, requirement, use);
	}
	if (absent == 0) return requirement->mode;
	return absent < requirement->use_count ? MODE_SEMI_AUTOMATIC : MODE_MANUAL;
}

void judge_requirement(const struct judge *judge, struct requirement_result *result)
{
	result->verdict.mode = mode_of(judge, result->requirement);
	fill_findings(judge, result);
	if (result->official) tolerance_tell(judge, result->requirement);
	result->verdict.outcome = outcome_of(judge, result);
	weigh_findings(judge, result);
}

static bool group_fails(const struct judge *judge, const struct score_group *group, bool *known)
{
	bool fails = false;
	for (uint32_t i = 0; i < group->use_count; i++) {
		const struct rule_use *use = &group->uses[i];
		const struct fact *fact = fact_of(judge, use);
		if (!fact || fact->undecided) *known = false;
		fails = fails || results_of(judge, use) > 0;
	}
	return fails;
}

void judge_score(const struct judge *judge, struct score *score)
{
	const struct ruleset *ruleset = judge->ruleset;
	bool known = ruleset->score_group_count > 0 && !judge->gap.in[LANG_EN].len;
	for (uint32_t i = 0; i < ruleset->score_group_count; i++)
		score->failed += group_fails(judge, &ruleset->score_groups[i], &known);
	score->groups = ruleset->score_group_count;
	score->known = known;
	if (known) score->value = (200 * (score->groups - score->failed) + score->groups) / (2 * score->groups);
}
