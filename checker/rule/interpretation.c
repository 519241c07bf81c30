/* Reading interpretations.yaml, and what it makes of differences from the official contract. */
#include "rule/interpretation.h"

#include <fnmatch.h>
#include <sys/stat.h>

#include "engine/contract.h"
#include "rule/fields.h"
#include "rule/ruleset.h"

static const char *const file_fields[] = {"interpretations", NULL};
static const char *const item_fields[] = {
		"id", "title", "norm", "contract", "practice", "reading", "requirements", "accepts", NULL};
static const char *const accept_fields[] = {"rule", "at", "vendor", "found", NULL};

struct reader {
	struct ruleset *ruleset;
	const struct doc *doc;
	struct err *err;
	struct acceptance *accepts;
	uint32_t count;
};

static struct fields fields_for(const struct reader *it, const char *what)
{
	return (struct fields){.doc = it->doc, .what = what, .arena = it->ruleset->arena, .err = it->err};
}

/* "E2 (title): reading", behind what other interpretations say of the same requirement. */
static void quote(struct arena *arena, struct text *all, struct str id, struct text title, struct text reading)
{
	for (int lang = 0; lang < LANG_COUNT; lang++)
		all->in[lang] = str_printf(arena, "%.*s%s%.*s (%.*s): %.*s", STR_FMT(all->in[lang]),
				all->in[lang].len ? " " : "", STR_FMT(id), STR_FMT(title.in[lang]), STR_FMT(reading.in[lang]));
}

static struct requirement *find_requirement(const struct ruleset *ruleset, const struct node *id)
{
	for (uint32_t i = 0; i < ruleset->requirement_count && id->kind == NODE_STRING; i++)
		if (str_eq(ruleset->requirements[i].id, node_text(id))) return &ruleset->requirements[i];
	return NULL;
}

static bool quote_in_all(
		const struct reader *it, const struct node *list, struct str id, struct text title, struct text reading)
{
	struct fields fields = fields_for(it, "requirements");
	for (uint32_t i = 0; i < list->len; i++) {
		struct requirement *requirement = find_requirement(it->ruleset, &list->children[i]);
		if (!requirement)
			return fields_fail(&fields, &list->children[i], "expected the id of a requirement in ruleset.yaml%s",
					"verwacht werd de id van een eis in ruleset.yaml%s", "");
		quote(it->ruleset->arena, &requirement->interpretation, id, title, reading);
	}
	return list->len || fields_fail(&fields, list, "an interpretation is about one requirement at least%s",
								"een interpretatie gaat over minstens één eis%s", "");
}

/* Only what breaks can be made tolerated. */
static bool is_breaking(struct str name)
{
	for (int topic = 0; topic < TOPIC_OPTIONAL; topic++)
		if (str_eq(name, contract_rule_names[contract_rule((enum contract_topic)topic, CONTRACT_BREAKING)])) return true;
	return false;
}

static bool read_accept(struct reader *it, const struct node *node, struct str id)
{
	struct fields fields = fields_for(it, "accepts");
	struct acceptance *accept = &it->accepts[it->count++];
	accept->interpretation = id;
	if (!fields_open(&fields, node, accept_fields) || !fields_string(&fields, "rule", true, &accept->rule) ||
			!fields_string(&fields, "at", true, &accept->at) ||
			!fields_string(&fields, "vendor", false, &accept->vendor) ||
			!fields_string(&fields, "found", false, &accept->found))
		return false;
	return is_breaking(accept->rule) || fields_fail(&fields, node_member(node, STR("rule")),
												"expected a topic of docs/contract.md such as responses%s",
												"verwacht een onderwerp van docs/contract.md zoals responses%s", "");
}

static bool read_item(struct reader *it, const struct node *node)
{
	struct fields fields = fields_for(it, "interpretation");
	struct str id;
	struct text title, position, reading;
	const struct node *requirements, *accepts;
	if (!fields_open(&fields, node, item_fields) || !fields_string(&fields, "id", true, &id) ||
			!fields_text(&fields, "title", true, &title) || !fields_text(&fields, "norm", true, &position) ||
			!fields_text(&fields, "contract", true, &position) || !fields_text(&fields, "practice", true, &position) ||
			!fields_text(&fields, "reading", true, &reading) ||
			!fields_value(&fields, "requirements", NODE_ARRAY, true, &requirements) ||
			!quote_in_all(it, requirements, id, title, reading) ||
			!fields_value(&fields, "accepts", NODE_ARRAY, false, &accepts))
		return false;
	for (uint32_t i = 0; accepts && i < accepts->len; i++)
		if (!read_accept(it, &accepts->children[i], id)) return false;
	return true;
}

static bool read_all(struct reader *it)
{
	struct fields fields = fields_for(it, "interpretations.yaml");
	const struct node *list;
	size_t most = 0;
	if (!fields_no_key_twice(&fields) || !fields_open(&fields, it->doc->root, file_fields) ||
			!fields_value(&fields, "interpretations", NODE_ARRAY, true, &list))
		return false;
	for (uint32_t i = 0; i < list->len; i++) {
		const struct node *accepts = node_member(&list->children[i], STR("accepts"));
		if (accepts && accepts->kind == NODE_ARRAY) most += accepts->len;
	}
	it->accepts = arena_zalloc(it->ruleset->arena, (most + 1) * sizeof *it->accepts);
	for (uint32_t i = 0; i < list->len; i++)
		if (!read_item(it, &list->children[i])) return false;
	return true;
}

bool interpretations_load(struct ruleset *ruleset, struct err *err)
{
	struct str path = str_printf(ruleset->arena, "%.*s/interpretations.yaml", STR_FMT(ruleset->dir));
	struct stat info;
	if (stat(path.ptr, &info) != 0) return true;
	struct doc *doc = doc_open(path.ptr, err);
	if (!doc) return false;
	struct reader it = {.ruleset = ruleset, .doc = doc, .err = err};
	bool ok = read_all(&it);
	struct acceptances *all = arena_zalloc(ruleset->arena, sizeof *all);
	*all = (struct acceptances){it.accepts, it.count};
	for (uint32_t i = 0; i < ruleset->check_count; i++)
		ruleset->checks[i].accepts = all;
	doc_close(doc);
	return ok;
}

static bool fits(struct str pattern, struct str pointer)
{
	return fnmatch(pattern.ptr, pointer.ptr, FNM_NOESCAPE) == 0;
}

static const struct acceptance *find_acceptance(const struct acceptances *accepts, const struct result *result)
{
	for (uint32_t i = 0; i < accepts->count; i++) {
		const struct acceptance *accept = &accepts->items[i];
		if (str_eq(accept->rule, contract_rule_names[result->rule]) &&
				(!accept->found.len || str_eq(accept->found, result->found)) &&
				fits(accept->at, result->basis_pointer) && (!accept->vendor.len || fits(accept->vendor, result->pointer)))
			return accept;
	}
	return NULL;
}

static struct text as_accepted(struct arena *arena, struct text message, struct str id)
{
	return (struct text){{[LANG_EN] = str_printf(arena, "%.*s (accepted by interpretation %.*s)",
								  STR_FMT(message.in[LANG_EN]), STR_FMT(id)),
			[LANG_NL] = str_printf(arena, "%.*s (aanvaard volgens interpretatie %.*s)", STR_FMT(message.in[LANG_NL]),
					STR_FMT(id))}};
}

void interpretations_apply(struct arena *arena, const struct acceptances *accepts, struct facts *facts)
{
	for (uint32_t i = 0; accepts && i < facts->result_count; i++) {
		struct result *result = &facts->results[i];
		if (facts->items[result->rule].cut || !result->basis) continue;
		const struct acceptance *accept = find_acceptance(accepts, result);
		if (!accept) continue;
		facts->items[result->rule].violations--;
		result->rule += CONTRACT_TOLERATED - CONTRACT_BREAKING;
		struct fact *tolerated = &facts->items[result->rule];
		tolerated->applies = true;
		tolerated->violations++;
		result->message = as_accepted(arena, result->message, accept->interpretation);
	}
}
