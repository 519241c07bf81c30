/* SPDX-License-Identifier: EUPL-1.2 */
/* Finds what names places in schemas: `$id` and anchors, document by document. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "doc/uri.h"
#include "engine/schema_compiler.h"

/* Where a keyword holds schemas: itself, a list of them, or an object of them. */
enum holds { HOLDS_SCHEMA = 1, HOLDS_LIST = 2, HOLDS_OBJECT = 4 };

static const struct {
	const char *name;
	uint8_t holds;
	uint8_t from, to;
} holders[] = {
		{"$defs", HOLDS_OBJECT, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"definitions", HOLDS_OBJECT, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"properties", HOLDS_OBJECT, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"patternProperties", HOLDS_OBJECT, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"dependentSchemas", HOLDS_OBJECT, SCHEMA_2019_09, SCHEMA_2020_12},
		{"dependencies", HOLDS_OBJECT, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"additionalProperties", HOLDS_SCHEMA, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"unevaluatedProperties", HOLDS_SCHEMA, SCHEMA_2019_09, SCHEMA_2020_12},
		{"propertyNames", HOLDS_SCHEMA, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"items", HOLDS_SCHEMA | HOLDS_LIST, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"additionalItems", HOLDS_SCHEMA, SCHEMA_DRAFT4, SCHEMA_2019_09},
		{"unevaluatedItems", HOLDS_SCHEMA, SCHEMA_2019_09, SCHEMA_2020_12},
		{"prefixItems", HOLDS_LIST, SCHEMA_2020_12, SCHEMA_2020_12},
		{"contains", HOLDS_SCHEMA, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"contentSchema", HOLDS_SCHEMA, SCHEMA_2019_09, SCHEMA_2020_12},
		{"allOf", HOLDS_LIST, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"anyOf", HOLDS_LIST, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"oneOf", HOLDS_LIST, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"not", HOLDS_SCHEMA, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"if", HOLDS_SCHEMA, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"then", HOLDS_SCHEMA, SCHEMA_DRAFT4, SCHEMA_2020_12},
		{"else", HOLDS_SCHEMA, SCHEMA_DRAFT4, SCHEMA_2020_12},
};

enum { HOLDER_COUNT = sizeof holders / sizeof holders[0] };

/* A place on the way down, to write its pointer. */
struct trail {
	const struct schema_place *place; /* of the schema that holds the keyword */
	const char *keyword;
};

struct str compiler_id(const struct compiler *compiler, const struct node *schema, const struct dialect *dialect)
{
	bool old = dialect->draft <= SCHEMA_DRAFT7;
	struct str none = {NULL, 0};
	if (dialect->openapi == SCHEMA_OPENAPI_3_0) return none;
	if (old && !compiler->options.ref_siblings && node_member(schema, STR("$ref"))) return none;
	return node_string_member(schema, dialect->draft == SCHEMA_DRAFT4 ? STR("id") : STR("$id"));
}

/* The name by which an anchor is found, beside the URIs of resources. */
static struct str anchor_key(struct compiler *compiler, uint32_t resource, struct str name)
{
	struct str uri = compiler->resources.items[resource].uri;
	return str_printf(compiler->arena, "%.*s#%.*s", STR_FMT(uri), STR_FMT(name));
}

static void add_anchor(
		struct compiler *compiler, uint32_t resource, struct str name, const struct node *node, bool dynamic)
{
	if (!name.ptr) return;
	uint32_t number = (uint32_t)compiler->anchors.count;
	*vec_push(&compiler->anchors) = (struct anchor){resource, name, node, dynamic};
	struct str key = anchor_key(compiler, resource, name);
	if (name.len > 0 && !strmap_get(&compiler->names, key)) strmap_put(&compiler->names, key, number);
}

/* The first resource of a name keeps it. */
static void add_name(struct compiler *compiler, struct str uri, uint32_t resource)
{
	if (!strmap_get(&compiler->names, uri)) strmap_put(&compiler->names, uri, resource);
}

static void note_anchors(struct compiler *compiler, const struct node *schema, uint32_t resource)
{
	enum schema_draft draft = compiler->resources.items[resource].dialect.draft;
	if (draft < SCHEMA_2019_09) return;
	add_anchor(compiler, resource, node_string_member(schema, STR("$anchor")), schema, false);
	if (draft >= SCHEMA_2020_12)
		add_anchor(compiler, resource, node_string_member(schema, STR("$dynamicAnchor")), schema, true);
	const struct node *recursive = node_member(schema, STR("$recursiveAnchor"));
	bool root = compiler->resources.items[resource].node == schema;
	if (draft == SCHEMA_2019_09 && root && recursive && recursive->kind == NODE_TRUE)
		add_anchor(compiler, resource, STR(""), schema, true);
}

/* Notes what names this schema; `*resource` becomes the one that it belongs to. */
static bool note_names(
		struct compiler *compiler, const struct node *schema, uint32_t *resource, const struct schema_place *place)
{
	struct resource outer = compiler->resources.items[*resource];
	struct dialect dialect = outer.dialect;
	if (schema != outer.node && node_member(schema, STR("$schema")) &&
			!compiler_read_dialect(compiler, schema, outer.source, &dialect))
		return false;
	struct str id = compiler_id(compiler, schema, &dialect);
	struct str fragment;
	struct str uri = uri_without_fragment(id, &fragment);
	if (id.ptr && uri.len > 0 && schema != outer.node) {
		uri = uri_resolve(compiler->arena, outer.uri, uri);
		*resource = (uint32_t)compiler->resources.count;
		*vec_push(&compiler->resources) = (struct resource){uri, schema, outer.source, dialect, place};
		add_name(compiler, uri, *resource);
	}
	if (id.ptr && fragment.len > 0 && dialect.draft <= SCHEMA_DRAFT7)
		add_anchor(compiler, *resource, fragment, schema, false);
	note_anchors(compiler, schema, *resource);
	return true;
}

static bool scan(struct compiler *compiler, const struct node *schema, uint32_t resource,
		const struct schema_place *place, int depth);

static bool scan_children(
		struct compiler *compiler, const struct node *holder, uint32_t resource, const struct trail *trail, int depth)
{
	for (uint32_t i = 0; i < node_count(holder); i++) {
		const struct node *child = &holder->children[i];
		if (child->kind != NODE_OBJECT) continue;
		const struct schema_place *place = schema_place_member(compiler->arena, trail->place, str_of(trail->keyword));
		place = child->key ? schema_place_member(compiler->arena, place, node_key(child))
						   : schema_place_element(compiler->arena, place, i);
		if (!scan(compiler, child, resource, place, depth)) return false;
	}
	return true;
}

static bool scan_holder(struct compiler *compiler, const struct node *value, uint32_t resource, uint8_t holds,
		const struct trail *trail, int depth)
{
	bool members = value->kind == NODE_OBJECT && holds & HOLDS_OBJECT;
	bool elements = value->kind == NODE_ARRAY && holds & HOLDS_LIST;
	if ((members || elements) && !scan_children(compiler, value, resource, trail, depth + 1)) return false;
	if (!(holds & HOLDS_SCHEMA) || value->kind != NODE_OBJECT) return true;
	const struct schema_place *place = schema_place_member(compiler->arena, trail->place, str_of(trail->keyword));
	return scan(compiler, value, resource, place, depth + 1);
}

static bool scan(struct compiler *compiler, const struct node *schema, uint32_t resource,
		const struct schema_place *place, int depth)
{
	if (schema->kind != NODE_OBJECT || compiler_known(compiler, schema)->scanned) return true;
	if (depth > LIMIT_DEPTH) return compiler_fail(compiler, "schema", schema, "nests too deeply", "is te diep genest");
	compiler_known(compiler, schema)->scanned = true;
	if (!note_names(compiler, schema, &resource, place)) return false;
	struct known *known = compiler_known(compiler, schema);
	known->resource = resource;
	known->place = place;
	enum schema_draft draft = compiler->resources.items[resource].dialect.draft;
	for (size_t i = 0; i < HOLDER_COUNT; i++) {
		const struct node *value = node_member(schema, str_of(holders[i].name));
		struct trail trail = {place, holders[i].name};
		if (!value || !node_is_container(value) || draft < holders[i].from || draft > holders[i].to) continue;
		if (!scan_holder(compiler, value, resource, holders[i].holds, &trail, depth)) return false;
	}
	return true;
}

bool compiler_scan(
		struct compiler *compiler, const struct node *schema, uint32_t resource, const struct schema_place *place)
{
	return scan(compiler, schema, resource, place, 0);
}

/* Schemas of an OpenAPI document may be named by `$id` and anchors wherever a reference comes from. */
static bool scan_components(struct compiler *compiler, const struct node *document, uint32_t resource)
{
	const struct node *schemas = node_member(node_member(document, STR("components")), STR("schemas"));
	struct trail trail = {schema_place_member(compiler->arena, NULL, STR("components")), "schemas"};
	return scan_children(compiler, schemas ? schemas : document, resource, &trail, 0);
}

bool compiler_add_document(struct compiler *compiler, const struct node *root, struct source *source, struct str uri,
		const struct dialect *dialect, uint32_t *resource)
{
	uint32_t index = (uint32_t)compiler->resources.count;
	*vec_push(&compiler->resources) = (struct resource){uri, root, source, *dialect, NULL};
	if (uri.len > 0) add_name(compiler, uri, index);
	if (resource) *resource = index;
	compiler->documents++;
	if (root != compiler->root && compiler->options.document == root)
		return !dialect->openapi || compiler->options.anonymous || scan_components(compiler, root, index);
	struct dialect own = *dialect;
	if (!compiler_read_dialect(compiler, root, source, &own)) return false;
	struct str fragment;
	struct str id = uri_without_fragment(compiler_id(compiler, root, &own), &fragment);
	if (id.len > 0) id = uri_resolve(compiler->arena, uri, id);
	struct resource *self = &compiler->resources.items[index];
	self->dialect = own;
	if (id.len > 0) {
		self->uri = id;
		add_name(compiler, id, index);
	}
	return compiler_scan(compiler, root, index, NULL);
}
