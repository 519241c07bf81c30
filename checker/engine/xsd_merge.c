/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The namespace merge: of each schema its text with the locations rewritten, and for each namespace a schema that
 * includes all of that namespace and imports every other one. So libxml2 meets one import for each namespace.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "engine/xsd_set.h"

/* What schemas of the XML namespace are imported for, where a set does not bring one. */
static const char xml_attributes[] =
		"<xs:schema xmlns:xs='" XSD_NAMESPACE "' targetNamespace='" XML_NAMESPACE "'>"
		"<xs:attribute name='lang'><xs:simpleType><xs:union memberTypes='xs:language'><xs:simpleType>"
		"<xs:restriction base='xs:string'><xs:enumeration value=''/></xs:restriction></xs:simpleType></xs:union>"
		"</xs:simpleType></xs:attribute>"
		"<xs:attribute name='space'><xs:simpleType><xs:restriction base='xs:NCName'><xs:enumeration value='default'/>"
		"<xs:enumeration value='preserve'/></xs:restriction></xs:simpleType></xs:attribute>"
		"<xs:attribute name='base' type='xs:anyURI'/><xs:attribute name='id' type='xs:ID'/>"
		"<xs:attributeGroup name='specialAttrs'><xs:attribute ref='xml:lang'/><xs:attribute ref='xml:space'/>"
		"<xs:attribute ref='xml:base'/><xs:attribute ref='xml:id'/></xs:attributeGroup></xs:schema>";

/* Instead of a schema that is not there: of no namespace, so that any may include it. */
static const char nothing[] = "<xs:schema xmlns:xs='" XSD_NAMESPACE "'/>";

struct edit {
	uint32_t start, end;
	struct str text;
};

struct edits {
	struct edit *items;
	size_t count, capacity;
};

static struct str name_text(struct arena *arena, const char *what, size_t index)
{
	return str_printf(arena, "keur:%s%zu", what, index);
}

static int by_place(const void *a, const void *b)
{
	const struct edit *left = a, *right = b;
	return (left->start > right->start) - (left->start < right->start);
}

static void edit_link(
		const struct xsd_source *source, const struct xsd_link *link, struct arena *arena, struct edits *edits)
{
	uint32_t start, end;
	if (!link->location || !xml_value_span(source->doc, link->location, &start, &end)) return;
	struct edit edit = {start, end, STR("keur:none")};
	if (link->import)
		edit = (struct edit){xml_offset(source->doc, link->location), end + 1, STR("")};
	else if (link->target != UINT32_MAX)
		edit.text = name_text(arena, "", link->target);
	*vec_push(edits) = edit;
}

/* A declaration says what encoding the bytes had; the text is in UTF-8 whatever it says. */
static void edit_head(const struct xsd_source *source, struct edits *edits)
{
	struct str bytes = source->doc->source->bytes;
	uint32_t bom = str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
	struct str rest = str_skip(bytes, bom);
	size_t end = str_starts(rest, STR("<?xml")) && rest.len > 5 && memchr(" \t\r\n", rest.ptr[5], 4)
						 ? str_find_str(rest, STR("?>")) + 2
						 : 0;
	if (bom + end > 0) *vec_push(edits) = (struct edit){0, (uint32_t)(bom + end), STR("")};
}

static bool declares(const xmlNode *element, const xmlChar *prefix)
{
	for (const xmlNs *ns = element->nsDef; ns; ns = ns->next)
		if (prefix && ns->prefix ? strcmp((const char *)prefix, (const char *)ns->prefix) == 0 : prefix == ns->prefix)
			return true;
	return false;
}

static void add_escaped(struct strbuf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '&')
			strbuf_add(out, STR("&amp;"));
		else if (*text == '<')
			strbuf_add(out, STR("&lt;"));
		else if (*text == '\'')
			strbuf_add(out, STR("&apos;"));
		else
			strbuf_add_char(out, *text);
	}
}

/* A schema in `types` stands under the namespaces that the elements around it declare. */
static struct str declarations_around(const xmlNode *schema, struct arena *arena)
{
	struct strbuf out;
	strbuf_init(&out, SIZE_MAX / 2);
	for (const xmlNode *around = schema->parent; around && around->type == XML_ELEMENT_NODE; around = around->parent)
		for (const xmlNs *ns = around->nsDef; ns; ns = ns->next) {
			bool hidden = false;
			for (const xmlNode *in = schema; in != around && !hidden; in = in->parent)
				hidden = declares(in, ns->prefix);
			if (hidden) continue;
			strbuf_printf(&out, " xmlns%s%s='", ns->prefix ? ":" : "", ns->prefix ? (const char *)ns->prefix : "");
			add_escaped(&out, ns->href ? (const char *)ns->href : "");
			strbuf_add_char(&out, '\'');
		}
	return strbuf_take(&out, arena);
}

/* As many line ends in front as there are in the document, so that lines stay what they are. */
static void add_lines(struct strbuf *out, struct str before)
{
	for (size_t i = 0; i < before.len; i++)
		if (before.ptr[i] == '\n') strbuf_add_char(out, '\n');
}

static const char *write_source(const struct xsd_source *source, struct arena *arena)
{
	struct edits edits = {0};
	struct strbuf out;
	struct str bytes = source->doc->source->bytes;
	bool embedded = source->schema != source->doc->xml->root;
	uint32_t at = embedded ? xml_offset(source->doc, source->schema) : 0;
	uint32_t end = embedded ? xml_offset_behind(source->doc, source->schema) : (uint32_t)bytes.len;
	strbuf_init(&out, SIZE_MAX / 2);
	if (embedded) {
		uint32_t name = xml_offset_end(source->doc, source->schema);
		*vec_push(&edits) = (struct edit){name, name, declarations_around(source->schema, arena)};
		add_lines(&out, (struct str){bytes.ptr, at});
	} else {
		edit_head(source, &edits);
	}
	for (size_t i = 0; i < source->links.count; i++)
		edit_link(source, &source->links.items[i], arena, &edits);
	if (edits.count) qsort(edits.items, edits.count, sizeof *edits.items, by_place);
	for (size_t i = 0; i < edits.count; i++) {
		strbuf_add(&out, (struct str){bytes.ptr + at, edits.items[i].start - at});
		strbuf_add(&out, edits.items[i].text);
		at = edits.items[i].end;
	}
	strbuf_add(&out, (struct str){bytes.ptr + at, end - at});
	vec_release(&edits);
	return strbuf_take(&out, arena).ptr;
}

static void add_import(struct strbuf *out, struct str ns, struct str location)
{
	strbuf_add(out, STR("<xs:import"));
	if (ns.len) {
		strbuf_add(out, STR(" namespace='"));
		add_escaped(out, ns.ptr);
		strbuf_add_char(out, '\'');
	}
	strbuf_printf(out, " schemaLocation='%.*s'/>", STR_FMT(location));
}

/* A set may use the attributes of XML without bringing their schema. */
static bool lacks_xml(const struct xsd_set *set)
{
	for (size_t i = 0; i < set->namespaces.count; i++)
		if (str_eq(set->namespaces.items[i], STR(XML_NAMESPACE))) return false;
	return true;
}

static void add_imports(const struct xsd_set *set, size_t but, struct arena *arena, struct strbuf *out)
{
	for (size_t i = 0; i < set->namespaces.count; i++)
		if (i != but) add_import(out, set->namespaces.items[i], name_text(arena, "ns", i));
	if (lacks_xml(set)) add_import(out, STR(XML_NAMESPACE), STR("keur:xml"));
}

static const char *write_namespace(const struct xsd_set *set, size_t index, struct arena *arena)
{
	struct strbuf out;
	struct str ns = set->namespaces.items[index];
	strbuf_init(&out, SIZE_MAX / 2);
	strbuf_add(&out, STR("<xs:schema xmlns:xs='" XSD_NAMESPACE "'"));
	if (ns.len) {
		strbuf_add(&out, STR(" targetNamespace='"));
		add_escaped(&out, ns.ptr);
		strbuf_add_char(&out, '\'');
	}
	strbuf_add_char(&out, '>');
	add_imports(set, index, arena, &out);
	for (size_t i = 0; i < set->sources.count; i++) {
		if (!str_eq(set->sources.items[i].ns, ns)) continue;
		struct str name = name_text(arena, "", i);
		strbuf_printf(&out, "<xs:include schemaLocation='%.*s'/>", STR_FMT(name));
	}
	strbuf_add(&out, STR("</xs:schema>"));
	return strbuf_take(&out, arena).ptr;
}

/* It has no namespace, so it may not import what has none: then it is the schema of that. */
static struct str write_entry(const struct xsd_set *set, struct arena *arena)
{
	struct strbuf out;
	for (size_t i = 0; i < set->namespaces.count; i++)
		if (!set->namespaces.items[i].len) return str_of(write_namespace(set, i, arena));
	strbuf_init(&out, SIZE_MAX / 2);
	strbuf_add(&out, STR("<xs:schema xmlns:xs='" XSD_NAMESPACE "'>"));
	add_imports(set, SIZE_MAX, arena, &out);
	strbuf_add(&out, STR("</xs:schema>"));
	return strbuf_take(&out, arena);
}

void xsd_merge(const struct xsd_set *set, struct arena *arena, struct xsd_texts *texts)
{
	size_t most = set->sources.count + set->namespaces.count + 2;
	*texts = (struct xsd_texts){.items = arena_alloc(arena, most * sizeof *texts->items)};
	for (size_t i = 0; i < set->sources.count; i++)
		texts->items[texts->count++] = (struct xml_served){
				name_text(arena, "", i).ptr, write_source(&set->sources.items[i], arena)};
	for (size_t i = 0; i < set->namespaces.count; i++)
		texts->items[texts->count++] = (struct xml_served){
				name_text(arena, "ns", i).ptr, write_namespace(set, i, arena)};
	texts->items[texts->count++] = (struct xml_served){"keur:xml", xml_attributes};
	texts->items[texts->count++] = (struct xml_served){"keur:none", nothing};
	texts->entry = write_entry(set, arena);
}
