/*
 * What a set would cost libxml2, estimated before it sees it: libxml2 compares the particles and attributes of a type
 * each with each, after groups are filled in and bases are added. Groups that use groups twice grow without bound.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/xsd_set.h"

enum state { NEW, BUSY, DONE };

/* A named group, attribute group or complex type. */
struct named {
	const struct xsd_source *source;
	const xmlNode *node;
	uint64_t weight; /* particles and attributes, filled in */
	enum state state;
};

struct estimate {
	const struct xsd_set *set;
	struct arena *arena;
	struct strmap names; /* "kind {namespace}name" */
	struct {
		struct named *items;
		size_t count, capacity;
	} all;
	uint64_t cost;
	int depth;
};

static uint64_t weigh_children(struct estimate *estimate, const struct xsd_source *source, const xmlNode *parent);

static uint64_t capped(uint64_t weight)
{
	return weight < LIMIT_XSD_MODEL ? weight : LIMIT_XSD_MODEL + 1;
}

static struct str key_of(struct arena *arena, const char *kind, struct str ns, struct str name)
{
	return str_printf(arena, "%s {%.*s}%.*s", kind, STR_FMT(ns), STR_FMT(name));
}

/* The namespace of a prefix at a node; what has no prefix and no default namespace is of the schema when that borrows
 * one. */
static struct str namespace_at(const struct xsd_source *source, const xmlNode *node, struct str prefix)
{
	for (; node && node->type == XML_ELEMENT_NODE; node = node->parent)
		for (const xmlNs *ns = node->nsDef; ns; ns = ns->next)
			if (str_eq(prefix, ns->prefix ? str_of((const char *)ns->prefix) : STR("")) && ns->href)
				return str_of((const char *)ns->href);
	return source->ns;
}

static uint64_t weigh_named(struct estimate *estimate, size_t index)
{
	struct named named = estimate->all.items[index];
	if (named.state == DONE) return named.weight;
	if (named.state == BUSY) return 0; /* a ring, which libxml2 refuses */
	if (estimate->depth >= LIMIT_XSD_DERIVATION) return LIMIT_XSD_MODEL + 1;
	estimate->all.items[index].state = BUSY;
	estimate->depth++;
	named.weight = capped(weigh_children(estimate, named.source, named.node));
	estimate->depth--;
	named.state = DONE;
	estimate->all.items[index] = named;
	return named.weight;
}

/* What the component that an attribute names adds; nothing when there is none of that name. */
static uint64_t weigh_reference(struct estimate *estimate, const struct xsd_source *source, const xmlNode *node,
		const char *attribute, const char *kind)
{
	struct str name = xsd_attribute(node, attribute, NULL);
	if (!name.ptr) return 0;
	size_t colon = str_find(name, ':');
	struct str prefix = colon < name.len ? (struct str){name.ptr, colon} : STR("");
	struct str local = colon < name.len ? str_skip(name, colon + 1) : name;
	struct arena *scratch = arena_new();
	uint32_t *index = strmap_get(&estimate->names, key_of(scratch, kind, namespace_at(source, node, prefix), local));
	arena_free(scratch);
	return index ? weigh_named(estimate, *index) : 0;
}

static uint64_t weigh(struct estimate *estimate, const struct xsd_source *source, const xmlNode *node)
{
	if (xsd_is(node, "element") || xsd_is(node, "attribute") || xsd_is(node, "any")) return 1;
	if (xsd_is(node, "complexType") || xsd_is(node, "simpleType")) return 0; /* has a model of its own */
	if (xsd_is(node, "group")) return weigh_reference(estimate, source, node, "ref", "group");
	if (xsd_is(node, "attributeGroup")) return weigh_reference(estimate, source, node, "ref", "attributeGroup");
	uint64_t weight = xsd_is(node, "extension") ? weigh_reference(estimate, source, node, "base", "complexType") : 0;
	return capped(weight + weigh_children(estimate, source, node));
}

static uint64_t weigh_children(struct estimate *estimate, const struct xsd_source *source, const xmlNode *parent)
{
	uint64_t weight = 0;
	for (const xmlNode *node = parent->children; node && weight <= LIMIT_XSD_MODEL; node = node->next)
		if (node->type == XML_ELEMENT_NODE) weight = capped(weight + weigh(estimate, source, node));
	return weight;
}

static void note_names(struct estimate *estimate, const struct xsd_source *source)
{
	static const char *const kinds[] = {"group", "attributeGroup", "complexType"};
	for (const xmlNode *node = source->schema->children; node; node = node->next)
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
			struct str name = xsd_is(node, kinds[i]) ? xsd_attribute(node, "name", NULL) : (struct str){NULL, 0};
			if (!name.ptr) continue;
			strmap_put(&estimate->names, key_of(estimate->arena, kinds[i], source->ns, name),
					(uint32_t)estimate->all.count);
			*vec_push(&estimate->all) = (struct named){.source = source, .node = node};
		}
}

static bool refuse(
		const struct estimate *estimate, const struct xsd_source *source, const xmlNode *node, struct err *err)
{
	struct place place = source_locate(source->doc->source, xml_offset(source->doc, node));
	struct loc loc = {xsd_folder_name(&estimate->set->folder, source->below), place.line, place.column, {NULL, 0}};
	return err_set(err, ERR_LIMIT, loc,
			"expected types of at most %d particles and attributes, groups and bases filled in, and in all of them "
			"together work that can be done; found more",
			"verwacht typen van hoogstens %d particles en attributen, met groepen en basistypen ingevuld, en alles bij "
			"elkaar werk dat te doen is; gevonden meer",
			LIMIT_XSD_MODEL);
}

/* Every type and group below a node, wherever it stands: without recursion, along the tree. */
static bool add_models(struct estimate *estimate, const struct xsd_source *source, struct err *err)
{
	const xmlNode *node = source->schema;
	while (node) {
		bool model = xsd_is(node, "complexType") || xsd_is(node, "group") || xsd_is(node, "attributeGroup");
		uint64_t weight = model ? weigh_children(estimate, source, node) : 0;
		estimate->cost += weight * weight;
		if (weight > LIMIT_XSD_MODEL || estimate->cost > LIMIT_XSD_COST) return refuse(estimate, source, node, err);
		if (node->type == XML_ELEMENT_NODE && node->children) {
			node = node->children;
			continue;
		}
		while (node != source->schema && !node->next)
			node = node->parent;
		node = node == source->schema ? NULL : node->next;
	}
	return true;
}

bool xsd_admit(const struct xsd_set *set, struct err *err)
{
	struct estimate estimate = {.set = set, .arena = arena_new()};
	bool ok = true;
	for (size_t i = 0; i < set->sources.count; i++)
		note_names(&estimate, &set->sources.items[i]);
	for (size_t i = 0; i < set->sources.count && ok; i++)
		ok = add_models(&estimate, &set->sources.items[i], err);
	vec_release(&estimate.all);
	strmap_release(&estimate.names);
	arena_free(estimate.arena);
	return ok;
}
