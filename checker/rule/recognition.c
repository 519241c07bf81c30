/* SPDX-License-Identifier: EUPL-1.2 */
/* Recognising XML documents by their elements. */
#include "rule/recognition.h"

#include "base/limits.h"
#include "doc/xml_doc.h"

#define SOAP_11 "http://schemas.xmlsoap.org/soap/envelope/"
#define SOAP_12 "http://www.w3.org/2003/05/soap-envelope"
#define WSDL "http://schemas.xmlsoap.org/wsdl/"

enum { NAMES_SHOWN = 5 };

/* A step ends at the first slash behind its namespace, which may hold slashes itself. */
static size_t step_end(struct str text)
{
	size_t brace = str_starts(text, STR("{")) ? str_find(text, '}') : 0;
	return brace < text.len ? brace + str_find(str_skip(text, brace), '/') : text.len;
}

static bool is_step(struct str text)
{
	size_t brace = str_starts(text, STR("{")) ? str_find(text, '}') : 0;
	struct str name = brace ? str_skip(text, brace + 1) : text;
	bool space = name.len && (memchr(name.ptr, ' ', name.len) || memchr(name.ptr, ':', name.len));
	return brace < text.len && (brace || name.len) && !space && str_find(name, '{') == name.len;
}

static bool is_root(struct str text)
{
	size_t end = step_end(text);
	if (end == text.len) return is_step(text);
	struct str child = str_skip(text, end + 1);
	return is_step((struct str){text.ptr, end}) && step_end(child) == child.len && is_step(child);
}

bool roots_load(const struct fields *fields, const struct node *list, struct roots *roots)
{
	*roots = (struct roots){NULL, 0};
	if (!list) return true;
	struct str *items = arena_alloc(fields->arena, list->len * sizeof *items);
	for (uint32_t i = 0; i < list->len; i++) {
		const struct node *item = &list->children[i];
		if (item->kind != NODE_STRING || !is_root(node_text(item)))
			return fields_fail(fields, item,
					"%s: roots: expected \"{namespace}name\", \"{namespace}\" or \"name\" of an element, or two with \"/\"",
					"%s: roots: verwacht \"{namespace}naam\", \"{namespace}\" of \"naam\" van een element, of twee met \"/\"",
					fields->what);
		items[i] = str_copy(fields->arena, node_text(item));
	}
	*roots = (struct roots){items, list->len};
	return true;
}

static struct str namespace_of(const xmlNode *element)
{
	return element->ns && element->ns->href ? str_of((const char *)element->ns->href) : STR("");
}

static bool is_named(const xmlNode *node, struct str ns, const char *name)
{
	return node->type == XML_ELEMENT_NODE && str_eq(namespace_of(node), ns) &&
		   strcmp((const char *)node->name, name) == 0;
}

static bool step_fits(struct str step, struct str ns, struct str name)
{
	size_t brace = str_starts(step, STR("{")) ? str_find(step, '}') : 0;
	struct str wanted_ns = {step.ptr + 1, brace ? brace - 1 : 0}, wanted = brace ? str_skip(step, brace + 1) : step;
	return str_eq(wanted_ns, ns) && (wanted.len == 0 || str_eq(wanted, name));
}

static bool has_child(const xmlNode *element, struct str step)
{
	for (const xmlNode *node = element->children; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && step_fits(step, namespace_of(node), str_of((const char *)node->name)))
			return true;
	return false;
}

static bool fits(struct str root, const xmlNode *element, struct str ns, struct str name)
{
	size_t end = step_end(root);
	return step_fits((struct str){root.ptr, end}, ns, name) &&
		   (end == root.len || has_child(element, str_skip(root, end + 1)));
}

/* Asks of each element by which a document is known, until one fits. */
struct asking {
	const struct roots *roots;
	struct strbuf *names; /* NULL, or where they are listed */
	uint32_t listed;
	bool unasked; /* nobody named a rule set */
};

static bool ask_name(struct asking *asking, const xmlNode *element, struct str ns, struct str name)
{
	for (uint32_t i = 0; i < asking->roots->count; i++)
		if (fits(asking->roots->items[i], element, ns, name)) return true;
	if (!asking->names || asking->listed++ >= NAMES_SHOWN) return false;
	strbuf_printf(asking->names, "%s", asking->listed > 1 ? ", " : "");
	if (ns.len) strbuf_printf(asking->names, "{%.*s}", STR_FMT(ns));
	strbuf_add(asking->names, name);
	return false;
}

static bool ask(struct asking *asking, const xmlNode *element)
{
	return ask_name(asking, element, namespace_of(element), str_of((const char *)element->name));
}

static bool ask_children(struct asking *asking, const xmlNode *parent)
{
	for (const xmlNode *node = parent->children; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && ask(asking, node)) return true;
	return false;
}

static bool ask_fault(struct asking *asking, const xmlNode *fault, struct str soap)
{
	for (const xmlNode *node = fault->children; node; node = node->next)
		if ((is_named(node, STR(""), "detail") || is_named(node, soap, "Detail")) && ask_children(asking, node))
			return true;
	return false;
}

static bool ask_body(struct asking *asking, const xmlNode *body, struct str soap)
{
	for (const xmlNode *node = body->children; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE) continue;
		if (is_named(node, soap, "Fault") ? ask_fault(asking, node, soap) : ask(asking, node)) return true;
	}
	return false;
}

static struct str target_namespace(const xmlNode *root)
{
	for (const xmlAttr *at = root->properties; at; at = at->next)
		if (!at->ns && strcmp((const char *)at->name, "targetNamespace") == 0 && at->children && at->children->content)
			return str_of((const char *)at->children->content);
	return STR("");
}

static bool is_envelope(const xmlNode *root)
{
	return is_named(root, STR(SOAP_11), "Envelope") || is_named(root, STR(SOAP_12), "Envelope");
}

static bool has_blocks(const xmlNode *envelope)
{
	for (const xmlNode *part = envelope->children; part; part = part->next)
		for (const xmlNode *block = part->children; block && is_named(part, namespace_of(envelope), "Header");
				block = block->next)
			if (block->type == XML_ELEMENT_NODE) return true;
	return false;
}

static bool ask_document(struct asking *asking, const struct doc *doc)
{
	const xmlNode *root = doc->xml->root;
	struct str ns = namespace_of(root);
	bool bare = asking->unasked && is_envelope(root) && !has_blocks(root);
	if (!bare && ask(asking, root)) return true;
	if (is_named(root, STR(WSDL), "definitions"))
		return ask_name(asking, root, target_namespace(root), STR("definitions"));
	if (!is_envelope(root)) return false;
	for (const xmlNode *part = root->children; part; part = part->next)
		if (is_named(part, ns, "Body") && ask_body(asking, part, ns)) return true;
	return false;
}

bool roots_match(const struct roots *roots, const struct doc *doc)
{
	struct asking asking = {.roots = roots};
	return roots->count == 0 || ask_document(&asking, doc);
}

bool roots_match_unasked(const struct roots *roots, const struct doc *doc)
{
	struct asking asking = {.roots = roots, .unasked = true};
	return roots->count == 0 || ask_document(&asking, doc);
}

struct str roots_found(struct arena *arena, const struct doc *doc)
{
	static const struct roots none = {0};
	struct strbuf names;
	struct asking asking = {.roots = &none, .names = &names};
	strbuf_init(&names, LIMIT_MESSAGE_BYTES);
	ask_document(&asking, doc);
	struct str found = strbuf_take(&names, arena);
	return asking.listed > NAMES_SHOWN ? str_printf(arena, "%.*s, ...", STR_FMT(found)) : found;
}

struct text roots_why_not(struct arena *arena, const struct roots *roots, const struct doc *doc)
{
	struct strbuf wanted;
	struct str found = roots_found(arena, doc);
	strbuf_init(&wanted, LIMIT_MESSAGE_BYTES);
	for (uint32_t i = 0; i < roots->count && i < NAMES_SHOWN; i++)
		strbuf_printf(&wanted, "%s%.*s", i ? ", " : "", STR_FMT(roots->items[i]));
	struct str expected = strbuf_take(&wanted, arena);
	return text_printf(arena, "is about other documents: expected %.*s%s, found %.*s",
			"gaat over andere documenten: verwacht %.*s%s, gevonden %.*s", STR_FMT(expected),
			roots->count > NAMES_SHOWN ? ", ..." : "", STR_FMT(found));
}
