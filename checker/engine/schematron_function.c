/* SPDX-License-Identifier: EUPL-1.2 */
/* Functions within libxml2 that count what they cost. */
#include "engine/schematron_function.h"

#include "base/limits.h"
#include "base/vec.h"
#include "engine/schematron_api.h"
#include "engine/schematron_set.h"

enum { UNIT = 16, KEYED = 4 }; /* bytes of text that cost one operation; operations that one node of key() costs */

static bool charge(xmlXPathParserContext *parser, uint64_t cost)
{
	xmlXPathContext *context = parser->context;
	context->opCount += cost;
	if (context->opCount <= context->opLimit) return true;
	schematron_api(NULL)->raise(parser, XPATH_OP_LIMIT_EXCEEDED);
	return false;
}

/* Bytes of the text of a node, or somewhat more than `room` when there are more. */
static size_t text_size(const xmlNode *node, size_t room)
{
	const xmlNode *at = node;
	size_t size = 0;
	if (node->type == XML_NAMESPACE_DECL) return strlen((const char *)((const xmlNs *)node)->href);
	if (node->type != XML_ELEMENT_NODE && node->type != XML_ATTRIBUTE_NODE && node->type != XML_DOCUMENT_NODE)
		return node->content ? strlen((const char *)node->content) : 0;
	for (at = node->children; at && size <= room;) {
		size += UNIT;
		if ((at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) && at->content)
			size += strlen((const char *)at->content);
		const xmlNode *next = at->type == XML_ELEMENT_NODE ? at->children : NULL;
		while (!next && at != node) {
			next = at->next;
			if (!next) at = at->parent;
		}
		at = next;
	}
	return size;
}

static size_t room_left(const xmlXPathParserContext *parser)
{
	const xmlXPathContext *context = parser->context;
	return context->opCount < context->opLimit ? (context->opLimit - context->opCount) * UNIT : 0;
}

/* Bytes of text that an argument stands for: of all its nodes, or of the one that counts. */
static size_t argument_size(const xmlXPathParserContext *parser, const xmlXPathObject *value, bool all)
{
	size_t room = room_left(parser), size = 0;
	if (value->type == XPATH_STRING) return value->stringval ? strlen((const char *)value->stringval) : 0;
	const xmlNodeSet *set = value->type == XPATH_NODESET ? value->nodesetval : NULL;
	if (!set || !set->nodeNr) return 0;
	if (!all) { /* the first in the document is at either end */
		size_t first = text_size(set->nodeTab[0], room);
		size_t last = set->nodeNr > 1 ? text_size(set->nodeTab[set->nodeNr - 1], room) : 0;
		return (first > last ? first : last) + (size_t)set->nodeNr;
	}
	for (int i = 0; i < set->nodeNr && size <= room; i++)
		size += text_size(set->nodeTab[i], room) + UNIT;
	return size;
}

/* Counts the arguments, or the context node when there are none. */
static bool charge_arguments(xmlXPathParserContext *parser, int count, bool all)
{
	size_t size = 0;
	if (!count) size = text_size(parser->context->node, room_left(parser));
	for (int i = 0; i < count && i < parser->valueNr; i++)
		size += argument_size(parser, parser->valueTab[parser->valueNr - 1 - i], all);
	if (size > LIMIT_SCHEMATRON_VALUE_BYTES) {
		schematron_api(NULL)->raise(parser, XPATH_OP_LIMIT_EXCEEDED);
		parser->context->opCount = parser->context->opLimit + 1;
		return false;
	}
	return charge(parser, size / UNIT);
}

#define COUNTED(name, all)                                                                                             \
	static void counted_##name(xmlXPathParserContext *parser, int count)                                               \
	{                                                                                                                  \
		if (charge_arguments(parser, count, all)) schematron_api(NULL)->name(parser, count);                           \
	}

COUNTED(string, false)
COUNTED(concat, false)
COUNTED(starts_with, false)
COUNTED(contains, false)
COUNTED(substring_before, false)
COUNTED(substring_after, false)
COUNTED(substring, false)
COUNTED(string_length, false)
COUNTED(normalize_space, false)
COUNTED(number, false)
COUNTED(sum, true)
COUNTED(id, true)

/* libxml2 looks for each character in the whole of the second argument. */
static void counted_translate(xmlXPathParserContext *parser, int count)
{
	if (!charge_arguments(parser, count, false) || count != 3) return;
	size_t text = argument_size(parser, parser->valueTab[parser->valueNr - 3], false);
	size_t from = argument_size(parser, parser->valueTab[parser->valueNr - 2], false);
	if (charge(parser, text * (from / UNIT))) schematron_api(NULL)->translate(parser, count);
}

static void push_boolean(xmlXPathParserContext *parser, bool value)
{
	const struct schematron_api *api = schematron_api(NULL);
	api->push(parser, api->new_boolean(value));
}

/* Takes two operands; false: one is missing, and the error is set. */
static bool pop_two(xmlXPathParserContext *parser, xmlXPathObject **left, xmlXPathObject **right)
{
	const struct schematron_api *api = schematron_api(NULL);
	*right = api->pop(parser);
	*left = api->pop(parser);
	if (*left && *right) return true;
	api->raise(parser, XPATH_STACK_ERROR);
	return false;
}

static bool plain(xmlXPathParserContext *parser, enum set_operator operator)
{
	const struct schematron_api *api = schematron_api(NULL);
	if (operator== SET_EQUAL) return api->equal(parser) == 1;
	if (operator== SET_NOT_EQUAL) return api->not_equal(parser) == 1;
	bool less = operator== SET_LESS || operator== SET_LESS_EQUAL;
	return api->compare(parser, less, operator== SET_LESS || operator== SET_MORE) == 1;
}

static void compare(xmlXPathParserContext *parser, enum set_operator operator)
{
	const struct schematron_api *api = schematron_api(NULL);
	const struct xml_api *xml = xml_load(NULL);
	xmlXPathObject *left = NULL, *right = NULL;
	bool holds = false;
	if (!pop_two(parser, &left, &right)) {
		if (left) xml->object_free(left);
		if (right) xml->object_free(right);
		return;
	}
	if (left->type != XPATH_NODESET && right->type != XPATH_NODESET) {
		if (!charge(parser, (argument_size(parser, left, false) + argument_size(parser, right, false)) / UNIT)) {
			xml->object_free(left);
			xml->object_free(right);
			return;
		}
		api->push(parser, left);
		api->push(parser, right);
		push_boolean(parser, plain(parser, operator));
		return;
	}
	size_t size = argument_size(parser, left, true) + argument_size(parser, right, true);
	if (charge(parser, size / UNIT)) holds = set_compare(left, right, operator);
	xml->object_free(left);
	xml->object_free(right);
	push_boolean(parser, holds);
}

#define COMPARED(name, operator)                                                                                       \
	static void compared_##name(xmlXPathParserContext *parser, int count)                                              \
	{                                                                                                                  \
		(void)count;                                                                                                   \
		compare(parser, operator);                                                                                     \
	}

COMPARED(eq, SET_EQUAL)
COMPARED(ne, SET_NOT_EQUAL)
COMPARED(lt, SET_LESS)
COMPARED(le, SET_LESS_EQUAL)
COMPARED(gt, SET_MORE)
COMPARED(ge, SET_MORE_EQUAL)

static void join(xmlXPathParserContext *parser, int count)
{
	const struct xml_api *xml = xml_load(NULL);
	xmlXPathObject *left = NULL, *right = NULL;
	(void)count;
	bool both = pop_two(parser, &left, &right);
	bool sets = both && left->type == XPATH_NODESET && right->type == XPATH_NODESET;
	if (both && !sets) schematron_api(NULL)->raise(parser, XPATH_INVALID_TYPE);
	if (sets) {
		uint64_t size = (left->nodesetval ? (uint64_t)left->nodesetval->nodeNr : 0) +
						(right->nodesetval ? (uint64_t)right->nodesetval->nodeNr : 0);
		sets = charge(parser, size * 2);
	}
	if (sets && (!left->nodesetval || !left->nodesetval->nodeNr)) {
		xmlXPathObject *empty = left;
		left = right;
		right = empty;
	}
	if (sets) {
		set_join(left, right);
		schematron_api(NULL)->push(parser, left);
	} else if (left) {
		xml->object_free(left);
	}
	if (right) xml->object_free(right);
}

/* All that is in or below the nodes of a set. */
static void below(xmlXPathParserContext *parser, int count)
{
	const struct schematron_api *api = schematron_api(NULL);
	xmlXPathObject *set = api->pop(parser);
	(void)count;
	uint64_t room = parser->context->opLimit - parser->context->opCount;
	xmlXPathObject *all = NULL;
	if (set && set->type != XPATH_NODESET)
		api->raise(parser, XPATH_INVALID_TYPE);
	else if (set)
		all = set_below(set, room);
	if (set) xml_load(NULL)->object_free(set);
	if (!all) return;
	uint64_t size = all->nodesetval ? (uint64_t)all->nodesetval->nodeNr : 0;
	if (charge(parser, size))
		api->push(parser, all);
	else
		xml_load(NULL)->object_free(all);
}

static struct schematron_kit *kit_of(const xmlXPathParserContext *parser)
{
	return parser->context->varLookupData;
}

/* Its arguments are what parse_siblings() wrote. */
static void push_siblings(xmlXPathParserContext *parser, int count)
{
	const struct schematron_api *api = schematron_api(NULL);
	const struct xml_api *xml = xml_load(NULL);
	xmlXPathObject *kind = NULL, *test = NULL;
	uint64_t found = 0, walked = 1;
	bool sound = pop_two(parser, &kind, &test) && count == 2 && kind->type == XPATH_STRING &&
				 test->type == XPATH_STRING && strlen((const char *)test->stringval) < XPATH_SIBLING_TEST;
	if (sound)
		found = sibling_count(&kit_of(parser)->siblings, (char)kind->stringval[0], (const char *)test->stringval,
				parser->context->node, &walked);
	if (kind) xml->object_free(kind);
	if (test) xml->object_free(test);
	if (!sound)
		api->raise(parser, XPATH_INVALID_TYPE);
	else if (charge(parser, walked))
		api->push(parser, api->new_number((double)found));
}

static void push_current(xmlXPathParserContext *parser, int count)
{
	const struct schematron_api *api = schematron_api(NULL);
	(void)count;
	api->push(parser, api->new_set((xmlNode *)kit_of(parser)->scene->current));
}

static void add_keyed(const struct node_keys *keys, uint32_t key, struct str value, xmlNodeSet *set)
{
	const uint32_t *found = strmap_get(&keys->maps[key], value);
	for (uint32_t at = found ? *found + 1 : 0; at; at = keys->entries.items[at - 1].next)
		schematron_api(NULL)->add(set, (xmlNode *)keys->entries.items[at - 1].node);
}

/* What the nodes cost that key() is going to collect and sort, so that it can be counted before. */
static uint64_t cost_of_keyed(const struct node_keys *keys, uint32_t key, struct str value, uint64_t room)
{
	const uint32_t *found = strmap_get(&keys->maps[key], value);
	uint64_t cost = 1;
	for (uint32_t at = found ? *found + 1 : 0; at && cost <= room; at = keys->entries.items[at - 1].next)
		cost += KEYED;
	return cost;
}

/* Adds the nodes of each value; in the order of the document, each once. */
static void collect_keyed(xmlXPathParserContext *parser, const struct node_keys *keys, uint32_t key,
		xmlXPathObject *value, xmlXPathObject *out)
{
	struct strbuf *text = &kit_of(parser)->text;
	uint64_t room = parser->context->opLimit - parser->context->opCount;
	if (value->type == XPATH_NODESET) {
		const xmlNodeSet *set = value->nodesetval;
		for (int i = 0; set && i < set->nodeNr; i++) {
			strbuf_clear(text);
			struct str one = xml_value(set->nodeTab[i], text);
			if (!charge(parser, cost_of_keyed(keys, key, one, room))) return;
			add_keyed(keys, key, one, out->nodesetval);
		}
	} else {
		strbuf_clear(text);
		set_text(value, text);
		if (!charge(parser, cost_of_keyed(keys, key, strbuf_str(text), room))) return;
		add_keyed(keys, key, strbuf_str(text), out->nodesetval);
	}
	set_tidy(out);
}

/* key() is about the document of the context node: `$list[key('k', current())]` looks things up in a list. */
static const struct node_keys *keys_at(const struct schematron_scene *scene, const xmlNode *node)
{
	for (uint32_t i = 0; i < scene->list_count && node->type != XML_NAMESPACE_DECL; i++)
		if (scene->lists[i] && scene->lists[i]->doc == node->doc) return scene->lists[i];
	return scene->keys;
}

static void push_keyed(xmlXPathParserContext *parser, int count)
{
	const struct schematron_api *api = schematron_api(NULL);
	const struct xml_api *xml = xml_load(NULL);
	struct schematron_kit *kit = kit_of(parser);
	xmlXPathObject *name, *value;
	(void)count;
	if (!charge_arguments(parser, 2, true)) return;
	bool both = pop_two(parser, &name, &value);
	const struct node_keys *keys = keys_at(kit->scene, parser->context->node);
	if (!keys || keys->failed) api->raise(parser, XPATH_EXPR_ERROR);
	xmlXPathObject *out = both && keys && !keys->failed ? api->new_set(NULL) : NULL;
	for (uint32_t i = 0; out && i < kit->schema->key_count; i++)
		if (name->type == XPATH_STRING && str_eq(kit->schema->keys[i].name, str_of((const char *)name->stringval)))
			collect_keyed(parser, keys, i, value, out);
	if (name) xml->object_free(name);
	if (value) xml->object_free(value);
	if (out) api->push(parser, out);
}

xmlXPathFunction function_lookup(void *kit, const xmlChar *name, const xmlChar *uri)
{
	static const struct {
		const char *name;
		xmlXPathFunction function;
	} table[] = {{"keur-eq", compared_eq}, {"keur-ne", compared_ne}, {"keur-lt", compared_lt}, {"keur-le", compared_le},
			{"keur-gt", compared_gt}, {"keur-ge", compared_ge}, {"keur-union", join}, {"keur-below", below},
			{"keur-siblings", push_siblings}, {"current", push_current}, {"key", push_keyed},
			{"string", counted_string}, {"concat", counted_concat}, {"starts-with", counted_starts_with},
			{"contains", counted_contains}, {"substring-before", counted_substring_before},
			{"substring-after", counted_substring_after}, {"substring", counted_substring},
			{"string-length", counted_string_length}, {"normalize-space", counted_normalize_space},
			{"translate", counted_translate}, {"number", counted_number}, {"sum", counted_sum}, {"id", counted_id}};
	(void)kit;
	for (size_t i = 0; !uri && i < sizeof table / sizeof *table; i++)
		if (strcmp((const char *)name, table[i].name) == 0) return table[i].function;
	return NULL;
}

xmlXPathObject *function_variable(void *kit, const xmlChar *name, const xmlChar *uri)
{
	struct schematron_kit *this = kit;
	uint32_t number;
	if (uri || !str_to_u32(str_of((const char *)name + 1), &number) || number >= this->schema->let_count) return NULL;
	xmlXPathObject *value = this->scene->variables[number];
	if (!value) return NULL;
	/* A copy is made of it, which libxml2 does not count. */
	uint64_t size = value->type == XPATH_STRING && value->stringval ? strlen((const char *)value->stringval) / UNIT : 0;
	if (value->type == XPATH_NODESET && value->nodesetval) size = (uint64_t)value->nodesetval->nodeNr;
	this->context->opCount += size;
	if (this->context->opCount > this->context->opLimit) return NULL;
	return schematron_api(NULL)->copy(value);
}
