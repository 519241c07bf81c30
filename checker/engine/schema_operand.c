/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles the operands of JSON Schema keywords, by the form of their value. */
#include <math.h>

#include "doc/decimal.h"
#include "engine/schema_compiler.h"
#include "engine/schema_keyword.h"
#include "engine/schema_open.h"
#include "engine/schema_operand.h"
#include "engine/schema_pattern.h"
#include "engine/schema_value.h"
#include "engine/schema_values.h"

static const struct str no_token = {NULL, 0};

static bool is_text(struct compiler *compiler, const struct instruction *out)
{
	if (out->operand->kind == NODE_STRING) return true;
	return compiler_fail(compiler, out->keyword->name, out->operand, "must be a string", "moet een tekst zijn");
}

bool compile_reference(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)skip;
	const struct node *target;
	struct str dynamic;
	if (!is_text(compiler, out)) return false;
	if (compiler->options.refs) {
		out->flag = true;
		target = compiler_see(compiler, schema);
		compiler->missing |= target == schema;
		return target != schema ? compiler_block(compiler, target, "$ref", no_token, &out->block)
								: compiler_fail(compiler, "$ref", out->operand, "leads nowhere", "leidt nergens heen");
	}
	if (!compiler_resolve_open(compiler, "$ref", out->operand, &target, &dynamic)) return false;
	if (!target) return compiler_unknown(compiler, out->operand, &out->block);
	out->flag = !compiler_has_reference(compiler, target);
	return compiler_block(compiler, target, "$ref", no_token, &out->block);
}

/* The number of a dynamic name, new or known. */
static uint32_t dynamic_name(struct compiler *compiler, struct str name)
{
	const uint32_t *known = strmap_get(&compiler->dynamic, name);
	if (known) return *known;
	uint32_t number = (uint32_t)compiler->dynamic.count;
	strmap_put(&compiler->dynamic, name, number);
	return number;
}

/* Dynamic when what is found is a dynamic anchor by that name, and else a reference like any other. */
bool compile_dynamic(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	const struct node *target;
	struct str name;
	const char *keyword = out->keyword->name;
	if (!is_text(compiler, out) || !compiler_resolve(compiler, keyword, out->operand, &target, &name)) return false;
	if (str_eq(str_of(keyword), STR("$recursiveRef"))) {
		const struct node *recursive = node_member(target, STR("$recursiveAnchor"));
		name = (struct str){recursive && recursive->kind == NODE_TRUE ? "" : NULL, 0};
	}
	out->then = name.ptr ? dynamic_name(compiler, name) : NO_BLOCK;
	return compiler_block(compiler, target, keyword, no_token, &out->block);
}

bool compile_any_value(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)compiler, (void)schema, (void)out, (void)skip;
	return true;
}

bool compile_values(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	out->values = schema_values_of(compiler->arena, out->operand);
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

bool compiler_annotates(const struct compiler *compiler)
{
	return compiler_dialect(compiler)->vocabularies & VOCABULARY_UNEVALUATED &&
		   compiler_dialect(compiler)->draft >= SCHEMA_2019_09;
}

bool compile_if(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	if (!compile_schema(compiler, schema, out, skip)) return false;
	if (!sibling(compiler, schema, "then", &out->then) || !sibling(compiler, schema, "else", &out->otherwise))
		return false;
	*skip = out->then == NO_BLOCK && out->otherwise == NO_BLOCK && !compiler_annotates(compiler);
	return true;
}

bool compile_number(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema;
	const struct node *operand = out->operand;
	bool boolean = operand->kind == NODE_TRUE || operand->kind == NODE_FALSE;
	*skip = boolean && compiler_dialect(compiler)->draft == SCHEMA_DRAFT4; /* see compile_bound() */
	if (*skip) return true;
	if (operand->kind != NODE_NUMBER || str_find(node_text(operand), 'N') < operand->len ||
			str_find(node_text(operand), 'I') < operand->len)
		return compiler_fail(compiler, out->keyword->name, operand, "must be a number", "moet een getal zijn");
	struct bound *bound = arena_zalloc(compiler->arena, sizeof *bound);
	bound->operand = operand;
	bound->is_whole = schema_whole(operand, &bound->whole);
	out->bound = bound;
	return true;
}

/* In draft 4 `exclusiveMaximum: true` says how `maximum` is meant. */
bool compile_bound(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	if (!compile_number(compiler, schema, out, skip)) return false;
	bool maximum = str_eq(str_of(out->keyword->name), STR("maximum"));
	const struct node *exclusive = node_member(schema, maximum ? STR("exclusiveMaximum") : STR("exclusiveMinimum"));
	out->flag = compiler_dialect(compiler)->draft == SCHEMA_DRAFT4 && exclusive && exclusive->kind == NODE_TRUE;
	return true;
}

bool compile_multiple(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	if (!compile_number(compiler, schema, out, skip)) return false;
	struct decimal divisor = decimal_of(node_text(out->operand));
	if (divisor.negative || divisor.count == 0)
		return compiler_fail(compiler, "multipleOf", out->operand, "must be above 0", "moet groter dan 0 zijn");
	if (divisor.count <= SCHEMA_DIVISOR_DIGITS) return true;
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
	out->count = (uint32_t)fmin(node_double(out->operand), UINT32_MAX); /* nothing is longer than that */
	return true;
}

bool compiler_search(struct compiler *compiler, const char *keyword, const struct node *place, struct str text,
		struct search *search)
{
	struct err fault;
	err_init(&fault, compiler->arena);
	struct str flags = compiler->options.unicode ? STR("u") : STR("");
	search->regex = regex_compile(compiler->arena, text, flags, &fault);
	search->pattern = search->regex ? schema_pattern_of(compiler->arena, text) : NULL;
	if (search->regex) return true;
	return compiler_fail(compiler, keyword, place, fault.message.in[LANG_EN].ptr, fault.message.in[LANG_NL].ptr);
}

bool compile_pattern(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema, (void)skip;
	if (!is_text(compiler, out)) return false;
	return compiler_search(compiler, "pattern", out->operand, node_text(out->operand), &out->search);
}

bool compile_format(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema;
	if (!is_text(compiler, out)) return false;
	bool asserts = compiler->options.formats || compiler_dialect(compiler)->vocabularies & VOCABULARY_FORMAT_ASSERTION;
	out->format = schema_format_find(node_text(out->operand), compiler->options.standard_formats);
	*skip = !asserts || !out->format || !schema_format_applies(out->format, out->keyword->group);
	return true;
}

bool compile_encoding(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	(void)schema;
	*skip = !compiler->options.content || !str_eq(node_text(out->operand), STR("base64"));
	return is_text(compiler, out);
}

bool compile_media(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	struct str encoding = node_string_member(schema, STR("contentEncoding"));
	out->flag = str_eq(encoding, STR("base64"));
	*skip = !compiler->options.content || !str_eq(node_text(out->operand), STR("application/json")) ||
			(encoding.ptr && !out->flag);
	return is_text(compiler, out);
}

/* Up to 2019-09 `items` may be a list of schemas; in 2020-12 `prefixItems` is that list. */
bool compile_items(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	const struct node *prefix = node_member(schema, STR("prefixItems"));
	if (out->operand->kind == NODE_ARRAY && compiler_dialect(compiler)->draft < SCHEMA_2020_12)
		return compile_schemas(compiler, schema, out, skip);
	if (prefix && compiler_dialect(compiler)->draft >= SCHEMA_2020_12) out->count = node_count(prefix);
	*skip = compiler_holds_always(out->operand) && !compiler_annotates(compiler);
	return compile_schema(compiler, schema, out, skip);
}

bool compile_additional_items(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	const struct node *items = node_member(schema, STR("items"));
	bool tuple = items && items->kind == NODE_ARRAY;
	*skip = !tuple || (compiler_holds_always(out->operand) && !compiler_annotates(compiler));
	out->count = items ? node_count(items) : 0;
	return compile_schema(compiler, schema, out, skip);
}

static bool read_count(struct compiler *compiler, const struct node *schema, const char *keyword, uint32_t *count)
{
	const struct node *value = node_member(schema, str_of(keyword));
	if (!value) return true;
	if (!is_count(value))
		return compiler_fail(compiler, keyword, value, "must be a whole number of 0 or more",
				"moet een geheel getal van 0 of meer zijn");
	*count = (uint32_t)fmin(node_double(value), UINT32_MAX - 1);
	return true;
}

/* minContains and maxContains go with `contains`; `otherwise` is the most matches allowed. */
bool compile_contains(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip)
{
	const struct dialect *dialect = compiler_dialect(compiler);
	bool limits = dialect->draft >= SCHEMA_2019_09 && dialect->vocabularies & VOCABULARY_VALIDATION;
	out->then = 1;
	out->otherwise = UINT32_MAX;
	out->flag = dialect->draft >= SCHEMA_2020_12;
	if (limits && !read_count(compiler, schema, "minContains", &out->then)) return false;
	if (limits && !read_count(compiler, schema, "maxContains", &out->otherwise)) return false;
	*skip = out->then == 0 && out->otherwise == UINT32_MAX && !compiler_annotates(compiler);
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
