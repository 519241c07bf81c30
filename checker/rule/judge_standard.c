/* SPDX-License-Identifier: EUPL-1.2 */
/* One standard on one target: its checks run on what there is of their subjects, its requirements judged. */
#include "rule/check_later.h"
#include "rule/judge_live.h"
#include "rule/judge_private.h"
#include "rule/life_cycle.h"
#include "rule/preflight.h"
#include "rule/reference.h"
#include "rule/requests.h"
#include "rule/tolerance.h"

static void count_coverage(struct standard_result *standard)
{
	struct coverage *coverage = &standard->coverage;
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		const struct requirement_result *result = &standard->requirements[i];
		coverage->total++;
		if (result->verdict.outcome == OUTCOME_NOT_TESTED)
			coverage->not_tested++;
		else if (result->given)
			coverage->answered++;
		else if (result->verdict.mode == MODE_SEMI_AUTOMATIC)
			coverage->partial++;
		else
			coverage->automatic++;
	}
}

/* Rules whose subject was there, each as often as a requirement stands on it. */
static uint32_t count_rules(const struct judge *judge)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < judge->ruleset->requirement_count; i++) {
		const struct requirement *requirement = &judge->ruleset->requirements[i];
		for (uint32_t j = 0; j < requirement->use_count; j++)
			count += judge->checks[requirement->uses[j].check].state == CHECK_RAN;
	}
	return count;
}

void standard_decide(struct target_result *target, struct standard_result *standard)
{
	struct verdict *verdicts = arena_alloc(target->arena, standard->requirement_count * sizeof *verdicts);
	for (uint32_t i = 0; i < standard->requirement_count; i++)
		verdicts[i] = standard->requirements[i].verdict;
	standard->decision = decision_of(verdicts, standard->requirement_count);
	target->decision = decision_worst(target->decision, standard->decision);
	count_coverage(standard);
}

void standard_start(struct target_result *target, const struct ruleset *ruleset, struct standard_result *standard)
{
	*standard = (struct standard_result){.ruleset = ruleset, .requirement_count = ruleset->requirement_count};
	standard->requirements = arena_zalloc(target->arena, ruleset->requirement_count * sizeof *standard->requirements);
	for (uint32_t i = 0; i < ruleset->requirement_count; i++) {
		const struct requirement *requirement = &ruleset->requirements[i];
		standard->requirements[i].requirement = requirement;
		standard->requirements[i].verdict = (struct verdict){
				OUTCOME_NOT_TESTED, requirement->obligation, requirement->mode, DISPOSITION_NONE};
	}
}

/* "OpenAPI 3.0.x" says nothing beside "OpenAPI 3.x". */
static bool is_covered(struct str formats, struct str name)
{
	for (struct str rest = formats; rest.len;) {
		size_t end = str_find_str(rest, STR(", "));
		struct str other = {rest.ptr, end};
		bool family = str_ends(other, STR(".x")) && other.len < name.len;
		if (family && str_starts(name, (struct str){other.ptr, other.len - 1})) return true;
		rest = str_skip(rest, end + 2);
	}
	return false;
}

static struct str shorter_list(struct arena *arena, struct str formats)
{
	struct str list = {"", 0};
	for (struct str rest = formats; rest.len;) {
		struct str name = {rest.ptr, str_find_str(rest, STR(", "))};
		if (!is_covered(formats, name))
			list = str_printf(arena, "%.*s%s%.*s", STR_FMT(list), list.len ? ", " : "", STR_FMT(name));
		rest = str_skip(rest, name.len + 2);
	}
	return list;
}

/* The value that says what the document is; without one, its first character. */
static struct loc place_of_version(const struct judge *judge)
{
	const struct doc *doc = judge->refs->main;
	const struct node *root = doc->root, *version = NULL;
	static const char *const members[] = {"openapi", "swagger", "asyncapi"};
	for (size_t i = 0; root->kind == NODE_OBJECT && !version && i < sizeof members / sizeof *members; i++)
		version = node_member(root, str_of(members[i]));
	return judge_place(judge, doc, STR(""), version ? version->start : 0);
}

static void note_unrecognized(const struct judge *judge, struct str all)
{
	struct target_result *target = judge->target;
	struct str formats = shorter_list(target->arena, all);
	struct preflight preflight = {.kind = PREFLIGHT_UNRECOGNIZED_FORMAT,
			.level = LEVEL_PROBLEM,
			.loc = place_of_version(judge),
			.message = text_printf(target->arena,
					"the rules of %.*s are for another format than this document has: %.*s",
					"de regels van %.*s zijn voor een ander formaat dan dit document heeft: %.*s",
					STR_FMT(judge->ruleset->id), STR_FMT(formats))};
	preflight_add(target, &preflight);
}

/* Orders results by rule, as they came. */
static void sort_results(const struct judge *judge, const struct check *check, struct judged_check *out)
{
	uint32_t rules = check->rule_count;
	out->first = arena_zalloc(judge->scratch, (rules + 2) * sizeof *out->first);
	out->order = arena_alloc(judge->scratch, out->facts.result_count * sizeof *out->order);
	for (uint32_t i = 0; i < out->facts.result_count; i++)
		out->first[out->facts.results[i].rule + 2]++;
	for (uint32_t i = 2; i < rules + 2; i++)
		out->first[i] += out->first[i - 1];
	for (uint32_t i = 0; i < out->facts.result_count; i++)
		out->order[out->first[out->facts.results[i].rule + 1]++] = i;
}

static void block(struct judged_check *out, struct text why)
{
	out->state = CHECK_BLOCKED;
	out->why = why;
}

/* It is about other documents. */
static void leave_out(const struct judge *judge, const struct check *check, struct text why, struct judged_check *out)
{
	out->facts.items = arena_zalloc(judge->scratch, check->rule_count * sizeof *out->facts.items);
	for (uint32_t i = 0; i < check->rule_count; i++)
		out->facts.items[i].why = why;
	out->state = CHECK_RAN;
}

/* Nothing is known of any of its rules. */
static void leave_open(const struct judge *judge, const struct check *check, struct text why, struct judged_check *out)
{
	out->facts.items = arena_zalloc(judge->scratch, check->rule_count * sizeof *out->facts.items);
	for (uint32_t i = 0; i < check->rule_count; i++)
		out->facts.items[i] = (struct fact){.applies = true, .undecided = true, .why = why};
	out->state = CHECK_RAN;
}

/* Once for a target, however many checks need the artefact. */
static void tell_lack(const struct judge *judge, struct text why)
{
	struct target_result *target = judge->target;
	struct preflight preflight = {.kind = PREFLIGHT_ARTEFACT,
			.level = LEVEL_PROBLEM,
			.loc = {.file = judge->ruleset->path},
			.message = text_copy(target->arena, why)};
	for (uint32_t i = 0; i < target->preflight_count; i++)
		if (target->preflight[i].kind == PREFLIGHT_ARTEFACT &&
				str_eq(target->preflight[i].message.in[LANG_EN], why.in[LANG_EN]))
			return;
	preflight_add(target, &preflight);
}

void standard_run_engine(const struct judge *judge, const struct check *check, const struct check_context *context,
		struct judged_check *out)
{
	enum check_readiness readiness;
	struct text why;
	const struct check *ready = check_ready(check, &readiness, &why);
	if (readiness == CHECK_LACKS) {
		tell_lack(judge, why);
		block(out, why);
	} else if (!ready) {
		leave_open(judge, check, why, out);
	} else {
		ready->engine->run(ready, context, &out->facts);
		out->state = CHECK_RAN;
	}
}

static void run_on_description(const struct judge *judge, const struct check *check, struct judged_check *out)
{
	struct check_context context = {.refs = judge->refs, .arena = judge->scratch};
	if (!judge->refs) {
		block(out, TEXT("the OpenAPI document of the service could not be had (see pre-flight)",
						   "het OpenAPI-document van de dienst was niet te krijgen (zie de controle vooraf)"));
		return;
	}
	standard_run_engine(judge, check, &context, out);
}

/* A WSDL document and a pair of messages are XML too, but no message. */
static void run_on_xml(const struct judge *judge, const struct check *check, struct judged_check *out)
{
	struct check_context context = {.xml = judge->xml,
			.today = judge->today,
			.arena = judge->scratch,
			.detail = SCHEMATRON_EVENTS_AND_RULES,
			.keep = judge->target->arena};
	bool wsdl = str_eq(judge->target->kind, STR("wsdl")), pair = str_eq(judge->target->kind, STR("pair"));
	enum check_subject subject = wsdl ? SUBJECT_WSDL : pair ? SUBJECT_PAIRS : SUBJECT_XML;
	bool any = judge->ruleset->ad_hoc && (check->subject == SUBJECT_XML || check->subject == SUBJECT_WSDL);
	if (check->subject != subject && !any) return;
	if (!roots_match(&check->roots, judge->xml)) {
		leave_out(judge, check, roots_why_not(judge->scratch, &check->roots, judge->xml), out);
		return;
	}
	if (judge->traces) context.trace = arena_zalloc(judge->target->arena, sizeof *context.trace);
	standard_run_engine(judge, check, &context, out);
	if (context.trace && context.trace->head) out->trace = context.trace;
	if (out->state == CHECK_RAN) tolerance_mark(judge, check, &out->facts);
}

static void run_check(struct judge *judge, const struct check *check, struct judged_check *out)
{
	if (judge->xml)
		run_on_xml(judge, check, out);
	else if (check->subject == SUBJECT_OPENAPI)
		run_on_description(judge, check, out);
	else if (judge->session && check->subject == SUBJECT_REQUESTS)
		requests_run(judge, check, judge->session, out);
	else if (judge->live && check->subject != SUBJECT_XML && check->subject != SUBJECT_WSDL)
		live_run(judge->live, judge, check, out);
	if (out->state == CHECK_RAN) sort_results(judge, check, out);
}

/* Is it about what was said, which is complete when all have asked? */
static bool is_late(const struct check *check)
{
	return check->subject == SUBJECT_EVIDENCE || check->subject == SUBJECT_ANSWERS || check->subject == SUBJECT_PAIRS ||
		   check->subject == SUBJECT_REQUESTS;
}

void standard_gather(struct judge *judge)
{
	const struct ruleset *ruleset = judge->ruleset;
	judge->checks = arena_zalloc(judge->scratch, ruleset->check_count * sizeof *judge->checks);
	for (uint32_t i = 0; i < ruleset->check_count; i++)
		if (!is_late(&ruleset->checks[i])) run_check(judge, &ruleset->checks[i], &judge->checks[i]);
}

static void keep_traces(const struct judge *judge, struct standard_result *standard)
{
	uint32_t count = judge->ruleset->check_count;
	if (!judge->traces) return;
	standard->traces = arena_alloc(judge->target->arena, count * sizeof *standard->traces);
	for (uint32_t i = 0; i < count; i++)
		if (judge->checks[i].trace) standard->traces[standard->trace_count++] = judge->checks[i].trace;
}

void standard_judge(struct judge *judge, struct standard_result *standard)
{
	const struct ruleset *ruleset = judge->ruleset;
	life_cycle_tell(judge->target, ruleset, judge->today);
	if (judge->refs) judge->gap = reference_gap(judge->target->arena, judge->refs, ruleset);
	for (uint32_t i = 0; i < ruleset->check_count; i++)
		if (is_late(&ruleset->checks[i])) run_check(judge, &ruleset->checks[i], &judge->checks[i]);
	for (uint32_t i = 0; i < ruleset->check_count; i++) {
		if (ruleset->checks[i].subject != SUBJECT_OPENAPI || !judge->checks[i].facts.unrecognized.len) continue;
		note_unrecognized(judge, judge->checks[i].facts.unrecognized);
		break;
	}
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		judge_requirement(judge, &standard->requirements[i]);
	keep_traces(judge, standard);
	standard->coverage.rules = count_rules(judge);
	judge_score(judge, &standard->score);
}
