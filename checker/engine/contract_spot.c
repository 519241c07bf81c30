/* SPDX-License-Identifier: EUPL-1.2 */
/* Places, and what has been found at them. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/hash.h"
#include "doc/pointer.h"
#include "engine/contract_found.h"

const struct spot *spot_of_target(struct arena *arena, const struct target *target)
{
	struct spot *spot = arena_alloc(arena, sizeof *spot);
	*spot = (struct spot){.doc = target->doc, .node = target->node, .key = target->pointer};
	return spot;
}

const struct spot *spot_member(struct arena *arena, const struct spot *spot, struct str key)
{
	const struct node *node = spot->node->kind == NODE_OBJECT ? node_member(spot->node, key) : NULL;
	if (!node) return NULL;
	struct spot *made = arena_alloc(arena, sizeof *made);
	*made = (struct spot){.doc = spot->doc, .node = node, .up = spot, .key = node_key(node)};
	return made;
}

const struct spot *spot_child(struct arena *arena, const struct spot *spot, uint32_t index)
{
	const struct node *node = &spot->node->children[index];
	struct spot *made = arena_alloc(arena, sizeof *made);
	*made = (struct spot){.doc = spot->doc, .node = node, .up = spot, .key = node_key(node), .index = index};
	return made;
}

/* The pointer of a place; as long as its document is deep. */
static struct str pointer_of(struct arena *arena, const struct spot *spot)
{
	struct strbuf buf;
	struct {
		const struct spot **items;
		size_t count, capacity;
	} way = {0};
	for (; spot->up; spot = spot->up)
		*vec_push(&way) = spot;
	strbuf_init(&buf, LIMIT_DOCUMENT_BYTES);
	strbuf_add(&buf, spot->key);
	for (size_t i = way.count; i > 0; i--) {
		if (way.items[i - 1]->key.ptr)
			pointer_add_token(&buf, way.items[i - 1]->key);
		else
			pointer_add_index(&buf, way.items[i - 1]->index);
	}
	struct str pointer = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	vec_release(&way);
	return pointer;
}

struct reported {
	const struct node *official, *vendor; /* `official` NULL: free */
	struct str name;
	uint32_t rule;
};

/* A copy of a source for this comparison alone, since finding a column remembers where it was. */
struct own_source {
	const struct doc *doc;
	struct source *source;
};

struct found {
	struct {
		struct result *items;
		size_t count, capacity;
	} results;
	struct reported *slots;
	uint32_t slot_count, capacity;
	struct {
		struct own_source *items;
		size_t count, capacity;
	} sources;
};

static void release_found(void *handle)
{
	struct found *found = handle;
	vec_release(&found->results);
	vec_release(&found->sources);
	free(found->slots);
}

struct found *found_new(struct arena *arena)
{
	struct found *found = arena_zalloc(arena, sizeof *found);
	arena_on_free(arena, release_found, found);
	return found;
}

void found_take(struct comparer *comparer)
{
	struct found *found = comparer->found;
	comparer->facts->result_count = (uint32_t)found->results.count;
	comparer->facts->results = arena_alloc(comparer->arena, found->results.count * sizeof *found->results.items);
	if (found->results.count)
		memcpy(comparer->facts->results, found->results.items, found->results.count * sizeof *found->results.items);
}

static struct source *source_for(struct comparer *comparer, const struct doc *doc)
{
	struct found *found = comparer->found;
	for (size_t i = 0; i < found->sources.count; i++)
		if (found->sources.items[i].doc == doc) return found->sources.items[i].source;
	struct source *copy = source_of(comparer->arena, doc->source->name, doc->source->bytes);
	*vec_push(&found->sources) = (struct own_source){doc, copy};
	return copy;
}

static struct reported *reported_slot(const struct found *found, const struct reported *like)
{
	uint64_t hash = hash_mix((uint64_t)(uintptr_t)like->official, (uint64_t)(uintptr_t)like->vendor);
	hash = hash_mix(hash, hash_bytes(like->name, like->rule));
	uint32_t slot = (uint32_t)hash & (found->capacity - 1);
	for (;; slot = (slot + 1) & (found->capacity - 1)) {
		struct reported *other = &found->slots[slot];
		if (!other->official) return other;
		if (other->official == like->official && other->vendor == like->vendor && other->rule == like->rule &&
				str_eq(other->name, like->name))
			return other;
	}
}

/* False when the same was reported before. */
static bool is_new(struct found *found, const struct reported *like)
{
	if ((found->slot_count + 1) * 2 > found->capacity) {
		struct found old = *found;
		found->capacity = old.capacity ? old.capacity * 2 : 256;
		found->slots = mem_resize(NULL, found->capacity, sizeof *found->slots);
		memset(found->slots, 0, found->capacity * sizeof *found->slots);
		for (uint32_t i = 0; i < old.capacity; i++)
			if (old.slots[i].official) *reported_slot(found, &old.slots[i]) = old.slots[i];
		free(old.slots);
	}
	struct reported *slot = reported_slot(found, like);
	if (slot->official) return false;
	*slot = *like;
	found->slot_count++;
	return true;
}

/* Steps of a long way that are shown: where it starts, and where it ends. */
enum { FIRST_SHOWN = 3, LAST_SHOWN = 8 };

/* "results[].status": a trail from outside in. */
static void add_trail(struct strbuf *out, const struct trail *trail)
{
	struct {
		const struct trail **items;
		size_t count, capacity;
	} way = {0};
	for (; trail; trail = trail->up)
		*vec_push(&way) = trail;
	for (size_t i = way.count; i > 0; i--) {
		struct str name = way.items[i - 1]->name;
		if (i > LAST_SHOWN && i + FIRST_SHOWN <= way.count) {
			if (i == LAST_SHOWN + 1) strbuf_add(out, STR("..."));
			continue;
		}
		if (i < way.count && !str_starts(name, STR("[")) && !str_starts(name, STR("("))) strbuf_add_char(out, '.');
		strbuf_add(out, name);
	}
	vec_release(&way);
}

/* "GET /zaken, response 200, results[].status: ", and what is there. */
static struct text in_place(struct comparer *comparer, const struct trail *trail, struct text message)
{
	struct text text;
	const struct openapi_operation *operation = comparer->context.operation;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct strbuf buf;
		struct str part = text_in(comparer->context.part, (enum lang)lang);
		strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
		if (operation) strbuf_printf(&buf, "%.*s %.*s", STR_FMT(operation->method), STR_FMT(operation->path));
		if (part.len) strbuf_printf(&buf, "%s%.*s", buf.len ? ", " : "", STR_FMT(part));
		if (trail) strbuf_add(&buf, STR(", "));
		add_trail(&buf, trail);
		if (buf.len) strbuf_add(&buf, STR(": "));
		strbuf_add(&buf, text_in(message, (enum lang)lang));
		text.in[lang] = strbuf_take(&buf, comparer->arena);
	}
	return text;
}

void contract_report(struct comparer *comparer, const struct trail *trail, const struct difference *difference)
{
	uint32_t rule = contract_rule(difference->topic, difference->grade);
	struct fact *fact = &comparer->facts->items[rule];
	struct reported like = {difference->official->node, difference->vendor->node, difference->name, rule};
	if (!is_new(comparer->found, &like)) return;
	fact->violations++;
	if (fact->violations > LIMIT_RESULTS_PER_RULE) {
		fact->cut = true;
		return;
	}
	const struct spot *vendor = difference->vendor, *official = difference->official;
	struct result result = {.rule = rule,
			.severity = difference->grade == CONTRACT_BREAKING ? SEVERITY_ERROR : SEVERITY_INFO,
			.message = in_place(comparer, trail, difference->message),
			.expected = difference->expected,
			.found = difference->found,
			.doc = vendor->doc,
			.pointer = pointer_of(comparer->arena, vendor),
			.start = vendor->node->start,
			.end = vendor->node->end,
			.basis = source_for(comparer, official->doc),
			.basis_pointer = pointer_of(comparer->arena, official),
			.basis_start = official->node->key ? official->node->key_start : official->node->start};
	if (difference->at_key && vendor->node->key) {
		result.start = vendor->node->key_start;
		result.end = doc_key_end(vendor->doc, vendor->node);
	}
	*vec_push(&comparer->found->results) = result;
}

static void set_undecided(struct fact *fact, struct text why)
{
	if (fact->undecided) return;
	fact->undecided = true;
	fact->why = why;
}

void contract_undecided(struct comparer *comparer, enum contract_topic topic, const struct trail *trail,
		const struct spot *at, struct text why)
{
	struct fact *facts = comparer->facts->items;
	if (facts[contract_rule(topic, CONTRACT_BREAKING)].undecided) return;
	struct source *source = source_for(comparer, at->doc);
	struct place place = source_locate(source, at->node->start);
	struct text said = in_place(comparer, trail, why);
	for (int lang = 0; lang < LANG_COUNT; lang++)
		said.in[lang] = str_printf(comparer->arena, "%.*s (%.*s:%u:%u)", STR_FMT(said.in[lang]), STR_FMT(source->name),
				place.line, place.column);
	for (int grade = 0; grade < CONTRACT_GRADES; grade++) {
		set_undecided(&facts[contract_rule(topic, (enum contract_grade)grade)], said);
		set_undecided(&facts[contract_rule(TOPIC_OPTIONAL, (enum contract_grade)grade)], said);
	}
}
