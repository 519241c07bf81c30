/* SPDX-License-Identifier: EUPL-1.2 */
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
		size_t before = schema_failures(evaluation);
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
		for (size_t j = before; j < schema_failures(evaluation); j++)
			evaluation->record->failures.items[j].value = value;
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
