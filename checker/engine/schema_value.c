/* SPDX-License-Identifier: EUPL-1.2 */
/* Values as JSON Schema compares them: deep equality through references, duplicates, exact multiples. */
#include "engine/schema_value.h"

#include <stdlib.h>

#include "base/limits.h"
#include "doc/decimal.h"
#include "doc/hash.h"
#include "engine/schema_eval.h"

static bool equal(struct evaluation *evaluation, const struct node *a, const struct node *b, int depth);

/* Of duplicate keys the last counts. */
uint32_t schema_length(const struct node *container)
{
	uint32_t count = container->len;
	for (uint32_t i = 0; container->flags & NODE_REPEATS && i < container->len; i++)
		count -= node_is_repeated(container, &container->children[i]);
	return count;
}

static bool equal_elements(struct evaluation *evaluation, const struct node *a, const struct node *b, int depth)
{
	for (uint32_t i = 0; i < a->len; i++)
		if (!equal(evaluation, &a->children[i], &b->children[i], depth)) return false;
	return true;
}

static bool equal_members(struct evaluation *evaluation, const struct node *a, const struct node *b, int depth)
{
	for (uint32_t i = 0; i < a->len; i++) {
		if (node_is_repeated(a, &a->children[i])) continue;
		const struct node *other = node_member(b, node_key(&a->children[i]));
		if (!other || !equal(evaluation, &a->children[i], other, depth)) return false;
	}
	return true;
}

static bool equal(struct evaluation *evaluation, const struct node *a, const struct node *b, int depth)
{
	a = schema_see(evaluation, a);
	b = schema_see(evaluation, b);
	if (a == b) return true;
	if (a->kind != b->kind) return false;
	if (a->kind == NODE_STRING) return str_eq(node_text(a), node_text(b));
	if (a->kind == NODE_NUMBER) return node_compare_numbers(a, b) == 0;
	if (a->kind < NODE_ARRAY) return true;
	if (schema_length(a) != schema_length(b) || !schema_work(evaluation, 1 + a->len)) return false;
	if (depth <= 0)
		return schema_give_up(
				evaluation, "values nest too deeply to be compared", "waarden zijn te diep genest om te vergelijken");
	return a->kind == NODE_ARRAY ? equal_elements(evaluation, a, b, depth - 1)
								 : equal_members(evaluation, a, b, depth - 1);
}

bool schema_equal(struct evaluation *evaluation, const struct node *a, const struct node *b)
{
	if (a->kind != b->kind) return false;
	return equal(evaluation, a, b, LIMIT_DEPTH);
}

enum { HASH_DEPTH = 32 };

/* Members in any order, and of duplicates the last one. */
static uint64_t hash_members(struct evaluation *evaluation, const struct node *value, uint64_t seed, int depth);

/* Numbers by the nearest double, so that 1 and 1.0 meet. */
static uint64_t hash_value(struct evaluation *evaluation, const struct node *value, uint64_t seed, int depth)
{
	value = schema_see(evaluation, value);
	if (value->kind == NODE_STRING) return hash_bytes(node_text(value), seed);
	if (value->kind == NODE_NUMBER) {
		double number = node_double(value) + 0.0; /* -0 becomes 0 */
		return hash_bytes((struct str){(const char *)&number, sizeof number}, seed ^ NODE_NUMBER);
	}
	uint64_t hash = hash_mix(seed, value->kind);
	if (depth <= 0 || !node_is_container(value) || !schema_work(evaluation, 1 + value->len)) return hash;
	if (value->kind == NODE_OBJECT) return hash_members(evaluation, value, hash, depth);
	for (uint32_t i = 0; i < value->len; i++)
		hash = hash_mix(hash, hash_value(evaluation, &value->children[i], seed, depth - 1));
	return hash;
}

static uint64_t hash_members(struct evaluation *evaluation, const struct node *value, uint64_t seed, int depth)
{
	uint64_t sum = seed;
	for (uint32_t i = 0; i < value->len; i++) {
		const struct node *member = &value->children[i];
		if (node_is_repeated(value, member)) continue;
		sum += hash_mix(hash_bytes(node_key(member), seed), hash_value(evaluation, member, seed, depth - 1));
	}
	return sum;
}

uint64_t schema_hash(struct evaluation *evaluation, const struct node *value, uint64_t seed)
{
	return hash_value(evaluation, value, seed, HASH_DEPTH);
}

/* An element by its hash, and the next one with the same; 0 is none, else index + 1. */
struct slot {
	uint64_t hash;
	uint32_t last;
};

/* Elements seen so far, by hash. */
struct seen {
	const struct node *array;
	struct slot *slots;
	uint32_t *next;
	size_t mask;
	uint64_t seed;
};

/* Was an equal element seen? Elements of equal hash are chained, the latest first. */
static bool seen_before(struct evaluation *evaluation, struct seen *seen, uint32_t index, uint32_t *other)
{
	const struct node *value = &seen->array->children[index];
	uint64_t hash = schema_hash(evaluation, value, seen->seed);
	size_t at = hash & seen->mask;
	while (seen->slots[at].last && seen->slots[at].hash != hash)
		at = (at + 1) & seen->mask;
	bool found = false;
	for (uint32_t i = seen->slots[at].last; i && !found && schema_work(evaluation, 1); i = seen->next[i - 1]) {
		found = equal(evaluation, value, &seen->array->children[i - 1], LIMIT_DEPTH);
		if (found) *other = i - 1;
	}
	seen->next[index] = seen->slots[at].last;
	seen->slots[at] = (struct slot){hash, index + 1};
	return found;
}

/* Few elements are compared pair by pair when only the verdict counts. */
static bool few_have_duplicate(struct evaluation *evaluation, const struct node *array)
{
	for (uint32_t i = 1; i < array->len; i++)
		for (uint32_t j = 0; j < i; j++)
			if (equal(evaluation, &array->children[i], &array->children[j], LIMIT_DEPTH)) return true;
	return false;
}

enum { FEW = 16, FIRST_CAPACITY = 64 };

/*
 * ajv walks from the end. Where it compares all pairs, it finds the last element that equals an earlier one, with the
 * nearest earlier one; where the elements are known to be scalars, the last that equals a later one.
 */
bool schema_find_duplicate(struct evaluation *evaluation, const struct instruction *instruction,
		const struct node *array, uint32_t pair[2])
{
	if (array->len <= FEW && evaluation->mode == SCHEMA_TEST) return few_have_duplicate(evaluation, array);
	size_t capacity = FIRST_CAPACITY;
	while (capacity < (size_t)array->len * 2)
		capacity *= 2;
	struct seen seen = {.array = array, .mask = capacity - 1};
	seen.slots = mem_resize(NULL, capacity, sizeof *seen.slots);
	seen.next = mem_resize(NULL, array->len + 1, sizeof *seen.next);
	seen.seed = hash_seed(seen.slots);
	memset(seen.slots, 0, capacity * sizeof *seen.slots);
	bool found = false;
	for (uint32_t i = 0; i < array->len && !evaluation->undecided; i++) {
		uint32_t index = instruction->flag ? array->len - 1 - i : i;
		uint32_t other;
		if (!seen_before(evaluation, &seen, index, &other)) continue;
		found = true;
		pair[0] = index;
		pair[1] = other;
		if (instruction->flag || evaluation->mode == SCHEMA_TEST) break;
	}
	free(seen.slots);
	free(seen.next);
	return found && !evaluation->undecided;
}

bool schema_whole(const struct node *number, int64_t *whole)
{
	enum { MOST = 18 };
	const char *text = number->text;
	bool negative = number->len > 0 && text[0] == '-';
	if (number->len > MOST + (uint32_t)negative || number->len == (uint32_t)negative) return false;
	int64_t value = 0;
	for (uint32_t i = negative; i < number->len; i++) {
		if (text[i] < '0' || text[i] > '9') return false;
		value = value * 10 + (text[i] - '0');
	}
	*whole = negative ? -value : value;
	return true;
}

int schema_compare(const struct node *value, const struct bound *bound)
{
	int64_t whole;
	if (bound->is_whole && schema_whole(value, &whole)) return (whole > bound->whole) - (whole < bound->whole);
	return node_compare_numbers(value, bound->operand);
}

static uint64_t times(uint64_t a, uint64_t b, uint64_t modulus)
{
	return (uint64_t)((unsigned __int128)a * b % modulus);
}

static uint64_t power_of_ten(int64_t exponent, uint64_t modulus)
{
	uint64_t result = 1 % modulus;
	for (uint64_t base = 10 % modulus; exponent > 0; exponent >>= 1, base = times(base, base, modulus))
		if (exponent & 1) result = times(result, base, modulus);
	return result;
}

/* The remainder of a row of digits, in which there may be a point. */
static uint64_t remainder_of(struct str digits, uint64_t modulus)
{
	uint64_t rest = 0;
	for (size_t i = 0; i < digits.len; i++)
		if (digits.ptr[i] != '.') rest = (times(rest, 10, modulus) + (uint64_t)(digits.ptr[i] - '0')) % modulus;
	return rest;
}

bool schema_is_multiple(const struct node *value, const struct bound *divisor)
{
	int64_t whole;
	if (divisor->is_whole && schema_whole(value, &whole)) return whole % divisor->whole == 0;
	struct decimal a = decimal_of(node_text(value));
	struct decimal b = decimal_of(node_text(divisor->operand));
	if (a.kind != DECIMAL_FINITE) return false;
	if (a.count == 0) return true;
	int64_t shift = (a.magnitude - (int64_t)a.count) - (b.magnitude - (int64_t)b.count);
	/* Without trailing zeros `a` is no multiple of ten, so nothing makes up for a smaller exponent. */
	if (shift < 0) return false;
	uint64_t modulus = remainder_of(b.digits, UINT64_MAX);
	return times(remainder_of(a.digits, modulus), power_of_ten(shift, modulus), modulus) == 0;
}
