/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads the files of a Schematron schema. */
#include "engine/schematron_source.h"

#include <strings.h>

#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"
#include "doc/uri_path.h"

static void close_doc(void *doc)
{
	doc_close(doc);
}

/* Where the name of the encoding stands in an XML declaration, when it is that of Latin-1; else bytes.len. */
static size_t latin_at(struct str bytes)
{
	struct str head = {bytes.ptr, str_starts(bytes, STR("<?xml")) ? str_find(bytes, '>') : 0};
	size_t at = str_find_str(head, STR("encoding"));
	while (at < head.len && head.ptr[at] != '"' && head.ptr[at] != '\'')
		at++;
	struct str name = str_skip(head, at + 1);
	return name.len > 10 && strncasecmp(name.ptr, "ISO-8859-1", 10) == 0 && name.ptr[10] == head.ptr[at] ? at + 1
																										 : bytes.len;
}

/* Published schemas are in Latin-1 at times: the same text in UTF-8, with every character at its column. */
static struct doc *open_latin(struct str path, struct str bytes, size_t name, struct err *err)
{
	struct strbuf text;
	strbuf_init(&text, (size_t)2 * LIMIT_XML_DOCUMENT_BYTES);
	strbuf_add(&text, (struct str){bytes.ptr, name});
	strbuf_printf(&text, "UTF-8%c     ", bytes.ptr[name + 10]);
	for (size_t i = name + 11; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.ptr[i];
		if (c >= 0x80) strbuf_add_char(&text, (char)(0xC0 | c >> 6));
		strbuf_add_char(&text, (char)(c < 0x80 ? c : 0x80 | (c & 0x3F)));
	}
	struct doc *doc = doc_of_any(path, strbuf_str(&text), err);
	strbuf_release(&text);
	return doc;
}

static struct doc *open_any(struct str path, struct err *err)
{
	struct arena *scratch = arena_new();
	struct str bytes;
	struct doc *doc = NULL;
	if (io_read(scratch, path.ptr, LIMIT_XML_DOCUMENT_BYTES, &bytes, err)) {
		size_t name = latin_at(bytes);
		doc = name < bytes.len ? open_latin(path, bytes, name, err) : doc_of_any(path, bytes, err);
	}
	arena_free(scratch);
	return doc;
}

static const struct doc *open_file(struct schematron_source *source, struct str path, struct loc from)
{
	for (size_t i = 0; i < source->files.count; i++)
		if (str_eq(source->files.items[i].path, path)) return source->files.items[i].doc;
	if (source->files.count == LIMIT_SCHEMATRON_FILES) {
		err_set(source->err, ERR_LIMIT, from, "the schema has more than %d files",
				"het schema heeft meer dan %d bestanden", LIMIT_SCHEMATRON_FILES);
		return NULL;
	}
	struct doc *doc = open_any(path, source->err);
	if (!doc) return NULL;
	arena_on_free(source->arena, close_doc, doc);
	if (doc->format != DOC_XML) {
		err_set(source->err, ERR_RULES, (struct loc){.file = path, .line = 1, .column = 1},
				"expected XML with Schematron, found something else",
				"verwacht werd XML met Schematron, gevonden iets anders");
		return NULL;
	}
	*vec_push(&source->files) = (struct schematron_file){path, doc};
	return doc;
}

bool source_open(struct schematron_source *source, const char *path, struct schematron_element *root)
{
	struct str name = path_normalize(str_of(path), source->arena);
	struct str base = path_base(name);
	source->folder = (struct str){name.ptr, name.len - base.len};
	const struct doc *doc = open_file(source, name, (struct loc){.file = name});
	if (!doc) return false;
	struct schematron_chain *chain = arena_zalloc(source->arena, sizeof *chain);
	chain->path = name;
	*root = (struct schematron_element){.doc = doc, .node = doc->xml->root, .chain = chain};
	return true;
}

void source_release(struct schematron_source *source)
{
	vec_release(&source->files);
}

bool element_is_ours(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE && node->ns &&
		   strcmp((const char *)node->ns->href, SCHEMATRON_NAMESPACE) == 0;
}

bool element_is(struct schematron_element element, const char *name)
{
	return element_is_ours(element.node) && strcmp((const char *)element.node->name, name) == 0;
}

static const xmlAttr *attribute_of(const xmlNode *node, const char *name)
{
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
		if (!attribute->ns && strcmp((const char *)attribute->name, name) == 0) return attribute;
	return NULL;
}

const xmlAttr *element_attribute_node(struct schematron_element element, const char *name)
{
	return attribute_of(element.node, name);
}

static void add_text(struct strbuf *out, const xmlNode *node)
{
	for (const xmlNode *child = node->children; child; child = child->next) {
		if ((child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) && child->content)
			strbuf_add(out, str_of((const char *)child->content));
		else if (child->type == XML_ELEMENT_NODE)
			add_text(out, child);
	}
}

struct str element_text(struct arena *arena, const xmlNode *node)
{
	struct strbuf out;
	strbuf_init(&out, LIMIT_MESSAGE_BYTES);
	add_text(&out, node);
	return strbuf_take(&out, arena);
}

/* The longest parameter that `text` begins with: "$code-list" may be the parameter code and "-list". */
static const struct schematron_param *find_param(const struct schematron_params *params, struct str text)
{
	const struct schematron_param *best = NULL;
	struct str name = {text.ptr, xpath_name_length(text)};
	for (uint32_t i = 0; i < params->count; i++) {
		const struct schematron_param *param = &params->items[i];
		if (str_eq(param->name, name)) return param;
		if (str_starts(name, param->name) && (!best || param->name.len > best->name.len)) best = param;
	}
	return best;
}

static struct str fill_in(struct schematron_source *source, const struct schematron_params *params, struct str text)
{
	struct strbuf out;
	strbuf_init(&out, LIMIT_SCHEMATRON_EXPRESSION_BYTES + 1);
	while (text.len) {
		size_t dollar = str_find(text, '$');
		strbuf_add(&out, (struct str){text.ptr, dollar});
		text = str_skip(text, dollar);
		if (!text.len) break;
		const struct schematron_param *param = find_param(params, str_skip(text, 1));
		strbuf_add(&out, param ? param->value : STR("$"));
		text = str_skip(text, 1 + (param ? param->name.len : 0));
	}
	struct str filled = out.overflow ? (struct str){NULL, SIZE_MAX} : str_copy(source->arena, strbuf_str(&out));
	strbuf_release(&out);
	return filled;
}

struct str element_attribute(struct schematron_source *source, struct schematron_element element, const char *name)
{
	const xmlAttr *attribute = attribute_of(element.node, name);
	if (!attribute) return (struct str){NULL, 0};
	struct str text = element_text(source->arena, (const xmlNode *)attribute);
	if (element.params && str_find(text, '$') < text.len) text = fill_in(source, element.params, text);
	if (text.len <= LIMIT_SCHEMATRON_EXPRESSION_BYTES) return text;
	struct loc loc = source_loc(element.doc->source, xml_offset(element.doc, (const xmlNode *)attribute));
	err_set(source->err, ERR_LIMIT, loc, "attribute %s is longer than %d bytes, parameters filled in",
			"attribuut %s is langer dan %d bytes, met ingevulde parameters", name, LIMIT_SCHEMATRON_EXPRESSION_BYTES);
	return (struct str){NULL, 0};
}

bool element_flag(struct schematron_source *source, struct schematron_element element, const char *name)
{
	struct str value = element_attribute(source, element, name);
	return str_eq(value, STR("true")) || str_eq(value, STR("yes")) || str_eq(value, STR("1"));
}

struct str element_lang(const xmlNode *node)
{
	for (; node && node->type == XML_ELEMENT_NODE; node = node->parent)
		for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
			if (attribute->ns && strcmp((const char *)attribute->name, "lang") == 0 &&
					strcmp((const char *)attribute->ns->prefix, "xml") == 0)
				return attribute->children && attribute->children->content
							   ? str_of((const char *)attribute->children->content)
							   : STR("");
	return STR("");
}

bool element_fail(const struct schematron_source *source, struct schematron_element element, const char *attribute,
		struct text message)
{
	const xmlAttr *at = attribute ? attribute_of(element.node, attribute) : NULL;
	uint32_t offset = xml_offset(element.doc, at ? (const xmlNode *)at : element.node);
	return err_set_text(source->err, ERR_RULES, source_loc(element.doc->source, offset), (struct text){0}, message);
}

bool source_count(struct schematron_source *source, struct schematron_element element)
{
	if (++source->parts <= LIMIT_SCHEMATRON_PARTS) return true;
	struct loc loc = source_loc(element.doc->source, xml_offset(element.doc, element.node));
	return err_set(source->err, ERR_LIMIT, loc,
			"the schema has more than %d parts, includes and abstract patterns put in place",
			"het schema heeft meer dan %d delen, met includes en abstracte patronen op hun plaats",
			LIMIT_SCHEMATRON_PARTS);
}

/* Below the folder of the schema, or that of a folder beside it. */
static bool is_near(struct schematron_source *source, struct str path)
{
	if (!source->folder.len) {
		if (!str_starts(path, STR("../"))) return path.len && path.ptr[0] != '/';
		struct str rest = str_skip(path, 3);
		return !str_starts(rest, STR("../"));
	}
	struct str parent = {source->folder.ptr, source->folder.len - 1};
	while (parent.len && parent.ptr[parent.len - 1] != '/')
		parent.len--;
	if (parent.len) return str_starts(path, parent);
	return path.len && path.ptr[0] != '/' && !str_starts(path, STR("../../"));
}

static const xmlNode *find_id(const xmlNode *node, struct str id)
{
	const xmlNode *root = node;
	while (node) {
		for (const xmlAttr *attribute = node->type == XML_ELEMENT_NODE ? node->properties : NULL; attribute;
				attribute = attribute->next)
			if (strcmp((const char *)attribute->name, "id") == 0 && attribute->children &&
					str_eq(str_of((const char *)attribute->children->content), id))
				return node;
		const xmlNode *next = node->type == XML_ELEMENT_NODE ? node->children : NULL;
		while (!next && node != root) {
			next = node->next;
			if (!next) node = node->parent;
		}
		node = next;
	}
	return NULL;
}

static bool extend_chain(struct schematron_source *source, struct schematron_element from, struct str path,
		const struct schematron_chain **chain)
{
	unsigned depth = from.chain->depth + 1;
	for (const struct schematron_chain *outer = from.chain; outer; outer = outer->outer)
		if (str_eq(outer->path, path))
			return element_fail(source, from, "href",
					text_printf(source->arena, "%.*s includes itself; take this out",
							"%.*s neemt zichzelf op; haal dit weg", STR_FMT(path)));
	if (depth > LIMIT_EXTENDS_DEPTH)
		return element_fail(source, from, "href",
				text_printf(source->arena, "more than %d files include each other",
						"meer dan %d bestanden nemen elkaar op", LIMIT_EXTENDS_DEPTH));
	struct schematron_chain *item = arena_alloc(source->arena, sizeof *item);
	*item = (struct schematron_chain){path, from.chain, depth};
	*chain = item;
	return true;
}

bool source_follow(struct schematron_source *source, struct schematron_element from, struct schematron_element *to)
{
	struct str href = element_attribute(source, from, "href"), file, fragment, path;
	if (!href.ptr)
		return element_fail(source, from, NULL, TEXT("expected an attribute href", "verwacht werd een attribuut href"));
	uri_split(href, &file, &fragment);
	enum uri_place kind = uri_to_path(file, from.doc->source->name, source->arena, &path);
	if (kind == URI_SAME) path = path_normalize(from.doc->source->name, source->arena);
	if (kind != URI_SAME && (kind != URI_FILE || !is_near(source, path)))
		return element_fail(source, from, "href",
				text_printf(source->arena,
						"expected a file in the folder of the schema, below it or in a folder beside it, found %.*s",
						"verwacht werd een bestand in de map van het schema, daaronder of in een map ernaast, gevonden %.*s",
						STR_FMT(href)));
	struct str link = fragment.len ? str_printf(source->arena, "%.*s#%.*s", STR_FMT(path), STR_FMT(fragment)) : path;
	*to = from;
	if (!source_count(source, from) || !extend_chain(source, from, link, &to->chain)) return false;
	uint32_t at = xml_offset(from.doc, (const xmlNode *)element_attribute_node(from, "href"));
	to->doc = open_file(source, path, source_loc(from.doc->source, at));
	if (!to->doc) return false;
	to->node = fragment.len ? find_id(to->doc->xml->root, fragment) : to->doc->xml->root;
	return to->node || element_fail(source, from, "href",
							   text_printf(source->arena, "there is no element with id %.*s in that file",
									   "dat bestand heeft geen element met id %.*s", STR_FMT(fragment)));
}

static bool is_allowed(const char *const *allowed, const char *name)
{
	for (; *allowed; allowed++)
		if (strcmp(*allowed, name) == 0) return true;
	return false;
}

static bool visit_child(struct schematron_source *source, struct schematron_element parent,
		struct schematron_element child, const char *const *allowed, element_visit *visit, element_visit *foreign,
		void *context)
{
	const char *name = (const char *)child.node->name;
	if (!element_is_ours(child.node)) return !foreign || foreign(context, child);
	if (strcmp(name, "include") == 0) {
		struct schematron_element target = child;
		return source_follow(source, child, &target) &&
			   visit_child(source, parent, target, allowed, visit, foreign, context);
	}
	if (!is_allowed(allowed, name))
		return element_fail(source, child, NULL,
				text_printf(source->arena, "element %s of Schematron is not known, or has no place in %s",
						"element %s van Schematron is niet bekend, of hoort niet in %s", name,
						(const char *)parent.node->name));
	return visit(context, child);
}

bool source_children(struct schematron_source *source, struct schematron_element parent, const char *const *allowed,
		element_visit *visit, element_visit *foreign, void *context)
{
	for (const xmlNode *node = parent.node->children; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE) continue;
		struct schematron_element child = {parent.doc, node, parent.chain, parent.params};
		if (!visit_child(source, parent, child, allowed, visit, foreign, context)) return false;
		if (source->err->code) return false;
	}
	return true;
}
