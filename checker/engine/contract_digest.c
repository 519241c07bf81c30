/* SPDX-License-Identifier: EUPL-1.2 */
/* Digests of values and of schemas. */
#include "engine/contract_digest.h"

#include "base/limits.h"
#include "base/vec.h"
#include "doc/decimal.h"
#include "doc/hash.h"

/* Schemas within schemas: beyond this they are compared in full. */
enum { MOST_DEPTH = 200 };

struct known {
	const struct node *node; /* NULL: free */
	const struct openapi *openapi;
	const struct digest *digest; /* NULL: none, or not yet */
};

struct digests {
	struct arena *arena;
	struct known *slots;
	uint32_t count, capacity;
	uint32_t depth;
	uint64_t steps;
};

static void release_slots(void *digests)
{
	free(((struct digests *)digests)->slots);
}

struct digests *digests_new(struct arena *arena)
{
	struct digests *digests = arena_zalloc(arena, sizeof *digests);
	digests->arena = arena;
	arena_on_free(arena, release_slots, digests);
	return digests;
}

uint64_t digests_steps(const struct digests *digests)
{
	return digests->steps;
}

bool keyword_is_annotation(struct str keyword)
{
	static const char *const names[] = {"title", "description", "example", "examples", "default", "deprecated",
			"externalDocs", "xml", "$comment", "$schema", "$defs", "definitions", "summary", NULL};
	for (const char *const *name = names; *name; name++)
		if (str_eq(keyword, str_of(*name))) return true;
	return str_starts(keyword, STR("x-"));
}

static void number_key(struct str text, struct strbuf *out)
{
	struct decimal value = decimal_of(text);
	strbuf_printf(out, "n%d%d:%lld:", value.kind, value.negative && value.digits.len > 0,
			value.digits.len ? (long long)value.magnitude : 0LL);
	for (size_t i = 0; i < value.digits.len; i++)
		if (value.digits.ptr[i] != '.') strbuf_add_char(out, value.digits.ptr[i]);
}

static void text_key(char kind, struct str text, struct strbuf *out)
{
	strbuf_printf(out, "%c%zu:", kind, text.len);
	strbuf_add(out, text);
}

static int by_key(const void *a, const void *b)
{
	const struct node *left = *(const struct node *const *)a;
	const struct node *right = *(const struct node *const *)b;
	return str_compare(node_key(left), node_key(right));
}

/* Members in the order of their keys, on the heap: those that count. */
static const struct node **sorted_members(const struct node *object, uint32_t *count)
{
	const struct node **members = mem_resize(NULL, (size_t)object->len + 1, sizeof *members);
	*count = 0;
	for (uint32_t i = 0; i < object->len; i++)
		if (!node_is_repeated(object, &object->children[i])) members[(*count)++] = &object->children[i];
	if (*count) qsort(members, *count, sizeof *members, by_key);
	return members;
}

void value_key(const struct node *value, struct strbuf *out)
{
	uint32_t count;
	switch ((enum node_kind)value->kind) {
	case NODE_NUMBER:
		number_key(node_text(value), out);
		break;
	case NODE_STRING:
		text_key('s', node_text(value), out);
		break;
	case NODE_ARRAY:
		strbuf_add_char(out, '[');
		for (uint32_t i = 0; i < value->len; i++)
			value_key(&value->children[i], out);
		strbuf_add_char(out, ']');
		break;
	case NODE_OBJECT: {
		const struct node **members = sorted_members(value, &count);
		strbuf_add_char(out, '{');
		for (uint32_t i = 0; i < count; i++) {
			text_key('k', node_key(members[i]), out);
			value_key(members[i], out);
		}
		strbuf_add_char(out, '}');
		free(members);
		break;
	}
	default:
		strbuf_add_char(out, value->kind == NODE_NULL ? '0' : value->kind == NODE_TRUE ? 't' : 'f');
		break;
	}
}

static struct known *slot_of(const struct digests *digests, const struct openapi *openapi, const struct node *node)
{
	uint64_t hash = hash_mix((uint64_t)(uintptr_t)node, (uint64_t)(uintptr_t)openapi);
	uint32_t slot = (uint32_t)hash & (digests->capacity - 1);
	while (digests->slots[slot].node && (digests->slots[slot].node != node || digests->slots[slot].openapi != openapi))
		slot = (slot + 1) & (digests->capacity - 1);
	return &digests->slots[slot];
}

static void grow(struct digests *digests)
{
	struct digests old = *digests;
	if (digests->capacity && (digests->count + 1) * 2 <= digests->capacity) return;
	digests->capacity = old.capacity ? old.capacity * 2 : 1024;
	digests->slots = mem_resize(NULL, digests->capacity, sizeof *digests->slots);
	memset(digests->slots, 0, digests->capacity * sizeof *digests->slots);
	for (uint32_t i = 0; i < old.capacity; i++)
		if (old.slots[i].node) *slot_of(digests, old.slots[i].openapi, old.slots[i].node) = old.slots[i];
	free(old.slots);
}

static bool add_schema(
		struct digests *digests, const struct openapi *openapi, const struct node *node, struct strbuf *out)
{
	const struct digest *digest = digests_of_schema(digests, openapi, node);
	if (!digest) return false;
	strbuf_add(out, (struct str){digest->hex, sizeof digest->hex - 1});
	return true;
}

static bool add_schemas(
		struct digests *digests, const struct openapi *openapi, const struct node *list, struct strbuf *out)
{
	uint32_t count;
	bool ok = true;
	if (list->kind == NODE_ARRAY) {
		strbuf_add_char(out, '[');
		for (uint32_t i = 0; i < list->len && ok; i++)
			ok = add_schema(digests, openapi, &list->children[i], out);
		strbuf_add_char(out, ']');
		return ok;
	}
	if (list->kind != NODE_OBJECT) return false;
	const struct node **members = sorted_members(list, &count);
	for (uint32_t i = 0; i < count && ok; i++) {
		text_key('k', node_key(members[i]), out);
		ok = add_schema(digests, openapi, members[i], out);
	}
	free(members);
	return ok;
}

static int by_text(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* Names in any order. */
static bool add_names(const struct node *list, struct strbuf *out)
{
	if (list->kind == NODE_STRING) {
		text_key('s', node_text(list), out);
		return true;
	}
	if (list->kind != NODE_ARRAY) return false;
	struct str *names = mem_resize(NULL, (size_t)list->len + 1, sizeof *names);
	for (uint32_t i = 0; i < list->len; i++)
		names[i] = list->children[i].kind == NODE_STRING ? node_text(&list->children[i]) : STR("?");
	if (list->len) qsort(names, list->len, sizeof *names, by_text);
	for (uint32_t i = 0; i < list->len; i++)
		text_key('s', names[i], out);
	free(names);
	return true;
}

static bool is_one_of(struct str keyword, const char *const *names)
{
	for (; *names; names++)
		if (str_eq(keyword, str_of(*names))) return true;
	return false;
}

static bool add_keyword(
		struct digests *digests, const struct openapi *openapi, const struct node *member, struct strbuf *out)
{
	static const char *const one[] = {"items", "additionalProperties", "not", "if", "then", "else", "contains",
			"propertyNames", "unevaluatedProperties", "unevaluatedItems", "contentSchema", "additionalItems", NULL};
	static const char *const many[] = {
			"properties", "patternProperties", "dependentSchemas", "allOf", "anyOf", "oneOf", "prefixItems", NULL};
	static const char *const names[] = {"required", "type", NULL};
	static const char *const never[] = {
			"discriminator", "$dynamicRef", "$recursiveRef", "$id", "$anchor", "$dynamicAnchor", "$ref", NULL};
	struct str key = node_key(member);
	if (is_one_of(key, never)) return false;
	text_key('k', key, out);
	if (is_one_of(key, many)) return add_schemas(digests, openapi, member, out);
	if (is_one_of(key, names)) return add_names(member, out);
	if (!is_one_of(key, one)) {
		value_key(member, out);
		return true;
	}
	if (member->kind == NODE_ARRAY) return add_schemas(digests, openapi, member, out);
	return add_schema(digests, openapi, member, out);
}

static bool add_members(
		struct digests *digests, const struct openapi *openapi, const struct node *node, struct strbuf *out)
{
	uint32_t count;
	bool ok = true;
	const struct node **members = sorted_members(node, &count);
	for (uint32_t i = 0; i < count && ok; i++) {
		digests->steps++;
		if (!keyword_is_annotation(node_key(members[i]))) ok = add_keyword(digests, openapi, members[i], out);
	}
	digests->steps += node_count(node);
	free(members);
	return ok;
}

/* A lone reference is what it refers to. In 3.0 what stands beside `$ref` does not count; later it does. */
static const struct node *referred(const struct openapi *openapi, const struct node *node, bool *sound)
{
	const struct node *ref = node->kind == NODE_OBJECT ? node_member(node, STR("$ref")) : NULL;
	*sound = true;
	if (!ref || ref->kind != NODE_STRING) return NULL;
	const struct target *target = refs_target(openapi->refs, node);
	*sound = target != NULL;
	for (uint32_t i = 0; openapi->version >= OPENAPI_3_1 && i < node->len; i++) {
		struct str key = node_key(&node->children[i]);
		if (!str_eq(key, STR("$ref")) && !keyword_is_annotation(key)) *sound = false;
	}
	return target ? target->node : NULL;
}

static const struct digest *compute(struct digests *digests, const struct openapi *openapi, const struct node *node)
{
	bool sound;
	const struct node *other = referred(openapi, node, &sound);
	if (!sound) return NULL;
	if (other) return digests_of_schema(digests, openapi, other);
	struct strbuf text;
	strbuf_init(&text, LIMIT_DOCUMENT_BYTES);
	strbuf_add(&text, openapi->version >= OPENAPI_3_1 ? STR("1") : STR("0"));
	bool ok = true;
	if (node->kind == NODE_OBJECT)
		ok = add_members(digests, openapi, node, &text);
	else
		value_key(node, &text);
	struct digest *digest = NULL;
	if (ok && !text.overflow) {
		digest = arena_alloc(digests->arena, sizeof *digest);
		*digest = digest_of(strbuf_str(&text));
	}
	strbuf_release(&text);
	return digest;
}

const struct digest *digests_of_schema(struct digests *digests, const struct openapi *openapi, const struct node *node)
{
	if (digests->depth >= MOST_DEPTH) return NULL;
	grow(digests);
	struct known *slot = slot_of(digests, openapi, node);
	if (slot->node) return slot->digest; /* NULL while it is being made: it contains itself */
	*slot = (struct known){.node = node, .openapi = openapi};
	digests->count++;
	digests->depth++;
	const struct digest *digest = compute(digests, openapi, node);
	digests->depth--;
	slot_of(digests, openapi, node)->digest = digest;
	return digest;
}

const struct digest *digests_of_keyword(
		struct digests *digests, const struct openapi *openapi, const struct node *member)
{
	struct digest *digest = NULL;
	struct strbuf text;
	strbuf_init(&text, LIMIT_DOCUMENT_BYTES);
	if (add_keyword(digests, openapi, member, &text) && !text.overflow) {
		digest = arena_alloc(digests->arena, sizeof *digest);
		*digest = digest_of(strbuf_str(&text));
	}
	strbuf_release(&text);
	return digest;
}
