/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Regular expressions of ASCII characters as a deterministic automaton: one step for each byte of the subject.
 *
 * Every character of the pattern, repetitions written out, is a position; which positions can follow which is known
 * without searching (Glushkov 1961). What the automaton is in is a set of positions, so both are small or there is no
 * automaton.
 */
#include "engine/schema_pattern_private.h"

enum { MAX_POSITIONS = 64, MAX_STATES = 128, MAX_CLASSES = 129, MAX_PARTS = 512, MAX_NESTING = 16, BYTES = 256 };

/* Part of a pattern: the positions where it can start and end, as bits, and whether it matches nothing. */
struct part {
	uint64_t first, last;
	bool empty;
};

static const struct part nothing = {.empty = true};

struct reading {
	struct str rest;
	uint32_t parts, nesting;
	uint32_t count;
	struct pattern_class classes[MAX_POSITIONS];
	uint64_t follow[MAX_POSITIONS];
	bool anchored, whole; /* begins with `^`, ends with `$` */
};

struct automaton {
	uint8_t classes[BYTES];   /* of bytes that no position tells apart */
	bool accepts[MAX_STATES]; /* state 0 is the start */
	bool dead[MAX_STATES];    /* nothing leads on from here */
	bool whole;
	uint32_t class_count;
	const uint8_t *next; /* by state and class */
};

static bool read_choice(struct reading *reading, struct part *part);

static struct part join(struct reading *reading, struct part a, struct part b)
{
	for (uint32_t i = 0; i < reading->count; i++)
		if (a.last >> i & 1) reading->follow[i] |= b.first;
	return (struct part){a.empty ? a.first | b.first : a.first, b.empty ? a.last | b.last : b.last, a.empty && b.empty};
}

static bool at(const struct reading *reading, const char *text)
{
	return str_starts(reading->rest, str_of(text));
}

static bool take(struct reading *reading, const char *text)
{
	if (!at(reading, text)) return false;
	reading->rest = str_skip(reading->rest, strlen(text));
	return true;
}

static bool read_group(struct reading *reading, struct part *part)
{
	if (!take(reading, "(?:") && (at(reading, "(?") || !take(reading, "("))) return false;
	if (++reading->nesting > MAX_NESTING || !read_choice(reading, part)) return false;
	reading->nesting--;
	return take(reading, ")");
}

/* A character or a group, once. */
static bool read_one(struct reading *reading, struct part *part)
{
	if (++reading->parts > MAX_PARTS) return false;
	if (at(reading, "(")) return read_group(reading, part);
	if (reading->count == MAX_POSITIONS) return false;
	if (!pattern_take_atom(&reading->rest, &reading->classes[reading->count])) return false;
	uint64_t bit = (uint64_t)1 << reading->count++;
	*part = (struct part){bit, bit, false};
	return true;
}

/* With its quantifier. Each repetition is read anew, as positions of its own; the last may come back to itself. */
static bool read_repeated(struct reading *reading, struct part *part)
{
	struct str start = reading->rest;
	struct part one;
	uint32_t min, max;
	if (!read_one(reading, &one) || !pattern_take_repeat(&reading->rest, &min, &max)) return false;
	struct str end = reading->rest;
	uint32_t copies = max == PATTERN_MANY ? (min ? min : 1) : max;
	*part = nothing;
	for (uint32_t i = 0; i < copies; i++) {
		reading->rest = start;
		if (i > 0 && !read_one(reading, &one)) return false;
		if (max == PATTERN_MANY && i + 1 == copies) join(reading, one, one);
		one.empty |= i >= min;
		*part = join(reading, *part, one);
	}
	reading->rest = end;
	return true;
}

/* Up to what ends it. `(?!$)`, outside groups, says that the rest is not empty. */
static bool read_sequence(struct reading *reading, struct part *part)
{
	*part = nothing;
	while (reading->rest.len > 0 && !at(reading, ")") && !at(reading, "|") && !at(reading, "$")) {
		struct part next;
		bool rest = reading->nesting == 0 && take(reading, "(?!$)");
		if (rest && ++reading->parts > MAX_PARTS) return false;
		if (!(rest ? read_sequence(reading, &next) : read_repeated(reading, &next))) return false;
		if (rest && !at(reading, "$")) return false;
		if (rest) next.empty = false;
		*part = join(reading, *part, next);
	}
	return true;
}

static bool read_choice(struct reading *reading, struct part *part)
{
	if (!read_sequence(reading, part)) return false;
	while (take(reading, "|")) {
		struct part other;
		if (!read_sequence(reading, &other)) return false;
		part->first |= other.first;
		part->last |= other.last;
		part->empty |= other.empty;
	}
	return true;
}

static bool read_pattern(struct reading *reading, struct part *all)
{
	reading->anchored = take(reading, "^");
	if (!read_sequence(reading, all)) return false;
	reading->whole = take(reading, "$");
	return reading->rest.len == 0;
}

/* The positions that have a byte. */
static uint64_t positions_of(const struct reading *reading, unsigned char byte)
{
	uint64_t positions = 0;
	for (uint32_t i = 0; i < reading->count; i++)
		positions |= (uint64_t)pattern_class_has(&reading->classes[i], byte) << i;
	return positions;
}

/* Numbers the classes of bytes; `sets` are the positions of each. */
static void make_classes(const struct reading *reading, struct automaton *automaton, uint64_t sets[BYTES])
{
	for (unsigned byte = 0; byte < BYTES; byte++) {
		uint64_t positions = positions_of(reading, (unsigned char)byte);
		uint32_t class = 0;
		while (class < automaton->class_count && sets[class] != positions)
			class ++;
		if (class == automaton->class_count) sets[automaton->class_count++] = positions;
		automaton->classes[byte] = (uint8_t) class;
	}
}

/* The states found so far, as sets of positions. */
struct states {
	uint64_t sets[MAX_STATES];
	uint32_t count;
};

/* The number of a state, new or known; MAX_STATES when there are too many. Nothing leads back to an anchored start. */
static uint32_t state_of(struct states *states, uint64_t set, bool anchored)
{
	for (uint32_t i = anchored; i < states->count; i++)
		if (states->sets[i] == set) return i;
	if (states->count == MAX_STATES) return MAX_STATES;
	states->sets[states->count] = set;
	return states->count++;
}

/* Finds all states; how many, or 0 when there are too many. */
static uint32_t fill(const struct reading *reading, struct part all, const uint64_t *sets, struct automaton *automaton,
		uint8_t *next)
{
	struct states states = {.count = 1};
	for (uint32_t state = 0; state < states.count; state++) {
		bool start = state == 0 || !reading->anchored;
		uint64_t reached = start ? all.first : 0;
		for (uint32_t i = 0; i < reading->count; i++)
			if (states.sets[state] >> i & 1) reached |= reading->follow[i];
		automaton->accepts[state] = states.sets[state] & all.last || (start && all.empty);
		automaton->dead[state] = reached == 0;
		for (uint32_t class = 0; class < automaton->class_count; class ++) {
			uint32_t to = state_of(&states, reached & sets[class], reading->anchored);
			if (to == MAX_STATES) return 0;
			*next++ = (uint8_t)to;
		}
	}
	return states.count;
}

struct automaton *pattern_automaton_of(struct arena *arena, struct str text)
{
	struct reading reading = {.rest = text};
	struct automaton head = {0};
	struct part all;
	uint64_t sets[BYTES];
	uint8_t next[MAX_STATES * MAX_CLASSES];
	if (!read_pattern(&reading, &all)) return NULL;
	head.whole = reading.whole;
	make_classes(&reading, &head, sets);
	size_t size = (size_t)fill(&reading, all, sets, &head, next) * head.class_count;
	if (size == 0) return NULL;
	head.next = (const uint8_t *)arena_copy(arena, next, size);
	struct automaton *automaton = arena_alloc(arena, sizeof *automaton);
	*automaton = head;
	return automaton;
}

/* What does not end with `$` ends as soon as it can. */
bool pattern_automaton_search(const struct automaton *automaton, struct str subject)
{
	uint32_t state = 0;
	for (size_t i = 0; i < subject.len; i++) {
		if (!automaton->whole && automaton->accepts[state]) return true;
		if (automaton->dead[state]) return false;
		state = automaton->next[state * automaton->class_count + automaton->classes[(unsigned char)subject.ptr[i]]];
	}
	return automaton->accepts[state];
}
