/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads a schema set: the entry, and whatever it includes and imports, each once. */
#include "engine/xsd_set.h"

#include "base/limits.h"
#include "base/vec.h"
#include "engine/xsd_doctype.h"

#define WSDL_NAMESPACE "http://schemas.xmlsoap.org/wsdl/"

static bool is_in(const xmlNode *node, const char *namespace, const char *name)
{
	return node->type == XML_ELEMENT_NODE && node->ns && strcmp((const char *)node->ns->href, namespace) == 0 &&
		   strcmp((const char *)node->name, name) == 0;
}

bool xsd_is(const xmlNode *node, const char *name)
{
	return is_in(node, XSD_NAMESPACE, name);
}

struct str xsd_attribute(const xmlNode *element, const char *name, const xmlNode **attribute)
{
	for (const xmlAttr *at = element->properties; at; at = at->next) {
		if (at->ns || strcmp((const char *)at->name, name) != 0) continue;
		if (attribute) *attribute = (const xmlNode *)at;
		/* There are no entities: a value is one text, or none at all. */
		return at->children && at->children->content ? str_of((const char *)at->children->content) : STR("");
	}
	return (struct str){NULL, 0};
}

static struct loc place_of(const struct xsd_set *set, const struct xsd_source *source, const xmlNode *node)
{
	struct place place = source_locate(source->doc->source, xml_offset(source->doc, node));
	return (struct loc){xsd_folder_name(&set->folder, source->below), place.line, place.column, {NULL, 0}};
}

static void remark(struct xsd_set *set, struct loc loc, struct text message)
{
	if (set->remarks.count == LIMIT_XSD_REMARKS) return;
	for (size_t i = 0; i < set->remarks.count; i++) {
		const struct xsd_remark *other = &set->remarks.items[i];
		if (other->loc.line == loc.line && other->loc.column == loc.column && str_eq(other->loc.file, loc.file)) return;
	}
	*vec_push(&set->remarks) = (struct xsd_remark){loc, message};
}

static bool too_large(const struct xsd_set *set, struct str below, struct err *err)
{
	return err_set(err, ERR_LIMIT, (struct loc){.file = xsd_folder_name(&set->folder, below)},
			"expected a schema set of at most %d files, %d schemas, %d includes and imports, %d elements and %d MiB; found "
			"more",
			"verwacht een schemaverzameling van hoogstens %d bestanden, %d schema's, %d keer include en import, %d elementen "
			"en %d MiB; gevonden meer",
			LIMIT_XSD_FILES, LIMIT_XSD_SOURCES, LIMIT_XSD_LINKS, LIMIT_XSD_NODES, LIMIT_XSD_BYTES >> 20);
}

/* Opens a file once. NULL with the error. */
static const struct doc *open_file(struct xsd_set *set, struct str below, struct err *err)
{
	for (size_t i = 0; i < set->files.count; i++)
		if (str_eq(set->files.items[i].below, below)) return set->files.items[i].doc;
	struct str name = xsd_folder_name(&set->folder, below);
	struct err found;
	err_init(&found, set->arena);
	struct doc *doc = xsd_open_document(xsd_folder_path(&set->folder, below).ptr, &found);
	if (!doc || !doc->xml) {
		found.loc.file = name;
		if (doc)
			err_set(err, ERR_SYNTAX, (struct loc){.file = name, .line = 1, .column = 1},
					"expected an XML Schema, found a document that is no XML",
					"verwacht een XML-schema, gevonden een document dat geen XML is");
		else
			err_set_text(err, found.code, found.loc, (struct text){0}, found.message);
		doc_close(doc);
		return NULL;
	}
	*vec_push(&set->files) = (struct xsd_opened){.below = below, .doc = doc};
	set->bytes += doc->source->bytes.len;
	set->nodes += doc->xml->count;
	if (set->files.count <= LIMIT_XSD_FILES && set->bytes <= LIMIT_XSD_BYTES && set->nodes <= LIMIT_XSD_NODES)
		return doc;
	too_large(set, below, err);
	return NULL;
}

static void note_namespace(struct xsd_set *set, struct str ns)
{
	for (size_t i = 0; i < set->namespaces.count; i++)
		if (str_eq(set->namespaces.items[i], ns)) return;
	*vec_push(&set->namespaces) = ns;
}

/* The schema for that namespace, which is the one that it has or, when it has none, that of whoever includes it. */
static bool add_source(struct xsd_set *set, const struct doc *doc, const xmlNode *schema, struct str below,
		struct str ns, uint32_t *index, struct err *err)
{
	for (*index = 0; *index < set->sources.count; ++*index)
		if (set->sources.items[*index].schema == schema && str_eq(set->sources.items[*index].ns, ns)) return true;
	if (*index == LIMIT_XSD_SOURCES) return too_large(set, below, err);
	*vec_push(&set->sources) = (struct xsd_source){.doc = doc, .schema = schema, .below = below, .ns = ns};
	note_namespace(set, ns);
	return true;
}

static struct text with_location(struct xsd_set *set, const char *en, const char *nl, struct str location)
{
	return (struct text){{str_printf(set->arena, "%s: '%.*s'", en, STR_FMT(location)),
			str_printf(set->arena, "%s: '%.*s'", nl, STR_FMT(location))}};
}

static void remark_slip(struct xsd_set *set, struct loc loc, struct str location, struct str taken)
{
	remark(set, loc,
			text_printf(set->arena, "names '%.*s'; %.*s was taken for it", "noemt '%.*s'; daarvoor is %.*s genomen",
					STR_FMT(location), STR_FMT(taken)));
}

/* The file that an include or import names; `*found` is empty when it is not there, which is remarked. */
static bool find_file(struct xsd_set *set, const struct xsd_source *from, const struct xsd_link *link,
		struct str location, struct str *found, struct err *err)
{
	struct loc loc = place_of(set, from, link->location ? link->location : link->element);
	*found = STR("");
	switch (xsd_folder_find(&set->folder, from->below, location, found)) {
	case XSD_THERE:
		return true;
	case XSD_SLIP:
		remark_slip(set, loc, location, xsd_folder_name(&set->folder, *found));
		return true;
	case XSD_OUTSIDE:
		return err_set(err, ERR_RULES, loc,
				"'%.*s' leads out of the folder of the schema set, or is called no schema; it "
				"is not read: put it in the folder (.xsd, .wsdl or .xml), by relative path",
				"'%.*s' leidt buiten de map van de schemaverzameling, of heet niet als een schema; het wordt niet gelezen: "
				"zet het in de map (.xsd, .wsdl of .xml), met een relatief pad",
				STR_FMT(location));
	default:
		remark(set, loc,
				with_location(set, "names a file that is not there; it is left out",
						"noemt een bestand dat er niet is; het is weggelaten", location));
		*found = STR("");
		return true;
	}
}

static bool open_schema(struct xsd_set *set, const struct xsd_source *from, const struct xsd_link *link,
		struct str below, const struct doc **doc, struct err *err)
{
	*doc = open_file(set, below, err);
	if (!*doc) return false;
	if (xsd_is((*doc)->xml->root, "schema")) return true;
	struct str name = xsd_folder_name(&set->folder, below);
	return err_set(err, ERR_RULES, place_of(set, from, link->element),
			"expected an XML Schema at %.*s, found another document",
			"verwacht een XML-schema op %.*s, gevonden een ander "
			"document",
			STR_FMT(name));
}

static struct str target_of(const xmlNode *schema)
{
	struct str ns = xsd_attribute(schema, "targetNamespace", NULL);
	return ns.ptr ? ns : STR("");
}

static bool follow_include(
		struct xsd_set *set, uint32_t index, struct xsd_link *link, struct str below, struct err *err)
{
	struct xsd_source from = set->sources.items[index];
	const struct doc *doc;
	if (!open_schema(set, &from, link, below, &doc, err)) return false;
	struct str ns = target_of(doc->xml->root);
	if (ns.len && !str_eq(ns, from.ns))
		return err_set(err, ERR_RULES, place_of(set, &from, link->element),
				"includes a schema of another namespace, %.*s; such a schema has to be imported",
				"neemt een schema van een andere namespace op, %.*s; zo'n schema moet geïmporteerd worden",
				STR_FMT(ns));
	if (!add_source(set, doc, doc->xml->root, below, from.ns, &link->target, err)) return false;
	if (link->target == index) link->target = UINT32_MAX; /* itself: nothing is added */
	return true;
}

static bool follow_import(struct xsd_set *set, uint32_t index, struct xsd_link *link, struct str below, struct err *err)
{
	struct xsd_source from = set->sources.items[index];
	const struct doc *doc;
	if (!open_schema(set, &from, link, below, &doc, err)) return false;
	struct str ns = target_of(doc->xml->root), said = xsd_attribute(link->element, "namespace", NULL);
	if (!str_eq(ns, said.ptr ? said : STR("")))
		remark(set, place_of(set, &from, link->element),
				with_location(set, "imports a schema that is of another namespace than it says",
						"importeert een schema dat van een andere namespace is dan er staat", ns));
	return add_source(set, doc, doc->xml->root, below, ns, &link->target, err);
}

static bool follow(struct xsd_set *set, uint32_t index, struct xsd_link *link, struct err *err)
{
	struct str location = xsd_attribute(link->element, "schemaLocation", &link->location), below;
	link->target = UINT32_MAX;
	if (!location.ptr) return true;
	/* Not kept: the sources may move. */
	struct xsd_source from = set->sources.items[index];
	struct str said = xsd_attribute(link->element, "namespace", NULL);
	if (link->import && str_eq(said, STR(XML_NAMESPACE)) && str_find_str(location, STR("://")) < location.len)
		return true;
	if (!find_file(set, &from, link, location, &below, err)) return false;
	if (!below.len) return true;
	return link->import ? follow_import(set, index, link, below, err) : follow_include(set, index, link, below, err);
}

static bool read_source(struct xsd_set *set, uint32_t index, struct err *err)
{
	const xmlNode *schema = set->sources.items[index].schema;
	for (const xmlNode *node = schema->children; node; node = node->next) {
		if (xsd_is(node, "redefine"))
			return err_set(err, ERR_RULES, place_of(set, &set->sources.items[index], node),
					"xs:redefine is not supported: two meanings of one type cannot be merged; define the type under a "
					"name of its own",
					"xs:redefine wordt niet ondersteund: twee betekenissen van één type zijn niet samen te voegen; "
					"definieer het type onder een eigen naam");
		struct xsd_link link = {.element = node, .import = xsd_is(node, "import")};
		if (!link.import && !xsd_is(node, "include")) continue;
		if (++set->links > LIMIT_XSD_LINKS) return too_large(set, set->sources.items[index].below, err);
		if (!follow(set, index, &link, err)) return false;
		*vec_push(&set->sources.items[index].links) = link;
	}
	return true;
}

static bool read_wsdl(struct xsd_set *set, const struct doc *doc, struct str below, struct err *err);

static bool read_types(
		struct xsd_set *set, const struct doc *doc, const xmlNode *types, struct str below, struct err *err)
{
	uint32_t index;
	for (const xmlNode *node = types->children; node; node = node->next)
		if (xsd_is(node, "schema") && !add_source(set, doc, node, below, target_of(node), &index, err)) return false;
	return true;
}

/* wsdl:import, of another WSDL document or of a schema. */
static bool follow_wsdl(
		struct xsd_set *set, const struct doc *doc, const xmlNode *import, struct str below, struct err *err)
{
	uint32_t index;
	struct xsd_source from = {.doc = doc, .below = below};
	struct xsd_link link = {.element = import};
	struct str location = xsd_attribute(import, "location", &link.location), other = STR("");
	if (!location.ptr) return true;
	if (!find_file(set, &from, &link, location, &other, err)) return false;
	const struct doc *imported = other.len ? open_file(set, other, err) : NULL;
	if (!imported) return other.len == 0;
	const xmlNode *root = imported->xml->root;
	return xsd_is(root, "schema") ? add_source(set, imported, root, other, target_of(root), &index, err)
								  : read_wsdl(set, imported, other, err);
}

/* Is it the first time that it is asked? WSDL documents may import each other. */
static bool is_first(struct xsd_set *set, const struct doc *doc)
{
	for (size_t i = 0; i < set->files.count; i++) {
		if (set->files.items[i].doc != doc) continue;
		bool first = !set->files.items[i].walked;
		set->files.items[i].walked = true;
		return first;
	}
	return false;
}

/* A WSDL document, and those that it imports: their schemas. */
static bool read_wsdl(struct xsd_set *set, const struct doc *doc, struct str below, struct err *err)
{
	if (!is_first(set, doc)) return true;
	for (const xmlNode *node = doc->xml->root->children; node; node = node->next) {
		if (is_in(node, WSDL_NAMESPACE, "types") && !read_types(set, doc, node, below, err)) return false;
		if (is_in(node, WSDL_NAMESPACE, "import") && !follow_wsdl(set, doc, node, below, err)) return false;
	}
	return true;
}

static bool read_entry(struct xsd_set *set, struct err *err)
{
	uint32_t index;
	const struct doc *doc = open_file(set, set->folder.entry, err);
	if (!doc) return false;
	const xmlNode *root = doc->xml->root;
	if (xsd_is(root, "schema")) return add_source(set, doc, root, set->folder.entry, target_of(root), &index, err);
	struct loc loc = {xsd_folder_name(&set->folder, set->folder.entry), 1, 1, {NULL, 0}};
	if (!is_in(root, WSDL_NAMESPACE, "definitions"))
		return err_set(err, ERR_RULES, loc, "expected an XML Schema or a WSDL document, found <%s>",
				"verwacht een XML-schema of een WSDL-document, gevonden <%s>", (const char *)root->name);
	if (!read_wsdl(set, doc, set->folder.entry, err)) return false;
	return set->sources.count ||
		   err_set(err, ERR_RULES, loc, "expected a WSDL document with schemas in its types, found %s",
				   "verwacht een WSDL-document met schema's in types, gevonden %s", "0");
}

bool xsd_set_read(struct xsd_set *set, struct err *err)
{
	if (!read_entry(set, err)) return false;
	for (uint32_t i = 0; i < set->sources.count; i++)
		if (!read_source(set, i, err)) return false;
	return true;
}

void xsd_set_release(struct xsd_set *set)
{
	for (size_t i = 0; i < set->sources.count; i++)
		vec_release(&set->sources.items[i].links);
	for (size_t i = 0; i < set->files.count; i++)
		doc_close(set->files.items[i].doc);
	vec_release(&set->sources);
	vec_release(&set->files);
	vec_release(&set->namespaces);
	vec_release(&set->remarks);
}
