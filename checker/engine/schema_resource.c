/* `$id`, anchors and `$ref` of a schema: what names a place, and where a name leads. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/schema_compiler.h"

/* Where a keyword holds schemas: itself, a list of them, or an object of them. */
enum holds { HOLDS_SCHEMA = 1, HOLDS_LIST = 2, HOLDS_OBJECT = 4 };

static const struct {
	const char *name;
	uint8_t holds;
} holders[] = {
		{"$defs", HOLDS_OBJECT},
		{"definitions", HOLDS_OBJECT},
		{"properties", HOLDS_OBJECT},
		{"patternProperties", HOLDS_OBJECT},
		{"dependentSchemas", HOLDS_OBJECT},
		{"dependencies", HOLDS_OBJECT},
		{"additionalProperties", HOLDS_SCHEMA},
		{"propertyNames", HOLDS_SCHEMA},
		{"items", HOLDS_SCHEMA | HOLDS_LIST},
		{"additionalItems", HOLDS_SCHEMA},
		{"prefixItems", HOLDS_LIST},
		{"contains", HOLDS_SCHEMA},
		{"allOf", HOLDS_LIST},
		{"anyOf", HOLDS_LIST},
		{"oneOf", HOLDS_LIST},
		{"not", HOLDS_SCHEMA},
		{"if", HOLDS_SCHEMA},
		{"then", HOLDS_SCHEMA},
		{"else", HOLDS_SCHEMA},
};

enum { HOLDER_COUNT = sizeof holders / sizeof holders[0] };

static size_t known_slot(const struct compiler *compiler, const struct node *node)
{
	size_t slot = ((uintptr_t)node >> 4) * 0x9E3779B97F4A7C15u >> 7 & (compiler->known_capacity - 1);
	while (compiler->known[slot].node && compiler->known[slot].node != node)
		slot = (slot + 1) & (compiler->known_capacity - 1);
	return slot;
}

static void grow_known(struct compiler *compiler)
{
	struct known *old = compiler->known;
	size_t old_capacity = compiler->known_capacity;
	compiler->known_capacity = old_capacity ? old_capacity * 2 : 256;
	compiler->known = mem_resize(NULL, compiler->known_capacity, sizeof *compiler->known);
	memset(compiler->known, 0, compiler->known_capacity * sizeof *compiler->known);
	for (size_t i = 0; i < old_capacity; i++)
		if (old[i].node) compiler->known[known_slot(compiler, old[i].node)] = old[i];
	free(old);
}

struct known *compiler_known(struct compiler *compiler, const struct node *node)
{
	if (compiler->known_count * 2 >= compiler->known_capacity) grow_known(compiler);
	struct known *known = &compiler->known[known_slot(compiler, node)];
	if (!known->node) {
		*known = (struct known){node, NO_BLOCK, NO_BLOCK};
		compiler->known_count++;
	}
	return known;
}

/* Length of "scheme:" at the start of a URI, 0 when it is relative. */
static size_t scheme_length(struct str uri)
{
	for (size_t i = 0; i < uri.len; i++) {
		char c = uri.ptr[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		bool other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
		if (c == ':' && i > 0) return i + 1;
		if (!letter && !(other && i > 0)) return 0;
	}
	return 0;
}

/* Length of "scheme://authority", or of "scheme:" where there is no authority. */
static size_t authority_end(struct str uri)
{
	size_t at = scheme_length(uri);
	if (!str_starts(str_skip(uri, at), STR("//"))) return at;
	at += 2;
	return at + str_find(str_skip(uri, at), '/');
}

/* Removes "." and ".." steps from a path, in place (RFC 3986 section 5.2.4); `root` bytes before it stay. */
static void remove_dots(struct strbuf *buf, size_t root)
{
	struct str path = {buf->ptr ? buf->ptr + root : "", buf->len - root};
	size_t out = root;
	while (path.len > 0) {
		size_t slash = str_find(path, '/');
		size_t length = slash < path.len ? slash + 1 : slash;
		struct str step = {path.ptr, slash};
		path = str_skip(path, length);
		if (str_eq(step, STR("."))) continue;
		if (str_eq(step, STR(".."))) {
			if (out > root + 1) out--;
			while (out > root && buf->ptr[out - 1] != '/')
				out--;
			continue;
		}
		memmove(buf->ptr + out, step.ptr, length);
		out += length;
	}
	buf->len = out;
}

/* Resolves a reference without fragment against a base, as far as that goes textually. */
static struct str resolve_uri(struct arena *arena, struct str base, struct str reference)
{
	if (reference.len == 0) return base;
	if (scheme_length(reference) || base.len == 0) return reference;
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	size_t root = authority_end(base);
	size_t keep = root;
	if (reference.ptr[0] != '/')
		for (size_t i = root; i < base.len; i++)
			if (base.ptr[i] == '/') keep = i + 1;
	strbuf_add(&buf, (struct str){base.ptr, keep});
	if (keep == root && root > 0 && reference.ptr[0] != '/') strbuf_add_char(&buf, '/');
	strbuf_add(&buf, reference);
	remove_dots(&buf, root);
	struct str uri = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return uri;
}

/* A URI without its fragment, and the fragment without "#". */
static struct str split_fragment(struct str uri, struct str *fragment)
{
	size_t hash = str_find(uri, '#');
	*fragment = str_skip(uri, hash < uri.len ? hash + 1 : hash);
	return (struct str){uri.ptr, hash};
}

static void add_anchor(struct compiler *compiler, uint32_t resource, struct str name, const struct node *node)
{
	if (name.len > 0) *vec_push(&compiler->anchors) = (struct anchor){resource, name, node};
}

/* Notes what names this schema; returns the resource that it belongs to. */
static uint32_t note_names(struct compiler *compiler, const struct node *schema, uint32_t resource)
{
	bool old = compiler->options.draft <= SCHEMA_DRAFT7;
	struct str id = node_string_member(schema, compiler->options.draft == SCHEMA_DRAFT4 ? STR("id") : STR("$id"));
	bool overridden = old && !compiler->options.ref_siblings && node_member(schema, STR("$ref"));
	if (id.ptr && !overridden) {
		struct str fragment;
		struct str uri = split_fragment(id, &fragment);
		if (uri.len > 0 && schema != compiler->root) {
			uri = resolve_uri(compiler->arena, compiler->resources.items[resource].uri, uri);
			resource = (uint32_t)compiler->resources.count;
			*vec_push(&compiler->resources) = (struct resource){uri, schema};
		}
		if (old) add_anchor(compiler, resource, fragment, schema);
	}
	if (!old) {
		add_anchor(compiler, resource, node_string_member(schema, STR("$anchor")), schema);
		add_anchor(compiler, resource, node_string_member(schema, STR("$dynamicAnchor")), schema);
	}
	return resource;
}

static bool find_below(struct compiler *compiler, const struct node *schema, uint32_t resource, int depth);

static bool find_children(struct compiler *compiler, const struct node *holder, uint32_t resource, int depth)
{
	for (uint32_t i = 0; i < node_count(holder); i++)
		if (!find_below(compiler, &holder->children[i], resource, depth)) return false;
	return true;
}

static bool find_below(struct compiler *compiler, const struct node *schema, uint32_t resource, int depth)
{
	if (schema->kind != NODE_OBJECT) return true;
	if (depth > LIMIT_DEPTH) return compiler_fail(compiler, "schema", schema, "nests too deeply", "is te diep genest");
	resource = note_names(compiler, schema, resource);
	compiler_known(compiler, schema)->resource = resource;
	for (size_t i = 0; i < HOLDER_COUNT; i++) {
		const struct node *value = node_member(schema, str_of(holders[i].name));
		if (!value) continue;
		bool members = value->kind == NODE_OBJECT && holders[i].holds & HOLDS_OBJECT;
		bool elements = value->kind == NODE_ARRAY && holders[i].holds & HOLDS_LIST;
		if ((members || elements) && !find_children(compiler, value, resource, depth + 1)) return false;
		if (holders[i].holds & HOLDS_SCHEMA && !find_below(compiler, value, resource, depth + 1)) return false;
	}
	return true;
}

bool compiler_find_resources(struct compiler *compiler)
{
	struct str id = node_string_member(
			compiler->root, compiler->options.draft == SCHEMA_DRAFT4 ? STR("id") : STR("$id"));
	struct str fragment;
	struct str uri = split_fragment(id, &fragment);
	*vec_push(&compiler->resources) = (struct resource){uri, compiler->root};
	return find_below(compiler, compiler->root, 0, 0);
}

static const struct resource *find_resource(const struct compiler *compiler, struct str uri)
{
	for (size_t i = 0; i < compiler->resources.count; i++)
		if (str_eq(compiler->resources.items[i].uri, uri)) return &compiler->resources.items[i];
	return NULL;
}

/* What a fragment names in a resource, or NULL; a pointer may lead into another one. */
static const struct node *find_fragment(struct compiler *compiler, uint32_t *resource, struct str fragment)
{
	const struct node *node = compiler->resources.items[*resource].node;
	if (fragment.len == 0) return node;
	if (fragment.ptr[0] != '/') {
		for (size_t i = 0; i < compiler->anchors.count; i++) {
			const struct anchor *anchor = &compiler->anchors.items[i];
			if (anchor->resource == *resource && str_eq(anchor->name, fragment)) return anchor->node;
		}
		return NULL;
	}
	struct str pointer;
	if (!pointer_decode_fragment(fragment, compiler->arena, &pointer)) return NULL;
	node = pointer_get(node, pointer);
	if (node && compiler_known(compiler, node)->resource != NO_BLOCK)
		*resource = compiler_known(compiler, node)->resource;
	return node;
}

bool compiler_resolve(
		struct compiler *compiler, const struct node *reference, const struct node **target, uint32_t *resource)
{
	struct str fragment;
	struct str uri = split_fragment(node_text(reference), &fragment);
	*resource = compiler->blocks.items[compiler->current].resource;
	if (uri.len > 0) {
		uri = resolve_uri(compiler->arena, compiler->resources.items[*resource].uri, uri);
		const struct resource *found = find_resource(compiler, uri);
		if (!found)
			return compiler_fail(compiler, "$ref", reference,
					"leads to another document, which is not supported: copy what it needs below \"$defs\"",
					"verwijst naar een ander document; dat wordt niet ondersteund: neem wat nodig is op onder \"$defs\"");
		*resource = (uint32_t)(found - compiler->resources.items);
	}
	*target = find_fragment(compiler, resource, fragment);
	if (*target) return true;
	struct str named = str_printf(compiler->arena, "%.*s", STR_FMT(node_text(reference)));
	struct str en = str_printf(compiler->arena, "leads nowhere: there is no %s in this schema", named.ptr);
	struct str nl = str_printf(compiler->arena, "leidt nergens heen: dit schema heeft geen %s", named.ptr);
	return compiler_fail(compiler, "$ref", reference, en.ptr, nl.ptr);
}

bool compiler_has_reference(const struct node *schema)
{
	for (uint32_t i = 0; i < node_count(schema); i++) {
		const struct node *child = &schema->children[i];
		if (child->key && (str_eq(node_key(child), STR("$ref")) || str_eq(node_key(child), STR("$dynamicRef"))))
			return true;
		if (node_is_container(child) && compiler_has_reference(child)) return true;
	}
	return false;
}
