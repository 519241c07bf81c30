/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading names and attributes of WSDL in the tree of libxml2. */
#include "engine/wsdl_node.h"

#include "base/limits.h"

static struct str text_of(const xmlChar *text)
{
	return text ? str_of((const char *)text) : STR("");
}

static bool is_in(const xmlNs *ns, const char *space)
{
	if (!space) return !ns;
	return ns && ns->href && strcmp((const char *)ns->href, space) == 0;
}

bool wsdl_is(const xmlNode *node, const char *space, const char *local)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, local) == 0 && is_in(node->ns, space);
}

const xmlNode *wsdl_find(const xmlNode *from, const char *space, const char *local)
{
	while (from && !wsdl_is(from, space, local))
		from = from->next;
	return from;
}

const xmlNode *wsdl_attribute_node(const xmlNode *element, const char *space, const char *local)
{
	for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next)
		if (strcmp((const char *)attribute->name, local) == 0 && is_in(attribute->ns, space))
			return (const xmlNode *)attribute;
	return NULL;
}

static struct str trimmed(struct str text)
{
	while (text.len && memchr(" \t\r\n", text.ptr[0], 4))
		text = str_skip(text, 1);
	while (text.len && memchr(" \t\r\n", text.ptr[text.len - 1], 4))
		text.len--;
	return text;
}

struct str wsdl_attribute(struct arena *arena, const xmlNode *element, const char *space, const char *local)
{
	const xmlNode *attribute = wsdl_attribute_node(element, space, local);
	if (!attribute) return (struct str){NULL, 0};
	const xmlNode *part = attribute->children;
	if (!part) return STR("");
	if (!part->next) return trimmed(text_of(part->content));
	struct strbuf all;
	strbuf_init(&all, LIMIT_XML_DOCUMENT_BYTES);
	for (; part; part = part->next)
		if (part->type == XML_TEXT_NODE) strbuf_add(&all, text_of(part->content));
	struct str value = str_copy(arena, strbuf_str(&all));
	strbuf_release(&all);
	return trimmed(value);
}

/* The namespace of a prefix (empty: the default one) in scope; ptr NULL: not declared. */
static struct str space_of(const xmlNode *element, struct str prefix)
{
	for (const xmlNode *node = element; node && node->type == XML_ELEMENT_NODE; node = node->parent)
		for (const xmlNs *ns = node->nsDef; ns; ns = ns->next)
			if (str_eq(text_of(ns->prefix), prefix)) return text_of(ns->href);
	if (str_eq(prefix, STR("xml"))) return STR("http://www.w3.org/XML/1998/namespace");
	return prefix.len ? (struct str){NULL, 0} : STR("");
}

struct wsdl_name wsdl_qname(const xmlNode *element, struct str text, struct arena *arena)
{
	size_t colon = str_find(text, ':');
	bool prefixed = colon < text.len;
	struct str prefix = {text.ptr, prefixed ? colon : 0};
	struct wsdl_name name = {space_of(element, prefix), text};
	if (name.space.ptr && prefixed) name.local = str_skip(text, colon + 1);
	name.local = str_copy(arena, name.local);
	return name;
}

struct str wsdl_clark(struct arena *arena, struct wsdl_name name)
{
	if (!name.space.len) return str_copy(arena, name.local);
	return str_printf(arena, "{%.*s}%.*s", STR_FMT(name.space), STR_FMT(name.local));
}

bool wsdl_same_name(struct wsdl_name a, struct wsdl_name b)
{
	return a.space.ptr && b.space.ptr && str_eq(a.local, b.local) && str_eq(a.space, b.space);
}

/* The attribute that tells a construct from its siblings, or NULL. */
static const char *telling_attribute(const xmlNode *node)
{
	static const char *const named[] = {
			"message", "part", "portType", "operation", "fault", "binding", "service", "port"};
	if (strcmp((const char *)node->name, "header") == 0) return "part";
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (strcmp((const char *)node->name, named[i]) == 0) return "name";
	return NULL;
}

static bool same_name(const xmlNode *a, const xmlNode *b)
{
	return a->type == b->type && strcmp((const char *)a->name, (const char *)b->name) == 0 && a->ns == b->ns;
}

static void add_position(struct strbuf *out, const xmlNode *node)
{
	uint32_t before = 0, steps = 0;
	for (const xmlNode *other = node->prev; other && steps < LIMIT_WSDL_SIBLINGS; other = other->prev, steps++)
		before += same_name(node, other);
	if (before) strbuf_printf(out, "[%u]", before + 1);
}

static void add_step(struct strbuf *out, const xmlNode *node, struct arena *arena)
{
	bool attribute = node->type == XML_ATTRIBUTE_NODE;
	const char *telling = attribute ? NULL : telling_attribute(node);
	struct str value = telling ? wsdl_attribute(arena, node, NULL, telling) : (struct str){NULL, 0};
	strbuf_add(out, attribute ? STR("/@") : STR("/"));
	if (node->ns && node->ns->prefix) strbuf_printf(out, "%s:", (const char *)node->ns->prefix);
	strbuf_add(out, text_of(node->name));
	if (value.len && str_find(value, '\'') == value.len)
		strbuf_printf(out, "[@%s='%.*s']", telling, STR_FMT(value));
	else if (!attribute)
		add_position(out, node);
}

struct str wsdl_path(struct arena *arena, const xmlNode *node)
{
	const xmlNode *way[LIMIT_XML_DEPTH + 8];
	int depth = 0;
	struct strbuf out;
	strbuf_init(&out, 64 << 10);
	for (; node && node->type != XML_DOCUMENT_NODE && depth < LIMIT_XML_DEPTH + 8; node = node->parent)
		way[depth++] = node;
	while (depth > 0)
		add_step(&out, way[--depth], arena);
	struct str path = str_copy(arena, out.len ? strbuf_str(&out) : STR("/"));
	strbuf_release(&out);
	return path;
}

/* The element that a part refers to, in full. */
static void add_element_of(struct strbuf *out, const xmlNode *part, struct arena *arena)
{
	struct str element = wsdl_attribute(arena, part, NULL, "element");
	if (element.ptr) strbuf_add(out, wsdl_clark(arena, wsdl_qname(part, element, arena)));
	strbuf_add_char(out, ';');
}

static void add_construct(struct strbuf *out, const xmlNode *node, struct arena *arena)
{
	static const char *const spaces[] = {"operation", "fault"};
	strbuf_printf(
			out, "/{%s}%s", node->ns && node->ns->href ? (const char *)node->ns->href : "", (const char *)node->name);
	if (!node->ns || strcmp((const char *)node->ns->href, "http://schemas.xmlsoap.org/wsdl/") != 0) return;
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (strcmp((const char *)node->name, spaces[i]) == 0)
			strbuf_printf(out, "[%.*s]", STR_FMT(wsdl_attribute(arena, node, NULL, "name")));
	if (strcmp((const char *)node->name, "part") == 0) add_element_of(out, node, arena);
	if (strcmp((const char *)node->name, "message") != 0) return;
	uint32_t parts = 0;
	for (const xmlNode *part = node->children; part && parts < LIMIT_WSDL_SIBLINGS; part = part->next, parts++)
		if (part->type == XML_ELEMENT_NODE) add_element_of(out, part, arena);
}

struct str wsdl_construct(struct arena *arena, const xmlNode *element)
{
	const xmlNode *way[LIMIT_XML_DEPTH + 8];
	int depth = 0;
	struct strbuf out;
	strbuf_init(&out, 256 << 10);
	for (const xmlNode *node = element; node && node->type == XML_ELEMENT_NODE && depth < LIMIT_XML_DEPTH + 8;
			node = node->parent)
		way[depth++] = node;
	while (depth > 0)
		add_construct(&out, way[--depth], arena);
	struct str words = str_copy(arena, strbuf_str(&out));
	strbuf_release(&out);
	return words;
}
