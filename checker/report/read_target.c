/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading reports: targets, and what was found of them. */
#include "report/read_private.h"
#include "rule/preflight.h"

static const struct node *member(const struct node *object, const char *key)
{
	return node_member(object, str_of(key));
}

static struct loc read_loc(const struct reading *it, const struct node *node)
{
	struct loc loc = {.file = read_str(node, "source"),
			.line = (uint32_t)read_number(it, node, "line", UINT32_MAX),
			.column = (uint32_t)read_number(it, node, "column", UINT32_MAX)};
	if (member(node, "pointer")) loc.pointer = read_str(node, "pointer");
	return loc;
}

static struct loc read_loc_if(const struct reading *it, const struct node *object, const char *key)
{
	const struct node *node = member(object, key);
	return node ? read_loc(it, node) : (struct loc){0};
}

/* Reporters cut the text at the ends of the span, so it has to lie within. */
static struct excerpt read_excerpt(const struct reading *it, const struct node *object)
{
	const struct node *node = member(object, "excerpt");
	if (!node) return (struct excerpt){.text = {NULL, 0}};
	struct excerpt excerpt = {.text = read_str(node, "text"),
			.start = (uint32_t)read_number(it, node, "start", UINT32_MAX),
			.length = (uint32_t)read_number(it, node, "length", UINT32_MAX),
			.cut_before = read_bool(node, "cutBefore"),
			.cut_after = read_bool(node, "cutAfter"),
			.continues = read_bool(node, "continues")};
	if (excerpt.start > excerpt.text.len || excerpt.length > excerpt.text.len - excerpt.start)
		read_fail(it, node, "expected a span within the %zu bytes of the text, found one from %u of %u bytes",
				"verwacht een stuk binnen de %zu bytes van de tekst, gevonden een vanaf %u van %u bytes",
				excerpt.text.len, excerpt.start, excerpt.length);
	return excerpt;
}

static struct finding read_finding(const struct reading *it, const struct node *node)
{
	return (struct finding){.check = read_str(node, "check"),
			.loc = read_loc(it, node),
			.referrer = read_loc_if(it, node, "referrer"),
			.exchange = (uint32_t)read_number(it, node, "exchange", UINT32_MAX),
			.basis = read_loc_if(it, node, "basis"),
			.by_contract = read_bool(node, "byContract"),
			.message = read_text(node, "message"),
			.expected = read_text(node, "expected"),
			.found = read_str(node, "found"),
			.excerpt = read_excerpt(it, node)};
}

static void read_excuses(const struct reading *it, const struct node *node, struct requirement_result *result)
{
	const struct node *array = member(node, "waivers");
	result->excuses = read_array(it, node, "waivers", sizeof *result->excuses, &result->excuse_count);
	for (uint32_t i = 0; i < result->excuse_count; i++) {
		const struct node *waiver = node_at(array, i);
		result->excuses[i] = (struct excuse){.reason = read_str(waiver, "reason"),
				.approved_by = read_str(waiver, "approvedBy"),
				.until = read_str(waiver, "until")};
		if (member(waiver, "at")) result->excuses[i].at = read_str(waiver, "at");
	}
}

static void read_answer(const struct reading *it, const struct node *node, struct requirement_result *result)
{
	const struct node *answer = member(node, "answer");
	if (!answer) return;
	struct given *given = arena_alloc(it->arena, sizeof *given);
	*given = (struct given){.by = read_str(answer, "by"),
			.date = read_str(answer, "date"),
			.evidence = read_str(answer, "evidence"),
			.note = read_str(answer, "note")};
	result->given = given;
}

static void read_checks(const struct reading *it, const struct node *node, struct requirement *requirement)
{
	const struct node *array = member(node, "checks");
	requirement->uses = read_array(it, node, "checks", sizeof *requirement->uses, &requirement->use_count);
	for (uint32_t i = 0; i < requirement->use_count; i++)
		requirement->uses[i].named = node_text(node_at(array, i));
	if (!requirement->use_count) return;
	requirement->resolves = str_eq(requirement->uses[requirement->use_count - 1].named, STR(REFERENCES_CHECK));
	requirement->use_count -= requirement->resolves;
}

/* Reports name a requirement by its rule set too. */
static struct str own_id(const struct ruleset *ruleset, struct str id)
{
	bool named = !ruleset->ad_hoc && str_starts(id, ruleset->id) && id.len > ruleset->id.len;
	return named ? str_skip(id, ruleset->id.len + 1) : id;
}

static struct verdict read_verdict(const struct reading *it, const struct node *node)
{
	return (struct verdict){.outcome = (enum outcome)read_word(it, node, "outcome", outcome_names, OUTCOME_COUNT),
			.obligation = (enum obligation)read_word(it, node, "obligation", obligation_names, OBLIGATION_COUNT),
			.mode = (enum mode)read_word(it, node, "mode", mode_names, MODE_COUNT),
			.disposition = (enum disposition)read_word(it, node, "disposition", disposition_names, DISPOSITION_COUNT)};
}

static void read_requirement(const struct reading *it, const struct node *node, const struct ruleset *ruleset,
		struct requirement_result *result)
{
	struct requirement *requirement = arena_zalloc(it->arena, sizeof *requirement);
	const struct node *findings = member(node, "findings");
	result->requirement = requirement;
	result->verdict = read_verdict(it, node);
	*requirement = (struct requirement){.id = own_id(ruleset, read_str(node, "id")),
			.obligation = result->verdict.obligation,
			.mode = result->verdict.mode,
			.remarks = read_bool(node, "remarks"),
			.part = member(node, "part") ? (enum part)read_word(it, node, "part", part_names, PART_COUNT)
										 : PART_BEHAVIOUR,
			.title = read_text(node, "title"),
			.alias = read_str(node, "alias"),
			.clause = read_str(node, "clause"),
			.interpretation = read_text(node, "interpretation"),
			.fix = read_text(node, "fix")};
	read_checks(it, node, requirement);
	result->reason = read_text(node, "reason");
	result->findings = read_array(it, node, "findings", sizeof *result->findings, &result->finding_count);
	for (uint32_t i = 0; i < result->finding_count; i++)
		result->findings[i] = read_finding(it, node_at(findings, i));
	result->violations = read_number(it, node, "violations", UINT64_C(1) << 53);
	result->filter_failures = (uint32_t)read_number(it, node, "filterFailures", UINT32_MAX);
	result->cut = read_bool(node, "findingsCut");
	read_excuses(it, node, result);
	read_answer(it, node, result);
}

static uint32_t count_of(const struct reading *it, const struct node *object, const char *key)
{
	return (uint32_t)read_number(it, object, key, UINT32_MAX);
}

static void read_coverage(const struct reading *it, const struct node *node, struct coverage *coverage)
{
	*coverage = (struct coverage){.total = count_of(it, node, "total"),
			.automatic = count_of(it, node, "automatic"),
			.partial = count_of(it, node, "partial"),
			.not_tested = count_of(it, node, "notTested"),
			.answered = count_of(it, node, "answered"),
			.rules = count_of(it, node, "rules")};
}

/* The rule set of that name and version. */
static const struct ruleset *ruleset_of(const struct reading *it, const struct node *node, const struct run *run)
{
	static const struct ruleset none;
	struct str id = read_str(node, "id"), version = read_str(node, "version");
	for (uint32_t i = 0; i < run->ruleset_count; i++)
		if (str_eq(run->rulesets[i]->id, id) && str_eq(run->rulesets[i]->version, version)) return run->rulesets[i];
	read_fail(it, node, "rule set '%.*s' is not among the members of 'rulesets'",
			"regelset '%.*s' staat niet bij de onderdelen van 'rulesets'", STR_FMT(id));
	return &none;
}

/* The title of a score belongs to the rule set, which is shared: one that has a score is a copy with it. */
static void read_score(const struct reading *it, const struct node *node, struct standard_result *standard)
{
	const struct node *score = member(node, "score");
	if (!score) return;
	struct ruleset *ruleset = arena_alloc(it->arena, sizeof *ruleset);
	*ruleset = *standard->ruleset;
	ruleset->score_title = read_text(score, "title");
	standard->ruleset = ruleset;
	standard->score = (struct score){read_bool(score, "known"), count_of(it, score, "value"),
			count_of(it, score, "groups"), count_of(it, score, "failed")};
}

static const char *const roles[] = {"provider", "consumer"};

static void read_standard(
		const struct reading *it, const struct node *node, const struct run *run, struct standard_result *standard)
{
	const struct node *requirements = member(node, "requirements");
	standard->ruleset = ruleset_of(it, node, run);
	if (member(node, "role")) standard->role = str_of(roles[read_word(it, node, "role", roles, 2)]);
	standard->endpoint = read_str(node, "endpoint");
	standard->decision = (enum decision)read_word(it, node, "decision", decision_names, DECISION_COUNT);
	standard->requirements = read_array(
			it, node, "requirements", sizeof *standard->requirements, &standard->requirement_count);
	for (uint32_t i = 0; i < standard->requirement_count; i++)
		read_requirement(it, node_at(requirements, i), standard->ruleset, &standard->requirements[i]);
	read_coverage(it, member(node, "coverage"), &standard->coverage);
	read_score(it, node, standard);
}

static void read_documents(const struct reading *it, const struct node *node, struct target_result *target)
{
	const struct node *array = member(node, "documents");
	target->documents = read_array(it, node, "documents", sizeof *target->documents, &target->document_count);
	for (uint32_t i = 0; i < target->document_count; i++) {
		const struct node *document = node_at(array, i);
		struct str hex = read_str(document, "sha256");
		target->documents[i].path = read_str(document, "path");
		target->documents[i].size = read_number(it, document, "size", UINT64_C(1) << 53);
		memcpy(target->documents[i].digest.hex, hex.ptr, hex.len < 64 ? hex.len : 64);
	}
}

static void read_preflight(const struct reading *it, const struct node *node, struct target_result *target)
{
	const struct node *array = member(node, "preflight");
	target->preflight = read_array(it, node, "preflight", sizeof *target->preflight, &target->preflight_count);
	for (uint32_t i = 0; i < target->preflight_count; i++) {
		const struct node *remark = node_at(array, i);
		target->preflight[i] = (struct preflight){
				.kind = (enum preflight_kind)read_word(it, remark, "kind", preflight_names, PREFLIGHT_COUNT),
				.level = (enum preflight_level)read_word(it, remark, "level", level_names, LEVEL_COUNT),
				.loc = read_loc(it, member(remark, "location")),
				.message = read_text(remark, "message"),
				.excerpt = read_excerpt(it, remark)};
		target->blocked = target->blocked || target->preflight[i].level == LEVEL_BLOCKING;
	}
}

static void read_product(const struct reading *it, const struct node *node, struct product *product)
{
	const struct node *array = member(node, "products");
	if (!node) return;
	*product = (struct product){.name = read_str(node, "name"),
			.version = read_str(node, "version"),
			.vendor = read_str(node, "vendor"),
			.oin = read_str(node, "oin"),
			.catalogue = read_str(node, "catalogue")};
	product->products = read_array(it, node, "products", sizeof *product->products, &product->product_count);
	for (uint32_t i = 0; i < product->product_count; i++)
		product->products[i] = node_text(node_at(array, i));
}

/* Only how many there were: the exchanges themselves are in the evidence. */
static void read_exchanges(const struct reading *it, const struct node *node, struct target_result *target)
{
	const struct node *exchanges = member(node, "exchanges");
	if (!exchanges) return;
	struct evidence *tally = arena_zalloc(it->arena, sizeof *tally);
	tally->count = count_of(it, exchanges, "count");
	target->evidence = tally;
	target->first_exchange = count_of(it, exchanges, "first");
}

void read_target(const struct reading *it, const struct node *node, const struct run *run, struct target_result *target)
{
	const struct node *standards = member(node, "standards");
	target->path = read_str(node, "path");
	target->format = read_str(node, "format");
	target->kind = read_str(node, "kind");
	target->kind_version = read_str(node, "kindVersion");
	target->is_service = str_eq(target->kind, STR("service"));
	target->decision = (enum decision)read_word(it, node, "decision", decision_names, DECISION_COUNT);
	read_documents(it, node, target);
	read_preflight(it, node, target);
	read_product(it, member(node, "product"), &target->product);
	read_exchanges(it, node, target);
	target->unknown_claims = count_of(it, node, "unknownClaims");
	target->standards = read_array(it, node, "standards", sizeof *target->standards, &target->standard_count);
	for (uint32_t i = 0; i < target->standard_count; i++)
		read_standard(it, node_at(standards, i), run, &target->standards[i]);
}
