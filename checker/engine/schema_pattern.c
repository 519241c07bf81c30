/* SPDX-License-Identifier: EUPL-1.2 */
/* Simple regular expressions as a row of repeated classes; what is no row is left to the automaton. */
#include "engine/schema_pattern_private.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { MAX_ITEMS = 48, MAX_CLASSES = 16, MAX_FIXED = 64, VECTOR = 16, HALF_VECTOR = 8 };

struct item {
	struct pattern_class class;
	uint32_t min, max;
};

/* An item of a pattern that is done: its class is a bit of the table. */
struct repeat {
	uint16_t bit;
	uint32_t min, max;
};

/* The characters of a class as two ranges, each by its first and the distance to its last. */
struct ranges {
	uint8_t first[2], span[2];
};

struct pattern {
	const struct automaton *automaton; /* NULL: a row */
	uint32_t count;
	bool whole;     /* ends with `$` */
	uint32_t fixed; /* what matches has this length, if not 0: the bit of each place is in `places` */
	bool ranged;    /* and all are two ranges at most: those of each place */
	uint16_t places[MAX_FIXED];
	uint8_t first[2][MAX_FIXED], span[2][MAX_FIXED];
	uint16_t classes[256];
	struct repeat items[];
};

static bool overlap(const struct pattern_class *a, const struct pattern_class *b)
{
	return (a->bits[0] & b->bits[0]) || (a->bits[1] & b->bits[1]);
}

/* Does what can follow each repetition tell where it ends? */
static bool is_plain(const struct item *items, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (items[i].min == items[i].max) continue;
		for (uint32_t j = i + 1; j < count; j++) {
			if (overlap(&items[i].class, &items[j].class)) return false;
			if (items[j].min > 0) break;
		}
	}
	return true;
}

static bool same_class(const struct pattern_class *a, const struct pattern_class *b)
{
	return a->bits[0] == b->bits[0] && a->bits[1] == b->bits[1];
}

/* A class as ranges; false when it is more than two, or empty. */
static bool ranges_of(const struct pattern_class *class, struct ranges *ranges)
{
	unsigned count = 0;
	for (unsigned c = 0; c < 128; c++) {
		if (!pattern_class_has(class, (unsigned char)c)) continue;
		bool goes_on = c > 0 && pattern_class_has(class, (unsigned char)(c - 1));
		if (goes_on) {
			ranges->span[count - 1]++;
			continue;
		}
		if (count == 2) return false;
		ranges->first[count] = (uint8_t)c;
		ranges->span[count++] = 0;
	}
	if (count == 1) {
		ranges->first[1] = ranges->first[0];
		ranges->span[1] = ranges->span[0];
	}
	return count > 0;
}

static void fix_place(struct pattern *pattern, uint16_t bit, const struct ranges *ranges)
{
	uint32_t place = pattern->fixed++;
	pattern->places[place] = bit;
	for (int i = 0; i < 2; i++) {
		pattern->first[i][place] = ranges->first[i];
		pattern->span[i][place] = ranges->span[i];
	}
}

/* Patterns of one length, and not too long, are checked place by place. */
static void fix(struct pattern *pattern, const struct item *items)
{
	uint32_t length = 0;
	for (uint32_t i = 0; i < pattern->count; i++) {
		if (!pattern->whole || items[i].min != items[i].max || items[i].max > MAX_FIXED - length) return;
		length += items[i].max;
	}
	pattern->ranged = true;
	for (uint32_t i = 0; i < pattern->count; i++) {
		struct ranges ranges = {0};
		pattern->ranged &= ranges_of(&items[i].class, &ranges);
		for (uint32_t j = 0; j < items[i].max; j++)
			fix_place(pattern, pattern->items[i].bit, &ranges);
	}
}

/* Each different class becomes a bit of the table; NULL when there are too many. */
static struct pattern *build(struct arena *arena, const struct item *items, uint32_t count, bool whole)
{
	struct pattern *pattern = arena_zalloc(arena, sizeof *pattern + count * sizeof *pattern->items);
	uint32_t classes = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t known = 0;
		while (known < i && !same_class(&items[known].class, &items[i].class))
			known++;
		if (known == i && classes == MAX_CLASSES) return NULL;
		uint16_t bit = known < i ? pattern->items[known].bit : (uint16_t)(1U << classes++);
		for (unsigned c = 0; known == i && c < 128; c++)
			if (pattern_class_has(&items[i].class, (unsigned char)c)) pattern->classes[c] |= bit;
		pattern->items[i] = (struct repeat){bit, items[i].min, items[i].max};
	}
	pattern->count = count;
	pattern->whole = whole;
	fix(pattern, items);
	return pattern;
}

static struct pattern *row_of(struct arena *arena, struct str text)
{
	struct item items[MAX_ITEMS];
	uint32_t count = 0;
	bool whole = false;
	if (text.len == 0 || text.ptr[0] != '^') return NULL;
	text = str_skip(text, 1);
	while (text.len > 0) {
		whole = text.len == 1 && text.ptr[0] == '$';
		if (whole) break;
		if (count == MAX_ITEMS) return NULL;
		struct item *item = &items[count++];
		*item = (struct item){0};
		if (!pattern_take_atom(&text, &item->class)) return NULL;
		if (!pattern_take_repeat(&text, &item->min, &item->max)) return NULL;
	}
	return is_plain(items, count) ? build(arena, items, count, whole) : NULL;
}

struct pattern *schema_pattern_of(struct arena *arena, struct str text)
{
	struct pattern *pattern = row_of(arena, text);
	if (pattern) return pattern;
	const struct automaton *automaton = pattern_automaton_of(arena, text);
	if (!automaton) return NULL;
	pattern = arena_zalloc(arena, sizeof *pattern);
	pattern->automaton = automaton;
	return pattern;
}

#ifdef __SSE2__
/* Which of sixteen bytes are in one of the ranges of their places, as bits. */
static inline int in_ranges(__m128i bytes, __m128i first, __m128i span, __m128i other_first, __m128i other_span)
{
	__m128i distance = _mm_sub_epi8(bytes, first);
	__m128i other = _mm_sub_epi8(bytes, other_first);
	__m128i in = _mm_cmpeq_epi8(_mm_min_epu8(distance, span), distance);
	return _mm_movemask_epi8(_mm_or_si128(in, _mm_cmpeq_epi8(_mm_min_epu8(other, other_span), other)));
}

static inline __m128i sixteen(const void *p)
{
	return _mm_loadu_si128((const __m128i *)p);
}

static inline __m128i eight(const void *p)
{
	return _mm_loadl_epi64((const __m128i *)p);
}

static inline bool good_sixteen(const struct pattern *pattern, const char *text, size_t at)
{
	return in_ranges(sixteen(text + at), sixteen(pattern->first[0] + at), sixteen(pattern->span[0] + at),
				   sixteen(pattern->first[1] + at), sixteen(pattern->span[1] + at)) == 0xFFFF;
}

/* The upper halves are zero in all of them, so those bytes are good. */
static inline bool good_eight(const struct pattern *pattern, const char *text, size_t at)
{
	return in_ranges(eight(text + at), eight(pattern->first[0] + at), eight(pattern->span[0] + at),
				   eight(pattern->first[1] + at), eight(pattern->span[1] + at)) == 0xFFFF;
}

/* Sixteen places at a time, or eight; the last may overlap those before. */
static bool search_ranges(const struct pattern *pattern, const char *text)
{
	size_t length = pattern->fixed;
	if (length < VECTOR) return good_eight(pattern, text, 0) && good_eight(pattern, text, length - HALF_VECTOR);
	for (size_t at = 0; at + VECTOR < length; at += VECTOR)
		if (!good_sixteen(pattern, text, at)) return false;
	return good_sixteen(pattern, text, length - VECTOR);
}
#endif

static bool search_fixed(const struct pattern *pattern, struct str subject)
{
	if (subject.len != pattern->fixed) return false;
#ifdef __SSE2__
	if (pattern->ranged && pattern->fixed >= HALF_VECTOR) return search_ranges(pattern, subject.ptr);
#endif
	const unsigned char *bytes = (const unsigned char *)subject.ptr;
	unsigned good = true;
	for (uint32_t i = 0; good && i < pattern->fixed; i++)
		good = pattern->classes[bytes[i]] & pattern->places[i];
	return good;
}

bool schema_pattern_search(const struct pattern *pattern, struct str subject)
{
	if (pattern->automaton) return pattern_automaton_search(pattern->automaton, subject);
	if (pattern->fixed > 0) return search_fixed(pattern, subject);
	size_t at = 0;
	for (uint32_t i = 0; i < pattern->count; i++) {
		const struct repeat *item = &pattern->items[i];
		size_t room = subject.len - at;
		size_t most = room < item->max ? room : item->max;
		size_t taken = 0;
		while (taken < most && pattern->classes[(unsigned char)subject.ptr[at + taken]] & item->bit)
			taken++;
		if (taken < item->min) return false;
		at += taken;
	}
	return !pattern->whole || at == subject.len;
}
