/* Checks of objects. */
#include "engine/schema_checks.h"
#include "engine/schema_track.h"
#include "engine/schema_value.h"

bool check_max_properties(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return schema_length(value) <= instruction->count || schema_fail(evaluation, instruction, value);
}

bool check_min_properties(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	return schema_length(value) >= instruction->count || schema_fail(evaluation, instruction, value);
}

bool check_required(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = schema_work(evaluation, instruction->count);
	for (uint32_t i = 0; i < instruction->count; i++) {
		struct str name = instruction->names[i];
		if (node_member(value, name)) continue;
		struct failure failure = {.instruction = instruction, .value = value, .name = name};
		valid = schema_fail_with(evaluation, &failure);
		if (evaluation->mode != SCHEMA_ALL) break;
	}
	return valid;
}

/* The name of a member as a value. */
static struct node key_node(const struct node *member)
{
	return (struct node){.kind = NODE_STRING, .text = member->key, .len = member->key_len, .start = member->key_start};
}

bool check_property_names(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = true;
	for (uint32_t i = 0; i < value->len && !evaluation->undecided; i++) {
		struct node key = key_node(&value->children[i]);
		size_t before = evaluation->failures.count;
		bool composite = evaluation->composite;
		struct tracker *tracker = evaluation->tracker;
		evaluation->composite = true;
		evaluation->tracker = NULL;
		bool holds = schema_block_check(evaluation, instruction->block, &key);
		evaluation->composite = composite;
		evaluation->tracker = tracker;
		if (holds) continue;
		if (evaluation->brief) schema_forget(evaluation, before);
		/* The place of these violations is the object, as in ajv; the key does not outlive this loop. */
		for (size_t j = before; j < evaluation->failures.count; j++)
			evaluation->failures.items[j].value = value;
		struct failure failure = {.instruction = instruction, .value = value, .name = node_key(&value->children[i])};
		valid = schema_fail_with(evaluation, &failure);
		if (evaluation->mode != SCHEMA_ALL) break;
	}
	return valid;
}

/* The entry of a member, or NULL. */
static const struct entry *find_entry(const struct entries *entries, const struct node *member)
{
	if (!entries || entries->count == 0) return NULL;
	uint32_t start = entries_start(entries->seed, node_key(member), member->key_hash);
	for (uint32_t slot = start & entries->mask;; slot = (slot + 1) & entries->mask) {
		if (entries->slots[slot] == 0) return NULL;
		const struct entry *entry = &entries->items[entries->slots[slot] - 1];
		if (entry->hash == member->key_hash && str_eq(entry->key, node_key(member))) return entry;
	}
}

static bool is_additional(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *member)
{
	if (find_entry(instruction->entries, member)) return false;
	for (uint32_t i = 0; instruction->patterns && i < instruction->patterns->count; i++)
		if (schema_search(evaluation, &instruction->patterns->items[i].search, node_key(member))) return false;
	return true;
}

bool check_additional_properties(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = true;
	bool never = evaluation->schema->blocks[instruction->block].never;
	for (uint32_t i = 0; i < value->len && !evaluation->undecided; i++) {
		const struct node *member = &value->children[i];
		if (!is_additional(evaluation, instruction, member)) continue;
		tracker_mark(evaluation->tracker, i);
		if (never) {
			struct failure failure = {.instruction = instruction, .value = value, .name = node_key(member)};
			valid = schema_fail_child(evaluation, &failure, member, node_key(member), i);
		} else {
			valid &= schema_child_check(evaluation, instruction->block, member, node_key(member), i);
		}
		if (!valid && evaluation->mode != SCHEMA_ALL) break;
	}
	return valid && !evaluation->undecided;
}

/* What a shape says of a member beyond its own schema: that of its patterns, and else the one for the rest. */
static bool check_other(
		struct evaluation *evaluation, const struct shape *shape, const struct node *member, bool named, uint32_t index)
{
	for (uint32_t i = 0; shape->patterns && i < shape->patterns->count; i++) {
		const struct entry *entry = &shape->patterns->items[i];
		if (!schema_search(evaluation, &entry->search, node_key(member))) continue;
		named = true;
		if (!schema_child_check(evaluation, entry->block, member, node_key(member), index)) return false;
	}
	if (named || shape->additional == NO_BLOCK) return true;
	return schema_child_check(evaluation, shape->additional, member, node_key(member), index);
}

/* The same of fewer than eight bytes. */
static inline bool same_few(const char *a, const char *b, uint32_t len)
{
	uint32_t x[2];
	uint32_t y[2];
	if (len < sizeof *x) {
		bool same = true;
		for (uint32_t i = 0; i < len; i++)
			same &= a[i] == b[i];
		return same;
	}
	memcpy(&x[0], a, sizeof *x);
	memcpy(&y[0], b, sizeof *y);
	memcpy(&x[1], a + len - sizeof *x, sizeof *x);
	memcpy(&y[1], b + len - sizeof *y, sizeof *y);
	return x[0] == y[0] && x[1] == y[1];
}

static inline bool same_word(const char *a, const char *b)
{
	uint64_t x;
	uint64_t y;
	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	return x == y;
}

/* Equality of texts of the same length, by words that may overlap: most are short, and equal. */
static inline bool same_bytes(const char *a, const char *b, uint32_t len)
{
	enum { WORD = sizeof(uint64_t) };
	if (len < WORD) return same_few(a, b, len);
	for (uint32_t at = 0; at + WORD < len; at += WORD)
		if (!same_word(a + at, b + at)) return false;
	return same_word(a + len - WORD, b + len - WORD);
}

static inline bool is_name(const struct shape_name *name, const struct node *member)
{
	return name->hash == member->key_hash && name->len == member->key_len &&
		   same_bytes(name->key, member->key, name->len);
}

/* The name of a member, or NULL; `*next` is the one to try first. */
static inline const struct shape_name *find_name(const struct shape *shape, const struct node *member, uint32_t *next)
{
	if (*next < shape->count && is_name(&shape->names[*next], member)) return &shape->names[(*next)++];
	uint32_t start = entries_start(shape->seed, node_key(member), member->key_hash);
	for (uint32_t slot = start & shape->mask; shape->slots[slot]; slot = (slot + 1) & shape->mask) {
		const struct shape_name *name = &shape->names[shape->slots[slot] - 1];
		if (!is_name(name, member)) continue;
		*next = shape->slots[slot];
		return name;
	}
	return NULL;
}

/* schema_child_check() for a shape: only the verdict counts, and nobody asks what is evaluated. */
static inline bool test_member(struct evaluation *evaluation, uint32_t index, const struct node *member, uint32_t place)
{
	const struct block *block = &evaluation->schema->blocks[index];
	if (evaluation->plain && block->quick) return schema_test_quick(evaluation, block, member);
	return schema_child_check(evaluation, index, member, node_key(member), place);
}

/* The member of that name, or NULL; `guess` is where it may well be. */
static inline const struct node *find_member(const struct node *object, const struct shape_name *name, uint32_t guess)
{
	if (guess < object->len && is_name(name, &object->children[guess])) return &object->children[guess];
	if (object->flags & NODE_INDEXED) return node_member(object, (struct str){name->key, name->len});
	for (const struct node *at = object->children, *end = at + object->len; at < end; at++)
		if (is_name(name, at)) return at;
	return NULL;
}

/* A sparse shape. Members that it does not name are not looked at. */
static bool check_few_names(struct evaluation *evaluation, const struct shape *shape, const struct node *value)
{
	uint32_t guess = 0;
	for (uint32_t i = 0; i < shape->count; i++) {
		const struct shape_name *name = &shape->names[i];
		const struct node *member = find_member(value, name, guess);
		if (!member && name->required) return false;
		if (!member) continue;
		uint32_t place = (uint32_t)(member - value->children);
		guess = place + 1;
		if (name->block != NO_BLOCK && !test_member(evaluation, name->block, member, place)) return false;
	}
	return !evaluation->undecided;
}

/*
 * Where only the verdict counts, members are looked up in the schema, once each: fewer misses than the other way round,
 * and what is required is counted on the way. An object with duplicate keys goes the long way.
 */
bool check_shape(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	const struct shape *shape = instruction->shape;
	uint32_t missing = shape->required;
	uint32_t next = 0;
	if (value->len < missing) return false;
	if (shape->sparse) return check_few_names(evaluation, shape, value);
	for (uint32_t i = 0; i < value->len; i++) {
		const struct node *member = &value->children[i];
		if (i + 3 < value->len) { /* nodes lie in a row, what they point to does not */
			__builtin_prefetch(member[3].key);
			__builtin_prefetch(member[3].text);
		}
		const struct shape_name *name = find_name(shape, member, &next);
		bool named = name && name->block != NO_BLOCK;
		if (name) missing -= name->required;
		if (named && !test_member(evaluation, name->block, member, i)) return false;
		if (!(named && shape->idle) && !check_other(evaluation, shape, member, named, i)) return false;
	}
	return missing == 0 && !evaluation->undecided;
}

bool check_properties(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = schema_work(evaluation, instruction->entries->count);
	for (uint32_t i = 0; i < instruction->entries->count && !evaluation->undecided; i++) {
		const struct entry *entry = &instruction->entries->items[i];
		const struct node *member = node_member(value, entry->key);
		if (member) tracker_mark(evaluation->tracker, (uint32_t)(member - value->children));
		if (!member || schema_child_check(evaluation, entry->block, member, entry->key, 0)) continue;
		valid = false;
		if (evaluation->mode != SCHEMA_ALL) break;
	}
	return valid && !evaluation->undecided;
}

/* Checks all members whose name matches one pattern. */
static bool check_pattern_entry(struct evaluation *evaluation, const struct entry *entry, const struct node *value)
{
	bool valid = true;
	for (uint32_t i = 0; i < value->len && !evaluation->undecided; i++) {
		const struct node *member = &value->children[i];
		if (!schema_search(evaluation, &entry->search, node_key(member))) continue;
		tracker_mark(evaluation->tracker, i);
		if (schema_child_check(evaluation, entry->block, member, node_key(member), i)) continue;
		valid = false;
		if (evaluation->mode != SCHEMA_ALL) break;
	}
	return valid && !evaluation->undecided;
}

bool check_pattern_properties(
		struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = schema_work(evaluation, instruction->entries->count);
	for (uint32_t i = 0; i < instruction->entries->count && !evaluation->undecided; i++) {
		valid &= check_pattern_entry(evaluation, &instruction->entries->items[i], value);
		if (!valid && evaluation->mode != SCHEMA_ALL) break;
	}
	return valid;
}

/* Are all names that go with one member there? */
static bool check_names(struct evaluation *evaluation, const struct instruction *instruction, const struct entry *entry,
		const struct node *value)
{
	bool valid = schema_work(evaluation, entry->names->len);
	for (uint32_t i = 0; i < entry->names->len; i++) {
		struct str name = node_text(&entry->names->children[i]);
		if (node_member(value, name)) continue;
		struct failure failure = {.instruction = instruction, .value = value, .name = entry->key, .needs = name};
		failure.first = (uint32_t)(entry - instruction->entries->items);
		valid = schema_fail_with(evaluation, &failure);
		if (evaluation->mode != SCHEMA_ALL) break;
	}
	return valid;
}

/* As ajv does: first the names that depend on a member, then the schemas. */
bool check_dependencies(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = schema_work(evaluation, instruction->entries->count);
	for (uint32_t pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < instruction->entries->count; i++) {
			const struct entry *entry = &instruction->entries->items[i];
			if ((entry->names == NULL) != (pass == 1) || !node_member(value, entry->key)) continue;
			valid &= entry->names ? check_names(evaluation, instruction, entry, value)
								  : schema_clause_check(evaluation, entry->block, value);
			if (!valid && evaluation->mode != SCHEMA_ALL) return false;
		}
	}
	return valid && !evaluation->undecided;
}

/* unevaluatedProperties and unevaluatedItems: what no other keyword has evaluated. */
bool check_unevaluated(struct evaluation *evaluation, const struct instruction *instruction, const struct node *value)
{
	bool valid = true;
	bool never = evaluation->schema->blocks[instruction->block].never;
	for (uint32_t i = 0; i < value->len && !evaluation->undecided; i++) {
		const struct node *child = &value->children[i];
		struct str key = value->kind == NODE_OBJECT ? node_key(child) : (struct str){NULL, 0};
		if (evaluation->tracker->marked[i] || node_is_repeated(value, child)) continue;
		tracker_mark(evaluation->tracker, i);
		if (never) {
			struct failure failure = {.instruction = instruction, .value = value, .name = key, .first = i};
			valid = schema_fail_child(evaluation, &failure, child, key, i);
		} else {
			valid &= schema_child_check(evaluation, instruction->block, child, key, i);
		}
		if (!valid && evaluation->mode != SCHEMA_ALL) break;
	}
	return valid && !evaluation->undecided;
}
