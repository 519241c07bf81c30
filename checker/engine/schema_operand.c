/* Compiles the operands of JSON Schema keywords, by the form of their value. */
#include <math.h>

#include "engine/schema_compiler.h"

static const struct str no_token = {NULL, 0};

/* Is a schema one that holds for everything? */
static bool is_always_true(const struct node *schema)
{
	return schema->kind == NODE_TRUE || (schema->kind == NODE_OBJECT && schema->len == 0);
}

bool compile_reference(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	const struct node *target;
	uint32_t resource;
	if (out->operand->kind != NODE_STRING)
		return compiler_fail(compiler, "$ref", out->operand, "must be a string", "moet een tekst zijn");
	if (!compiler_resolve(compiler, out->operand, &target, &resource)) return false;
	struct known *known = compiler_known(compiler, target);
	if (known->block == NO_BLOCK) known->resource = resource;
	out->flag = !compiler_has_reference(target);
	return compiler_block(compiler, target, "$ref", no_token, &out->block);
}

bool compile_any_value(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)compiler, (void)schema, (void)out, (void)skip;
	return true;
}

bool compile_values(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	if (out->operand->kind == NODE_ARRAY) return true;
	return compiler_fail(
			compiler, out->keyword->name, out->operand, "must be a list of values", "moet een lijst van waarden zijn");
}

bool compile_schema(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	return compiler_block(compiler, out->operand, out->keyword->name, no_token, &out->block);
}

bool compile_schemas(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	const struct node *list = out->operand;
	if (list->kind != NODE_ARRAY)
		return compiler_fail(
				compiler, out->keyword->name, list, "must be a list of schemas", "moet een lijst van schema's zijn");
	uint32_t *blocks = arena_alloc(compiler->arena, (list->len + 1) * sizeof *blocks);
	for (uint32_t i = 0; i < list->len; i++) {
		struct str token = str_printf(compiler->arena, "%u", i);
		if (!compiler_block(compiler, &list->children[i], out->keyword->name, token, &blocks[i])) return false;
	}
	out->blocks = blocks;
	out->count = list->len;
	return true;
}

/* The block of a keyword beside the one being compiled; NO_BLOCK when it is not there. */
static bool sibling(struct compiler *compiler, const struct node *schema, const char *name, uint32_t *block)
{
	const struct node *value = node_member(schema, str_of(name));
	*block = NO_BLOCK;
	return !value || compiler_block(compiler, value, name, no_token, block);
}

bool compile_if(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	if (!compile_schema(compiler, schema, out, skip)) return false;
	if (!sibling(compiler, schema, "then", &out->then) || !sibling(compiler, schema, "else", &out->otherwise))
		return false;
	*skip = out->then == NO_BLOCK && out->otherwise == NO_BLOCK;
	return true;
}

bool compile_number(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema;
	bool boolean = out->operand->kind == NODE_TRUE || out->operand->kind == NODE_FALSE;
	*skip = boolean && compiler->options.draft == SCHEMA_DRAFT4; /* see compile_bound() */
	if (*skip || (out->operand->kind == NODE_NUMBER && isfinite(node_double(out->operand)))) return true;
	return compiler_fail(compiler, out->keyword->name, out->operand, "must be a number", "moet een getal zijn");
}

/* In draft 4 `exclusiveMaximum: true` says how `maximum` is meant. */
bool compile_bound(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	if (!compile_number(compiler, schema, out, skip)) return false;
	bool maximum = str_eq(str_of(out->keyword->name), STR("maximum"));
	const struct node *exclusive = node_member(schema, maximum ? STR("exclusiveMaximum") : STR("exclusiveMinimum"));
	out->flag = compiler->options.draft == SCHEMA_DRAFT4 && exclusive && exclusive->kind == NODE_TRUE;
	return true;
}

bool compile_multiple(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	if (!compile_number(compiler, schema, out, skip)) return false;
	if (node_double(out->operand) <= 0)
		return compiler_fail(compiler, "multipleOf", out->operand, "must be above 0", "moet groter dan 0 zijn");
	if (schema_divisor_fits(out->operand)) return true;
	return compiler_fail(compiler, "multipleOf", out->operand, "must have at most 18 significant digits",
			"mag hoogstens 18 significante cijfers hebben");
}

static bool is_count(const struct node *value)
{
	return value->kind == NODE_NUMBER && node_double(value) >= 0 && node_is_integer(value);
}

bool compile_count(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	if (!is_count(out->operand))
		return compiler_fail(compiler, out->keyword->name, out->operand, "must be a whole number of 0 or more",
				"moet een geheel getal van 0 of meer zijn");
	out->number = node_double(out->operand);
	return true;
}

/* Compiles a regular expression that stands at `place`. */
static bool compile_regex(struct compiler *compiler, const char *keyword, const struct node *place, struct str pattern,
		const struct regex **regex)
{
	struct err fault;
	err_init(&fault, compiler->arena);
	*regex = regex_compile(compiler->arena, pattern, compiler->options.unicode ? STR("u") : STR(""), &fault);
	if (*regex) return true;
	return compiler_fail(compiler, keyword, place, fault.message.in[LANG_EN].ptr, fault.message.in[LANG_NL].ptr);
}

bool compile_pattern(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	if (out->operand->kind != NODE_STRING)
		return compiler_fail(compiler, "pattern", out->operand, "must be a string", "moet een tekst zijn");
	return compile_regex(compiler, "pattern", out->operand, node_text(out->operand), &out->regex);
}

bool compile_format(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema;
	if (out->operand->kind != NODE_STRING)
		return compiler_fail(compiler, "format", out->operand, "must be a string", "moet een tekst zijn");
	out->format = schema_format_find(node_text(out->operand));
	*skip = !compiler->options.formats || !out->format || !schema_format_applies(out->format, out->keyword->group);
	return true;
}

static bool is_name_list(const struct node *list)
{
	if (list->kind != NODE_ARRAY) return false;
	for (uint32_t i = 0; i < list->len; i++)
		if (list->children[i].kind != NODE_STRING) return false;
	return true;
}

static bool check_name_list(struct compiler *compiler, const char *keyword, const struct node *list)
{
	if (is_name_list(list)) return true;
	return compiler_fail(
			compiler, keyword, list, "must be a list of names", "moet een lijst van namen van eigenschappen zijn");
}

/* Draft 3's and OpenAPI's `required: true` beside a property is not what JSON Schema has; ajv refuses it too. */
bool compile_names(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema;
	*skip = node_count(out->operand) == 0;
	return check_name_list(compiler, out->keyword->name, out->operand);
}

/* Makes the index by name. */
static void index_entries(struct compiler *compiler, struct entries *entries)
{
	uint32_t capacity = 4;
	while (capacity < entries->count * 2)
		capacity *= 2;
	entries->mask = capacity - 1;
	entries->slots = arena_zalloc(compiler->arena, capacity * sizeof *entries->slots);
	for (uint32_t i = 0; i < entries->count; i++) {
		struct entry *entry = &entries->items[i];
		uint32_t slot = (entry->hash = node_hash(entry->key)) & entries->mask;
		while (entries->slots[slot] && !str_eq(entries->items[entries->slots[slot] - 1].key, entry->key))
			slot = (slot + 1) & entries->mask;
		entries->slots[slot] = i + 1;
	}
}

/* Entries without blocks for the members of the operand of a keyword, which has to be an object. */
static struct entries *make_entries(struct compiler *compiler, const char *keyword, const struct node *object)
{
	if (object->kind != NODE_OBJECT) {
		compiler_fail(compiler, keyword, object, "must be an object", "moet een object zijn");
		return NULL;
	}
	struct entries *entries = arena_zalloc(compiler->arena, sizeof *entries);
	entries->items = arena_zalloc(compiler->arena, (object->len + 1) * sizeof *entries->items);
	entries->count = object->len;
	for (uint32_t i = 0; i < object->len; i++)
		entries->items[i] = (struct entry){.key = node_key(&object->children[i]), .block = NO_BLOCK};
	index_entries(compiler, entries);
	return entries;
}

bool compile_members(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	const char *keyword = out->keyword->name;
	struct entries *entries = make_entries(compiler, keyword, out->operand);
	for (uint32_t i = 0; entries && i < entries->count; i++) {
		struct entry *entry = &entries->items[i];
		if (!compiler_block(compiler, &out->operand->children[i], keyword, entry->key, &entry->block)) return false;
	}
	out->entries = entries;
	return entries != NULL;
}

static bool compile_regexes(
		struct compiler *compiler, const char *keyword, const struct node *object, struct entries *entries)
{
	for (uint32_t i = 0; i < entries->count; i++) {
		struct entry *entry = &entries->items[i];
		if (!compile_regex(compiler, keyword, &object->children[i], entry->key, &entry->regex)) return false;
	}
	return true;
}

bool compile_patterns(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	if (!compile_members(compiler, schema, out, skip)) return false;
	struct entries *entries = (struct entries *)out->entries;
	return compile_regexes(compiler, out->keyword->name, out->operand, entries);
}

bool compile_additional(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	const struct node *members = node_member(schema, STR("properties"));
	const struct node *patterns = node_member(schema, STR("patternProperties"));
	*skip = is_always_true(out->operand);
	if (!compile_schema(compiler, schema, out, skip)) return false;
	if (members && !(out->entries = make_entries(compiler, "properties", members))) return false;
	if (!patterns) return true;
	struct entries *entries = make_entries(compiler, "patternProperties", patterns);
	out->patterns = entries;
	return entries && compile_regexes(compiler, "patternProperties", patterns, entries);
}

bool compile_dependencies(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	const char *keyword = out->keyword->name;
	bool names_only = str_eq(str_of(keyword), STR("dependentRequired"));
	struct entries *entries = make_entries(compiler, keyword, out->operand);
	for (uint32_t i = 0; entries && i < entries->count; i++) {
		struct entry *entry = &entries->items[i];
		const struct node *value = &out->operand->children[i];
		if (names_only || value->kind == NODE_ARRAY) {
			if (!check_name_list(compiler, keyword, value)) return false;
			entry->names = value;
		} else if (!compiler_block(compiler, value, keyword, entry->key, &entry->block)) {
			return false;
		}
	}
	out->entries = entries;
	return entries != NULL;
}

/* Up to 2019-09 `items` may be a list of schemas; in 2020-12 `prefixItems` is that list. */
bool compile_items(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	const struct node *prefix = node_member(schema, STR("prefixItems"));
	if (out->operand->kind == NODE_ARRAY && compiler->options.draft < SCHEMA_2020_12)
		return compile_schemas(compiler, schema, out, skip);
	if (prefix && compiler->options.draft >= SCHEMA_2020_12) out->count = node_count(prefix);
	*skip = is_always_true(out->operand);
	return compile_schema(compiler, schema, out, skip);
}

bool compile_additional_items(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	const struct node *items = node_member(schema, STR("items"));
	*skip = !items || items->kind != NODE_ARRAY || is_always_true(out->operand);
	out->count = items ? node_count(items) : 0;
	return compile_schema(compiler, schema, out, skip);
}

/* minContains and maxContains go with `contains`; `otherwise` is the most matches allowed. */
bool compile_contains(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	bool limits = compiler->options.draft >= SCHEMA_2019_09;
	const struct node *least = limits ? node_member(schema, STR("minContains")) : NULL;
	const struct node *most = limits ? node_member(schema, STR("maxContains")) : NULL;
	if (least && !is_count(least))
		return compiler_fail(compiler, "minContains", least, "must be a whole number of 0 or more",
				"moet een geheel getal van 0 of meer zijn");
	if (most && !is_count(most))
		return compiler_fail(compiler, "maxContains", most, "must be a whole number of 0 or more",
				"moet een geheel getal van 0 of meer zijn");
	out->then = least ? (uint32_t)fmin(node_double(least), UINT32_MAX - 1) : 1;
	out->otherwise = most ? (uint32_t)fmin(node_double(most), UINT32_MAX - 1) : UINT32_MAX;
	*skip = out->then == 0 && !most;
	return compile_schema(compiler, schema, out, skip);
}

static bool is_scalar_type(const struct node *name)
{
	return name->kind == NODE_STRING && !str_eq(node_text(name), STR("object")) &&
		   !str_eq(node_text(name), STR("array"));
}

/* ajv finds other duplicates first when the type of all elements is known to be scalar. */
bool compile_unique(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	const struct node *type = node_member(node_member(schema, STR("items")), STR("type"));
	*skip = out->operand->kind == NODE_FALSE;
	if (out->operand->kind != NODE_TRUE && !*skip)
		return compiler_fail(compiler, "uniqueItems", out->operand, "must be true or false", "moet true of false zijn");
	out->flag = type != NULL;
	for (uint32_t i = 0; type && i < node_count(type); i++)
		out->flag = out->flag && is_scalar_type(&type->children[i]);
	if (type && type->kind != NODE_ARRAY) out->flag = is_scalar_type(type);
	return true;
}
