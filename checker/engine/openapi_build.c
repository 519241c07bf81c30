/* SPDX-License-Identifier: EUPL-1.2 */
/* Steps through an OpenAPI document: members and references, each with its place. */
#include "engine/openapi_build.h"

#include "base/limits.h"
#include "doc/pointer.h"

static bool too_large(struct openapi_builder *builder)
{
	return err_set(builder->err, ERR_LIMIT, (struct loc){.file = builder->root.doc->source->name},
			"describes more than the %d operations, parameters, responses and kinds of bodies that keur takes of one "
			"document; split it",
			"beschrijft meer dan de %d operaties, parameters, responses en soorten inhoud die keur van één document "
			"aankan; splits het",
			LIMIT_OPENAPI_PARTS);
}

bool openapi_count(struct openapi_builder *builder, uint32_t parts)
{
	if (builder->err->code != ERR_NONE) return false;
	if (parts > LIMIT_OPENAPI_PARTS - builder->parts) return too_large(builder);
	builder->parts += parts;
	return true;
}

/* A long name that many references lead through would be copied as often. */
bool openapi_spend(struct openapi_builder *builder, size_t bytes)
{
	if (builder->bytes <= LIMIT_DOCUMENT_BYTES) builder->bytes += bytes;
	return builder->bytes <= LIMIT_DOCUMENT_BYTES || too_large(builder);
}

struct target openapi_child(
		struct openapi_builder *builder, const struct target *at, const struct node *child, uint32_t index)
{
	struct strbuf pointer;
	strbuf_init(&pointer, LIMIT_DOCUMENT_BYTES);
	strbuf_add(&pointer, at->pointer);
	if (child->key) {
		pointer_add_token(&pointer, node_key(child));
	} else {
		pointer_add_index(&pointer, index);
	}
	if (!openapi_spend(builder, pointer.len)) strbuf_clear(&pointer);
	return (struct target){at->doc, child, strbuf_take(&pointer, builder->arena)};
}

struct target openapi_below(struct openapi_builder *builder, const struct target *at, struct str key)
{
	const struct node *child = node_member(at->node, key);
	return child ? openapi_child(builder, at, child, 0) : (struct target){NULL, NULL, {"", 0}};
}

struct target openapi_seen(struct openapi_builder *builder, struct target at, bool *broken)
{
	if (!at.node || at.node->kind != NODE_OBJECT) return at;
	const struct target *target = refs_target(builder->refs, at.node);
	if (target) return *target;
	const struct node *reference = node_member(at.node, STR("$ref"));
	if (reference && reference->kind == NODE_STRING) *broken = true;
	return at;
}

bool openapi_is_live(const struct node *object, const struct node *member)
{
	return !str_starts(node_key(member), STR("x-")) && !node_is_repeated(object, member);
}

bool openapi_flag(const struct node *object, const char *key, bool otherwise)
{
	const struct node *member = node_member(object, str_of(key));
	if (!member || (member->kind != NODE_TRUE && member->kind != NODE_FALSE)) return otherwise;
	return member->kind == NODE_TRUE;
}
