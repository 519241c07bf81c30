/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading interpretations.yaml of a rule set. */
#include <sys/stat.h>

#include "engine/contract.h"
#include "engine/openapi_check.h"
#include "rule/fields.h"
#include "rule/interpretation.h"
#include "rule/ruleset_private.h"

static const char *const file_fields[] = {"without", "interpretations", NULL};
static const char *const item_fields[] = {
		"id", "title", "norm", "contract", "practice", "reading", "requirements", "accepts", "unreadable", NULL};
static const char *const accept_fields[] = {"rule", "at", "vendor", "found", NULL};

struct reader {
	struct ruleset *ruleset;
	const struct doc *doc;
	struct err *err;
	const struct node *without; /* ids that are left out */
	bool inherited;             /* of the version that the rule set extends, which may have more requirements */
	struct acceptance *accepts;
	struct str *unreadable;
	uint32_t count, unreadable_count;
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
		if (!requirement && it->inherited) continue;
		if (!requirement)
			return fields_fail(&fields, &list->children[i], "expected the id of a requirement in ruleset.yaml%s",
					"verwacht werd de id van een eis in ruleset.yaml%s", "");
		quote(it->ruleset->arena, &requirement->interpretation, id, title, reading);
	}
	return list->len || fields_fail(&fields, list, "an interpretation is about one requirement at least%s",
								"een interpretatie gaat over minstens één eis%s", "");
}

/* Only what breaks can be made tolerated, and what answers are held against. */
static bool can_be_accepted(struct str name)
{
	for (int topic = 0; topic < TOPIC_OPTIONAL; topic++)
		if (str_eq(name, contract_rule_names[contract_rule((enum contract_topic)topic, CONTRACT_BREAKING)]))
			return true;
	for (int rule = 0; rule < CONTRACT_RULES; rule++)
		if (str_eq(name, openapi_rule_names[rule])) return true;
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
	return can_be_accepted(accept->rule) ||
		   fields_fail(&fields, node_member(node, STR("rule")),
				   "expected a topic of docs/contract.md such as responses, or contract-status%s",
				   "verwacht een onderwerp van docs/contract.md zoals responses, of contract-status%s", "");
}

/* JSON Pointers of schemas of the contract that lead nowhere. */
static bool read_unreadable(struct reader *it, const struct node *list)
{
	struct fields fields = fields_for(it, "unreadable");
	for (uint32_t i = 0; list && i < list->len; i++) {
		const struct node *at = &list->children[i];
		if (at->kind != NODE_STRING || !str_starts(node_text(at), STR("/")))
			return fields_fail(&fields, at, "expected a JSON Pointer such as /components/schemas/Zaak%s",
					"verwacht een JSON Pointer zoals /components/schemas/Zaak%s", "");
		it->unreadable[it->unreadable_count++] = str_copy(it->ruleset->arena, node_text(at));
	}
	return true;
}

static bool is_without(const struct reader *it, const struct node *node)
{
	struct str id = node_string_member(node, STR("id"));
	for (uint32_t i = 0; it->without && id.ptr && i < it->without->len; i++)
		if (it->without->children[i].kind == NODE_STRING && str_eq(node_text(&it->without->children[i]), id))
			return true;
	return false;
}

static bool read_item(struct reader *it, const struct node *node)
{
	struct fields fields = fields_for(it, "interpretation");
	struct str id;
	struct text title, position, reading;
	const struct node *requirements, *accepts, *unreadable;
	if (is_without(it, node)) return true;
	if (!fields_open(&fields, node, item_fields) || !fields_string(&fields, "id", true, &id) ||
			!fields_text(&fields, "title", true, &title) || !fields_text(&fields, "norm", true, &position) ||
			!fields_text(&fields, "contract", true, &position) || !fields_text(&fields, "practice", true, &position) ||
			!fields_text(&fields, "reading", true, &reading) ||
			!fields_value(&fields, "requirements", NODE_ARRAY, true, &requirements) ||
			!quote_in_all(it, requirements, id, title, reading) ||
			!fields_value(&fields, "accepts", NODE_ARRAY, false, &accepts) ||
			!fields_value(&fields, "unreadable", NODE_ARRAY, false, &unreadable) || !read_unreadable(it, unreadable))
		return false;
	for (uint32_t i = 0; accepts && i < accepts->len; i++)
		if (!read_accept(it, &accepts->children[i], id)) return false;
	return true;
}

static bool read_all(struct reader *it)
{
	struct fields fields = fields_for(it, "interpretations.yaml");
	const struct node *list;
	size_t most = 0, places = 0;
	if (!fields_no_key_twice(&fields) || !fields_open(&fields, it->doc->root, file_fields) ||
			!fields_value(&fields, "interpretations", NODE_ARRAY, true, &list))
		return false;
	for (uint32_t i = 0; i < list->len; i++) {
		const struct node *accepts = node_member(&list->children[i], STR("accepts"));
		const struct node *unreadable = node_member(&list->children[i], STR("unreadable"));
		if (accepts && accepts->kind == NODE_ARRAY) most += accepts->len;
		if (unreadable && unreadable->kind == NODE_ARRAY) places += unreadable->len;
	}
	struct acceptance *accepts = arena_zalloc(it->ruleset->arena, (it->count + most + 1) * sizeof *accepts);
	struct str *unreadable = arena_zalloc(it->ruleset->arena, (it->unreadable_count + places + 1) * sizeof *unreadable);
	if (it->count) memcpy(accepts, it->accepts, it->count * sizeof *accepts);
	if (it->unreadable_count) memcpy(unreadable, it->unreadable, it->unreadable_count * sizeof *unreadable);
	it->accepts = accepts;
	it->unreadable = unreadable;
	for (uint32_t i = 0; i < list->len; i++)
		if (!read_item(it, &list->children[i])) return false;
	return true;
}

static struct str path_of(const struct ruleset *ruleset, struct str folder)
{
	return str_printf(ruleset->arena, "%.*s/%.*sinterpretations.yaml", STR_FMT(ruleset->dir), STR_FMT(folder));
}

/* A file that is not there is one without interpretations. */
static bool read_file(struct reader *it, struct str path, struct doc **doc)
{
	struct stat info;
	*doc = NULL;
	if (stat(path.ptr, &info) != 0) return true;
	*doc = doc_open(path.ptr, it->err);
	it->doc = *doc;
	return *doc != NULL;
}

/* Those of the version that it extends first, without what the own file leaves out. */
static bool read_inherited(struct reader *it, const struct doc *own)
{
	struct ruleset *ruleset = it->ruleset;
	struct doc *doc = NULL;
	if (!ruleset->extends.len) return true;
	it->without = own ? node_member(own->root, STR("without")) : NULL;
	it->inherited = true;
	struct str folder = str_printf(ruleset->arena, "../%.*s/", STR_FMT(ruleset->extends));
	bool ok = read_file(it, path_of(ruleset, folder), &doc) && (!doc || read_all(it));
	doc_close(doc);
	it->without = NULL;
	it->inherited = false;
	return ok;
}

bool rulefiles_interpretations(struct ruleset *ruleset, struct err *err)
{
	struct reader it = {.ruleset = ruleset, .err = err};
	struct doc *own;
	if (!read_file(&it, path_of(ruleset, STR("")), &own)) return false;
	bool ok = read_inherited(&it, own);
	it.doc = own;
	ok = ok && (!own || read_all(&it));
	struct acceptances *all = arena_zalloc(ruleset->arena, sizeof *all);
	*all = (struct acceptances){it.accepts, it.count, it.unreadable, it.unreadable_count};
	for (uint32_t i = 0; i < ruleset->check_count; i++)
		ruleset->checks[i].accepts = all;
	doc_close(own);
	return ok;
}
