/* SPDX-License-Identifier: EUPL-1.2 */
/* Order of strings in JavaScript's localeCompare: the root collation for ASCII and Latin-1. */
#include "base/utf8.h"
#include "engine/js.h"

/* ASCII punctuation in the order of the root collation (CLDR), before digits and letters. */
static const char punctuation[] = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/* The letters of Latin-1 from U+00C0, without their marks; a blank is no letter with a base. */
static const char latin1_base[] = "AAAAAA CEEEEIIII NOOOOO OUUUUY  aaaaaa ceeeeiiii nooooo ouuuuy y";

/* What counts in a comparison, the most important first. */
struct weight {
	uint32_t primary;   /* which letter */
	uint32_t secondary; /* which mark */
	uint32_t tertiary;  /* lower case before upper case */
};

enum { DIGITS = 100, LETTERS = 200, OTHERS = 1000 };

static struct weight ascii_weight(char c)
{
	if (c >= '0' && c <= '9') return (struct weight){DIGITS + (uint32_t)(c - '0'), 0, 0};
	if (c >= 'a' && c <= 'z') return (struct weight){LETTERS + (uint32_t)(c - 'a'), 0, 0};
	if (c >= 'A' && c <= 'Z') return (struct weight){LETTERS + (uint32_t)(c - 'A'), 0, 1};
	size_t place = str_find(STR(punctuation), c);
	return (struct weight){place < sizeof punctuation - 1 ? (uint32_t)place + 1 : 0, 0, 0};
}

/* Takes the first character off `rest`, which is not empty. */
static struct weight next_weight(struct str *rest)
{
	uint32_t code = 0xFFFD;
	size_t length = utf8_decode(*rest, &code);
	*rest = str_skip(*rest, length ? length : 1);
	if (code < 0x80) return ascii_weight((char)code);
	if (code >= 0xC0 && code <= 0xFF && latin1_base[code - 0xC0] != ' ') {
		struct weight weight = ascii_weight(latin1_base[code - 0xC0]);
		weight.secondary = code & 0x1F;
		return weight;
	}
	return (struct weight){OTHERS + code, 0, 0};
}

static int order(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

int js_locale_compare(struct str a, struct str b)
{
	int secondary = 0;
	int tertiary = 0;
	while (a.len > 0 && b.len > 0) {
		struct weight left = next_weight(&a);
		struct weight right = next_weight(&b);
		if (left.primary != right.primary) return order(left.primary, right.primary);
		if (secondary == 0) secondary = order(left.secondary, right.secondary);
		if (tertiary == 0) tertiary = order(left.tertiary, right.tertiary);
	}
	if (a.len || b.len) return a.len ? 1 : -1;
	return secondary ? secondary : tertiary;
}
