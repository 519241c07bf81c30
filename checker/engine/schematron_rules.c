/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles the rules and assertions of a pattern. */
#include "base/limits.h"
#include "engine/schematron_build.h"

struct rules {
	struct schematron_build *build;
	const struct build_pattern *own;
	struct strmap abstract; /* id of an abstract rule: index in `elements` */
	struct {
		struct schematron_element *items;
		size_t count, capacity;
	} elements;
	/* The rule that is being compiled: */
	struct schematron_rule *rule;
	struct str name;
	unsigned depth; /* of rules that extend rules */
	struct {
		struct schematron_assertion *items;
		size_t count, capacity;
	} assertions;
};

static const char *const rule_children[] = {"let", "assert", "report", "extends", "p", "title", NULL};

static bool add_child(void *context, struct schematron_element child);

static bool extend(struct rules *rules, struct schematron_element element)
{
	struct schematron_build *build = rules->build;
	struct schematron_element target;
	struct str id = element_attribute(&build->source, element, "rule");
	if (!source_count(&build->source, element)) return false; /* rules that extend two that extend two ... */
	if (!id.ptr) {
		if (!source_follow(&build->source, element, &target)) return false;
		if (!element_is(target, "rule"))
			return element_fail(&build->source, element, "href",
					TEXT("expected a rule in that file", "verwacht werd een rule in dat bestand"));
	} else {
		const uint32_t *found = strmap_get(&rules->abstract, id);
		if (!found)
			return element_fail(&build->source, element, "rule",
					text_printf(build->arena, "there is no abstract rule %.*s in this pattern",
							"dit patroon heeft geen abstracte rule %.*s", STR_FMT(id)));
		target = rules->elements.items[*found];
	}
	if (++rules->depth > LIMIT_EXTENDS_DEPTH)
		return element_fail(&build->source, element, "rule",
				TEXT("these rules extend each other in a ring, or too deep",
						"deze rules breiden elkaar rond uit, of te diep"));
	bool ok = source_children(&build->source, target, rule_children, add_child, NULL, rules);
	rules->depth--;
	return ok;
}

enum { SEVERITY_UNSAID = 100 };

static int severity_in(struct str words)
{
	static const struct {
		const char *word;
		enum severity severity;
	} known[] = {{"fatal", SEVERITY_ERROR}, {"error", SEVERITY_ERROR}, {"warning", SEVERITY_WARN},
			{"warn", SEVERITY_WARN}, {"info", SEVERITY_INFO}, {"information", SEVERITY_INFO}, {"hint", SEVERITY_HINT}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct str word = str_of(known[i].word);
		if (words.len == word.len && strncasecmp(words.ptr, word.ptr, word.len) == 0) return known[i].severity;
	}
	return SEVERITY_UNSAID;
}

/* What the assertion says, else its rule, else its pattern; in each role before flag. */
static enum severity severity_of(const struct schematron_label *assertion, const struct schematron_label *rule,
		const struct schematron_label *pattern)
{
	const struct schematron_label *labels[] = {assertion, rule, pattern};
	for (size_t i = 0; i < 3; i++) {
		int found = severity_in(labels[i]->role);
		if (found == SEVERITY_UNSAID) found = severity_in(labels[i]->flag);
		if (found != SEVERITY_UNSAID) return (enum severity)found;
	}
	return SEVERITY_ERROR;
}

static struct schematron_label label_of(struct schematron_build *build, struct schematron_element element)
{
	return (struct schematron_label){.id = element_attribute(&build->source, element, "id"),
			.role = element_attribute(&build->source, element, "role"),
			.flag = element_attribute(&build->source, element, "flag")};
}

/* A rule in keur's sense: new, or that of the same id before. */
static uint32_t name_assertion(
		struct schematron_build *build, struct str name, const struct schematron_assertion *assertion)
{
	const uint32_t *found = strmap_get(&build->name_index, name);
	if (found) {
		struct schematron_name *known = &build->names.items[*found];
		if (assertion->severity < known->severity) known->severity = assertion->severity;
		return *found;
	}
	uint32_t index = (uint32_t)build->names.count;
	*vec_push(&build->names) = (struct schematron_name){
			name, assertion->severity, build_title(build->arena, &assertion->message)};
	strmap_put(&build->name_index, name, index);
	return index;
}

static bool add_reference(struct schematron_build *build, struct schematron_element element, const char *attribute,
		struct str id, struct schematron_reference *reference)
{
	bool property = strcmp(attribute, "properties") == 0;
	const uint32_t *found = strmap_get(
			&build->note_index, str_printf(build->arena, "%c%.*s", property ? 'p' : 'd', STR_FMT(id)));
	if (!source_count(&build->source, element)) return false;
	if (!found)
		return element_fail(&build->source, element, attribute,
				text_printf(build->arena, "there is no %s with id %.*s", "er is geen %s met id %.*s",
						property ? "property" : "diagnostic", STR_FMT(id)));
	struct schematron_element note = build->notes.items[*found];
	*reference = (struct schematron_reference){.label = {.property = property,
													   .id = id,
													   .lang = element_lang(note.node),
													   .role = element_attribute(&build->source, note, "role"),
													   .scheme = element_attribute(&build->source, note, "scheme")}};
	reference->langs = build_langs(reference->label.lang);
	return build_message(build, note, &reference->message);
}

static bool add_references(struct schematron_build *build, struct schematron_element element, const char *attribute,
		struct schematron_assertion *assertion)
{
	struct str list = element_attribute(&build->source, element, attribute);
	while (list.len) {
		size_t length = 0;
		while (length < list.len && !memchr(" \t\r\n", list.ptr[length], 4))
			length++;
		if (length && !add_reference(build, element, attribute, (struct str){list.ptr, length},
							  &assertion->references[assertion->reference_count++]))
			return false;
		list = str_skip(list, length + 1);
	}
	return true;
}

static size_t words_in(struct str list)
{
	size_t count = 1;
	for (size_t i = 0; i < list.len; i++)
		count += memchr(" \t\r\n", list.ptr[i], 4) != NULL;
	return count;
}

static bool add_assertion(struct rules *rules, struct schematron_element element)
{
	struct schematron_build *build = rules->build;
	struct schematron_assertion assertion = {
			.label = label_of(build, element), .report = element_is(element, "report")};
	size_t room = words_in(element_attribute(&build->source, element, "diagnostics")) +
				  words_in(element_attribute(&build->source, element, "properties"));
	assertion.label.text = element_attribute(&build->source, element, "test");
	assertion.references = arena_zalloc(build->arena, room * sizeof *assertion.references);
	if (!build_expr(build, element, "test", &assertion.test) || !build_message(build, element, &assertion.message) ||
			!add_references(build, element, "diagnostics", &assertion) ||
			!add_references(build, element, "properties", &assertion) || !source_count(&build->source, element))
		return false;
	*vec_push(&rules->assertions) = assertion;
	return true;
}

static bool add_child(void *context, struct schematron_element child)
{
	struct rules *rules = context;
	if (element_is(child, "let")) return build_let(rules->build, child);
	if (element_is(child, "extends")) return extend(rules, child);
	if (element_is(child, "p") || element_is(child, "title")) return true;
	return add_assertion(rules, child);
}

/* Names of assertions without id tell their place, so that they stay when others are added behind them. */
static void name_assertions(struct rules *rules, const struct schematron_label *pattern, uint32_t position)
{
	struct schematron_build *build = rules->build;
	struct schematron_rule *rule = rules->rule;
	struct str outer = pattern->id.len ? pattern->id : str_printf(build->arena, "pattern%u", rules->own->position);
	struct str inner = rule->label.id.len ? rule->label.id : str_printf(build->arena, "rule%u", position);
	for (uint32_t i = 0; i < rule->assertion_count; i++) {
		struct schematron_assertion *assertion = &rule->assertions[i];
		assertion->severity = severity_of(&assertion->label, &rule->label, pattern);
		struct str name = assertion->label.id;
		if (!name.len)
			name = str_printf(build->arena, "%.*s/%.*s/%s%u", STR_FMT(outer), STR_FMT(inner),
					assertion->report ? "report" : "assert", i + 1);
		assertion->rule = name_assertion(build, name, assertion);
	}
}

static bool build_rule(struct rules *rules, struct schematron_element element, struct schematron_rule *rule)
{
	struct schematron_build *build = rules->build;
	*rule = (struct schematron_rule){.label = label_of(build, element)};
	rule->label.text = element_attribute(&build->source, element, "context");
	rules->rule = rule;
	rules->assertions.count = 0;
	if (!build_match(build, element, "context", &rule->context)) return false;
	build->rule = build->rule_count++;
	rule->first_let = (uint32_t)build->variables.count;
	bool ok = source_children(&build->source, element, rule_children, add_child, NULL, rules);
	build->rule = SCHEMATRON_NONE;
	rule->let_count = (uint32_t)build->variables.count - rule->first_let;
	rule->assertion_count = (uint32_t)rules->assertions.count;
	rule->assertions = arena_alloc(build->arena, rule->assertion_count * sizeof *rule->assertions);
	if (rule->assertion_count)
		memcpy(rule->assertions, rules->assertions.items, rule->assertion_count * sizeof *rule->assertions);
	return ok;
}

static bool gather_rule(void *context, struct schematron_element child)
{
	struct rules *rules = context;
	struct schematron_build *build = rules->build;
	if (!element_is(child, "rule")) return true;
	if (!source_count(&build->source, child)) return false;
	if (element_flag(&build->source, child, "abstract")) {
		struct str id = element_attribute(&build->source, child, "id");
		if (!id.len)
			return element_fail(&build->source, child, NULL,
					TEXT("expected an id on this abstract rule", "verwacht werd een id op deze abstracte rule"));
		strmap_put(&rules->abstract, id, (uint32_t)rules->elements.count);
	}
	*vec_push(&rules->elements) = child;
	return true;
}

static bool gather(struct rules *rules, struct schematron_element pattern)
{
	static const char *const children[] = {"title", "p", "let", "rule", "param", NULL};
	return source_children(&rules->build->source, pattern, children, gather_rule, NULL, rules);
}

bool build_rules(struct schematron_build *build, const struct build_pattern *own, struct schematron_element from,
		struct schematron_pattern *pattern)
{
	struct rules rules = {.build = build, .own = own};
	struct schematron_element mine = own->element;
	mine.params = from.params;
	bool ok = gather(&rules, from) && (from.node == mine.node || gather(&rules, mine));
	pattern->rules = arena_zalloc(build->arena, rules.elements.count * sizeof *pattern->rules);
	for (size_t i = 0; i < rules.elements.count && ok; i++) {
		if (element_flag(&build->source, rules.elements.items[i], "abstract")) continue;
		ok = build_rule(&rules, rules.elements.items[i], &pattern->rules[pattern->rule_count++]);
		if (ok) name_assertions(&rules, &pattern->label, pattern->rule_count);
	}
	strmap_release(&rules.abstract);
	vec_release(&rules.elements);
	vec_release(&rules.assertions);
	return ok;
}
