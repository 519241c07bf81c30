/* SPDX-License-Identifier: EUPL-1.2 */
/* Anchors and aliases. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/yaml_fast_private.h"

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* The name behind the sign at fast->p; goes behind it. */
static struct str read_name(struct fast *fast)
{
	const char *from = ++fast->p;
	while (is_name(*fast->p))
		fast->p++;
	return (struct str){from, (size_t)(fast->p - from)};
}

/* Values so far, aliases written out. */
static uint64_t values(const struct fast *fast)
{
	return fast->total - fast->aliases + fast->expanded;
}

bool fast_anchor(struct fast *fast)
{
	struct str name = read_name(fast);
	if (name.len == 0 || !fast_ends(fast, fast->p) || fast->anchor) return false;
	*vec_push(&fast->definitions) = (struct fast_definition){.size = 1};
	fast->anchor = (uint32_t)fast->definitions.count;
	strmap_put(&fast->anchors, name, fast->anchor);
	fast->p = fast_skip_spaces(fast, fast->p);
	return true;
}

void fast_anchor_open(struct fast *fast)
{
	struct fast_definition *definition = &fast->definitions.items[fast->anchor - 1];
	definition->open = true;
	definition->size = values(fast);
	fast_top(fast)->anchor = fast->anchor;
	fast->anchor = 0;
}

void fast_anchor_scalar(struct fast *fast, const struct node *node)
{
	struct node *bare = &fast->definitions.items[fast->anchor - 1].node;
	*bare = *node;
	bare->flags = 0;
	fast->anchor = 0;
}

void fast_anchor_close(struct fast *fast, const struct fast_frame *frame, const struct node *node)
{
	struct fast_definition *definition = &fast->definitions.items[frame->anchor - 1];
	*definition = (struct fast_definition){
			.node = *node, .size = values(fast) - definition->size + 1, .height = frame->height + 1};
	definition->node.flags &= (uint8_t)~NODE_KEY_SPECIAL;
}

bool fast_alias(struct fast *fast)
{
	const char *start = fast->p;
	const uint32_t *found = strmap_get(&fast->anchors, read_name(fast));
	if (!found || fast->anchor) return false;
	const struct fast_definition *definition = &fast->definitions.items[*found - 1];
	struct fast_frame *frame = fast_top(fast);
	fast->aliases++;
	fast->expanded += definition->size;
	if (definition->open || fast->expanded > LIMIT_ALIAS_NODES) return false;
	if (fast->frames.count - 1 + definition->height > LIMIT_DEPTH) return false;
	struct node *node = &fast->nodes.items[fast->nodes.count - 1], own = *node;
	*node = definition->node;
	node->key = own.key;
	node->key_len = own.key_len;
	node->key_start = own.key_start;
	node->key_hash = own.key_hash;
	node->flags |= own.flags | NODE_SHARED;
	node->start = (uint32_t)(start - fast->begin);
	node->end = (uint32_t)(fast->p - fast->begin);
	if (frame->height < definition->height) frame->height = definition->height;
	frame->waiting = false;
	return true;
}

/* Keys that are no text are rare. The value is counted as one that stands for itself, in no container. */
bool fast_alias_key(struct fast *fast, struct fast_scalar *scalar)
{
	const char *start = fast->p;
	const uint32_t *found = strmap_get(&fast->anchors, read_name(fast));
	if (!found || fast->anchor) return false;
	const struct fast_definition *definition = &fast->definitions.items[*found - 1];
	fast->aliases++;
	fast->expanded++;
	if (definition->node.kind != NODE_STRING || fast->expanded > LIMIT_ALIAS_NODES) return false;
	*scalar = (struct fast_scalar){.start = start, .end = fast->p, .text = node_text(&definition->node)};
	return fast_ends(fast, fast->p);
}
