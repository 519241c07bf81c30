/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles a schema, block by block, without recursion; keywords are compiled in schema_operand*.c. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/schema_compiler.h"
#include "engine/schema_finish.h"
#include "engine/schema_keyword.h"
#include "engine/schema_operand.h"

static const struct {
	const char *name;
	uint8_t type;
	enum schema_group group; /* of the keywords about it, as ajv groups them */
} types[] = {
		{"null", TYPE_NULL, GROUP_COUNT},
		{"boolean", TYPE_BOOLEAN, GROUP_COUNT},
		{"number", TYPE_NUMBER, GROUP_NUMBER},
		{"integer", TYPE_INTEGER, GROUP_COUNT},
		{"string", TYPE_STRING, GROUP_STRING},
		{"array", TYPE_ARRAY, GROUP_ARRAY},
		{"object", TYPE_OBJECT, GROUP_OBJECT},
};

enum { TYPE_COUNT = sizeof types / sizeof types[0] };

struct resource *compiler_resource(const struct compiler *compiler)
{
	uint32_t index = compiler->current < compiler->blocks.count ? compiler->blocks.items[compiler->current].resource
																: 0;
	return index < compiler->resources.count ? &compiler->resources.items[index] : NULL;
}

const struct dialect *compiler_dialect(const struct compiler *compiler)
{
	return &compiler_resource(compiler)->dialect;
}

/* The place of something below the current block. */
static const struct schema_place *place_below(struct compiler *compiler, const char *keyword, struct str token)
{
	const struct schema_place *place = NULL;
	if (compiler->blocks.count > 0) place = compiler->blocks.items[compiler->current].place;
	if (keyword) place = schema_place_member(compiler->arena, place, str_of(keyword));
	if (token.ptr) place = schema_place_member(compiler->arena, place, token);
	return place;
}

bool compiler_fail(
		struct compiler *compiler, const char *keyword, const struct node *node, const char *en, const char *nl)
{
	struct loc loc = {0};
	struct resource *resource = compiler_resource(compiler);
	if (resource && resource->source && node) loc = source_loc(resource->source, node->start);
	struct str in_english = str_printf(compiler->arena, "JSON Schema: \"%s\" %s", keyword, en);
	struct str in_dutch = str_printf(compiler->arena, "JSON Schema: \"%s\" %s", keyword, nl);
	return err_set(compiler->err, ERR_RULES, loc, "%s%.0s", "%.0s%s", in_english.ptr, in_dutch.ptr);
}

bool compiler_block(
		struct compiler *compiler, const struct node *schema, const char *keyword, struct str token, uint32_t *block)
{
	if (schema->kind != NODE_OBJECT && schema->kind != NODE_TRUE && schema->kind != NODE_FALSE)
		return compiler_fail(compiler, keyword ? keyword : "schema", schema,
				"must be a schema: an object, true or false", "moet een schema zijn: een object, true of false");
	struct known *known = compiler_known(compiler, schema);
	if (known->block != NO_BLOCK) {
		*block = known->block;
		return true;
	}
	if (known->resource == NO_BLOCK)
		known->resource = compiler->blocks.count ? compiler->blocks.items[compiler->current].resource : 0;
	if (!known->scanned && !known->place) known->place = place_below(compiler, keyword, token);
	known->block = *block = (uint32_t)compiler->blocks.count;
	*vec_push(&compiler->blocks) = (struct block){.node = schema,
			.never = schema->kind == NODE_FALSE,
			.resource = known->resource,
			.place = known->place,
			.source = compiler->resources.items[known->resource].source};
	return true;
}

/* In draft 4 itself, though not in ajv's and OpenAPI's, 1.0 is no integer. */
static bool counts_digits(const struct compiler *compiler)
{
	const struct dialect *dialect = compiler_dialect(compiler);
	return dialect->draft == SCHEMA_DRAFT4 && !dialect->openapi && !compiler->options.ref_siblings;
}

static bool add_type(struct compiler *compiler, const struct node *name, struct block *block)
{
	for (size_t i = 0; name->kind == NODE_STRING && i < TYPE_COUNT; i++) {
		if (!str_eq(str_of(types[i].name), node_text(name))) continue;
		block->types |= types[i].type == TYPE_INTEGER && counts_digits(compiler) ? TYPE_DIGITS : types[i].type;
		block->type_group = types[i].group;
		return true;
	}
	return compiler_fail(compiler, "type", name,
			"must be one of null, boolean, number, integer, string, array, object, or a list of those",
			"moet null, boolean, number, integer, string, array of object zijn, of een lijst daarvan");
}

/* Does `nullable: true` count here? */
static bool is_nullable(const struct compiler *compiler, const struct node *schema)
{
	bool counts = compiler->options.nullable || compiler_dialect(compiler)->openapi == SCHEMA_OPENAPI_3_0;
	const struct node *nullable = counts ? node_member(schema, STR("nullable")) : NULL;
	return nullable && nullable->kind == NODE_TRUE;
}

/* ajv checks a single type in place of the keywords about it, if there are any, and else before everything. */
static bool compile_type(struct compiler *compiler, struct block *block, const bool used[GROUP_COUNT])
{
	const struct node *type = node_member(block->node, STR("type"));
	if (!type || !(compiler_dialect(compiler)->vocabularies & VOCABULARY_VALIDATION)) return true;
	uint32_t count = type->kind == NODE_ARRAY ? type->len : 1;
	const struct node *names = type->kind == NODE_ARRAY ? type->children : type;
	if (count == 0) return add_type(compiler, type, block);
	for (uint32_t i = 0; i < count; i++)
		if (!add_type(compiler, &names[i], block)) return false;
	if (is_nullable(compiler, block->node) && !(block->types & TYPE_NULL)) {
		block->types |= TYPE_NULL;
		block->says_null = compiler->options.ref_siblings && compiler_dialect(compiler)->draft == SCHEMA_DRAFT4;
		count++;
	}
	block->type_first = count > 1 || block->type_group == GROUP_COUNT || !used[block->type_group];
	return true;
}

const struct node *compiler_see(const struct compiler *compiler, const struct node *node)
{
	struct view view = {NULL, compiler->options.refs};
	return view_value(&view, node);
}

/* Is `$ref` all that counts here? */
static bool is_bare_reference(const struct compiler *compiler, const struct node *schema)
{
	if (compiler->options.refs) return node_string_member(schema, STR("$ref")).ptr != NULL;
	if (compiler->options.ref_siblings || compiler_dialect(compiler)->draft >= SCHEMA_2019_09) return false;
	return node_member(schema, STR("$ref")) != NULL;
}

/* Keywords of JSON Schema that OpenAPI 3.0 has not taken over (Schema Object, 4.7.24). */
static bool is_left_out(const struct dialect *dialect, const char *name)
{
	static const char *const names[] = {
			"patternProperties", "dependencies", "additionalItems", "contentEncoding", "contentMediaType"};
	for (size_t i = 0; dialect->openapi == SCHEMA_OPENAPI_3_0 && i < sizeof names / sizeof names[0]; i++)
		if (str_eq(str_of(names[i]), str_of(name))) return true;
	return false;
}

/* Is it a keyword of the dialect at hand? */
static bool is_keyword(const struct compiler *compiler, const struct keyword *keyword)
{
	const struct dialect *dialect = compiler_dialect(compiler);
	uint8_t from = compiler->options.ref_siblings ? keyword->from_ajv : keyword->from;
	if (dialect->draft < from || dialect->draft > keyword->to) return false;
	return dialect->vocabularies & keyword->vocabulary && !is_left_out(dialect, keyword->name);
}

/* Compiles one keyword of the current block, if it is there. */
static bool compile_keyword(
		struct compiler *compiler, const struct keyword *keyword, const struct node *schema, bool used[GROUP_COUNT])
{
	struct instruction instruction = {
			.check = keyword->check, .keyword = keyword, .block = NO_BLOCK, .then = NO_BLOCK, .otherwise = NO_BLOCK};
	instruction.operand = compiler_see(compiler, node_member(schema, str_of(keyword->name)));
	if (!instruction.operand || !is_keyword(compiler, keyword)) return true;
	bool skip = false;
	if (!keyword->compile(compiler, schema, &instruction, &skip)) return false;
	used[keyword->group] = true;
	if (!skip) *vec_push(&compiler->instructions) = instruction;
	return true;
}

/* The instructions of one block; those of a group lie together, as the table has them. */
static bool compile_keywords(struct compiler *compiler, const struct node *schema, bool used[GROUP_COUNT])
{
	bool bare = is_bare_reference(compiler, schema);
	for (const struct keyword *keyword = schema_keywords; keyword->name; keyword++) {
		if (!compile_keyword(compiler, keyword, schema, used)) return false;
		if (bare) break; /* $ref is the first of the table */
	}
	return bare || compile_type(compiler, &compiler->blocks.items[compiler->current], used);
}

bool compiler_compile(struct compiler *compiler, uint32_t index)
{
	const struct node *schema = compiler->blocks.items[index].node;
	bool used[GROUP_COUNT] = {false};
	uint32_t first = (uint32_t)compiler->instructions.count;
	compiler->current = index;
	if (schema->kind == NODE_OBJECT && !compile_keywords(compiler, schema, used)) return false;
	struct block *block = &compiler->blocks.items[index];
	block->null_ok = compiler->options.loose_null && schema->kind == NODE_OBJECT && is_nullable(compiler, schema) &&
					 !node_member(schema, STR("type"));
	uint32_t count = (uint32_t)compiler->instructions.count - first;
	for (uint32_t i = first; i < first + count; i++) {
		struct run *run = &block->runs[compiler->instructions.items[i].keyword->group];
		if (run->count++ == 0) run->first = i;
	}
	block->test = block->runs[GROUP_OBJECT];
	block->trivial = count == 0 && block->types == 0 && !block->never && !block->unknown;
	block->simple = count == 0 && !block->never && !block->unknown;
	return true;
}

bool compiler_work(struct compiler *compiler, uint64_t steps)
{
	compiler->steps += steps;
	if (compiler->steps <= LIMIT_WALK_STEPS) return true;
	return compiler_fail(compiler, "schema", compiler->root,
			"has too many dynamic references or discriminators to compile: simplify it",
			"heeft te veel dynamische verwijzingen of discriminators om te verwerken: vereenvoudig het");
}

/* Dynamic references may lead to every anchor of the name; false when that is no schema. */
static bool add_dynamic_targets(struct compiler *compiler)
{
	if (!compiler_work(compiler, compiler->anchors.count)) return false;
	for (uint32_t i = 0; i < compiler->anchors.count; i++) {
		const struct anchor *anchor = &compiler->anchors.items[i];
		uint32_t block;
		if (!anchor->dynamic || !strmap_get(&compiler->dynamic, anchor->name)) continue;
		if (!compiler_block(compiler, anchor->node, "$dynamicAnchor", (struct str){NULL, 0}, &block)) return false;
	}
	return true;
}

static bool compile_blocks(struct compiler *compiler, uint32_t *next)
{
	for (; *next < compiler->blocks.count; ++*next)
		if (!compiler_compile(compiler, *next)) return false;
	return true;
}

/* The schema at hand is a document, or lies in one. */
static bool add_root(struct compiler *compiler, struct source *source)
{
	struct dialect dialect = compiler_default_dialect(&compiler->options);
	const struct node *document = compiler->options.document;
	if (!document) document = compiler->root;
	if (!compiler_add_document(compiler, document, source, compiler->options.base, &dialect, NULL)) return false;
	if (document == compiler->root) return true;
	struct strbuf pointer;
	strbuf_init(&pointer, LIMIT_DOCUMENT_BYTES);
	pointer_at_offset(document, compiler->root->start, &pointer);
	struct str kept = str_copy(compiler->arena, strbuf_str(&pointer));
	strbuf_release(&pointer);
	return compiler_scan(compiler, compiler->root, 0, schema_place_below(compiler->arena, NULL, kept));
}

static bool compile_all(struct compiler *compiler, struct source *source, uint32_t *root)
{
	uint32_t next = 0;
	if (!add_root(compiler, source)) return false;
	if (!compiler_block(compiler, compiler->root, NULL, (struct str){NULL, 0}, root)) return false;
	/* Blocks ask for dynamic targets, which are blocks that may read documents with more of them. */
	do {
		if (!compile_blocks(compiler, &next) || !add_dynamic_targets(compiler)) return false;
	} while (next < compiler->blocks.count);
	return true;
}

struct schema *schema_compile(struct arena *arena, struct source *source, const struct node *root,
		const struct schema_options *options, struct err *err)
{
	struct compiler compiler = {.arena = arena, .root = root, .options = *options, .err = err};
	struct schema *schema = NULL;
	uint32_t first = 0;
	if (compile_all(&compiler, source, &first)) schema = compiler_finish(&compiler, first);
	vec_release(&compiler.blocks);
	vec_release(&compiler.instructions);
	vec_release(&compiler.resources);
	vec_release(&compiler.anchors);
	strmap_release(&compiler.names);
	strmap_release(&compiler.dynamic);
	free(compiler.known);
	return schema;
}
