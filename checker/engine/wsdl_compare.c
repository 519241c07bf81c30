/* SPDX-License-Identifier: EUPL-1.2 */
/* Comparing two WSDLs: which operation of the vendor is which official one. */
#include "engine/wsdl_compare_private.h"

#include "base/limits.h"

#define NAMED(literal)                                                                                                 \
	{                                                                                                                  \
		literal, sizeof(literal) - 1                                                                                   \
	}

const struct str wsdl_rule_names[WSDL_RULES] = {
		[WSDL_REFERENCES] = NAMED("references"),
		[WSDL_BINDING_LACKING] = NAMED("binding-lacking"),
		[WSDL_SERVICE] = NAMED("service"),
		[WSDL_BINDING_ADDED] = NAMED("binding-added"),
		[WSDL_OPERATION_LACKING] = NAMED("operation-lacking"),
		[WSDL_OPERATION_ADDED] = NAMED("operation-added"),
		[WSDL_OPERATION_NAME] = NAMED("operation-name"),
		[WSDL_SOAP_ACTION] = NAMED("soap-action"),
		[WSDL_ADDRESSING_ACTION] = NAMED("addressing-action"),
		[WSDL_STYLE] = NAMED("style"),
		[WSDL_TRANSPORT] = NAMED("transport"),
		[WSDL_USE] = NAMED("use"),
		[WSDL_REQUEST] = NAMED("request"),
		[WSDL_RESPONSE] = NAMED("response"),
		[WSDL_HEADER] = NAMED("header"),
		[WSDL_HEADER_EXTRA] = NAMED("header-extra"),
		[WSDL_FAULT] = NAMED("fault"),
		[WSDL_FAULT_LACKING] = NAMED("fault-lacking"),
		[WSDL_FAULT_ADDED] = NAMED("fault-added"),
		[WSDL_POLICY] = NAMED("policy"),
};

#define TITLE(en, nl)                                                                                                  \
	{                                                                                                                  \
		{                                                                                                              \
			[LANG_EN] = NAMED(en), [LANG_NL] = NAMED(nl)                                                               \
		}                                                                                                              \
	}

const struct text wsdl_rule_titles[WSDL_RULES] = {
		[WSDL_REFERENCES] = TITLE("Names in the WSDL lead somewhere", "Namen in de WSDL verwijzen ergens naar"),
		[WSDL_SERVICE] = TITLE("It is a WSDL of the same service", "Het is een WSDL van dezelfde dienst"),
		[WSDL_BINDING_LACKING] = TITLE("Every protocol of the official WSDL is offered",
				"Elk protocol van de officiële WSDL wordt aangeboden"),
		[WSDL_BINDING_ADDED] = TITLE(
				"No protocol beside those of the official WSDL", "Geen protocol naast die van de officiële WSDL"),
		[WSDL_OPERATION_LACKING] = TITLE("Every operation of the official WSDL is offered",
				"Elke operatie van de officiële WSDL wordt aangeboden"),
		[WSDL_OPERATION_ADDED] = TITLE(
				"No operation beside those of the official WSDL", "Geen operatie naast die van de officiële WSDL"),
		[WSDL_OPERATION_NAME] = TITLE("Operations have their official names", "Operaties hebben hun officiële naam"),
		[WSDL_SOAP_ACTION] = TITLE("SOAPAction is the official one", "SOAPAction is de officiële"),
		[WSDL_ADDRESSING_ACTION] = TITLE(
				"wsam:Action is that of the official WSDL", "wsam:Action is die van de officiële WSDL"),
		[WSDL_STYLE] = TITLE("The style is the official one", "De stijl is de officiële"),
		[WSDL_TRANSPORT] = TITLE("The transport is the official one", "Het transport is het officiële"),
		[WSDL_USE] = TITLE("Messages are written as in the official WSDL (use)",
				"Berichten worden geschreven zoals in de officiële WSDL (use)"),
		[WSDL_REQUEST] = TITLE("Requests are those of the official WSDL", "Verzoeken zijn die van de officiële WSDL"),
		[WSDL_RESPONSE] = TITLE(
				"Responses are those of the official WSDL", "Antwoorden zijn die van de officiële WSDL"),
		[WSDL_HEADER] = TITLE("No header is asked of callers that the official WSDL has not, and none is missing",
				"Van aanroepers wordt geen header gevraagd die de officiële WSDL niet heeft, en er ontbreekt er geen"),
		[WSDL_HEADER_EXTRA] = TITLE("Headers that callers can ignore are the official ones",
				"Headers die aanroepers kunnen negeren zijn de officiële"),
		[WSDL_FAULT] = TITLE("Faults hold what the official ones hold", "Fouten bevatten wat de officiële bevatten"),
		[WSDL_FAULT_LACKING] = TITLE(
				"Every fault of the official WSDL is declared", "Elke fout van de officiële WSDL is gedeclareerd"),
		[WSDL_FAULT_ADDED] = TITLE(
				"No fault beside those of the official WSDL", "Geen fout naast die van de officiële WSDL"),
		[WSDL_POLICY] = TITLE("No policy that callers must meet beside the official ones",
				"Geen policy waaraan aanroepers moeten voldoen naast de officiële"),
};

enum severity wsdl_rule_severity(enum wsdl_rule rule)
{
	switch (rule) {
	case WSDL_OPERATION_LACKING:
	case WSDL_OPERATION_NAME:
	case WSDL_FAULT_LACKING:
	case WSDL_FAULT_ADDED:
		return SEVERITY_WARN;
	case WSDL_BINDING_ADDED:
	case WSDL_OPERATION_ADDED:
	case WSDL_HEADER_EXTRA:
		return SEVERITY_INFO;
	default:
		return SEVERITY_ERROR;
	}
}

static const char *const kind_names[WSDL_KINDS] = {"SOAP 1.1", "SOAP 1.2", "HTTP GET", "HTTP POST", "?"};

/* What is lacking may be in what was not read, and what is too much, in what was not read of the official one. */
static bool is_certain(const struct wsdl_comparison *comparison, enum wsdl_rule rule)
{
	switch (rule) {
	case WSDL_BINDING_LACKING:
	case WSDL_SERVICE:
	case WSDL_OPERATION_LACKING:
		return comparison->vendor->whole;
	case WSDL_BINDING_ADDED:
	case WSDL_OPERATION_ADDED:
	case WSDL_POLICY:
		return comparison->official->whole;
	default:
		return true;
	}
}

void wsdl_differ(struct wsdl_comparison *comparison, const struct wsdl_difference *difference)
{
	struct fact *fact = &comparison->facts[difference->rule];
	struct wsdl_at at = difference->vendor, basis = difference->official;
	fact->applies = true;
	if (!is_certain(comparison, difference->rule)) return; /* undecide_all() says so */
	if (fact->violations++ >= LIMIT_RESULTS_PER_RULE) {
		fact->cut = true;
		return;
	}
	struct result result = {.rule = difference->rule,
			.severity = wsdl_rule_severity(difference->rule),
			.message = difference->message,
			.expected = difference->expected,
			.found = difference->found.ptr ? str_copy(comparison->arena, difference->found) : STR(""),
			.doc = at.doc,
			.pointer = wsdl_path(comparison->arena, at.node),
			.start = xml_offset(at.doc, at.node),
			.end = xml_offset_end(at.doc, at.node)};
	if (basis.node) {
		result.basis = basis.doc->source;
		result.basis_pointer = wsdl_path(comparison->arena, basis.node);
		result.basis_start = xml_offset(basis.doc, basis.node);
	}
	*vec_push(&comparison->results) = result;
}

void wsdl_undecide(struct wsdl_comparison *comparison, enum wsdl_rule rule, struct text why)
{
	struct fact *fact = &comparison->facts[rule];
	fact->applies = true;
	if (!fact->undecided) fact->why = why;
	fact->undecided = true;
}

static void gather(const struct wsdl *wsdl, enum wsdl_kind kind, struct wsdl_side *side)
{
	for (uint32_t i = 0; i < wsdl->binding_count; i++) {
		const struct wsdl_binding *binding = &wsdl->bindings[i];
		if (binding->kind != kind) continue;
		for (uint32_t j = 0; j < binding->operation_count; j++)
			*vec_push(side) = (struct wsdl_bound){.binding = binding, .bound = &binding->operations[j]};
	}
}

static const struct wsdl_binding *first_binding(const struct wsdl *wsdl, enum wsdl_kind kind)
{
	for (uint32_t i = 0; i < wsdl->binding_count; i++)
		if (wsdl->bindings[i].kind == kind) return &wsdl->bindings[i];
	return NULL;
}

/* By what an operation may be recognised, the surest first. */
enum { KEY_ALL, KEY_NAME, KEY_ACTION, KEY_CONTENT, KEYS };

static struct str key_of(struct wsdl_comparison *comparison, const struct wsdl_bound *bound, int kind)
{
	const struct wsdl_operation *operation = bound->bound->operation;
	struct str name = bound->bound->name, action = bound->bound->action, content = {NULL, 0};
	if (kind == KEY_NAME) return name;
	if (kind == KEY_ACTION) return action.len ? action : (struct str){NULL, 0};
	if (operation && operation->input)
		content = wsdl_content(comparison, bound, operation->input, &bound->bound->input);
	if (kind == KEY_CONTENT) return content.len ? content : (struct str){NULL, 0};
	return str_printf(comparison->scratch, "%.*s\n%.*s\n%.*s", STR_FMT(name), STR_FMT(action), STR_FMT(content));
}

/* An official operation that another one recognised already is not taken by action or content: that would be a guess.
 */
static void match_by(struct wsdl_comparison *comparison, struct wsdl_side *vendor, struct wsdl_side *official, int kind)
{
	struct strmap map = {0};
	bool guess = kind == KEY_ACTION || kind == KEY_CONTENT;
	for (size_t i = official->count; i-- > 0;) {
		struct wsdl_bound *bound = &official->items[i];
		struct str key = {NULL, 0};
		bound->next = 0;
		if (!guess || !bound->taken) key = key_of(comparison, bound, kind);
		uint32_t *first = key.ptr ? strmap_get(&map, key) : NULL;
		if (first) bound->next = *first + 1;
		if (first)
			*first = (uint32_t)i;
		else if (key.ptr)
			strmap_put(&map, key, (uint32_t)i);
	}
	for (size_t i = 0; i < vendor->count && map.count; i++) {
		struct wsdl_bound *bound = &vendor->items[i];
		struct str key = bound->match ? (struct str){NULL, 0} : key_of(comparison, bound, kind);
		uint32_t *number = key.ptr ? strmap_get(&map, key) : NULL;
		/* The first with the first, the second with the second: they may differ in what the key does not hold. */
		while (number && official->items[*number].taken && official->items[*number].next)
			*number = official->items[*number].next - 1;
		if (!number || (guess && official->items[*number].taken)) continue;
		bound->match = *number + 1;
		official->items[*number].taken = true;
	}
	strmap_release(&map);
}

/* Of operations that are the same in name, action and content each points at the first. */
static void note_twins(struct wsdl_side *official)
{
	for (size_t i = 0; i < official->count; i++) {
		const struct wsdl_bound *bound = &official->items[i];
		if (bound->next) official->items[bound->next - 1].twin = bound->twin ? bound->twin : (uint32_t)i + 1;
	}
}

static void tell_added(struct wsdl_comparison *comparison, const struct wsdl_bound *bound, enum wsdl_kind kind)
{
	struct wsdl_difference difference = {.rule = WSDL_OPERATION_ADDED,
			.vendor = bound->bound->at,
			.official = first_binding(comparison->official, kind)->at,
			.message = text_printf(comparison->arena, "operation %.*s is not in the official WSDL: an extension",
					"operatie %.*s staat niet in de officiële WSDL: een uitbreiding", STR_FMT(bound->bound->name)),
			.expected = TEXT("", "")};
	wsdl_differ(comparison, &difference);
}

static void tell_lacking(struct wsdl_comparison *comparison, const struct wsdl_bound *bound, enum wsdl_kind kind)
{
	struct str name = bound->bound->name;
	struct wsdl_difference difference = {.rule = WSDL_OPERATION_LACKING,
			.vendor = first_binding(comparison->vendor, kind)->at,
			.official = bound->bound->at,
			.message = text_printf(comparison->arena, "operation %.*s of the official WSDL is lacking",
					"operatie %.*s van de officiële WSDL ontbreekt", STR_FMT(name)),
			.expected = text_printf(comparison->arena, "operation %.*s", "operatie %.*s", STR_FMT(name))};
	wsdl_differ(comparison, &difference);
}

/* A subset may be allowed; a binding with nothing of the official one is that of another service. */
static void tell_no_operation(struct wsdl_comparison *comparison, enum wsdl_kind kind)
{
	struct wsdl_difference difference = {.rule = WSDL_SERVICE,
			.vendor = first_binding(comparison->vendor, kind)->at,
			.official = first_binding(comparison->official, kind)->at,
			.message = text_printf(comparison->arena,
					"for %s there is not one operation of the official WSDL: this is the WSDL of another service",
					"voor %s is er geen enkele operatie van de officiële WSDL: dit is de WSDL van een andere dienst",
					kind_names[kind]),
			.expected = TEXT("", "")};
	wsdl_differ(comparison, &difference);
}

static void compare_operations(struct wsdl_comparison *comparison, enum wsdl_kind kind)
{
	struct wsdl_side vendor = {0}, official = {0};
	gather(comparison->vendor, kind, &vendor);
	gather(comparison->official, kind, &official);
	for (int key = KEY_ALL; key < KEYS; key++) {
		match_by(comparison, &vendor, &official, key);
		if (key == KEY_ALL) note_twins(&official);
	}
	for (size_t i = 0; i < vendor.count; i++) {
		wsdl_look(comparison, WSDL_OPERATION_ADDED);
		if (vendor.items[i].match)
			wsdl_compare_operation(comparison, &vendor.items[i], &official.items[vendor.items[i].match - 1]);
		else
			tell_added(comparison, &vendor.items[i], kind);
	}
	size_t lacking = 0;
	if (official.count) wsdl_look(comparison, WSDL_SERVICE);
	for (size_t i = 0; i < official.count; i++) {
		wsdl_look(comparison, WSDL_OPERATION_LACKING);
		uint32_t twin = official.items[i].twin;
		if (official.items[i].taken || (twin && official.items[twin - 1].taken)) continue;
		tell_lacking(comparison, &official.items[i], kind);
		lacking++;
	}
	if (lacking && lacking == official.count) tell_no_operation(comparison, kind);
	vec_release(&vendor);
	vec_release(&official);
}

static void tell_binding(struct wsdl_comparison *comparison, enum wsdl_kind kind, bool lacking)
{
	const struct wsdl *vendor = comparison->vendor, *official = comparison->official;
	const struct wsdl_binding *held = first_binding(lacking ? official : vendor, kind);
	const struct doc *vendor_main = vendor->docs[0], *official_main = official->docs[0];
	struct arena *arena = comparison->arena;
	const char *name = kind_names[kind];
	struct wsdl_difference difference = {.rule = lacking ? WSDL_BINDING_LACKING : WSDL_BINDING_ADDED,
			.vendor = lacking ? (struct wsdl_at){vendor_main, vendor_main->xml->root} : held->at,
			.official = lacking ? held->at : (struct wsdl_at){official_main, official_main->xml->root},
			.expected = TEXT("", "")};
	if (lacking)
		difference.message = text_printf(arena, "there is no binding for %s, which the official WSDL has",
				"er is geen binding voor %s, die de officiële WSDL heeft", name);
	else
		difference.message = text_printf(arena, "the official WSDL has no binding for %s: an extension",
				"de officiële WSDL heeft geen binding voor %s: een uitbreiding", name);
	wsdl_differ(comparison, &difference);
}

/* What callers have to meet is the sum of the policies on a protocol. */
static void compare_policies(struct wsdl_comparison *comparison, enum wsdl_kind kind)
{
	const struct wsdl *vendor = comparison->vendor, *official = comparison->official;
	struct strmap known = {0};
	for (uint32_t i = 0; i < official->binding_count; i++)
		for (uint32_t j = 0; official->bindings[i].kind == kind && j < official->bindings[i].policy_count; j++)
			strmap_put(&known, official->bindings[i].policies[j], 0);
	for (uint32_t i = 0; i < vendor->binding_count; i++) {
		const struct wsdl_binding *binding = &vendor->bindings[i];
		for (uint32_t j = 0; binding->kind == kind && j < binding->policy_count; j++) {
			wsdl_look(comparison, WSDL_POLICY);
			if (strmap_get(&known, binding->policies[j])) continue;
			struct wsdl_difference difference = {.rule = WSDL_POLICY,
					.vendor = binding->policy_at[j],
					.official = first_binding(official, kind)->at,
					.message = text_printf(comparison->arena,
							"callers must meet policy assertion %.*s, which the official WSDL has not",
							"aanroepers moeten voldoen aan policy %.*s, die de officiële WSDL niet heeft",
							STR_FMT(binding->policies[j])),
					.expected = TEXT("", "")};
			wsdl_differ(comparison, &difference);
		}
	}
	strmap_release(&known);
}

static void tell_problems(struct wsdl_comparison *comparison)
{
	const struct wsdl *vendor = comparison->vendor;
	wsdl_look(comparison, WSDL_REFERENCES);
	for (uint32_t i = 0; i < vendor->problem_count; i++) {
		const struct wsdl_problem *problem = &vendor->problems[i];
		struct wsdl_difference difference = {
				.rule = WSDL_REFERENCES, .vendor = problem->at, .message = problem->message, .expected = TEXT("", "")};
		if (problem->import)
			wsdl_undecide(comparison, WSDL_REFERENCES, text_copy(comparison->arena, problem->message));
		else
			wsdl_differ(comparison, &difference);
	}
}

/* What is not known of one of the two, leaves open what the rules would have said. */
static void undecide_all(struct wsdl_comparison *comparison)
{
	const struct wsdl *parts[] = {comparison->vendor, comparison->official};
	for (size_t i = 0; i < 2; i++)
		for (uint32_t j = 0; !parts[i]->whole && j < parts[i]->problem_count; j++)
			for (int rule = 0; parts[i]->problems[j].import && rule < WSDL_RULES; rule++)
				wsdl_undecide(
						comparison, (enum wsdl_rule)rule, text_copy(comparison->arena, parts[i]->problems[j].message));
	for (int rule = WSDL_BINDING_LACKING; comparison->spent && rule < WSDL_RULES; rule++)
		wsdl_undecide(comparison, (enum wsdl_rule)rule,
				TEXT("the messages are too large to be compared", "de berichten zijn te groot om te vergelijken"));
}

void wsdl_compare(const struct wsdl *vendor, const struct wsdl *official, struct arena *arena, struct facts *facts)
{
	struct wsdl_comparison comparison = {.vendor = vendor,
			.official = official,
			.arena = arena,
			.scratch = arena_new(),
			.facts = arena_zalloc(arena, WSDL_RULES * sizeof *comparison.facts),
			.budget = LIMIT_WSDL_TEXT_BYTES};
	tell_problems(&comparison);
	for (int kind = 0; kind < WSDL_OTHER; kind++) {
		bool mine = first_binding(vendor, (enum wsdl_kind)kind), theirs = first_binding(official, (enum wsdl_kind)kind);
		if (theirs) wsdl_look(&comparison, WSDL_BINDING_LACKING);
		if (mine) wsdl_look(&comparison, WSDL_BINDING_ADDED);
		if (mine != theirs) tell_binding(&comparison, (enum wsdl_kind)kind, theirs);
		if (!mine || !theirs) continue;
		compare_operations(&comparison, (enum wsdl_kind)kind);
		compare_policies(&comparison, (enum wsdl_kind)kind);
	}
	undecide_all(&comparison);
	*facts = (struct facts){.items = comparison.facts, .result_count = (uint32_t)comparison.results.count};
	facts->results = arena_alloc(arena, comparison.results.count * sizeof *facts->results);
	if (facts->result_count)
		memcpy(facts->results, comparison.results.items, comparison.results.count * sizeof *facts->results);
	vec_release(&comparison.results);
	arena_free(comparison.scratch);
}
