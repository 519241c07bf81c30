/* SPDX-License-Identifier: EUPL-1.2 */
/* Nodes: children with a hash index where there are many, and what values have in common. */
#include "doc/node.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "doc/decimal.h"
#include "doc/hash.h"

/* Up to here, comparing the hashes that lie in the nodes is faster than an index. */
enum { LINEAR_MEMBERS = 24 };

/* Up to here, an index goes by the hashes that lie in the nodes: keys that a hostile file gave the same one are few. */
enum { PLAIN_INDEX_MEMBERS = 64 };

uint16_t node_hash(struct str key)
{
	return hash_key(key);
}

static bool has_key(const struct node *node, uint16_t hash, struct str key)
{
	return node->key_hash == hash && str_eq(node_key(node), key);
}

/* Slots of the index that lies behind the children: numbers of children from 1, 0 for free. */
static uint32_t index_capacity(uint32_t count)
{
	uint32_t capacity = 32;
	while (capacity < count * 2)
		capacity *= 2;
	return capacity;
}

/* The slot of `key`, or the free slot where it belongs. */
static uint32_t index_slot(
		const struct node *children, uint32_t count, const uint32_t *slots, uint16_t hash, struct str key)
{
	uint32_t mask = index_capacity(count) - 1;
	uint32_t from = count <= PLAIN_INDEX_MEMBERS ? hash : (uint32_t)hash_bytes(key, hash_seed(children));
	for (uint32_t at = from & mask;; at = (at + 1) & mask)
		if (slots[at] == 0 || has_key(&children[slots[at] - 1], hash, key)) return at;
}

static const struct node *indexed_member(const struct node *object, uint16_t hash, struct str key)
{
	const uint32_t *slots = (const uint32_t *)(object->children + object->len);
	uint32_t slot = slots[index_slot(object->children, object->len, slots, hash, key)];
	return slot ? &object->children[slot - 1] : NULL;
}

static const struct node *linear_member(const struct node *children, uint32_t count, uint16_t hash, struct str key)
{
	while (count > 0)
		if (has_key(&children[--count], hash, key)) return &children[count];
	return NULL;
}

const struct node *node_member(const struct node *object, struct str key)
{
	if (!object || object->kind != NODE_OBJECT) return NULL;
	uint16_t hash = hash_key(key);
	if (object->flags & NODE_INDEXED) return indexed_member(object, hash, key);
	return linear_member(object->children, object->len, hash, key);
}

const struct node *node_at(const struct node *container, uint32_t index)
{
	return container && index < node_count(container) ? &container->children[index] : NULL;
}

struct str node_string_member(const struct node *object, struct str key)
{
	const struct node *member = node_member(object, key);
	return member && member->kind == NODE_STRING ? node_text(member) : (struct str){NULL, 0};
}

/* Remarks go from first occurrences, so the index is first made of those and corrected to the last ones afterwards. */
static void index_members(struct node *object, uint32_t *slots, node_duplicate_fn *duplicate, void *context)
{
	const struct node *children = object->children;
	memset(slots, 0, index_capacity(object->len) * sizeof *slots);
	for (uint32_t i = 0; i < object->len; i++) {
		const struct node *child = &children[i];
		uint32_t *slot = &slots[index_slot(children, object->len, slots, child->key_hash, node_key(child))];
		if (*slot) {
			object->flags |= NODE_REPEATS;
			if (duplicate) duplicate(context, &children[*slot - 1], child);
		} else {
			*slot = i + 1;
		}
	}
	for (uint32_t i = 0; object->flags & NODE_REPEATS && i < object->len; i++)
		slots[index_slot(children, object->len, slots, children[i].key_hash, node_key(&children[i]))] = i + 1;
}

/* Most keys have a hash whose last bits none before them have. */
static void compare_members(struct node *object, node_duplicate_fn *duplicate, void *context)
{
	const struct node *children = object->children;
	uint64_t seen = 0;
	for (uint32_t i = 0; i < object->len; i++) {
		uint64_t bit = (uint64_t)1 << (children[i].key_hash & 63);
		bool fresh = !(seen & bit);
		seen |= bit;
		if (fresh) continue;
		uint32_t first = 0;
		while (first < i && !has_key(&children[first], children[i].key_hash, node_key(&children[i])))
			first++;
		if (first == i) continue;
		object->flags |= NODE_REPEATS;
		if (duplicate) duplicate(context, &children[first], &children[i]);
	}
}

void node_adopt(struct node *container, struct arena *arena, const struct node *items, uint32_t count,
		node_duplicate_fn *duplicate, void *context)
{
	bool indexed = container->kind == NODE_OBJECT && count > LINEAR_MEMBERS;
	size_t slots_size = indexed ? index_capacity(count) * sizeof(uint32_t) : 0;
	struct node *children = NULL;
	if (count) {
		children = arena_alloc(arena, count * sizeof *children + slots_size);
		memcpy(children, items, count * sizeof *children);
	}
	container->children = children;
	container->len = count;
	container->flags &= (uint8_t) ~(NODE_INDEXED | NODE_REPEATS);
	if (indexed) {
		container->flags |= NODE_INDEXED;
		index_members(container, (uint32_t *)(children + count), duplicate, context);
	} else if (container->kind == NODE_OBJECT) {
		compare_members(container, duplicate, context);
	}
}

double node_double(const struct node *number)
{
	return decimal_double(node_text(number));
}

bool node_is_integer(const struct node *number)
{
	struct decimal value = decimal_of(node_text(number));
	return decimal_is_integer(&value);
}

int node_compare_numbers(const struct node *a, const struct node *b)
{
	struct decimal left = decimal_of(node_text(a)), right = decimal_of(node_text(b));
	return decimal_compare(&left, &right);
}

static bool arrays_equal(const struct node *a, const struct node *b)
{
	if (a->len != b->len) return false;
	for (uint32_t i = 0; i < a->len; i++)
		if (!node_equal(&a->children[i], &b->children[i])) return false;
	return true;
}

/* Every member of `a` that counts is in `b`; with the same value, unless only keys are asked for. */
static bool members_in(const struct node *a, const struct node *b, bool values)
{
	for (uint32_t i = 0; i < a->len; i++) {
		const struct node *member = &a->children[i];
		if (a->flags & NODE_REPEATS && node_member(a, node_key(member)) != member) continue;
		const struct node *other = i < b->len && !(b->flags & NODE_REPEATS) ? &b->children[i] : NULL;
		if (!other || !has_key(other, member->key_hash, node_key(member))) other = node_member(b, node_key(member));
		if (!other || (values && !node_equal(member, other))) return false;
	}
	return true;
}

static bool objects_equal(const struct node *a, const struct node *b)
{
	if (!((a->flags | b->flags) & NODE_REPEATS)) return a->len == b->len && members_in(a, b, true);
	return members_in(a, b, true) && members_in(b, a, false);
}

bool node_equal(const struct node *a, const struct node *b)
{
	if (a == b) return true;
	if (a->kind != b->kind) return false;
	switch ((enum node_kind)a->kind) {
	case NODE_NUMBER: {
		struct decimal left = decimal_of(node_text(a)), right = decimal_of(node_text(b));
		return left.kind != DECIMAL_NAN && decimal_compare(&left, &right) == 0;
	}
	case NODE_STRING:
		return str_eq(node_text(a), node_text(b));
	case NODE_ARRAY:
		return a->children == b->children ? a->len == b->len : arrays_equal(a, b);
	case NODE_OBJECT:
		return (a->children == b->children && a->len == b->len) || objects_equal(a, b);
	default:
		return true;
	}
}

struct text node_kind_name(enum node_kind kind)
{
	switch (kind) {
	case NODE_NULL:
		return TEXT("null", "null");
	case NODE_FALSE:
	case NODE_TRUE:
		return TEXT("boolean", "boolean");
	case NODE_NUMBER:
		return TEXT("number", "getal");
	case NODE_STRING:
		return TEXT("string", "tekst");
	case NODE_ARRAY:
		return TEXT("array", "array");
	case NODE_OBJECT:
		break;
	}
	return TEXT("object", "object");
}
