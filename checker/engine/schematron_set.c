/* SPDX-License-Identifier: EUPL-1.2 */
/* Comparing and joining sets of nodes. */
#include "engine/schematron_set.h"

#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/schematron_api.h"

static void add_text(struct strbuf *out, const xmlNode *node)
{
	const xmlNode *at = node->children;
	while (at) {
		if ((at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) && at->content)
			strbuf_add(out, str_of((const char *)at->content));
		const xmlNode *next = at->type == XML_ELEMENT_NODE ? at->children : NULL;
		while (!next && at != node) {
			next = at->next;
			if (!next) at = at->parent;
		}
		at = at == node ? NULL : next;
	}
}

struct str xml_value(const xmlNode *node, struct strbuf *buf)
{
	if (node->type == XML_NAMESPACE_DECL) return str_of((const char *)((const xmlNs *)node)->href);
	bool parent = node->type == XML_ELEMENT_NODE || node->type == XML_ATTRIBUTE_NODE || node->type == XML_DOCUMENT_NODE;
	const xmlNode *only = parent ? node->children : node;
	if (!only) return STR("");
	bool text = only->type == XML_TEXT_NODE || only->type == XML_CDATA_SECTION_NODE;
	if (!parent || (text && !only->next)) return only->content ? str_of((const char *)only->content) : STR("");
	size_t before = buf->len;
	add_text(buf, node);
	return (struct str){buf->ptr ? buf->ptr + before : "", buf->len - before};
}

/* Texts of all nodes of a set; those that had to be put together are in `owned`. */
struct texts {
	struct {
		struct str *items;
		size_t count, capacity;
	} list;
	struct {
		char **items;
		size_t count, capacity;
	} owned;
};

static void texts_of(const xmlNodeSet *set, struct texts *texts)
{
	for (int i = 0; set && i < set->nodeNr; i++) {
		struct strbuf buf;
		strbuf_init(&buf, (size_t)2 * LIMIT_XML_DOCUMENT_BYTES);
		*vec_push(&texts->list) = xml_value(set->nodeTab[i], &buf);
		if (buf.ptr) *vec_push(&texts->owned) = buf.ptr;
	}
}

static void texts_release(struct texts *texts)
{
	for (size_t i = 0; i < texts->owned.count; i++)
		free(texts->owned.items[i]);
	vec_release(&texts->owned);
	vec_release(&texts->list);
}

static bool any_equal(const struct texts *left, const struct texts *right)
{
	struct strmap map = {0};
	bool found = false;
	for (size_t i = 0; i < left->list.count; i++)
		strmap_put(&map, left->list.items[i], 0);
	for (size_t i = 0; i < right->list.count && !found; i++)
		found = strmap_get(&map, right->list.items[i]) != NULL;
	strmap_release(&map);
	return found;
}

static bool few_equal(const struct texts *left, const struct texts *right)
{
	for (size_t i = 0; i < left->list.count; i++)
		for (size_t j = 0; j < right->list.count; j++)
			if (str_eq(left->list.items[i], right->list.items[j])) return true;
	return false;
}

/* Unless all texts are one and the same, some pair differs. */
static bool any_different(const struct texts *left, const struct texts *right)
{
	if (!left->list.count || !right->list.count) return false;
	struct str first = left->list.items[0];
	for (size_t i = 1; i < left->list.count; i++)
		if (!str_eq(left->list.items[i], first)) return true;
	for (size_t i = 0; i < right->list.count; i++)
		if (!str_eq(right->list.items[i], first)) return true;
	return false;
}

static double number_of(struct str text)
{
	char *copy = mem_resize(NULL, text.len + 1, 1);
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	double number = schematron_api(NULL)->text_number((const xmlChar *)copy);
	free(copy);
	return number;
}

static bool relate(double left, double right, enum set_operator operator)
{
	switch (operator) {
	case SET_EQUAL:
		return left == right;
	case SET_NOT_EQUAL:
		return left != right;
	case SET_LESS:
		return left < right;
	case SET_LESS_EQUAL:
		return left <= right;
	case SET_MORE:
		return left > right;
	default:
		return left >= right;
	}
}

/* The least or the greatest number; false when there is none. */
static bool extreme(const struct texts *texts, bool least, double *out)
{
	bool found = false;
	for (size_t i = 0; i < texts->list.count; i++) {
		double number = number_of(texts->list.items[i]);
		if (isnan(number) || (found && (least ? number >= *out : number <= *out))) continue;
		*out = number;
		found = true;
	}
	return found;
}

static bool compare_texts(const struct texts *left, const struct texts *right, enum set_operator operator)
{
	enum { FEW = 16 };
	if (operator== SET_EQUAL)
		return left->list.count * right->list.count <= FEW ? few_equal(left, right) : any_equal(left, right);
	if (operator== SET_NOT_EQUAL) return any_different(left, right);
	bool less = operator== SET_LESS || operator== SET_LESS_EQUAL;
	double one, other;
	return extreme(left, less, &one) && extreme(right, !less, &other) && relate(one, other, operator);
}

/* Some text of the set against one value; `operator` has the set on its left. */
static bool compare_value(const struct texts *texts, const xmlXPathObject *value, enum set_operator operator)
{
	bool text = value->type == XPATH_STRING && (operator== SET_EQUAL || operator== SET_NOT_EQUAL);
	struct str wanted = value->type == XPATH_STRING ? str_of((const char *)value->stringval) : STR("");
	double number = value->type == XPATH_NUMBER ? value->floatval : text ? 0 : number_of(wanted);
	for (size_t i = 0; i < texts->list.count; i++) {
		struct str found = texts->list.items[i];
		bool holds = text ? str_eq(found, wanted) == (operator== SET_EQUAL)
						  : relate(number_of(found), number, operator);
		if (holds) return true;
	}
	return false;
}

static enum set_operator mirrored(enum set_operator operator)
{
	static const enum set_operator other[] = {
			SET_EQUAL, SET_NOT_EQUAL, SET_MORE, SET_MORE_EQUAL, SET_LESS, SET_LESS_EQUAL};
	return other[operator];
}

bool set_compare(xmlXPathObject *left, xmlXPathObject *right, enum set_operator operator)
{
	if (left->type != XPATH_NODESET) return set_compare(right, left, mirrored(operator));
	bool filled = left->nodesetval && left->nodesetval->nodeNr > 0;
	if (right->type == XPATH_BOOLEAN) return relate(filled, right->boolval != 0, operator);
	if (!filled) return false;
	struct texts texts = {0}, others = {0};
	texts_of(left->nodesetval, &texts);
	bool holds;
	if (right->type == XPATH_NODESET) {
		texts_of(right->nodesetval, &others);
		holds = compare_texts(&texts, &others, operator);
	} else {
		holds = compare_value(&texts, right, operator);
	}
	texts_release(&texts);
	texts_release(&others);
	return holds;
}

/* Sorted sets have the same node next to itself. */
static void remove_repeated(xmlNodeSet *set)
{
	int kept = 0;
	for (int i = 0; i < set->nodeNr; i++) {
		bool again = kept && set->nodeTab[kept - 1] == set->nodeTab[i] && set->nodeTab[i]->type != XML_NAMESPACE_DECL;
		if (!again) set->nodeTab[kept++] = set->nodeTab[i];
	}
	set->nodeNr = kept;
}

void set_tidy(xmlXPathObject *set)
{
	if (!set->nodesetval || set->nodesetval->nodeNr < 2) return;
	schematron_api(NULL)->sort(set->nodesetval);
	remove_repeated(set->nodesetval);
}

void set_join(xmlXPathObject *left, const xmlXPathObject *right)
{
	const xmlNodeSet *more = right->nodesetval;
	if (!more || !more->nodeNr || !left->nodesetval) return;
	for (int i = 0; i < more->nodeNr; i++)
		schematron_api(NULL)->add(left->nodesetval, more->nodeTab[i]);
	set_tidy(left);
}

static bool is_inside(const xmlNode *node, const xmlNode *top)
{
	if (!top || node->type == XML_NAMESPACE_DECL) return false;
	while (node && node != top)
		node = node->parent;
	return node != NULL;
}

static void add_below(xmlNodeSet *out, const xmlNode *top, uint64_t room)
{
	const struct schematron_api *api = schematron_api(NULL);
	api->add(out, (xmlNode *)top);
	if (top->type != XML_ELEMENT_NODE && top->type != XML_DOCUMENT_NODE) return;
	const xmlNode *at = top->children;
	while (at && (uint64_t)out->nodeNr <= room) {
		api->add(out, (xmlNode *)at);
		const xmlNode *next = at->type == XML_ELEMENT_NODE ? at->children : NULL;
		while (!next && at != top) {
			next = at->next;
			if (!next) at = at->parent;
		}
		at = at == top ? NULL : next;
	}
}

xmlXPathObject *set_below(xmlXPathObject *set, uint64_t room)
{
	xmlXPathObject *out = schematron_api(NULL)->new_set(NULL);
	const xmlNode *top = NULL;
	set_tidy(set);
	for (int i = 0; out && set->nodesetval && i < set->nodesetval->nodeNr; i++) {
		const xmlNode *node = set->nodesetval->nodeTab[i];
		if (is_inside(node, top)) continue;
		add_below(out->nodesetval, node, room);
		top = node->type == XML_ELEMENT_NODE || node->type == XML_DOCUMENT_NODE ? node : top;
		if ((uint64_t)out->nodesetval->nodeNr > room) break;
	}
	return out;
}

void set_text(xmlXPathObject *value, struct strbuf *out)
{
	if (value->type == XPATH_NODESET || value->type == XPATH_XSLT_TREE) {
		xmlNodeSet *set = value->nodesetval;
		if (!set || !set->nodeNr) return;
		schematron_api(NULL)->sort(set);
		struct strbuf text;
		strbuf_init(&text, LIMIT_MESSAGE_BYTES);
		strbuf_add(out, xml_value(set->nodeTab[0], &text));
		if (text.overflow) strbuf_add(out, STR("…"));
		strbuf_release(&text);
		return;
	}
	const struct xml_api *xml = xml_load(NULL);
	xmlChar *text = xml->to_string(value);
	if (text) {
		strbuf_add(out, str_of((const char *)text));
		xml->free_memory(text);
	}
}
