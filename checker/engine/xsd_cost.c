/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a set would cost libxml2, estimated before it sees it: libxml2 compares the particles and attributes of a type
 * each with each, after groups are filled in and bases are added. Groups that use groups twice grow without bound, and
 * so do unions of unions. An element that others may substitute counts for all of them. Particles one after another
 * that may all be absent it compares in the third power, as each can follow on each before it.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/xsd_set.h"

enum state { NEW, BUSY, DONE };

/* Of a type, a group or a part of one, filled in; of a simple type, the members of its unions. */
struct weight {
	uint64_t particles; /* and attributes */
	uint64_t optional;  /* particles one after another that may be absent, at most */
};

/* A named group, attribute group, type or global element. */
struct named {
	const struct xsd_source *source;
	const xmlNode *node;
	struct weight weight;
	uint64_t substitutes; /* of an element */
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

static struct weight weigh_children(struct estimate *estimate, const struct xsd_source *source, const xmlNode *parent);

static struct weight sum(struct weight a, struct weight b)
{
	struct weight sum = {a.particles + b.particles, a.optional + b.optional};
	if (sum.particles > LIMIT_XSD_MODEL) sum.particles = LIMIT_XSD_MODEL + 1;
	if (sum.optional > LIMIT_XSD_MODEL) sum.optional = LIMIT_XSD_MODEL + 1;
	return sum;
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

static struct weight weigh_named(struct estimate *estimate, size_t index)
{
	struct named named = estimate->all.items[index];
	if (named.state == DONE) return named.weight;
	if (named.state == BUSY) return (struct weight){0}; /* a ring, which libxml2 refuses */
	if (estimate->depth >= LIMIT_XSD_DERIVATION) return (struct weight){.particles = LIMIT_XSD_MODEL + 1};
	estimate->all.items[index].state = BUSY;
	estimate->depth++;
	named.weight = weigh_children(estimate, named.source, named.node);
	estimate->depth--;
	named.state = DONE;
	estimate->all.items[index] = named;
	return named.weight;
}

/* The component of a name that has perhaps a prefix; NULL when there is none. */
static uint32_t *find_named(struct estimate *estimate, const struct xsd_source *source, const xmlNode *node,
		struct str name, const char *kind)
{
	if (!name.ptr) return NULL;
	size_t colon = str_find(name, ':');
	struct str prefix = colon < name.len ? (struct str){name.ptr, colon} : STR("");
	struct str local = colon < name.len ? str_skip(name, colon + 1) : name;
	struct arena *scratch = arena_new();
	uint32_t *index = strmap_get(&estimate->names, key_of(scratch, kind, namespace_at(source, node, prefix), local));
	arena_free(scratch);
	return index;
}

/* What the component that an attribute names adds; nothing when there is none of that name. */
static struct weight weigh_reference(struct estimate *estimate, const struct xsd_source *source, const xmlNode *node,
		const char *attribute, const char *kind)
{
	uint32_t *index = find_named(estimate, source, node, xsd_attribute(node, attribute, NULL), kind);
	return index ? weigh_named(estimate, *index) : (struct weight){0};
}

/* The members of a union: each is one type at least, and as many as it has members itself. */
static struct weight weigh_union(struct estimate *estimate, const struct xsd_source *source, const xmlNode *node)
{
	struct weight weight = {0};
	struct str rest = xsd_attribute(node, "memberTypes", NULL);
	while (rest.len > 0 && weight.particles <= LIMIT_XSD_MODEL) {
		size_t length = 0;
		while (length < rest.len && !memchr(" \t\r\n", rest.ptr[length], 4))
			length++;
		uint32_t *index = find_named(estimate, source, node, (struct str){rest.ptr, length}, "simpleType");
		struct weight member = index ? weigh_named(estimate, *index) : (struct weight){0};
		if (length > 0) weight = sum(weight, member.particles ? member : (struct weight){.particles = 1});
		rest = str_skip(rest, length < rest.len ? length + 1 : length);
	}
	for (const xmlNode *type = node->children; type && weight.particles <= LIMIT_XSD_MODEL; type = type->next) {
		if (!xsd_is(type, "simpleType")) continue;
		struct weight member = weigh_children(estimate, source, type);
		weight = sum(weight, member.particles ? member : (struct weight){.particles = 1});
	}
	return weight;
}

static struct weight weigh_element(struct estimate *estimate, const struct xsd_source *source, const xmlNode *node)
{
	uint32_t *index = find_named(estimate, source, node, xsd_attribute(node, "ref", NULL), "element");
	struct weight own = {.particles = 1}, others = {.particles = index ? estimate->all.items[*index].substitutes : 0};
	return sum(own, others);
}

/* As part of its type, however often it may be there. */
static struct weight weigh_once(struct estimate *estimate, const struct xsd_source *source, const xmlNode *node)
{
	if (xsd_is(node, "element")) return weigh_element(estimate, source, node);
	if (xsd_is(node, "attribute") || xsd_is(node, "any")) return (struct weight){.particles = 1};
	if (xsd_is(node, "complexType") || xsd_is(node, "simpleType")) return (struct weight){0}; /* a model of its own */
	if (xsd_is(node, "group")) return weigh_reference(estimate, source, node, "ref", "group");
	if (xsd_is(node, "attributeGroup")) return weigh_reference(estimate, source, node, "ref", "attributeGroup");
	if (xsd_is(node, "union")) return weigh_union(estimate, source, node);
	struct weight weight = {0};
	if (xsd_is(node, "extension")) weight = weigh_reference(estimate, source, node, "base", "complexType");
	if (xsd_is(node, "restriction")) weight = weigh_reference(estimate, source, node, "base", "simpleType");
	weight = sum(weight, weigh_children(estimate, source, node));
	if (xsd_is(node, "choice") && weight.optional > 1) weight.optional = 1; /* one of them is there, or none */
	return weight;
}

static struct weight weigh(struct estimate *estimate, const struct xsd_source *source, const xmlNode *node)
{
	struct weight weight = weigh_once(estimate, source, node);
	struct str least = xsd_attribute(node, "minOccurs", NULL);
	if (least.ptr && str_eq(least, STR("0")) && weight.optional == 0) weight.optional = 1;
	return weight;
}

static struct weight weigh_children(struct estimate *estimate, const struct xsd_source *source, const xmlNode *parent)
{
	struct weight weight = {0};
	for (const xmlNode *node = parent->children; node && weight.particles <= LIMIT_XSD_MODEL; node = node->next)
		if (node->type == XML_ELEMENT_NODE) weight = sum(weight, weigh(estimate, source, node));
	return weight;
}

static void note_names(struct estimate *estimate, const struct xsd_source *source)
{
	static const char *const kinds[] = {"group", "attributeGroup", "complexType", "simpleType", "element"};
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

static bool is_model(const xmlNode *node)
{
	return xsd_is(node, "complexType") || xsd_is(node, "simpleType") || xsd_is(node, "group") ||
		   xsd_is(node, "attributeGroup");
}

/* Every type and group below a node, wherever it stands: without recursion, along the tree. */
static bool add_models(struct estimate *estimate, const struct xsd_source *source, struct err *err)
{
	const xmlNode *node = source->schema;
	while (node) {
		struct weight weight = is_model(node) ? weigh_children(estimate, source, node) : (struct weight){0};
		estimate->cost += weight.particles * weight.particles;
		estimate->cost += weight.optional * weight.optional * weight.optional / LIMIT_XSD_OPTIONAL;
		if (weight.particles > LIMIT_XSD_MODEL || estimate->cost > LIMIT_XSD_COST)
			return refuse(estimate, source, node, err);
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

/* An element substitutes the head that it names, and whatever that one substitutes. */
static bool add_substitutes(struct estimate *estimate, struct err *err)
{
	for (size_t i = 0; i < estimate->all.count; i++) {
		const struct named *named = &estimate->all.items[i];
		for (int hops = 0; hops < LIMIT_XSD_DERIVATION && xsd_is(named->node, "element"); hops++) {
			uint32_t *head = find_named(estimate, named->source, named->node,
					xsd_attribute(named->node, "substitutionGroup", NULL), "element");
			if (!head) break;
			named = &estimate->all.items[*head];
			estimate->all.items[*head].substitutes++;
			if (++estimate->cost > LIMIT_XSD_COST) return refuse(estimate, named->source, named->node, err);
		}
	}
	return true;
}

bool xsd_admit(const struct xsd_set *set, struct err *err)
{
	struct estimate estimate = {.set = set, .arena = arena_new()};
	bool ok = true;
	for (size_t i = 0; i < set->sources.count; i++)
		note_names(&estimate, &set->sources.items[i]);
	ok = add_substitutes(&estimate, err);
	for (size_t i = 0; i < set->sources.count && ok; i++)
		ok = add_models(&estimate, &set->sources.items[i], err);
	vec_release(&estimate.all);
	strmap_release(&estimate.names);
	arena_free(estimate.arena);
	return ok;
}
