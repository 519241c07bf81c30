/* SPDX-License-Identifier: EUPL-1.2 */
/* Finds the schemas with examples in all documents of a target, and compiles them. */
#include "engine/oas_schemas.h"

#include "base/vec.h"
#include "engine/format.h"

struct roots {
	const struct node **items;
	size_t count, capacity;
};

struct oas_schemas {
	struct arena *arena;
	struct roots roots;
	struct schema_options options;
	uint64_t steps;
	struct schema_set *sets[SCHEMA_RESPONSE + 1]; /* by direction; NULL: not asked for yet */
};

static void release(void *handle)
{
	struct oas_schemas *schemas = handle;
	vec_release(&schemas->roots);
}

static void add_root(struct roots *roots, const struct node *node)
{
	if (node && node->kind == NODE_OBJECT) *vec_push(roots) = node;
}

/* A schema with an example beside it, or in it; too many do no harm. */
static void note(struct roots *roots, const struct node *object)
{
	const struct node *example = node_member(object, STR("example"));
	bool beside = example || node_member(object, STR("examples"));
	bool inside = example || node_member(object, STR("x-example")) || node_member(object, STR("default"));
	if (beside) add_root(roots, node_member(object, STR("schema")));
	if (inside) add_root(roots, object);
}

/* Every node once, or as often as YAML aliases show it, which has a ceiling. */
static void collect(struct roots *roots, const struct node *node)
{
	struct {
		const struct node **items;
		size_t count, capacity;
	} stack = {0};
	*vec_push(&stack) = node;
	while (stack.count > 0) {
		const struct node *at = stack.items[--stack.count];
		if (at->kind == NODE_OBJECT) note(roots, at);
		for (uint32_t i = 0; i < node_count(at); i++)
			if (node_is_container(&at->children[i])) *vec_push(&stack) = &at->children[i];
	}
	vec_release(&stack);
}

/* `jsonSchemaDialect` of OpenAPI 3.1 decides the draft, when it is one that is known. */
static enum schema_draft draft_of(const struct node *root)
{
	enum schema_draft draft = SCHEMA_DRAFT4;
	format_set formats = format_detect(root);
	if (!(formats & (format_by_name(STR("oas3.1")) | format_by_name(STR("oas3.2"))))) return draft;
	draft = SCHEMA_2020_12;
	struct str dialect = node_string_member(root, STR("jsonSchemaDialect"));
	if (dialect.ptr) schema_draft_of(dialect, &draft);
	return draft;
}

static struct oas_schemas *schemas_new(const struct subject *subject, struct arena *arena)
{
	struct oas_schemas *schemas = arena_zalloc(arena, sizeof *schemas);
	const struct node *root = subject->view->doc->root;
	schemas->arena = arena;
	arena_on_free(arena, release, schemas);
	schemas->options = (struct schema_options){.draft = draft_of(root),
			.formats = true,
			.nullable = true,
			.ref_siblings = true,
			.refs = subject->refs,
			.loose_required = (format_detect(root) & format_by_name(STR("oas2"))) != 0};
	for (uint32_t i = 0; i < subject->refs->doc_count; i++)
		collect(&schemas->roots, subject->refs->docs[i]->root);
	return schemas;
}

static const char owner; /* its address names what is kept for a document */

const struct schema_entry *oas_schema_find(
		const struct subject *subject, const struct node *node, enum schema_direction direction)
{
	void **slot = session_slot(subject->session, &owner);
	struct arena *arena = slot ? subject->session->arena : subject->arena;
	struct oas_schemas *schemas = slot ? *slot : NULL;
	if (!schemas) schemas = schemas_new(subject, arena);
	if (slot) *slot = schemas;
	struct schema_options options = schemas->options;
	options.direction = direction;
	if (!schemas->sets[direction])
		schemas->sets[direction] = schema_set_new(arena, &options, schemas->roots.items, schemas->roots.count);
	const struct schema_entry *entry = schema_set_find(schemas->sets[direction], node);
	/* a rule set of somebody else may select what no example goes with */
	return entry ? entry : schema_set_find(schema_set_new(arena, &options, &node, 1), node);
}

uint64_t *oas_schema_steps(const struct subject *subject)
{
	void **slot = session_slot(subject->session, &owner);
	struct oas_schemas *schemas = slot ? *slot : NULL;
	return schemas ? &schemas->steps : NULL;
}
