/* The state of compiling a schema. For schema_compile*.c and schema_keyword*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_COMPILER_H
#define KEUR_ENGINE_SCHEMA_COMPILER_H

#include "engine/schema_program.h"

/* A schema with its own `$id`, or the root. */
struct resource {
	struct str uri; /* absolute, or as far as it could be resolved; without fragment */
	const struct node *node;
};

/* A plain name for a place: `$anchor`, or `$id: "#name"` up to draft 7. */
struct anchor {
	uint32_t resource;
	struct str name;
	const struct node *node;
};

/* What is known of a place in the schema. */
struct known {
	const struct node *node; /* NULL: free */
	uint32_t resource;
	uint32_t block; /* or NO_BLOCK */
};

struct compiler {
	struct arena *arena;
	struct source *source;
	const struct node *root;
	struct schema_options options;
	struct err *err;
	struct {
		struct block *items;
		size_t count, capacity;
	} blocks;
	struct {
		struct instruction *items;
		size_t count, capacity;
	} instructions;
	struct {
		struct resource *items;
		size_t count, capacity;
	} resources;
	struct {
		struct anchor *items;
		size_t count, capacity;
	} anchors;
	struct known *known; /* open addressing by address */
	size_t known_count, known_capacity;
	uint32_t current; /* the block being compiled */
};

/* An error at `node`, the value of a keyword: what it has to be. Returns false. */
bool compiler_fail(
		struct compiler *compiler, const char *keyword, const struct node *node, const char *en, const char *nl);

/* The block of a subschema at `keyword`, and `token` below it unless its ptr is NULL; false when it is no schema. */
bool compiler_block(
		struct compiler *compiler, const struct node *schema, const char *keyword, struct str token, uint32_t *block);

/* Finds every `$id` and anchor. */
bool compiler_find_resources(struct compiler *compiler);

/* The schema that a reference in the current block leads to. */
bool compiler_resolve(
		struct compiler *compiler, const struct node *reference, const struct node **target, uint32_t *resource);

/* What is known of a place; a new entry when there is none yet. */
struct known *compiler_known(struct compiler *compiler, const struct node *node);

/* Is there a reference anywhere in it? Without one, ajv compiles a schema in place. */
bool compiler_has_reference(const struct node *schema);

/* Compilers of keywords, by the form of their value. */
bool compile_reference(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_any_value(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_values(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_schema(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_schemas(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_if(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_number(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_bound(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_multiple(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_count(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_pattern(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_format(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_names(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_members(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_patterns(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_additional(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_dependencies(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_items(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_additional_items(
		struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_contains(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);
bool compile_unique(struct compiler *compiler, const struct node *schema, struct instruction *out, bool *skip);

#endif
