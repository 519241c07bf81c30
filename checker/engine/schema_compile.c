/* Compiles a schema, block by block, without recursion; keywords are compiled in schema_operand.c. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/schema_compiler.h"

/* Keywords that would change a verdict and are not supported. */
static const struct refused {
	const char *name;
	enum schema_draft from;
} refused[] = {
		{"$dynamicRef", SCHEMA_2020_12},
		{"$recursiveRef", SCHEMA_2019_09},
		{"unevaluatedItems", SCHEMA_2019_09},
		{"unevaluatedProperties", SCHEMA_2019_09},
		{"$vocabulary", SCHEMA_2019_09},
};

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

enum { TYPE_COUNT = sizeof types / sizeof types[0], REFUSED_COUNT = sizeof refused / sizeof refused[0] };

bool compiler_fail(
		struct compiler *compiler, const char *keyword, const struct node *node, const char *en, const char *nl)
{
	struct loc loc = {0};
	if (compiler->source && node) loc = source_loc(compiler->source, node->start);
	struct str in_english = str_printf(compiler->arena, "JSON Schema: \"%s\" %s", keyword, en);
	struct str in_dutch = str_printf(compiler->arena, "JSON Schema: \"%s\" %s", keyword, nl);
	return err_set(compiler->err, ERR_RULES, loc, "%s%.0s", "%.0s%s", in_english.ptr, in_dutch.ptr);
}

/* The pointer of something below the current block. */
static struct str pointer_below(struct compiler *compiler, const char *keyword, struct str token)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_DOCUMENT_BYTES);
	if (compiler->blocks.count > 0) strbuf_add(&buf, compiler->blocks.items[compiler->current].pointer);
	if (keyword) pointer_add_token(&buf, str_of(keyword));
	if (token.ptr) pointer_add_token(&buf, token);
	struct str pointer = str_copy(compiler->arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return pointer;
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
	struct block new = {.node = schema, .types = 0, .never = schema->kind == NODE_FALSE, .resource = known->resource};
	new.pointer = pointer_below(compiler, keyword, token);
	known->block = *block = (uint32_t)compiler->blocks.count;
	*vec_push(&compiler->blocks) = new;
	return true;
}

static bool add_type(struct compiler *compiler, const struct node *name, struct block *block)
{
	for (size_t i = 0; name->kind == NODE_STRING && i < TYPE_COUNT; i++) {
		if (!str_eq(str_of(types[i].name), node_text(name))) continue;
		block->types |= types[i].type;
		block->type_group = types[i].group;
		return true;
	}
	return compiler_fail(compiler, "type", name,
			"must be one of null, boolean, number, integer, string, array, object, or a list of those",
			"moet null, boolean, number, integer, string, array of object zijn, of een lijst daarvan");
}

/* ajv checks a single type in place of the keywords about it, if there are any, and else before everything. */
static bool compile_type(struct compiler *compiler, struct block *block, const bool used[GROUP_COUNT])
{
	const struct node *type = node_member(block->node, STR("type"));
	const struct node *nullable = node_member(block->node, STR("nullable"));
	if (!type) return true;
	uint32_t count = type->kind == NODE_ARRAY ? type->len : 1;
	const struct node *names = type->kind == NODE_ARRAY ? type->children : type;
	if (count == 0) return add_type(compiler, type, block);
	for (uint32_t i = 0; i < count; i++)
		if (!add_type(compiler, &names[i], block)) return false;
	if (compiler->options.nullable && nullable && nullable->kind == NODE_TRUE && !(block->types & TYPE_NULL)) {
		block->types |= TYPE_NULL;
		count++;
	}
	block->type_first = count > 1 || block->type_group == GROUP_COUNT || !used[block->type_group];
	return true;
}

/* Is `$ref` all that counts here? */
static bool is_bare_reference(const struct compiler *compiler, const struct node *schema)
{
	if (compiler->options.ref_siblings || compiler->options.draft >= SCHEMA_2019_09) return false;
	return node_member(schema, STR("$ref")) != NULL;
}

static bool check_supported(struct compiler *compiler, const struct node *schema)
{
	for (size_t i = 0; i < REFUSED_COUNT; i++) {
		const struct node *value = node_member(schema, str_of(refused[i].name));
		if (!value || compiler->options.draft < refused[i].from) continue;
		return compiler_fail(compiler, refused[i].name, value, "is not supported by this version of keur",
				"wordt door deze versie van keur niet ondersteund");
	}
	return true;
}

static bool check_nothing(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	(void)evaluation, (void)instruction, (void)value;
	return true;
}

/* Keywords with nothing to check still mark the place where ajv checks the type. */
static const struct keyword placeholders[GROUP_COUNT] = {
		[GROUP_NUMBER] = {"", GROUP_NUMBER, NULL, check_nothing, SCHEMA_DRAFT4, SCHEMA_2020_12},
		[GROUP_STRING] = {"", GROUP_STRING, NULL, check_nothing, SCHEMA_DRAFT4, SCHEMA_2020_12},
		[GROUP_ARRAY] = {"", GROUP_ARRAY, NULL, check_nothing, SCHEMA_DRAFT4, SCHEMA_2020_12},
		[GROUP_OBJECT] = {"", GROUP_OBJECT, NULL, check_nothing, SCHEMA_DRAFT4, SCHEMA_2020_12},
};

/* Compiles one keyword of the current block, if it is there. */
static bool compile_keyword(
		struct compiler *compiler, const struct keyword *keyword, const struct node *schema, bool used[GROUP_COUNT])
{
	if (compiler->options.draft < keyword->from || compiler->options.draft > keyword->to) return true;
	struct instruction instruction = {.keyword = keyword, .block = NO_BLOCK, .then = NO_BLOCK, .otherwise = NO_BLOCK};
	instruction.operand = node_member(schema, str_of(keyword->name));
	if (!instruction.operand) return true;
	bool skip = false;
	if (!keyword->compile(compiler, schema, &instruction, &skip)) return false;
	used[keyword->group] = true;
	if (skip) instruction.keyword = &placeholders[keyword->group];
	if (!skip || (keyword->group != GROUP_ANY && node_member(schema, STR("type"))))
		*vec_push(&compiler->instructions) = instruction;
	return true;
}

static bool compile_block(struct compiler *compiler, uint32_t index)
{
	const struct node *schema = compiler->blocks.items[index].node;
	bool used[GROUP_COUNT] = {false};
	uint32_t first = (uint32_t)compiler->instructions.count;
	compiler->current = index;
	if (schema->kind == NODE_OBJECT) {
		bool bare = is_bare_reference(compiler, schema);
		if (!bare && !check_supported(compiler, schema)) return false;
		for (const struct keyword *keyword = schema_keywords; keyword->name; keyword++) {
			if (!compile_keyword(compiler, keyword, schema, used)) return false;
			if (bare) break; /* $ref is the first of the table */
		}
		if (!bare && !compile_type(compiler, &compiler->blocks.items[index], used)) return false;
	}
	struct block *block = &compiler->blocks.items[index];
	block->first = first;
	block->count = (uint32_t)compiler->instructions.count - first;
	block->trivial = block->count == 0 && block->types == 0 && !block->never;
	return true;
}

static bool is_year_draft(struct str name, enum schema_draft *draft)
{
	static const struct {
		const char *name;
		enum schema_draft draft;
	} drafts[] = {{"draft-04/", SCHEMA_DRAFT4}, {"draft-06/", SCHEMA_DRAFT6}, {"draft-07/", SCHEMA_DRAFT7},
			{"draft/2019-09/", SCHEMA_2019_09}, {"draft/2020-12/", SCHEMA_2020_12}};
	for (size_t i = 0; i < sizeof drafts / sizeof drafts[0]; i++) {
		struct str prefix = str_of(drafts[i].name);
		if (!str_starts(name, prefix)) continue;
		struct str rest = str_skip(name, prefix.len);
		if (str_starts(rest, STR("hyper-"))) rest = str_skip(rest, 6);
		if (!str_eq(rest, STR("schema")) && !str_eq(rest, STR("schema#"))) return false;
		*draft = drafts[i].draft;
		return true;
	}
	return false;
}

bool schema_draft_of(struct str uri, enum schema_draft *draft)
{
	static const char *const hosts[] = {"http://json-schema.org/", "https://json-schema.org/"};
	for (size_t i = 0; i < 2; i++)
		if (str_starts(uri, str_of(hosts[i]))) return is_year_draft(str_skip(uri, strlen(hosts[i])), draft);
	return false;
}

/* The draft that the schema names, if it does. */
static bool read_draft(struct compiler *compiler)
{
	const struct node *name = node_member(compiler->root, STR("$schema"));
	if (!name) return true;
	if (name->kind == NODE_STRING && schema_draft_of(node_text(name), &compiler->options.draft)) return true;
	return compiler_fail(compiler, "$schema", name,
			"must name draft 4, 6, 7, 2019-09 or 2020-12 by its URI, such as "
			"https://json-schema.org/draft/2020-12/schema",
			"moet draft 4, 6, 7, 2019-09 of 2020-12 noemen met de URI, zoals "
			"https://json-schema.org/draft/2020-12/schema");
}

static bool compile_all(struct compiler *compiler)
{
	uint32_t root;
	if (!read_draft(compiler) || !compiler_find_resources(compiler)) return false;
	if (!compiler_block(compiler, compiler->root, NULL, (struct str){NULL, 0}, &root)) return false;
	for (uint32_t i = 0; i < compiler->blocks.count; i++)
		if (!compile_block(compiler, i)) return false;
	return true;
}

struct schema *schema_compile(struct arena *arena, struct source *source, const struct node *root,
		const struct schema_options *options, struct err *err)
{
	struct compiler compiler = {.arena = arena, .source = source, .root = root, .options = *options, .err = err};
	struct schema *schema = NULL;
	if (compile_all(&compiler)) {
		size_t blocks = compiler.blocks.count * sizeof *compiler.blocks.items;
		size_t instructions = compiler.instructions.count * sizeof *compiler.instructions.items;
		schema = arena_zalloc(arena, sizeof *schema);
		schema->blocks = memcpy(arena_alloc(arena, blocks), compiler.blocks.items, blocks);
		schema->block_count = (uint32_t)compiler.blocks.count;
		schema->instruction_count = (uint32_t)compiler.instructions.count;
		if (instructions) {
			struct instruction *copy = arena_alloc(arena, instructions);
			schema->instructions = memcpy(copy, compiler.instructions.items, instructions);
		}
	}
	vec_release(&compiler.blocks);
	vec_release(&compiler.instructions);
	vec_release(&compiler.resources);
	vec_release(&compiler.anchors);
	free(compiler.known);
	return schema;
}
