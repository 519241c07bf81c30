/* SPDX-License-Identifier: EUPL-1.2 */
/* Pairs of schemas: a queue, so that nothing is deep, in which each pair is compared once. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/hash.h"
#include "engine/contract_digest.h"
#include "engine/contract_pair.h"
#include "engine/contract_queue.h"

/* What a pair costs, so that memory is bounded with steps. */
enum { PAIR_STEPS = 4 };

struct seen_pair {
	uint64_t shapes; /* numbers of both */
	uint32_t rest;   /* flow, topic and how it is written, plus one; 0: free */
};

struct queue {
	struct {
		struct pair *items;
		size_t count, capacity;
	} pairs;
	size_t done;
	struct seen_pair *slots;
	size_t seen, capacity;
};

static void release_queue(void *handle)
{
	struct queue *queue = handle;
	vec_release(&queue->pairs);
	free(queue->slots);
}

struct queue *queue_new(struct arena *arena)
{
	struct queue *queue = arena_zalloc(arena, sizeof *queue);
	arena_on_free(arena, release_queue, queue);
	return queue;
}

static struct seen_pair *seen_slot(const struct queue *queue, const struct seen_pair *like)
{
	size_t slot = (size_t)hash_mix(like->shapes, like->rest) & (queue->capacity - 1);
	while (queue->slots[slot].rest &&
			(queue->slots[slot].shapes != like->shapes || queue->slots[slot].rest != like->rest))
		slot = (slot + 1) & (queue->capacity - 1);
	return &queue->slots[slot];
}

static bool is_new(struct queue *queue, const struct pair *pair)
{
	struct seen_pair like = {(uint64_t)pair->sender->number << 32 | pair->reader->number,
			1 + (uint32_t)pair->flow + 2 * pair->as_text + 4 * pair->joined + 8 * (uint32_t)pair->context->topic};
	if ((queue->seen + 1) * 2 > queue->capacity) {
		struct queue old = *queue;
		queue->capacity = old.capacity ? old.capacity * 2 : 1024;
		queue->slots = mem_resize(NULL, queue->capacity, sizeof *queue->slots);
		memset(queue->slots, 0, queue->capacity * sizeof *queue->slots);
		for (size_t i = 0; i < old.capacity; i++)
			if (old.slots[i].rest) *seen_slot(queue, &old.slots[i]) = old.slots[i];
		free(old.slots);
	}
	struct seen_pair *slot = seen_slot(queue, &like);
	if (slot->rest) return false;
	*slot = like;
	queue->seen++;
	return true;
}

/* One schema on either side, with the same digest: nothing below can differ. */
static bool is_equal(struct comparer *comparer, const struct pair *pair)
{
	const struct shape *sender = pair->sender, *reader = pair->reader;
	if (sender->seed_count != 1 || reader->seed_count != 1 || sender->used_count || reader->used_count) return false;
	uint64_t before = digests_steps(comparer->digests);
	const struct digest *sent = digests_of_schema(comparer->digests, sender->openapi, sender->seeds[0]->node);
	const struct digest *read = NULL;
	if (sent) read = digests_of_schema(comparer->digests, reader->openapi, reader->seeds[0]->node);
	contract_step(comparer, digests_steps(comparer->digests) - before);
	return read && memcmp(sent->hex, read->hex, sizeof sent->hex) == 0;
}

void pair_enqueue(struct comparer *comparer, const struct pair *pair)
{
	if (is_equal(comparer, pair) || !is_new(comparer->queue, pair)) return;
	contract_step(comparer, PAIR_STEPS);
	*vec_push(&comparer->queue->pairs) = *pair;
}

void pair_descend(struct comparer *comparer, const struct pair *pair, struct str name, const struct spots *sender,
		const struct spots *reader)
{
	struct pair next = *pair;
	next.joined = false;
	next.sender = shape_of(
			comparer, pair->sender->openapi, sender->items, (uint32_t)sender->count, (unsigned)SHAPE_ANY);
	next.reader = shape_of(
			comparer, pair->reader->openapi, reader->items, (uint32_t)reader->count, (unsigned)SHAPE_ANY);
	struct trail *trail = arena_alloc(comparer->arena, sizeof *trail);
	*trail = (struct trail){pair->trail, name};
	next.trail = trail;
	pair_enqueue(comparer, &next);
}

static const struct spot *place_of(const struct shape *shape, const struct spot *spot)
{
	return spot ? spot : shape->parts[0];
}

void pair_report(struct comparer *comparer, const struct pair *pair, const struct pair_difference *difference)
{
	const struct spot *sent = place_of(pair->sender, difference->sender);
	const struct spot *read = place_of(pair->reader, difference->reader);
	bool request = pair->flow == FLOW_REQUEST;
	struct difference found = {.topic = pair->context->topic,
			.grade = difference->grade,
			.official = request ? sent : read,
			.vendor = request ? read : sent,
			.name = difference->name,
			.at_key = difference->at_key,
			.message = difference->message,
			.expected = difference->expected,
			.found = difference->found};
	comparer->context = *pair->context;
	contract_report(comparer, pair->trail, &found);
}

/* What follows from a difference, for who reads of it. */
static struct text consequence(enum flow flow, enum contract_grade grade)
{
	if (flow == FLOW_REQUEST && grade == CONTRACT_BREAKING)
		return TEXT("the service may refuse what a client may send by the contract",
				"de dienst kan weigeren wat een client volgens het contract mag sturen");
	if (flow == FLOW_REQUEST)
		return TEXT("the service accepts more than it has to", "de dienst accepteert meer dan moet");
	if (grade == CONTRACT_BREAKING)
		return TEXT("a client may get what the contract rules out", "een client kan krijgen wat het contract uitsluit");
	return TEXT("the service sends less than it may", "de dienst stuurt minder dan mag");
}

static struct text keyword_text(struct arena *arena, const char *keyword, struct str official, struct str vendor)
{
	if (!vendor.len)
		return text_printf(arena, "no \"%s\", where the contract has %.*s",
				"geen \"%s\", terwijl het contract %.*s heeft", keyword, STR_FMT(official));
	if (!official.len)
		return text_printf(arena, "\"%s\" is %.*s, where the contract has none",
				"\"%s\" is %.*s, terwijl het contract er geen heeft", keyword, STR_FMT(vendor));
	return text_printf(arena, "\"%s\" is %.*s, where the contract has %.*s",
			"\"%s\" is %.*s, terwijl het contract %.*s heeft", keyword, STR_FMT(vendor), STR_FMT(official));
}

static struct text joined(struct arena *arena, struct text first, struct text second)
{
	struct text text;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		text.in[lang] = str_printf(arena, "%.*s; %.*s", STR_FMT(first.in[lang]), STR_FMT(second.in[lang]));
	return text;
}

void pair_report_keyword(struct comparer *comparer, const struct pair *pair, const char *keyword,
		enum contract_grade grade, const struct spot *sender, const struct spot *reader, struct str sent,
		struct str read)
{
	bool request = pair->flow == FLOW_REQUEST;
	struct str official = request ? sent : read, vendor = request ? read : sent;
	struct arena *arena = comparer->arena;
	struct pair_difference difference = {.grade = grade,
			.sender = sender,
			.reader = reader,
			.name = str_of(keyword),
			.message = joined(arena, keyword_text(arena, keyword, official, vendor), consequence(pair->flow, grade)),
			.found = vendor};
	struct str shown = str_printf(arena, "%s %.*s", keyword, STR_FMT(official));
	difference.expected = official.len ? (struct text){{shown, shown}}
									   : text_printf(arena, "no %s", "geen %s", keyword);
	pair_report(comparer, pair, &difference);
}

void pair_undecided(struct comparer *comparer, const struct pair *pair, const struct spot *at, struct text why)
{
	comparer->context = *pair->context;
	contract_undecided(comparer, pair->context->topic, pair->trail, at, why);
}

const struct spot *shape_keyword(struct comparer *comparer, const struct shape *shape, const char *keyword)
{
	for (uint32_t i = 0; i < shape->part_count; i++) {
		const struct spot *spot = spot_member(comparer->arena, shape->parts[i], str_of(keyword));
		if (spot) return spot;
	}
	return NULL;
}

/* Did somebody say which types a value has? Where nobody did, null is one of many. */
static bool says_types(const struct shape *shape)
{
	return shape->typed || shape->union_count > 0;
}

static void compare_null(struct comparer *comparer, const struct pair *pair)
{
	bool sent = shape_allows_null(comparer, pair->sender), read = shape_allows_null(comparer, pair->reader);
	bool request = pair->flow == FLOW_REQUEST;
	if (sent == read || (read && !(says_types(pair->sender) && says_types(pair->reader)))) return;
	struct pair_difference difference = {.grade = sent ? CONTRACT_BREAKING : CONTRACT_TOLERATED, .name = STR("null")};
	if (sent && request)
		difference.message = TEXT("null is refused, which the contract allows a client to send",
				"null wordt geweigerd, terwijl een client dat volgens het contract mag sturen");
	else if (sent)
		difference.message = TEXT(
				"may be null, which the contract rules out", "kan null zijn, wat het contract uitsluit");
	else if (request)
		difference.message = TEXT("null is accepted, which no client sends by the contract",
				"null wordt geaccepteerd, wat volgens het contract geen client stuurt");
	else
		difference.message = TEXT(
				"is never null, which the contract would allow", "is nooit null, wat het contract zou toestaan");
	pair_report(comparer, pair, &difference);
}

/* A text may be anything that is written as one. */
static unsigned text_types(const struct pair *pair, unsigned read)
{
	unsigned types = 0;
	if (pair->as_text && read & SHAPE_STRING) types = SHAPE_INTEGER | SHAPE_FRACTION | SHAPE_BOOLEAN;
	return pair->joined && read & SHAPE_STRING ? types | SHAPE_ARRAY : types;
}

/* A text that is read as a list: each of its parts has to be an element. */
static bool compare_list(struct comparer *comparer, const struct pair *pair)
{
	bool listed = pair->joined && shape_types(comparer, pair->sender) == SHAPE_STRING &&
				  shape_types(comparer, pair->reader) == SHAPE_ARRAY;
	const struct spot *items = listed ? shape_keyword(comparer, pair->reader, "items") : NULL;
	if (!items) return listed;
	struct spots read = {&items, 1, 1}, sent = {pair->sender->seeds, pair->sender->seed_count, 0};
	pair_descend(comparer, pair, STR("[]"), &sent, &read);
	return true;
}

static struct str types_text(struct comparer *comparer, const struct shape *shape, unsigned types)
{
	if (shape_allows_null(comparer, shape)) types |= SHAPE_NULL;
	return shape_types_text(comparer->arena, types);
}

/* Types that both allow, null apart; what only one allows is reported. */
static unsigned compare_types(struct comparer *comparer, const struct pair *pair)
{
	unsigned sent = shape_types(comparer, pair->sender), read = shape_types(comparer, pair->reader);
	unsigned readable = read | text_types(pair, read);
	if (sent != read && sent && (sent & ~readable || (says_types(pair->sender) && says_types(pair->reader)))) {
		struct str shown[2] = {types_text(comparer, pair->sender, sent), types_text(comparer, pair->reader, read)};
		pair_report_keyword(comparer, pair, "type", sent & ~readable ? CONTRACT_BREAKING : CONTRACT_TOLERATED,
				shape_keyword(comparer, pair->sender, "type"), shape_keyword(comparer, pair->reader, "type"), shown[0],
				shown[1]);
	}
	if (sent == (SHAPE_ANY & ~SHAPE_NULL) && sent & ~readable) return 0;
	if (pair->sender->mask & pair->reader->mask & SHAPE_NULL && !pair->as_text) compare_null(comparer, pair);
	return (sent & readable) | (sent & ~read & readable ? SHAPE_STRING : 0u);
}

/* The official schema is one that could not be read, and counts as saying nothing (engine/contract.h). */
static bool is_unreadable(const struct pair *pair)
{
	const struct shape *official = pair->flow == FLOW_REQUEST ? pair->sender : pair->reader;
	for (uint32_t i = 0; i < official->part_count; i++)
		if (node_member(official->parts[i]->node, STR(CONTRACT_UNREADABLE))) return true;
	return false;
}

static void compare_pair(struct comparer *comparer, const struct pair *pair)
{
	if (is_unreadable(pair)) return;
	if (pair->sender->unknown || pair->reader->unknown) {
		const struct shape *shape = pair->sender->unknown ? pair->sender : pair->reader;
		pair_undecided(comparer, pair, shape->parts[0],
				TEXT("part of a schema cannot be read: a reference leads nowhere, or something else stands where a schema "
					 "has to be",
						"een deel van een schema is niet te lezen: een verwijzing leidt nergens heen, of er staat iets anders "
						"waar een schema moet staan"));
		return;
	}
	if (compare_list(comparer, pair)) return;
	unsigned types = compare_types(comparer, pair);
	if (types == 0) return;
	if (pair->sender->union_count || pair->reader->union_count) {
		pair_compare_unions(comparer, pair, types);
		return;
	}
	pair_compare_values(comparer, pair, types);
	pair_compare_limits(comparer, pair, types);
	pair_compare_texts(comparer, pair, types);
	if (types & SHAPE_ARRAY) pair_compare_array(comparer, pair);
	if (types & SHAPE_OBJECT) pair_compare_object(comparer, pair);
	pair_compare_opaque(comparer, pair);
}

void contract_run_queue(struct comparer *comparer)
{
	struct queue *queue = comparer->queue;
	while (queue->done < queue->pairs.count) {
		struct pair pair = queue->pairs.items[queue->done++];
		if (!contract_step(comparer, 1 + pair.sender->part_count + pair.reader->part_count)) return;
		compare_pair(comparer, &pair);
	}
	queue->pairs.count = queue->done = 0;
}

/* Where there is no schema, anything may be: as if an empty one stood there. */
static const struct spot *root_of(struct comparer *comparer, const struct target *schema, const struct target *holder)
{
	if (schema->node) return spot_of_target(comparer->arena, schema);
	struct node *empty = arena_alloc(comparer->arena, sizeof *empty);
	*empty = (struct node){.kind = NODE_OBJECT, .start = holder->node->start, .end = holder->node->end};
	struct target target = {holder->doc, empty, holder->pointer};
	return spot_of_target(comparer->arena, &target);
}

void contract_compare_schemas(
		struct comparer *comparer, enum flow flow, const struct described *official, const struct described *vendor)
{
	struct context *context = arena_alloc(comparer->arena, sizeof *context);
	*context = comparer->context;
	const struct spot *ours = root_of(comparer, official->schema, official->holder);
	const struct spot *theirs = root_of(comparer, vendor->schema, vendor->holder);
	const struct shape *contract = shape_of(comparer, comparer->official, &ours, 1, SHAPE_ANY);
	const struct shape *described = shape_of(comparer, comparer->vendor, &theirs, 1, SHAPE_ANY);
	struct pair pair = {.flow = flow, .context = context};
	pair.as_text = official->as_text && vendor->as_text;
	pair.joined = pair.as_text && official->joined && vendor->joined;
	pair.sender = flow == FLOW_REQUEST ? contract : described;
	pair.reader = flow == FLOW_REQUEST ? described : contract;
	pair_enqueue(comparer, &pair);
}
