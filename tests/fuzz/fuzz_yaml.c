/* SPDX-License-Identifier: EUPL-1.2 */
/* Any bytes as YAML: no crash, hang or leak, and of what is read the spans are in bounds and nested. */
#include <stdlib.h>

#include "doc/pointer.h"
#include "doc/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth)
{
	if (!truth) abort();
}

/* What came through an alias or a merge key lies elsewhere, and was seen there. */
static void check(const struct node *node, uint32_t start, uint32_t end)
{
	require(node->start >= start && node->start <= node->end && node->end <= end);
	if (node->flags & NODE_SHARED) return;
	for (uint32_t i = 0; i < node_count(node); i++) {
		const struct node *child = node_at(node, i);
		bool merged = child->key && child->flags & NODE_SHARED;
		require((child->key != NULL) == (node->kind == NODE_OBJECT));
		if (!merged) check(child, node->start, node->end);
		if (child->key) require(node_member(node, node_key(child)) != NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct str bytes = {arena_copy(arena, data, size), size};
	struct doc doc = {.arena = arena, .source = source_of(arena, STR("fuzz.yaml"), bytes)};
	if (yaml_read(&doc, &err)) {
		check(doc.root, 0, (uint32_t)size);
		for (uint32_t i = 0; i < doc.diagnostic_count; i++) {
			require(doc.diagnostics[i].start <= doc.diagnostics[i].end && doc.diagnostics[i].end <= size);
			diagnostic_text(arena, &doc, &doc.diagnostics[i]);
		}
		struct strbuf pointer;
		strbuf_init(&pointer, 1 << 20);
		pointer_at_offset(doc.root, (uint32_t)(size / 2), &pointer);
		/* A member that a later one of the same name hides has no pointer. */
		if (doc.diagnostic_count == 0) require(pointer_get(doc.root, strbuf_str(&pointer)) != NULL);
		strbuf_release(&pointer);
	} else {
		require(err.code != ERR_NONE && err.message.in[LANG_EN].len > 0 && err.message.in[LANG_NL].len > 0);
		require(err.loc.line > 0 && err.loc.column > 0);
	}
	arena_free(arena);
	return 0;
}
