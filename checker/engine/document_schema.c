/* SPDX-License-Identifier: EUPL-1.2 */
/* Schemas for whole documents: made once, when a document asks for it; messages of the schema's author. */
#include "engine/document_schema.h"

#include <pthread.h>

#include "base/limits.h"
#include "doc/doc.h"
#include "doc/pointer.h"

struct document_schema {
	struct str path;
	struct schema_options options;
	struct str pointer;
	bool is_part; /* that has a pointer and a variant */
	struct schema_variant variant;
	pthread_mutex_t lock; /* around what follows */
	struct arena *arena;  /* NULL: not asked for yet */
	struct doc *doc;
	const struct node *root;     /* of the doc, for the version */
	const struct schema *schema; /* NULL: `fault` says why */
	struct err fault;
};

static void release(void *handle)
{
	struct document_schema *schema = handle;
	doc_close(schema->doc);
	arena_free(schema->arena);
	pthread_mutex_destroy(&schema->lock);
}

struct document_schema *document_schema_new(struct arena *arena, struct str path, const struct schema_options *options)
{
	struct document_schema *schema = arena_zalloc(arena, sizeof *schema);
	schema->path = str_copy(arena, path);
	schema->options = *options;
	pthread_mutex_init(&schema->lock, NULL);
	arena_on_free(arena, release, schema);
	return schema;
}

struct document_schema *document_schema_part(struct arena *arena, struct str path, struct str pointer,
		const struct schema_options *options, struct schema_variant variant)
{
	struct document_schema *schema = document_schema_new(arena, path, options);
	schema->pointer = str_copy(arena, pointer);
	schema->is_part = true;
	schema->variant = variant;
	return schema;
}

/* An arena of its own: those of rule sets belong to one thread. */
static void make(struct document_schema *schema)
{
	schema->arena = arena_new();
	err_init(&schema->fault, schema->arena);
	schema->doc = doc_open(schema->path.ptr, &schema->fault);
	if (!schema->doc) return;
	schema->root = schema->doc->root;
	if (schema->is_part) schema->root = schema_variant_of(schema->arena, schema->root, schema->variant);
	const struct node *part = schema->is_part ? pointer_get(schema->root, schema->pointer) : schema->root;
	struct schema_options options = schema->options;
	options.document = schema->root;
	if (part)
		schema->schema = schema_compile(schema->arena, schema->doc->source, part, &options, &schema->fault);
	else
		err_set(&schema->fault, ERR_RULES, source_loc(schema->doc->source, 0), "there is no schema at \"%.*s\"",
				"er is geen schema op \"%.*s\"", STR_FMT(schema->pointer));
}

static const struct schema *compiled(struct document_schema *schema, struct err *err)
{
	pthread_mutex_lock(&schema->lock);
	if (!schema->arena) make(schema);
	pthread_mutex_unlock(&schema->lock);
	if (!schema->schema) err_set_text(err, ERR_UNDECIDED, schema->fault.loc, TEXT("", ""), schema->fault.message);
	return schema->schema;
}

/* A sink that puts the messages of the schema's author in place. */
struct worded {
	struct schema_sink sink;
	struct schema_sink *out;
	const struct node *root; /* of the schema */
	struct arena *arena;
	const struct node *last;  /* message that was reported... */
	struct str last_instance; /* ...and where: the violations of one schema follow each other */
};

/* How far a step in a schema goes down in the value: keywords that hold schemas for what is below it. */
static bool leads_down(struct str keyword)
{
	static const char *const names[] = {"properties", "patternProperties", "additionalProperties", "items", "contains",
			"unevaluatedProperties", "unevaluatedItems", "prefixItems", "additionalItems", NULL};
	for (const char *const *name = names; *name; name++)
		if (str_eq(keyword, str_of(*name))) return true;
	return false;
}

/* Does a keyword hold an object or a list of schemas, so that the next token names one of them? */
static bool holds_several(const struct node *schema, struct str keyword)
{
	static const char *const names[] = {"properties", "patternProperties", "$defs", "definitions", "prefixItems",
			"dependentSchemas", "allOf", "anyOf", "oneOf", NULL};
	const struct node *value = node_member(schema, keyword);
	for (const char *const *name = names; *name; name++)
		if (str_eq(keyword, str_of(*name))) return true;
	return value && value->kind == NODE_ARRAY;
}

/* The value `up` levels above. */
static struct str without_tail(struct str pointer, unsigned up)
{
	while (up > 0 && pointer.len > 0)
		up -= pointer.ptr[--pointer.len] == '/';
	return pointer;
}

/*
 * The innermost schema with a message on the way to the keyword at fault; `*below` becomes how many levels the value
 * at fault lies below the one that this schema is about. NULL when there is none.
 */
static const struct node *find_message(
		const struct worded *worded, const struct schema_violation *violation, unsigned *below)
{
	struct str rest = violation->pointer, token;
	const struct node *schema = worded->root, *message = NULL;
	while (schema) {
		const struct node *own = node_member(schema, STR("x-message"));
		if (own) {
			message = own;
			*below = 0;
		}
		if (!pointer_next(&rest, worded->arena, &token)) break;
		bool last = rest.len == 0 && !str_eq(violation->keyword, STR("false schema"));
		if (last) break;
		*below += leads_down(token);
		const struct node *child = pointer_child(schema, token);
		if (child && holds_several(schema, token) && pointer_next(&rest, worded->arena, &token))
			child = pointer_child(child, token);
		schema = child;
	}
	return message;
}

/* `{{property}}` is the name of the value. */
static struct str fill(struct arena *arena, struct str message, struct str instance)
{
	struct str name = instance;
	size_t at = str_find_str(message, STR("{{property}}"));
	if (at == message.len) return message;
	while (str_find(name, '/') < name.len)
		name = str_skip(name, str_find(name, '/') + 1);
	return str_printf(arena, "%.*s%.*s%.*s", (int)at, message.ptr, STR_FMT(name),
			STR_FMT(str_skip(message, at + strlen("{{property}}"))));
}

static void put_message(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct worded *worded = (struct worded *)sink;
	unsigned below = 0;
	const struct node *message = find_message(worded, violation, &below);
	struct schema_violation own = *violation;
	if (message) {
		own.instance = without_tail(own.instance, below);
		if (message == worded->last && str_eq(own.instance, worded->last_instance)) return;
		worded->last = message;
		worded->last_instance = own.instance;
		own.keyword = STR("x-message");
		own.operand = NULL;
		own.expected = (struct text){0};
		own.message.in[LANG_EN] = fill(worded->arena, node_string_member(message, STR("en")), own.instance);
		own.message.in[LANG_NL] = fill(worded->arena, node_string_member(message, STR("nl")), own.instance);
	}
	worded->out->report(worded->out, &own);
}

enum schema_result document_schema_check(struct document_schema *schema, const struct view *view,
		const struct node *value, struct schema_sink *sink, struct arena *arena, struct err *err)
{
	const struct schema *program = compiled(schema, err);
	if (!program) return SCHEMA_UNDECIDED;
	struct worded worded = {{.report = put_message, .name = sink->name}, sink, schema->root, arena, NULL, {NULL, 0}};
	enum schema_result result = schema_check(program, view, value, SCHEMA_ALL, &worded.sink, arena, err);
	sink->cut = worded.sink.cut;
	sink->steps += worded.sink.steps;
	return result;
}
