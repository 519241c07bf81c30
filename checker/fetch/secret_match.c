/* SPDX-License-Identifier: EUPL-1.2 */
/* Needles by their last four or eight bytes, folded so that kinds which take several forms of a byte share a table. */
#include "fetch/secret_match.h"

#include "base/vec.h"
#include "fetch/base64.h"

enum { LONG_TAIL = 8, LONGEST_SKIP = 64, HEADS_MIN = 64, SKIPS_MIN = 1 << 14, SKIPS_MAX = 1 << 20 };

/* Forms of a byte that some kind of needle takes for the same. */
static unsigned char fold(unsigned char c)
{
	if (c >= 'A' && c <= 'Z') return (unsigned char)(c | 0x20);
	if (c == '-' || c == ' ') return '+';
	return c == '_' ? '/' : c;
}

static uint64_t tail_of(struct str bytes)
{
	uint64_t tail = 0;
	size_t count = bytes.len >= LONG_TAIL ? LONG_TAIL : NEEDLE_MIN;
	for (size_t i = bytes.len - count; i < bytes.len; i++)
		tail = tail << 8 | fold((unsigned char)bytes.ptr[i]);
	return tail;
}

static uint32_t hash(uint64_t tail)
{
	return (uint32_t)((tail ^ tail >> 29) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

static uint32_t hash_four(uint32_t four)
{
	return (four * UINT32_C(0x9E3779B1)) >> 8;
}

static bool same_needle(const struct needle *a, const struct needle *b)
{
	return a->kind == b->kind && a->before == b->before && a->after == b->after && str_eq(a->bytes, b->bytes);
}

void matcher_add(struct matcher *matcher, struct needle needle)
{
	if (needle.bytes.len < NEEDLE_MIN) return;
	*vec_push(&matcher->needles) = needle;
}

/* The table is a chain for each hash; a needle that is there already is left out, the first one counts. */
static void link_needle(struct matcher *matcher, uint32_t number)
{
	struct needle *needle = &matcher->needles.items[number - 1];
	uint32_t hashed = hash(tail_of(needle->bytes)), *head = &matcher->heads[hashed & matcher->mask];
	while (*head) {
		struct needle *other = &matcher->needles.items[*head - 1];
		if (same_needle(other, needle)) return;
		head = &other->next;
	}
	*head = number;
}

static uint32_t four_at(const struct matcher *matcher, const char *p)
{
	const unsigned char *bytes = (const unsigned char *)p;
	return (uint32_t)matcher->folded[bytes[0]] << 24 | (uint32_t)matcher->folded[bytes[1]] << 16 |
		   (uint32_t)matcher->folded[bytes[2]] << 8 | matcher->folded[bytes[3]];
}

/* Of each four bytes in the last `shortest` of a needle: how far they are from its end. */
static void note_skips(struct matcher *matcher, struct str bytes)
{
	for (uint32_t far = 0; far + NEEDLE_MIN <= matcher->shortest; far++) {
		uint32_t four = four_at(matcher, bytes.ptr + bytes.len - far - NEEDLE_MIN);
		uint8_t *skip = &matcher->skips[hash_four(four) & matcher->skip_mask];
		if (*skip > far) *skip = (uint8_t)far;
	}
}

static uint32_t power_of_two(uint32_t least, size_t wanted)
{
	while (least < wanted)
		least *= 2;
	return least;
}

void matcher_seal(struct matcher *matcher)
{
	size_t count = matcher->needles.count;
	for (int c = 0; c < 256; c++)
		matcher->folded[c] = fold((unsigned char)c);
	matcher->shortest = LONGEST_SKIP;
	for (size_t i = 0; i < count; i++)
		if (matcher->needles.items[i].bytes.len < matcher->shortest)
			matcher->shortest = matcher->needles.items[i].bytes.len;
	uint32_t heads = power_of_two(HEADS_MIN, count * 2);
	size_t fours = count * matcher->shortest * 2;
	uint32_t skips = power_of_two(SKIPS_MIN, fours < SKIPS_MAX ? fours : SKIPS_MAX);
	matcher->mask = heads - 1;
	matcher->heads = mem_resize(NULL, heads, sizeof *matcher->heads);
	memset(matcher->heads, 0, heads * sizeof *matcher->heads);
	matcher->skip_mask = skips - 1;
	matcher->skips = mem_resize(NULL, skips, 1);
	memset(matcher->skips, (int)(matcher->shortest - NEEDLE_MIN + 1), skips);
	for (uint32_t number = 1; number <= count; number++) {
		link_needle(matcher, number);
		note_skips(matcher, matcher->needles.items[number - 1].bytes);
	}
}

void matcher_release(struct matcher *matcher)
{
	vec_release(&matcher->needles);
	free(matcher->heads);
	free(matcher->skips);
	*matcher = (struct matcher){0};
}

static bool byte_matches(enum needle_kind kind, char wanted, char found)
{
	if (wanted == found) return true;
	switch (kind) {
	case NEEDLE_HEX:
		return fold((unsigned char)wanted) == fold((unsigned char)found);
	case NEEDLE_BASE64:
		return (wanted == '+' && found == '-') || (wanted == '/' && found == '_');
	case NEEDLE_EXACT:
		break;
	}
	return wanted == ' ' && found == '+';
}

static bool ends_with(struct str text, const struct needle *needle)
{
	if (needle->bytes.len > text.len) return false;
	const char *found = text.ptr + text.len, *wanted = needle->bytes.ptr + needle->bytes.len;
	while (wanted > needle->bytes.ptr)
		if (!byte_matches((enum needle_kind)needle->kind, *--wanted, *--found)) return false;
	return true;
}

static void add_hit(struct hits *hits, struct str text, size_t end, const struct needle *needle)
{
	size_t start = end - needle->bytes.len;
	if (needle->before && start > 0 && base64_is_digit(text.ptr[start - 1])) start--;
	if (needle->after && end < text.len && base64_is_digit(text.ptr[end])) end++;
	*vec_push(hits) = (struct hit){(uint32_t)start, (uint32_t)end, needle->secret};
}

static void try_chain(
		const struct matcher *matcher, struct str text, size_t end, uint32_t hashed, int only, struct hits *hits)
{
	for (uint32_t number = matcher->heads[hashed & matcher->mask]; number;) {
		const struct needle *needle = &matcher->needles.items[number - 1];
		if ((only < 0 || needle->kind == only) && ends_with((struct str){text.ptr, end}, needle))
			add_hit(hits, text, end, needle);
		number = needle->next;
	}
}

void matcher_scan(const struct matcher *matcher, struct str text, int only, struct hits *hits)
{
	if (matcher->needles.count == 0) return;
	for (size_t end = matcher->shortest; end <= text.len;) {
		uint32_t four = four_at(matcher, text.ptr + end - NEEDLE_MIN);
		uint8_t skip = matcher->skips[hash_four(four) & matcher->skip_mask];
		if (skip) {
			end += skip;
			continue;
		}
		uint32_t hashed = hash(four);
		try_chain(matcher, text, end, hashed, only, hits);
		if (end >= LONG_TAIL) {
			uint64_t tail = (uint64_t)four_at(matcher, text.ptr + end - LONG_TAIL) << 32 | four;
			if (hash(tail) != hashed) try_chain(matcher, text, end, hash(tail), only, hits);
		}
		end++;
	}
}
