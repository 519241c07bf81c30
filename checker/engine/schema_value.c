/* Values as JSON Schema compares them: deep equality through references, duplicates, exact multiples. */
#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "engine/schema_eval.h"

static bool equal(struct evaluation *evaluation, const struct node *a, const struct node *b, int depth);

static bool equal_elements(struct evaluation *evaluation, const struct node *a, const struct node *b, int depth)
{
	for (uint32_t i = 0; i < a->len; i++)
		if (!equal(evaluation, &a->children[i], &b->children[i], depth)) return false;
	return true;
}

static bool equal_members(struct evaluation *evaluation, const struct node *a, const struct node *b, int depth)
{
	for (uint32_t i = 0; i < a->len; i++) {
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
	if (a->len != b->len || !schema_work(evaluation, 1 + a->len)) return false;
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

static uint64_t mix(uint64_t hash, uint64_t more)
{
	hash = (hash ^ more) * 0x9E3779B97F4A7C15u;
	return hash ^ hash >> 29;
}

static uint64_t hash_bytes(struct str bytes)
{
	uint64_t hash = 0xCBF29CE484222325u;
	for (size_t i = 0; i < bytes.len; i++)
		hash = (hash ^ (unsigned char)bytes.ptr[i]) * 0x100000001B3u;
	return hash;
}

/* Equal values have equal hashes: numbers by the nearest double, members in any order. */
static uint64_t hash_value(struct evaluation *evaluation, const struct node *value, int depth)
{
	value = schema_see(evaluation, value);
	if (value->kind == NODE_STRING) return hash_bytes(node_text(value));
	if (value->kind == NODE_NUMBER) {
		double number = node_double(value) + 0.0; /* -0 becomes 0 */
		uint64_t bits;
		memcpy(&bits, &number, sizeof bits);
		return mix(NODE_NUMBER, bits);
	}
	uint64_t hash = mix(value->kind, node_count(value));
	if (depth <= 0 || !schema_work(evaluation, 1 + node_count(value))) return hash;
	for (uint32_t i = 0; i < node_count(value); i++) {
		uint64_t child = hash_value(evaluation, &value->children[i], depth - 1);
		hash = value->kind == NODE_ARRAY ? mix(hash, child)
										 : hash + mix(hash_bytes(node_key(&value->children[i])), child);
	}
	return hash;
}

/* An element by its hash, and the next one with the same; 0 is none, else index + 1. */
struct slot {
	uint64_t hash;
	uint32_t last;
};

enum { HASH_DEPTH = 32 };

/* Was an equal element seen? Elements of equal hash are chained, the latest first. */
static bool seen_before(struct evaluation *evaluation, const struct node *array, struct slot *slots, size_t mask,
		uint32_t *next, uint32_t index, uint32_t *other)
{
	const struct node *value = &array->children[index];
	uint64_t hash = hash_value(evaluation, value, HASH_DEPTH);
	size_t at = hash & mask;
	while (slots[at].last && slots[at].hash != hash)
		at = (at + 1) & mask;
	bool found = false;
	for (uint32_t i = slots[at].last; i && !found && schema_work(evaluation, 1); i = next[i - 1]) {
		found = equal(evaluation, value, &array->children[i - 1], LIMIT_DEPTH);
		if (found) *other = i - 1;
	}
	next[index] = slots[at].last;
	slots[at] = (struct slot){hash, index + 1};
	return found;
}

/*
 * ajv walks from the end. Where it compares all pairs, it finds the last element that equals an earlier one, with the
 * nearest earlier one; where the elements are known to be scalars, the last that equals a later one.
 */
bool schema_find_duplicate(struct evaluation *evaluation, const struct instruction *instruction,
		const struct node *array, uint32_t pair[2])
{
	size_t capacity = 4;
	while (capacity < (size_t)array->len * 2)
		capacity *= 2;
	struct slot *slots = mem_resize(NULL, capacity, sizeof *slots);
	uint32_t *next = mem_resize(NULL, array->len + 1, sizeof *next);
	memset(slots, 0, capacity * sizeof *slots);
	bool found = false;
	for (uint32_t i = 0; i < array->len && !evaluation->undecided; i++) {
		uint32_t index = instruction->flag ? array->len - 1 - i : i;
		uint32_t other;
		if (!seen_before(evaluation, array, slots, capacity - 1, next, index, &other)) continue;
		found = true;
		pair[0] = index;
		pair[1] = other;
		if (instruction->flag || evaluation->mode == SCHEMA_TEST) break;
	}
	free(slots);
	free(next);
	return found && !evaluation->undecided;
}

/* Digits of a decimal without leading and trailing zeros, times ten to the exponent. */
struct decimal {
	char digits[400];
	size_t count;
	long long exponent;
	bool fits;
};

enum { MAX_EXPONENT = 1000000000 };

static void read_decimal(struct str text, struct decimal *decimal)
{
	bool fraction = false;
	*decimal = (struct decimal){.fits = true};
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == 'e' || c == 'E') {
			long long exponent = strtoll(text.ptr + i + 1, NULL, 10);
			decimal->exponent += exponent > MAX_EXPONENT    ? MAX_EXPONENT
								 : exponent < -MAX_EXPONENT ? -MAX_EXPONENT
															: exponent;
			break;
		}
		if (c == '.') fraction = true;
		if (c < '0' || c > '9') continue;
		decimal->exponent -= fraction;
		if (decimal->count == 0 && c == '0') continue;
		if (decimal->count == sizeof decimal->digits) {
			decimal->fits = false;
			return;
		}
		decimal->digits[decimal->count++] = c;
	}
	while (decimal->count > 0 && decimal->digits[decimal->count - 1] == '0') {
		decimal->count--;
		decimal->exponent++;
	}
}

bool schema_divisor_fits(const struct node *divisor)
{
	struct decimal decimal;
	read_decimal(node_text(divisor), &decimal);
	return decimal.fits && decimal.count <= 18;
}

static uint64_t times(uint64_t a, uint64_t b, uint64_t modulus)
{
	return (uint64_t)((unsigned __int128)a * b % modulus);
}

static uint64_t power_of_ten(long long exponent, uint64_t modulus)
{
	uint64_t result = 1 % modulus;
	for (uint64_t base = 10 % modulus; exponent > 0; exponent >>= 1, base = times(base, base, modulus))
		if (exponent & 1) result = times(result, base, modulus);
	return result;
}

bool schema_is_multiple(const struct node *value, const struct node *divisor)
{
	struct decimal a;
	struct decimal b;
	read_decimal(node_text(value), &a);
	read_decimal(node_text(divisor), &b);
	if (str_find(node_text(value), 'N') < value->len || str_find(node_text(value), 'I') < value->len) return false;
	if (!a.fits || !isfinite(node_double(divisor))) return fmod(node_double(value), node_double(divisor)) == 0;
	if (a.count == 0) return true;
	uint64_t modulus = 0;
	for (size_t i = 0; i < b.count; i++)
		modulus = modulus * 10 + (uint64_t)(b.digits[i] - '0');
	/* Without trailing zeros `a` is no multiple of ten, so nothing makes up for a smaller exponent. */
	if (a.exponent < b.exponent) return false;
	uint64_t rest = 0;
	for (size_t i = 0; i < a.count; i++)
		rest = (times(rest, 10, modulus) + (uint64_t)(a.digits[i] - '0')) % modulus;
	return times(rest, power_of_ten(a.exponent - b.exponent, modulus), modulus) == 0;
}
