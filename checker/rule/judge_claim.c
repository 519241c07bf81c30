/* SPDX-License-Identifier: EUPL-1.2 */
/* What a claim is judged by, and what pre-flight tells of it. */
#include "rule/judge_service_private.h"

#include "rule/fields.h"
#include "rule/preflight.h"

static struct loc copy_loc(struct arena *arena, struct loc loc)
{
	loc.file = str_copy(arena, loc.file);
	if (loc.pointer.ptr) loc.pointer = str_copy(arena, loc.pointer);
	return loc;
}

/* Several claims may meet with the same trouble at the same place. */
static bool is_told(const struct target_result *target, const struct preflight *wanted)
{
	for (uint32_t i = 0; i < target->preflight_count; i++) {
		const struct preflight *told = &target->preflight[i];
		if (told->kind == wanted->kind && told->level == wanted->level && str_eq(told->loc.file, wanted->loc.file) &&
				told->loc.line == wanted->loc.line && told->loc.column == wanted->loc.column &&
				str_eq(told->message.in[LANG_EN], wanted->message.in[LANG_EN]))
			return true;
	}
	return false;
}

void claim_preflight(struct service_judge *it, enum preflight_kind kind, enum preflight_level level, struct loc loc,
		struct text text)
{
	struct arena *arena = it->target->arena;
	struct preflight preflight = {
			.kind = kind, .level = level, .loc = copy_loc(arena, loc), .message = text_copy(arena, text)};
	if (!is_told(it->target, &preflight)) preflight_add(it->target, &preflight);
}

/* What cannot be used is ours to tell, and no verdict on the service: exit status 3. */
void claim_unusable(struct service_judge *it, const struct err *err)
{
	it->target->bad_descriptor = true;
	claim_preflight(it, PREFLIGHT_DESCRIPTOR, LEVEL_BLOCKING, err->loc, err->message);
}

static struct str claim_name(const struct service_judge *it, const struct claim *claim)
{
	if (!claim->version.len) return claim->id;
	return str_printf(it->scratch, "%.*s@%.*s", STR_FMT(claim->id), STR_FMT(claim->version));
}

/* Without a shelf: whichever version of the standard is at hand. */
static const struct ruleset *ruleset_at_hand(const struct judge_options *options, struct str id, struct err *err)
{
	for (uint32_t i = 0; i < options->count; i++)
		if (str_eq(options->rulesets[i]->id, id)) return options->rulesets[i];
	err_set(err, ERR_USAGE, (struct loc){0}, "%.*s is not the standard that is tested here",
			"%.*s is niet de standaard die hier getoetst wordt", STR_FMT(id));
	return NULL;
}

/* Of this claim there is no verdict; where others were asked for, none is missed. */
static void tell_unknown(struct service_judge *it, const struct claim *claim, const struct err *err)
{
	bool asked = !it->options->named;
	const char *en = err->message.in[LANG_EN].ptr, *nl = err->message.in[LANG_NL].ptr;
	it->target->unknown_claims += asked;
	claim_preflight(it, PREFLIGHT_DESCRIPTOR, asked ? LEVEL_PROBLEM : LEVEL_NOTE, claim->loc,
			asked ? text_printf(it->scratch, "nothing of this claim was tested, so it is undetermined: %s%.0s",
							"van deze claim is niets getoetst, dus hij is niet vast te stellen: %.0s%s", en, nl)
				  : text_printf(it->scratch, "this claim was left out, for it was not asked for: %s%.0s",
							"deze claim is weggelaten, want er is niet om gevraagd: %.0s%s", en, nl));
}

/* A standard for providers says nothing of consumers, and the other way round. */
static bool is_of_other_role(struct service_judge *it, const struct claim *claim, const struct ruleset *ruleset)
{
	bool consumer = str_eq(claim->role, STR("consumer"));
	if (it->options->scenario || consumer == ruleset->for_consumers) return false;
	struct str name = claim_name(it, claim);
	it->target->unknown_claims++;
	it->consumers++;
	if (ruleset->for_consumers) {
		claim_preflight(it, PREFLIGHT_DESCRIPTOR, LEVEL_PROBLEM, claim->role_loc,
				text_printf(it->scratch,
						"nothing of this claim was tested, so it is undetermined: %.*s is about consumers; add "
						"`role: consumer`, and `counterpart` for where keur listens",
						"van deze claim is niets getoetst, dus hij is niet vast te stellen: %.*s gaat over afnemers; voeg "
						"`role: consumer` toe, en `counterpart` voor waar keur luistert",
						STR_FMT(name)));
		return true;
	}
	claim_preflight(it, PREFLIGHT_DESCRIPTOR, LEVEL_PROBLEM, claim->role_loc,
			text_printf(it->scratch,
					"nothing of this claim was tested, so it is undetermined: it is of a consumer, and keur tests %.*s on "
					"providers only; leave `role` out when the endpoint is that of a provider",
					"van deze claim is niets getoetst, dus hij is niet vast te stellen: hij is van een afnemer, en keur "
					"toetst %.*s alleen bij aanbieders; laat `role` weg als het endpoint van een aanbieder is",
					STR_FMT(name)));
	return true;
}

static const struct ruleset *find_ruleset(struct service_judge *it, const struct claim *claim)
{
	struct err err;
	if (it->options->scenario) return it->options->rulesets[0];
	if (!it->service->doc) return it->options->rulesets[claim - it->service->claims];
	err_init(&err, it->scratch);
	const struct ruleset *ruleset = it->options->shelf ? shelf_get(it->options->shelf, claim_name(it, claim), &err)
													   : ruleset_at_hand(it->options, claim->id, &err);
	if (ruleset) return ruleset;
	if (!err.loc.line) err.loc = claim->loc;
	if (err.code == ERR_USAGE)
		tell_unknown(it, claim, &err);
	else
		claim_unusable(it, &err);
	return NULL;
}

/* Was it asked for on the command line? Then by its rule set; without a name there every claim is. */
static bool is_asked(const struct service_judge *it, const struct ruleset *ruleset)
{
	if (it->options->scenario) return true;
	for (uint32_t i = 0; i < it->options->count && it->options->named; i++)
		if (it->options->rulesets[i] == ruleset || str_eq(it->options->rulesets[i]->dir, ruleset->dir)) return true;
	return !it->options->named;
}

/* A name that is no option would change nothing, and look as if it did. */
static void check_options(struct service_judge *it, const struct claim *claim, const struct ruleset *ruleset)
{
	const char **names = arena_alloc(it->scratch, (ruleset->requirement_count + 1) * sizeof *names);
	uint32_t count = 0;
	for (uint32_t i = 0; i < ruleset->requirement_count; i++)
		if (ruleset->requirements[i].option.len)
			names[count++] = str_copy(it->scratch, ruleset->requirements[i].option).ptr;
	names[count] = NULL;
	for (uint32_t i = 0; claim->options && i < claim->options->len; i++) {
		const struct node *option = &claim->options->children[i];
		struct loc loc = source_loc(it->service->doc->source, option->key_start);
		bool known = false;
		for (uint32_t k = 0; k < count; k++)
			known = known || str_eq(node_key(option), str_of(names[k]));
		if (known) continue;
		const char *near = nearest_name(node_key(option), names);
		struct str name = claim_name(it, claim);
		claim_preflight(it, PREFLIGHT_OPTION, LEVEL_PROBLEM, loc,
				near ? text_printf(it->scratch, "%.*s has no option '%.*s', so it changed nothing; did you mean '%s'?",
							   "%.*s heeft geen optie '%.*s', dus die heeft niets veranderd; bedoelde u '%s'?",
							   STR_FMT(name), STR_FMT(node_key(option)), near)
					 : text_printf(it->scratch,
							   "%.*s has no option '%.*s', so it changed nothing; its options are in `keur rules show`",
							   "%.*s heeft geen optie '%.*s', dus die heeft niets veranderd; de opties staan in `keur rules "
							   "show`",
							   STR_FMT(name), STR_FMT(node_key(option))));
	}
}

void claim_start(struct service_judge *it, const struct claim *claim)
{
	struct target_result *target = it->target;
	const struct ruleset *ruleset = find_ruleset(it, claim);
	if (!ruleset || !is_asked(it, ruleset) || is_of_other_role(it, claim, ruleset)) return;
	if (!it->options->scenario) check_options(it, claim, ruleset);
	struct standard_result *standard = &target->standards[target->standard_count];
	struct judged_claim *at = &it->claims[target->standard_count++];
	standard_start(target, ruleset, standard);
	standard->role = str_copy(target->arena, claim->role);
	standard->endpoint = str_copy(target->arena, claim->endpoint);
	*at = (struct judged_claim){.judge = {.target = target,
										.scratch = it->scratch,
										.ruleset = ruleset,
										.claim = claim,
										.without = it->options->without,
										.without_count = it->options->without_count,
										.today = it->options->today},
			.standard = standard};
}
