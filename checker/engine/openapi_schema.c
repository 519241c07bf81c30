/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles the schemas of a description, and finds the documents that they refer to. */
#include "engine/openapi_schema.h"

#include "base/vec.h"
#include "doc/hash.h"
#include "doc/pointer.h"
#include "doc/strmap.h"
#include "doc/uri.h"

struct compiled {
	const struct node *node; /* NULL: free */
	enum schema_direction direction;
	const struct schema *schema; /* NULL: see `why` */
	struct text why;
};

struct openapi_schemas {
	struct schema_resolver resolver;
	struct arena *arena;
	const struct openapi *openapi;
	struct str *uris;    /* of each document of the references */
	struct strmap names; /* those, to their numbers */
	struct compiled *slots;
	uint32_t count, capacity;
	bool known_dialect;
	struct schema_options options;
};

/* How many folders above the working folder a path starts. */
static uint32_t climbs(struct str path)
{
	uint32_t count = 0;
	for (; str_starts(path, STR("../")); path = str_skip(path, 3))
		count++;
	return count;
}

/* A URI for a path: below as many made-up folders as the path that climbs most needs. */
static struct str uri_of(struct arena *arena, struct str path, uint32_t most)
{
	if (uri_scheme(path)) return path;
	if (path.len && path.ptr[0] == '/') return str_printf(arena, "file://root%.*s", STR_FMT(path));
	uint32_t own = climbs(path);
	struct strbuf uri;
	strbuf_init(&uri, SIZE_MAX / 2);
	strbuf_add(&uri, STR("file://here/"));
	for (uint32_t i = own; i < most; i++)
		strbuf_add(&uri, STR("-/"));
	strbuf_add(&uri, str_skip(path, (size_t)own * 3));
	return strbuf_take(&uri, arena);
}

static bool find_document(struct schema_resolver *resolver, struct str uri, struct schema_document *document)
{
	struct openapi_schemas *schemas = (struct openapi_schemas *)resolver;
	struct str plain;
	const uint32_t *number = NULL;
	if (pointer_decode_fragment(uri, schemas->arena, &plain)) number = strmap_get(&schemas->names, plain);
	if (!number) return false;
	const struct doc *doc = schemas->openapi->refs->docs[*number];
	*document = (struct schema_document){doc->root, doc->source};
	return true;
}

static void release_names(void *schemas)
{
	strmap_release(&((struct openapi_schemas *)schemas)->names);
	free(((struct openapi_schemas *)schemas)->slots);
}

/* Which dialect schemas without `$schema` are of; false when `jsonSchemaDialect` names none that we know. */
static bool read_dialect(const struct openapi *openapi, struct schema_options *options)
{
	options->openapi = SCHEMA_OPENAPI_3_0;
	if (openapi->version == OPENAPI_2_0) options->openapi = SCHEMA_NO_OPENAPI;
	if (openapi->version == OPENAPI_2_0) options->draft = SCHEMA_DRAFT4;
	if (openapi->version < OPENAPI_3_1) return true;
	options->openapi = SCHEMA_OPENAPI_3_1;
	const struct node *dialect = node_member(openapi->refs->main->root, STR("jsonSchemaDialect"));
	if (!dialect) return true;
	if (dialect->kind != NODE_STRING) return false;
	if (str_starts(node_text(dialect), STR("https://spec.openapis.org/oas/3."))) return true;
	options->openapi = SCHEMA_NO_OPENAPI;
	return schema_draft_of(node_text(dialect), &options->draft);
}

/* Does any of the documents hold one of these texts? */
static bool holds(const struct refs *refs, const char *const *signs)
{
	for (uint32_t i = 0; i < refs->doc_count; i++)
		for (const char *const *sign = signs; *sign; sign++)
			if (str_find_str(refs->docs[i]->source->bytes, str_of(*sign)) < refs->docs[i]->source->bytes.len)
				return true;
	return false;
}

/* What counts on the flag `u` in a pattern, and what names schemas, escapes included. */
static const char *const unicode_signs[] = {"\\p{", "\\P{", "\\u{", NULL};
static const char *const name_signs[] = {
		"$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "\\u0024", "\\x24", "\\U00000024", NULL};

struct openapi_schemas *openapi_schemas_new(struct arena *arena, const struct openapi *openapi)
{
	const struct refs *refs = openapi->refs;
	struct openapi_schemas *schemas = arena_zalloc(arena, sizeof *schemas);
	*schemas = (struct openapi_schemas){.resolver = {find_document}, .arena = arena, .openapi = openapi};
	arena_on_free(arena, release_names, schemas);
	schemas->uris = arena_alloc(arena, (refs->doc_count + 1) * sizeof *schemas->uris);
	uint32_t most = 0;
	for (uint32_t i = 0; i < refs->doc_count; i++)
		if (climbs(refs->docs[i]->source->name) > most) most = climbs(refs->docs[i]->source->name);
	for (uint32_t i = 0; i < refs->doc_count; i++) {
		schemas->uris[i] = uri_of(arena, refs->docs[i]->source->name, most);
		strmap_put(&schemas->names, schemas->uris[i], i);
	}
	schemas->options = (struct schema_options){
			.formats = true, .standard_formats = true, .unicode = true, .resolver = &schemas->resolver};
	schemas->options.anonymous = !holds(refs, name_signs);
	schemas->known_dialect = read_dialect(openapi, &schemas->options);
	return schemas;
}

void openapi_schemas_loosen(struct openapi_schemas *schemas)
{
	schemas->options.loose_null = true;
	schemas->options.open_references = true;
}

static uint32_t number_of(const struct refs *refs, const struct doc *doc)
{
	uint32_t i = 0;
	while (i + 1 < refs->doc_count && refs->docs[i] != doc)
		i++;
	return i;
}

static struct text in_place(struct arena *arena, const struct err *err)
{
	struct str en = str_copy(arena, err->message.in[LANG_EN]);
	struct str nl = str_copy(arena, text_in(err->message, LANG_NL));
	return text_printf(arena, "%.*s:%u:%u: %s%.0s", "%.*s:%u:%u: %.0s%s", STR_FMT(err->loc.file), err->loc.line,
			err->loc.column, en.ptr, nl.ptr);
}

/*
 * Patterns of descriptions are often written without the flag `u` in mind, which refuses needless escapes: what is
 * refused with it is tried without, unless some pattern means something else then.
 */
static void compile(struct openapi_schemas *schemas, const struct target *at, struct compiled *compiled)
{
	struct err err;
	const struct refs *refs = schemas->openapi->refs;
	struct schema_options options = schemas->options;
	err_init(&err, schemas->arena);
	options.direction = compiled->direction;
	options.document = at->doc->root;
	options.base = schemas->uris[number_of(refs, at->doc)];
	compiled->schema = schema_compile(schemas->arena, at->doc->source, at->node, &options, &err);
	if (!compiled->schema && !holds(refs, unicode_signs)) {
		struct err again;
		err_init(&again, schemas->arena);
		options.unicode = false;
		compiled->schema = schema_compile(schemas->arena, at->doc->source, at->node, &options, &again);
	}
	if (!compiled->schema) compiled->why = in_place(schemas->arena, &err);
}

static struct compiled *slot_of(
		const struct openapi_schemas *schemas, const struct node *node, enum schema_direction direction)
{
	uint64_t hash = hash_mix((uint64_t)(uintptr_t)node, (uint64_t)direction + 1);
	uint32_t slot = (uint32_t)hash & (schemas->capacity - 1);
	while (schemas->slots[slot].node &&
			(schemas->slots[slot].node != node || schemas->slots[slot].direction != direction))
		slot = (slot + 1) & (schemas->capacity - 1);
	return &schemas->slots[slot];
}

static void grow(struct openapi_schemas *schemas)
{
	struct openapi_schemas old = *schemas;
	if (schemas->capacity && (schemas->count + 1) * 2 <= schemas->capacity) return;
	schemas->capacity = old.capacity ? old.capacity * 2 : 64;
	schemas->slots = mem_resize(NULL, schemas->capacity, sizeof *schemas->slots);
	memset(schemas->slots, 0, schemas->capacity * sizeof *schemas->slots);
	for (uint32_t i = 0; i < old.capacity; i++)
		if (old.slots[i].node) *slot_of(schemas, old.slots[i].node, old.slots[i].direction) = old.slots[i];
	free(old.slots);
}

const struct schema *openapi_schema(
		struct openapi_schemas *schemas, const struct target *at, enum schema_direction direction, struct text *why)
{
	if (!schemas->known_dialect) {
		*why = TEXT("\"jsonSchemaDialect\" names a dialect of JSON Schema that keur does not know",
				"\"jsonSchemaDialect\" noemt een dialect van JSON Schema dat keur niet kent");
		return NULL;
	}
	grow(schemas);
	struct compiled *slot = slot_of(schemas, at->node, direction);
	if (!slot->node) {
		*slot = (struct compiled){.node = at->node, .direction = direction};
		schemas->count++;
		compile(schemas, at, slot);
	}
	if (!slot->schema) *why = slot->why;
	return slot->schema;
}

const struct doc *openapi_doc_of(const struct openapi *openapi, struct str pointer, const struct node *node)
{
	const struct refs *refs = openapi->refs;
	for (uint32_t i = 0; i < refs->doc_count; i++)
		if (pointer_get(refs->docs[i]->root, pointer) == node) return refs->docs[i];
	return NULL;
}
