/* SPDX-License-Identifier: EUPL-1.2 */
/* Shapes: conjunctions of schemas, each made once. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/hash.h"
#include "doc/pointer.h"
#include "engine/contract_digest.h"
#include "engine/contract_shape_private.h"

/* What a shape costs, so that memory is bounded with steps. */
enum { SHAPE_STEPS = 8 };

static void release_shapes(void *handle)
{
	struct shapes *shapes = handle;
	free(shapes->buckets);
	free(shapes->marks.nodes);
	free(shapes->marks.rounds);
}

struct shapes *shapes_new(struct comparer *comparer)
{
	struct shapes *shapes = arena_zalloc(comparer->arena, sizeof *shapes);
	arena_on_free(comparer->arena, release_shapes, shapes);
	return shapes;
}

static uint32_t mark_slot(const struct marks *marks, const struct node *node)
{
	uint32_t slot = (uint32_t)hash_mix((uint64_t)(uintptr_t)node, 1) & (marks->capacity - 1);
	while (marks->rounds[slot] == marks->round && marks->nodes[slot] != node)
		slot = (slot + 1) & (marks->capacity - 1);
	return slot;
}

static void marks_grow(struct marks *marks)
{
	struct marks old = *marks;
	if (marks->capacity && (marks->count + 1) * 2 <= marks->capacity) return;
	marks->capacity = old.capacity ? old.capacity * 2 : 64;
	marks->nodes = mem_resize(NULL, marks->capacity, sizeof *marks->nodes);
	marks->rounds = mem_resize(NULL, marks->capacity, sizeof *marks->rounds);
	memset(marks->rounds, 0, marks->capacity * sizeof *marks->rounds);
	for (uint32_t i = 0; i < old.capacity; i++) {
		if (old.rounds[i] != old.round) continue;
		uint32_t slot = mark_slot(marks, old.nodes[i]);
		marks->nodes[slot] = old.nodes[i];
		marks->rounds[slot] = marks->round;
	}
	free(old.nodes);
	free(old.rounds);
}

/* True when the node is new in this round. */
static bool mark(struct marks *marks, const struct node *node)
{
	marks_grow(marks);
	uint32_t slot = mark_slot(marks, node);
	if (marks->rounds[slot] == marks->round) return false;
	marks->nodes[slot] = node;
	marks->rounds[slot] = marks->round;
	marks->count++;
	return true;
}

static const struct node *ref_of(const struct node *node)
{
	const struct node *ref = node->kind == NODE_OBJECT ? node_member(node, STR("$ref")) : NULL;
	return ref && ref->kind == NODE_STRING ? ref : NULL;
}

/* Does anything beside the reference count? */
static bool has_siblings(const struct openapi *openapi, const struct node *node)
{
	for (uint32_t i = 0; openapi->version >= OPENAPI_3_1 && i < node->len; i++) {
		struct str key = node_key(&node->children[i]);
		if (!str_eq(key, STR("$ref")) && !keyword_is_annotation(key)) return true;
	}
	return false;
}

/* What a reference leads to: its very end, but from 3.1 on not past one that says something itself. */
static const struct spot *referred(struct arena *arena, const struct openapi *openapi, const struct spot *spot)
{
	const struct target *target = refs_target(openapi->refs, spot->node);
	if (!target) return NULL;
	struct str text = node_text(ref_of(spot->node)), pointer;
	bool local = openapi->version >= OPENAPI_3_1 && text.len > 1 && text.ptr[0] == '#';
	if (!local || !pointer_decode_fragment(str_skip(text, 1), arena, &pointer)) return spot_of_target(arena, target);
	const struct node *node = pointer_get(spot->doc->root, pointer);
	if (!node || node == target->node || !ref_of(node)) return spot_of_target(arena, target);
	struct target next = {spot->doc, node, pointer};
	return spot_of_target(arena, &next);
}

const struct spot *spot_seen(struct arena *arena, const struct openapi *openapi, const struct spot *spot)
{
	for (int hops = 0; spot && ref_of(spot->node) && !has_siblings(openapi, spot->node); hops++)
		spot = hops < LIMIT_REF_HOPS ? referred(arena, openapi, spot) : NULL;
	return spot;
}

static void add_all_of(struct flattening *flattening, const struct spot *schema)
{
	struct arena *arena = flattening->comparer->arena;
	const struct spot *all = spot_member(arena, schema, STR("allOf"));
	if (!all) return;
	if (all->node->kind != NODE_ARRAY) {
		flattening->shape->unknown = true;
		return;
	}
	for (uint32_t i = 0; i < all->node->len; i++)
		*vec_push(&flattening->work) = spot_child(arena, all, i);
}

static void add_values(struct flattening *flattening, const struct spot *schema)
{
	struct arena *arena = flattening->comparer->arena;
	const struct spot *list = spot_member(arena, schema, STR("enum"));
	const struct spot *only = NULL;
	if (flattening->shape->openapi->version >= OPENAPI_3_1) only = spot_member(arena, schema, STR("const"));
	if (list && list->node->kind == NODE_ARRAY && contract_step(flattening->comparer, list->node->len))
		*vec_push(&flattening->values) = list;
	if (only) *vec_push(&flattening->values) = only;
}

/* One schema of the conjunction; what it leads to is work for later, so nothing is deep. */
static void flatten_one(struct flattening *flattening, const struct spot *raw)
{
	struct comparer *comparer = flattening->comparer;
	struct shape *shape = flattening->shape;
	const struct spot *spot = spot_seen(comparer->arena, shape->openapi, raw);
	if (!spot) {
		shape->unknown = true;
		return;
	}
	if (!mark(&comparer->shapes->marks, spot->node)) return;
	*vec_push(&flattening->parts) = spot;
	if (spot->node->kind != NODE_OBJECT) {
		shape->unknown |= spot->node->kind != NODE_TRUE && spot->node->kind != NODE_FALSE;
		return;
	}
	if (ref_of(spot->node)) {
		const struct spot *target = referred(comparer->arena, shape->openapi, spot);
		shape->unknown |= target == NULL;
		if (target) *vec_push(&flattening->work) = target;
	}
	add_values(flattening, spot);
	add_all_of(flattening, spot);
	flatten_unions(flattening, spot);
}

static void *keep(struct arena *arena, const void *items, size_t count, size_t size)
{
	return count ? arena_copy(arena, items, count * size) : arena_alloc(arena, size);
}

static void flatten(struct comparer *comparer, struct shape *shape)
{
	struct flattening flattening = {.comparer = comparer, .shape = shape};
	struct marks *marks = &comparer->shapes->marks;
	marks->round++;
	marks->count = 0;
	for (uint32_t i = 0; i < shape->seed_count; i++)
		*vec_push(&flattening.work) = shape->seeds[i];
	while (flattening.done < flattening.work.count && contract_step(comparer, 1))
		flatten_one(&flattening, flattening.work.items[flattening.done++]);
	if (flattening.done < flattening.work.count) shape->unknown = true;
	if (flattening.parts.count == 0 && shape->seed_count) *vec_push(&flattening.parts) = shape->seeds[0];
	shape->part_count = (uint32_t)flattening.parts.count;
	shape->parts = keep(comparer->arena, flattening.parts.items, flattening.parts.count, sizeof *shape->parts);
	shape->value_count = (uint32_t)flattening.values.count;
	shape->values = keep(comparer->arena, flattening.values.items, flattening.values.count, sizeof *shape->values);
	shape->union_count = (uint32_t)flattening.unions.count;
	shape->unions = keep(comparer->arena, flattening.unions.items, flattening.unions.count, sizeof *shape->unions);
	vec_release(&flattening.work);
	vec_release(&flattening.parts);
	vec_release(&flattening.values);
	vec_release(&flattening.unions);
	shape_find_types(shape);
}

static bool is_same(const struct shape *a, const struct shape *b)
{
	if (a->hash != b->hash || a->openapi != b->openapi || a->mask != b->mask || a->seed_count != b->seed_count ||
			a->used_count != b->used_count)
		return false;
	for (uint32_t i = 0; i < a->seed_count; i++)
		if (a->seeds[i]->node != b->seeds[i]->node) return false;
	return a->used_count == 0 || memcmp(a->used, b->used, a->used_count * sizeof *a->used) == 0;
}

static uint64_t hash_of(const struct shape *shape)
{
	uint64_t hash = hash_mix((uint64_t)(uintptr_t)shape->openapi, shape->mask);
	for (uint32_t i = 0; i < shape->seed_count; i++)
		hash = hash_mix(hash, (uint64_t)(uintptr_t)shape->seeds[i]->node);
	for (uint32_t i = 0; i < shape->used_count; i++)
		hash = hash_mix(hash, (uint64_t)(uintptr_t)shape->used[i] + 1);
	return hash;
}

static void shapes_grow(struct shapes *shapes)
{
	struct shapes old = *shapes;
	if (shapes->count < shapes->bucket_count) return;
	shapes->bucket_count = old.bucket_count ? old.bucket_count * 2 : 1024;
	shapes->buckets = mem_resize(NULL, shapes->bucket_count, sizeof(struct shape *));
	memset(shapes->buckets, 0, shapes->bucket_count * sizeof(struct shape *));
	for (uint32_t i = 0; i < old.bucket_count; i++)
		for (struct shape *shape = old.buckets[i], *next; shape; shape = next) {
			next = shape->next;
			shape->next = shapes->buckets[shape->hash & (shapes->bucket_count - 1)];
			shapes->buckets[shape->hash & (shapes->bucket_count - 1)] = shape;
		}
	free(old.buckets);
}

/* The shape that is like `like`, which borrows its lists; made when it is new. */
static const struct shape *intern(struct comparer *comparer, struct shape like)
{
	struct shapes *shapes = comparer->shapes;
	shapes_grow(shapes);
	like.hash = hash_of(&like);
	struct shape **bucket = &shapes->buckets[like.hash & (shapes->bucket_count - 1)];
	for (const struct shape *shape = *bucket; shape; shape = shape->next)
		if (is_same(shape, &like)) return shape;
	contract_step(comparer, SHAPE_STEPS);
	struct shape *made = arena_alloc(comparer->arena, sizeof *made);
	*made = like;
	made->seeds = keep(comparer->arena, like.seeds, like.seed_count, sizeof *like.seeds);
	made->used = keep(comparer->arena, like.used, like.used_count, sizeof *like.used);
	made->whole = arena_zalloc(comparer->arena, sizeof *made->whole);
	made->number = shapes->count++;
	made->next = *bucket;
	*bucket = made;
	flatten(comparer, made);
	return made;
}

const struct shape *shape_of(struct comparer *comparer, const struct openapi *openapi, const struct spot *const *seeds,
		uint32_t count, unsigned mask)
{
	struct spots sown = {0};
	contract_step(comparer, count);
	for (uint32_t i = 0; i < count; i++) {
		const struct spot *seen = spot_seen(comparer->arena, openapi, seeds[i]);
		*vec_push(&sown) = seen ? seen : seeds[i];
	}
	struct shape like = {.openapi = openapi, .seeds = sown.items, .seed_count = count, .mask = mask};
	const struct shape *shape = intern(comparer, like);
	vec_release(&sown);
	return shape;
}

const struct shape *shape_choose(struct comparer *comparer, const struct shape *shape, const struct shape_union *from,
		uint32_t branch, unsigned mask)
{
	struct spots seeds = {0};
	const struct node **used = mem_resize(NULL, shape->used_count + 1, sizeof *used);
	for (uint32_t i = 0; i < shape->seed_count; i++)
		*vec_push(&seeds) = shape->seeds[i];
	*vec_push(&seeds) = from->items[branch];
	for (uint32_t i = 0; i < shape->used_count; i++)
		used[i] = shape->used[i];
	used[shape->used_count] = from->at->node;
	struct shape like = {.openapi = shape->openapi,
			.seeds = seeds.items,
			.seed_count = (uint32_t)seeds.count,
			.used = used,
			.used_count = shape->used_count + 1,
			.mask = mask};
	const struct shape *chosen = intern(comparer, like);
	vec_release(&seeds);
	free(used);
	return chosen;
}

const struct shape *shape_mask(struct comparer *comparer, const struct shape *shape, unsigned mask)
{
	struct shape like = {.openapi = shape->openapi,
			.seeds = shape->seeds,
			.seed_count = shape->seed_count,
			.used = shape->used,
			.used_count = shape->used_count,
			.mask = mask};
	return mask == shape->mask ? shape : intern(comparer, like);
}
