/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads what simple regular expressions are made of: characters, classes, repetitions. */
#include "engine/schema_pattern_private.h"

bool pattern_class_has(const struct pattern_class *class, unsigned char c)
{
	return c < 128 && class->bits[c >> 6] >> (c & 63) & 1;
}

static void class_add(struct pattern_class *class, unsigned char from, unsigned char to)
{
	for (unsigned c = from; c <= to; c++)
		class->bits[c >> 6] |= (uint64_t)1 << (c & 63);
}

/* \d, \w, or a punctuation character that stands for itself; false for anything else. */
static bool add_escape(struct pattern_class *class, char c)
{
	if (c == 'd' || c == 'w') class_add(class, '0', '9');
	if (c == 'w') {
		class_add(class, 'a', 'z');
		class_add(class, 'A', 'Z');
		class_add(class, '_', '_');
	}
	if (c == 'd' || c == 'w') return true;
	if (!c || !strchr("^$\\.*+?()[]{}|/-", c)) return false;
	class_add(class, (unsigned char)c, (unsigned char)c);
	return true;
}

/* Takes `[...]` off after its bracket. */
static bool take_class(struct str *rest, struct pattern_class *class)
{
	if (rest->len > 0 && rest->ptr[0] == '^') return false;
	while (rest->len > 0 && rest->ptr[0] != ']') {
		unsigned char c = (unsigned char)rest->ptr[0];
		if (c >= 128 || c == '[') return false;
		if (c == '\\') {
			if (rest->len < 2 || !add_escape(class, rest->ptr[1])) return false;
			*rest = str_skip(*rest, 2);
			/* what a range from or to an escape means is left to the engine proper */
			if (rest->len > 1 && rest->ptr[0] == '-' && rest->ptr[1] != ']') return false;
			continue;
		}
		unsigned char to = c;
		size_t length = 1;
		if (rest->len > 2 && rest->ptr[1] == '-' && rest->ptr[2] != ']') {
			to = (unsigned char)rest->ptr[2];
			length = 3;
			if (to == '\\' || to >= 128 || to < c) return false;
		}
		class_add(class, c, to);
		*rest = str_skip(*rest, length);
	}
	if (rest->len == 0) return false;
	*rest = str_skip(*rest, 1);
	return true;
}

/* Takes a character, an escape or a class off. */
bool pattern_take_atom(struct str *rest, struct pattern_class *class)
{
	unsigned char c = (unsigned char)rest->ptr[0];
	*rest = str_skip(*rest, 1);
	if (c == '[') return take_class(rest, class);
	if (c == '\\') {
		if (rest->len == 0 || !add_escape(class, rest->ptr[0])) return false;
		*rest = str_skip(*rest, 1);
		return true;
	}
	if (c >= 128 || c < ' ' || strchr("^$.*+?()]{}|", (char)c)) return false;
	class_add(class, c, c);
	return true;
}

static bool take_count(struct str *rest, uint32_t *count)
{
	size_t length = 0;
	while (length < rest->len && rest->ptr[length] >= '0' && rest->ptr[length] <= '9')
		length++;
	if (length > 6 || !str_to_u32((struct str){rest->ptr, length}, count)) return false;
	*rest = str_skip(*rest, length);
	return true;
}

/* {n}, {n,}, {n,m} after the brace. */
static bool take_braces(struct str *rest, uint32_t *min, uint32_t *max)
{
	if (!take_count(rest, min)) return false;
	*max = *min;
	if (rest->len > 0 && rest->ptr[0] == ',') {
		*rest = str_skip(*rest, 1);
		*max = PATTERN_MANY;
		if (rest->len > 0 && rest->ptr[0] != '}' && !take_count(rest, max)) return false;
	}
	if (rest->len == 0 || rest->ptr[0] != '}') return false;
	*rest = str_skip(*rest, 1);
	return true;
}

bool pattern_take_repeat(struct str *rest, uint32_t *min, uint32_t *max)
{
	char c = rest->len > 0 ? rest->ptr[0] : '\0';
	*min = *max = 1;
	if (!c || !strchr("*+?{", c)) return true;
	*rest = str_skip(*rest, 1);
	if (c == '{' && !take_braces(rest, min, max)) return false;
	if (c == '*' || c == '?') *min = 0;
	if (c == '*' || c == '+') *max = PATTERN_MANY;
	return rest->len == 0 || rest->ptr[0] != '?';
}
