/* SPDX-License-Identifier: EUPL-1.2 */
/* The set of nodes of one document that references name, found in one scan of all documents. */
#include "engine/ref_index.h"

#include <stdlib.h>

#include "base/limits.h"
#include "doc/hash.h"
#include "doc/pointer.h"
#include "doc/uri_path.h"

struct ref_index {
	const struct node **slots; /* open addressing; NULL is free */
	size_t count, capacity;
	struct arena *arena; /* of texts while scanning */
	const struct doc *main;
	const struct doc *doc; /* being scanned */
	const struct node *path[LIMIT_DEPTH + 1];
};

static size_t slot_of(const struct ref_index *index, const struct node *node)
{
	size_t mask = index->capacity - 1;
	size_t at = hash_seed(node) & mask;
	while (index->slots[at] && index->slots[at] != node)
		at = (at + 1) & mask;
	return at;
}

static void grow(struct ref_index *index)
{
	struct ref_index old = {.slots = index->slots, .capacity = index->capacity};
	index->capacity = old.capacity ? old.capacity * 2 : 64;
	index->slots = mem_resize(NULL, index->capacity, sizeof *index->slots);
	memset(index->slots, 0, index->capacity * sizeof *index->slots);
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i]) index->slots[slot_of(index, old.slots[i])] = old.slots[i];
	free(old.slots);
}

static void add(struct ref_index *index, const struct node *node)
{
	if (index->count * 2 >= index->capacity) grow(index);
	size_t at = slot_of(index, node);
	if (index->slots[at]) return;
	index->slots[at] = node;
	index->count++;
}

static struct str folder_of(struct str path)
{
	while (path.len > 0 && path.ptr[path.len - 1] != '/')
		path.len--;
	return path;
}

/* Does `file`, written in the document being scanned, name the main document? */
static bool names_main(const struct ref_index *index, struct str file)
{
	if (file.len == 0) return index->doc == index->main;
	struct str decoded;
	if (!pointer_decode_fragment(file, index->arena, &decoded)) return false;
	struct str folder = str_starts(decoded, STR("/")) ? STR("") : folder_of(index->doc->source->name);
	struct str named = str_printf(index->arena, "%.*s%.*s", STR_FMT(folder), STR_FMT(decoded));
	struct str main = path_normalize(index->main->source->name, index->arena);
	return str_eq(path_normalize(named, index->arena), main);
}

static void add_reference(struct ref_index *index, struct str reference, uint32_t depth)
{
	struct str file = {reference.ptr, str_find(reference, '#')};
	struct str pointer;
	if (!names_main(index, file)) return;
	if (!pointer_decode_fragment(str_skip(reference, file.len + 1), index->arena, &pointer)) return;
	const struct node *target = pointer_get(index->main->root, pointer);
	for (uint32_t i = 0; i <= depth && index->doc == index->main; i++)
		if (index->path[i] == target) return;
	if (target) add(index, target);
}

static void scan(struct ref_index *index, const struct node *node, uint32_t depth)
{
	if (!node_is_container(node) || depth > LIMIT_DEPTH) return;
	index->path[depth] = node;
	const struct node *reference = node_member(node, STR("$ref"));
	if (reference && reference->kind == NODE_STRING) {
		add_reference(index, node_text(reference), depth);
		return;
	}
	for (uint32_t i = 0; i < node->len; i++)
		scan(index, &node->children[i], depth + 1);
}

static void scan_document(struct ref_index *index, const struct doc *doc)
{
	index->doc = doc;
	if (doc->root) scan(index, doc->root, 0);
}

struct ref_index *ref_index_new(const struct doc *main, const struct refs *refs)
{
	struct ref_index *index = mem_resize(NULL, 1, sizeof *index);
	*index = (struct ref_index){.arena = arena_new(), .main = main};
	grow(index);
	scan_document(index, main);
	for (uint32_t i = 0; refs && i < refs->doc_count; i++)
		if (refs->docs[i] != main) scan_document(index, refs->docs[i]);
	return index;
}

void ref_index_free(struct ref_index *index)
{
	if (!index) return;
	arena_free(index->arena);
	free(index->slots);
	free(index);
}

bool ref_index_has(const struct ref_index *index, const struct node *node)
{
	return index->slots[slot_of(index, node)] != NULL;
}
