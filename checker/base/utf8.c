/* SPDX-License-Identifier: EUPL-1.2 */
/* UTF-8, as RFC 3629 section 4 has it. */
#include "base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/limits.h"
#include "base/swar.h"

static bool is_tail(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

/* Lengths 3 and 4, whose second byte has a range of its own (no overlong forms, no surrogates, no more than U+10FFFF).
 */
static size_t decode_long(const unsigned char *p, size_t len, uint32_t *code)
{
	if (p[0] < 0xF0) {
		if (len < 3 || !is_tail(p[1]) || !is_tail(p[2])) return 0;
		uint32_t value = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
		if (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF)) return 0;
		*code = value;
		return 3;
	}
	if (p[0] > 0xF4 || len < 4 || !is_tail(p[1]) || !is_tail(p[2]) || !is_tail(p[3])) return 0;
	uint32_t value = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 |
					 (p[3] & 0x3F);
	if (value < 0x10000 || value > 0x10FFFF) return 0;
	*code = value;
	return 4;
}

size_t utf8_decode(struct str s, uint32_t *code)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	if (p[0] < 0x80) {
		*code = p[0];
		return 1;
	}
	if (p[0] < 0xC2) return 0;
	if (p[0] >= 0xE0) return decode_long(p, s.len, code);
	if (s.len < 2 || !is_tail(p[1])) return 0;
	*code = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	return 2;
}

/* Nearly all text is ASCII: eight bytes at a time while no top bit is set. */
static size_t skip_ascii(struct str s, size_t at)
{
	uint64_t word;
	while (s.len - at >= sizeof word) {
		memcpy(&word, s.ptr + at, sizeof word);
		if (word & 0x8080808080808080u) break;
		at += sizeof word;
	}
	while (at < s.len && (unsigned char)s.ptr[at] < 0x80)
		at++;
	return at;
}

enum { BLOCK = 32 };

/* Is all of a block ASCII without NUL? (x - 1) | x has a top bit for 0 and for 0x80 and above. */
static inline bool is_ascii_text(const char *p)
{
#ifdef __SSE2__
	const __m128i *block = (const __m128i *)(const void *)p;
	__m128i least = _mm_cmpgt_epi8(_mm_loadu_si128(block), _mm_setzero_si128());
	__m128i other = _mm_cmpgt_epi8(_mm_loadu_si128(block + 1), _mm_setzero_si128());
	return _mm_movemask_epi8(_mm_and_si128(least, other)) == 0xFFFF;
#else
	uint64_t a = swar_load(p), b = swar_load(p + 8), c = swar_load(p + 16), d = swar_load(p + 24);
	uint64_t odd = ((a - SWAR_ONES) | a) | ((b - SWAR_ONES) | b) | ((c - SWAR_ONES) | c) | ((d - SWAR_ONES) | d);
	return !(odd & SWAR_TOPS);
#endif
}

/* The same as skip_ascii(), up to a NUL as well, which takes no more time. The last block may overlap those before. */
static size_t skip_ascii_text(struct str s, size_t at)
{
	while (s.len - at >= BLOCK && is_ascii_text(s.ptr + at))
		at += BLOCK;
	if (s.len >= BLOCK && s.len - at < BLOCK && is_ascii_text(s.ptr + s.len - BLOCK)) return s.len;
	while (at < s.len && (signed char)s.ptr[at] > 0)
		at++;
	return at;
}

bool utf8_is_text(struct str s)
{
	uint32_t code;
	for (size_t at = skip_ascii_text(s, 0); at < s.len; at = skip_ascii_text(s, at)) {
		size_t len = s.ptr[at] ? utf8_decode(str_skip(s, at), &code) : 0;
		if (len == 0) return false;
		at += len;
	}
	return true;
}

size_t utf8_invalid(struct str s)
{
	uint32_t code;
	for (size_t at = skip_ascii(s, 0); at < s.len; at = skip_ascii(s, at)) {
		size_t len = utf8_decode(str_skip(s, at), &code);
		if (len == 0) return at;
		at += len;
	}
	return s.len;
}

size_t utf8_encode(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xE0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

/* Walks the sequences of `s`, adding 1 for each, and `astral` more for each beyond the basic multilingual plane. */
static size_t count_units(struct str s, size_t astral)
{
	size_t count = 0;
	uint32_t code;
	for (size_t at = 0; at < s.len;) {
		size_t ascii_end = skip_ascii(s, at);
		count += ascii_end - at;
		at = ascii_end;
		if (at == s.len) break;
		size_t len = utf8_decode(str_skip(s, at), &code);
		count += len == 4 ? 1 + astral : 1;
		at += len ? len : 1;
	}
	return count;
}

size_t utf8_count(struct str s)
{
	return count_units(s, 0);
}

size_t utf8_utf16_length(struct str s)
{
	return count_units(s, 1);
}

static bool is_inside(struct str text, size_t at)
{
	return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

struct str utf8_shown(struct arena *arena, struct str text, size_t at)
{
	if (text.len <= LIMIT_SHOWN_BYTES) return text;
	/* Most of what is shown lies before the place: what led there says more than what follows. */
	size_t start = at > LIMIT_SHOWN_BYTES * 3 / 4 ? at - LIMIT_SHOWN_BYTES * 3 / 4 : 0;
	if (start > text.len - LIMIT_SHOWN_BYTES) start = text.len - LIMIT_SHOWN_BYTES;
	size_t end = start + LIMIT_SHOWN_BYTES;
	while (is_inside(text, start))
		start++;
	while (is_inside(text, end))
		end--;
	return str_printf(arena, "%s%.*s%s (%zu bytes)", start ? "…" : "", (int)(end - start), text.ptr + start,
			end < text.len ? "…" : "", text.len);
}
