/* SPDX-License-Identifier: EUPL-1.2 */
/* The state of compiling a schema. For schema_*.c only. */
#ifndef KEUR_ENGINE_SCHEMA_COMPILER_H
#define KEUR_ENGINE_SCHEMA_COMPILER_H

#include "doc/strmap.h"
#include "engine/schema_program.h"

/* What `$schema` decides. */
struct dialect {
	enum schema_draft draft;
	enum schema_openapi openapi;
	uint8_t vocabularies; /* bits of enum schema_vocabulary */
};

/* A schema with its own `$id`, or the root of a document. */
struct resource {
	struct str uri; /* absolute, or as far as it could be resolved; without fragment */
	const struct node *node;
	struct source *source;
	struct dialect dialect;
	const struct schema_place *place; /* of `node` in its document */
};

/* A plain name for a place: `$anchor`, `$dynamicAnchor`, `$recursiveAnchor` (by the name ""), `$id: "#name"`. */
struct anchor {
	uint32_t resource;
	struct str name;
	const struct node *node;
	bool dynamic;
};

/* What is known of a place in the schema. */
struct known {
	const struct node *node; /* NULL: free */
	uint32_t resource;
	uint32_t block; /* or NO_BLOCK */
	const struct schema_place *place;
	bool scanned;        /* for names */
	bool looked, refers; /* see compiler_has_reference() */
};

struct compiler {
	struct arena *arena;
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
	struct strmap names;   /* resources by URI, anchors by URI#name */
	struct strmap dynamic; /* names that dynamic references ask for, numbered */
	struct known *known;   /* open addressing by address */
	size_t known_count, known_capacity;
	uint32_t documents; /* read so far */
	uint64_t steps;     /* of what is no more than linear only in sane schemas */
	uint32_t current;   /* the block being compiled */
	bool missing;       /* the error is a reference that leads nowhere */
};

/* An error at `node`, the value of a keyword of the current block: what it has to be. Returns false. */
bool compiler_fail(
		struct compiler *compiler, const char *keyword, const struct node *node, const char *en, const char *nl);

/* Counts work; false and an error when there is too much. */
bool compiler_work(struct compiler *compiler, uint64_t steps);

/* The resource and the dialect of the block being compiled. */
struct resource *compiler_resource(const struct compiler *compiler);
const struct dialect *compiler_dialect(const struct compiler *compiler);

/* The block of a subschema at `keyword`, and `token` below it unless its ptr is NULL; false when it is no schema. */
bool compiler_block(
		struct compiler *compiler, const struct node *schema, const char *keyword, struct str token, uint32_t *block);

/* schema_known.c: what is known of a place; a new entry when there is none yet. Valid until the next call. */
struct known *compiler_known(struct compiler *compiler, const struct node *node);

/* Is there a reference anywhere in it? Without one, ajv compiles a schema in place. */
bool compiler_has_reference(struct compiler *compiler, const struct node *schema);

/* schema_dialect.c: reads the `$schema` of a resource into `*dialect`; absent, that stays as it is. */
bool compiler_read_dialect(
		struct compiler *compiler, const struct node *schema, struct source *source, struct dialect *dialect);

/* The dialect of the options. */
struct dialect compiler_default_dialect(const struct schema_options *options);

/* schema_resource.c: adds a document, and finds every `$id` and anchor in it when it is a schema. */
bool compiler_add_document(struct compiler *compiler, const struct node *root, struct source *source, struct str uri,
		const struct dialect *dialect, uint32_t *resource);

/* Finds every `$id` and anchor in a schema that lies in `resource`, unless that has been done. */
bool compiler_scan(
		struct compiler *compiler, const struct node *schema, uint32_t resource, const struct schema_place *place);

/* The identifier of a schema in a dialect: `$id`, in draft 4 `id`; ptr NULL when it has none that counts. */
struct str compiler_id(const struct compiler *compiler, const struct node *schema, const struct dialect *dialect);

/* schema_resolve.c: the document at an absolute URI, as a resource; NO_BLOCK when there is none, false on error. */
bool compiler_load(struct compiler *compiler, struct str uri, const struct dialect *dialect, uint32_t *resource);

/* The schema that a reference in the current block leads to; `*name` is set when a dynamic anchor led there. */
bool compiler_resolve(struct compiler *compiler, const char *keyword, const struct node *reference,
		const struct node **target, struct str *dynamic_name);

#endif
