/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Alternatives: for each that may be sent, the one that reads it. Found by digest, by the value of the discriminator or
 * the name of the component, and else by likeness; so neither order nor new names are a difference.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/contract_digest.h"
#include "engine/contract_pair.h"

enum { NO_BRANCH = -1, MOST_LOOKED_AT = 64 };

struct matching {
	struct comparer *comparer;
	const struct pair *pair;
	const struct shape_union *sent, *read;
	unsigned types;
	int32_t *reader_of; /* of each sent branch: a branch that reads it, or NO_BRANCH */
	bool *taken;        /* of each read branch */
};

static const struct digest *digest_of_branch(
		struct comparer *comparer, const struct shape *shape, const struct spot *branch)
{
	return digests_of_schema(comparer->digests, shape->openapi, branch->node);
}

static void take(struct matching *matching, uint32_t sent, uint32_t read)
{
	matching->reader_of[sent] = (int32_t)read;
	matching->taken[read] = true;
}

static bool has_same_name(const struct matching *matching, uint32_t sent, uint32_t read)
{
	struct str a = matching->sent->names[sent], b = matching->read->names[read];
	return a.len > 0 && str_eq(a, b);
}

static bool has_same_digest(struct matching *matching, uint32_t sent, uint32_t read)
{
	const struct pair *pair = matching->pair;
	const struct digest *a = digest_of_branch(matching->comparer, pair->sender, matching->sent->items[sent]);
	const struct digest *b = digest_of_branch(matching->comparer, pair->reader, matching->read->items[read]);
	return a && b && memcmp(a->hex, b->hex, sizeof a->hex) == 0;
}

/* The best partner first where it is sure: at the same place, then anywhere. */
static void match_surely(struct matching *matching, bool (*is_sure)(const struct matching *, uint32_t, uint32_t))
{
	for (uint32_t i = 0; i < matching->sent->count; i++) {
		if (matching->reader_of[i] != NO_BRANCH) continue;
		if (!contract_step(matching->comparer, matching->read->count)) return;
		if (i < matching->read->count && !matching->taken[i] && is_sure(matching, i, i)) {
			take(matching, i, i);
			continue;
		}
		for (uint32_t j = 0; j < matching->read->count; j++)
			if (!matching->taken[j] && is_sure(matching, i, j)) {
				take(matching, i, j);
				break;
			}
	}
}

static bool is_surely_equal(const struct matching *matching, uint32_t sent, uint32_t read)
{
	return has_same_digest((struct matching *)matching, sent, read);
}

static const struct shape *branch_shape(struct comparer *comparer, const struct shape *of, const struct spot *branch)
{
	return shape_of(comparer, of->openapi, &branch, 1, SHAPE_ANY);
}

/* Is there a value that both lists of a member have? True as well when one has no list. */
static bool can_agree(const struct node *a, const struct node *b)
{
	const struct node *lists[2] = {node_member(a, STR("enum")), node_member(b, STR("enum"))};
	if (!lists[0]) lists[0] = node_member(a, STR("const"));
	if (!lists[1]) lists[1] = node_member(b, STR("const"));
	if (!lists[0] || !lists[1]) return true;
	uint32_t left = lists[0]->kind == NODE_ARRAY ? lists[0]->len : 1,
			 right = lists[1]->kind == NODE_ARRAY ? lists[1]->len : 1;
	for (uint32_t i = 0; i < left && i < MOST_LOOKED_AT; i++)
		for (uint32_t j = 0; j < right && j < MOST_LOOKED_AT; j++) {
			const struct node *x = lists[0]->kind == NODE_ARRAY ? &lists[0]->children[i] : lists[0];
			const struct node *y = lists[1]->kind == NODE_ARRAY ? &lists[1]->children[j] : lists[1];
			if (node_equal(x, y)) return true;
		}
	return false;
}

/* Members that both have, less those that cannot agree. */
static int shared_members(const struct shape *a, const struct shape *b)
{
	int score = 0;
	for (uint32_t i = 0; i < a->part_count; i++) {
		const struct node *members = node_member(a->parts[i]->node, STR("properties"));
		for (uint32_t k = 0; members && k < node_count(members) && k < MOST_LOOKED_AT; k++)
			for (uint32_t j = 0; j < b->part_count && j < MOST_LOOKED_AT; j++) {
				const struct node *others = node_member(b->parts[j]->node, STR("properties"));
				const struct node *other = others ? node_member(others, node_key(&members->children[k])) : NULL;
				if (other) score += can_agree(&members->children[k], other) ? 10 : -500;
			}
	}
	return score;
}

/* How much one branch looks like another; INT32_MIN: nothing can be of both. */
static int likeness(struct comparer *comparer, const struct shape *sent, const struct shape *read, unsigned types)
{
	unsigned narrow = shape_types(comparer, sent) & types, wide = shape_types(comparer, read);
	if (!(narrow & wide)) return INT32_MIN;
	contract_step(comparer, 1 + (uint64_t)sent->part_count * read->part_count);
	return (narrow & ~wide ? 0 : 40) + (narrow == wide ? 20 : 0) + shared_members(sent, read);
}

/* The branch that reads most of `types`, and looks most like `sent`; NO_BRANCH when none does. */
static int32_t find_like(struct comparer *comparer, const struct shape *sent, const struct shape *reader,
		const struct shape_union *read, unsigned types, const bool *taken)
{
	int32_t best = NO_BRANCH;
	int most = INT32_MIN;
	for (uint32_t j = 0; j < read->count; j++) {
		if (taken && taken[j]) continue;
		if (!contract_step(comparer, 1)) break;
		int score = likeness(comparer, sent, branch_shape(comparer, reader, read->items[j]), types);
		if (score <= most) continue;
		most = score;
		best = (int32_t)j;
	}
	return best;
}

static void report_branch(struct comparer *comparer, const struct pair *pair, enum contract_grade grade,
		const struct spot *sender, const struct spot *reader, struct str name, struct text message)
{
	struct pair_difference difference = {
			.grade = grade, .sender = sender, .reader = reader, .name = name, .message = message};
	pair_report(comparer, pair, &difference);
}

static struct str branch_name(struct arena *arena, const struct shape_union *all, uint32_t branch)
{
	if (all->names[branch].len) return all->names[branch];
	return str_printf(arena, "%u", branch + 1);
}

static void report_unread(struct matching *matching, uint32_t branch)
{
	struct arena *arena = matching->comparer->arena;
	struct str name = branch_name(arena, matching->sent, branch);
	struct text message;
	if (matching->pair->flow == FLOW_REQUEST)
		message = text_printf(arena, "alternative %.*s of the contract is not accepted",
				"alternatief %.*s van het contract wordt niet geaccepteerd", STR_FMT(name));
	else
		message = text_printf(arena, "alternative %.*s may be sent, which the contract does not have",
				"alternatief %.*s kan gestuurd worden, en staat niet in het contract", STR_FMT(name));
	report_branch(matching->comparer, matching->pair, CONTRACT_BREAKING, matching->sent->items[branch],
			matching->read->at, name, message);
}

static void report_unsent(struct matching *matching, uint32_t branch)
{
	struct arena *arena = matching->comparer->arena;
	struct str name = branch_name(arena, matching->read, branch);
	bool request = matching->pair->flow == FLOW_REQUEST;
	struct text message;
	if (request)
		message = text_printf(arena, "alternative %.*s is accepted, which the contract does not have",
				"alternatief %.*s wordt geaccepteerd, en staat niet in het contract", STR_FMT(name));
	else
		message = text_printf(arena, "alternative %.*s of the contract is never sent",
				"alternatief %.*s van het contract wordt nooit gestuurd", STR_FMT(name));
	report_branch(matching->comparer, matching->pair, request ? CONTRACT_EXTENSION : CONTRACT_TOLERATED,
			matching->sent->at, matching->read->items[branch], name, message);
}

static void enqueue(
		struct comparer *comparer, const struct pair *pair, const struct shape *sender, const struct shape *reader)
{
	struct pair next = *pair;
	next.sender = sender;
	next.reader = reader;
	pair_enqueue(comparer, &next);
}

/* What one alternative may be, type by type, each read by the branch that is most like it. */
static void split(struct comparer *comparer, const struct pair *pair, const struct shape *sent,
		const struct shape_union *read, unsigned types)
{
	unsigned left = shape_types(comparer, sent) & types;
	while (left) {
		int32_t branch = find_like(comparer, sent, pair->reader, read, left, NULL);
		if (branch == NO_BRANCH) break;
		const struct shape *shape = branch_shape(comparer, pair->reader, read->items[branch]);
		unsigned covered = shape_types(comparer, shape) & left;
		enqueue(comparer, pair, shape_mask(comparer, sent, covered),
				shape_choose(comparer, pair->reader, read, (uint32_t)branch, covered));
		left &= ~covered;
	}
}

static const struct node *discriminating(const struct shape_union *all)
{
	const struct spot *schema = all->at->up;
	const struct node *discriminator = NULL;
	if (schema && schema->node->kind == NODE_OBJECT) discriminator = node_member(schema->node, STR("discriminator"));
	if (!discriminator && schema && str_eq(all->at->key, STR("mapping"))) discriminator = schema->node;
	return discriminator ? node_member(discriminator, STR("propertyName")) : NULL;
}

static void compare_discriminators(struct matching *matching)
{
	const struct node *sent = discriminating(matching->sent), *read = discriminating(matching->read);
	struct arena *arena = matching->comparer->arena;
	if (!sent || !read || node_equal(sent, read)) return;
	pair_report_keyword(matching->comparer, matching->pair, "discriminator", CONTRACT_BREAKING, matching->sent->at,
			matching->read->at, contract_value_text(arena, sent), contract_value_text(arena, read));
}

static void match_by_likeness(struct matching *matching)
{
	for (uint32_t i = 0; i < matching->sent->count; i++) {
		if (matching->reader_of[i] != NO_BRANCH) continue;
		const struct shape *sent = branch_shape(matching->comparer, matching->pair->sender, matching->sent->items[i]);
		int32_t best = find_like(
				matching->comparer, sent, matching->pair->reader, matching->read, matching->types, matching->taken);
		if (best != NO_BRANCH) take(matching, i, (uint32_t)best);
	}
}

/* "(medewerker)": which alternative it is about. */
static const struct trail *branch_trail(struct arena *arena, const struct trail *up, struct str name)
{
	if (!name.len) return up;
	struct trail *trail = arena_alloc(arena, sizeof *trail);
	*trail = (struct trail){up, str_printf(arena, "(%.*s)", STR_FMT(name))};
	return trail;
}

/* Branches that have a partner are compared with it; of the others it is told that they have none. */
static void follow_matches(struct matching *matching)
{
	struct comparer *comparer = matching->comparer;
	const struct pair *pair = matching->pair;
	for (uint32_t i = 0; i < matching->sent->count; i++) {
		const struct shape *sent = shape_choose(comparer, pair->sender, matching->sent, i, matching->types);
		if (matching->reader_of[i] == NO_BRANCH) {
			if (shape_types(comparer, sent)) report_unread(matching, i);
			continue;
		}
		const struct shape *read = shape_choose(
				comparer, pair->reader, matching->read, (uint32_t)matching->reader_of[i], matching->types);
		struct pair named = *pair;
		named.trail = branch_trail(comparer->arena, pair->trail, matching->sent->names[i]);
		enqueue(comparer, &named, sent, read);
	}
	for (uint32_t j = 0; j < matching->read->count; j++)
		if (!matching->taken[j]) report_unsent(matching, j);
}

static void match(struct comparer *comparer, const struct pair *pair, const struct shape_union *sent,
		const struct shape_union *read, unsigned types)
{
	struct matching matching = {.comparer = comparer, .pair = pair, .sent = sent, .read = read, .types = types};
	matching.reader_of = mem_resize(NULL, sent->count, sizeof *matching.reader_of);
	matching.taken = mem_resize(NULL, read->count, sizeof *matching.taken);
	memset(matching.taken, 0, read->count * sizeof *matching.taken);
	for (uint32_t i = 0; i < sent->count; i++)
		matching.reader_of[i] = NO_BRANCH;
	compare_discriminators(&matching);
	match_surely(&matching, has_same_name);
	match_surely(&matching, is_surely_equal);
	match_by_likeness(&matching);
	follow_matches(&matching);
	free(matching.reader_of);
	free(matching.taken);
}

/* How many branches of one union have a partner by name or digest in another. */
static uint32_t count_sure(struct comparer *comparer, const struct pair *pair, const struct shape_union *sent,
		const struct shape_union *read)
{
	struct matching matching = {.comparer = comparer, .pair = pair, .sent = sent, .read = read};
	uint32_t count = 0;
	if (!contract_step(comparer, (uint64_t)sent->count * read->count)) return 0;
	for (uint32_t i = 0; i < sent->count; i++)
		for (uint32_t j = 0; j < read->count; j++)
			count += has_same_name(&matching, i, j) || has_same_digest(&matching, i, j);
	return count;
}

/* Of the reader's unions the one that is most like the sender's first. */
static const struct shape_union *partner(struct comparer *comparer, const struct pair *pair)
{
	const struct shape_union *best = &pair->reader->unions[0];
	uint32_t most = 0;
	for (uint32_t i = 0; pair->reader->union_count > 1 && i < pair->reader->union_count; i++) {
		uint32_t sure = count_sure(comparer, pair, &pair->sender->unions[0], &pair->reader->unions[i]);
		if (sure <= most) continue;
		most = sure;
		best = &pair->reader->unions[i];
	}
	return best;
}

void pair_compare_unions(struct comparer *comparer, const struct pair *pair, unsigned types)
{
	const struct shape *sender = pair->sender, *reader = pair->reader;
	if (sender->union_count == 0) {
		split(comparer, pair, sender, &reader->unions[0], types);
		return;
	}
	const struct shape_union *sent = &sender->unions[0];
	if (reader->union_count) {
		match(comparer, pair, sent, partner(comparer, pair), types);
		return;
	}
	for (uint32_t i = 0; i < sent->count; i++) {
		const struct shape *alternative = shape_choose(comparer, sender, sent, i, types);
		unsigned own = shape_types(comparer, alternative);
		if (own) enqueue(comparer, pair, alternative, shape_mask(comparer, reader, own));
	}
}
