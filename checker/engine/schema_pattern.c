/* Simple regular expressions as a row of repeated classes. */
#include "engine/schema_pattern.h"

enum { MAX_ITEMS = 48, MAX_CLASSES = 16, MAX_FIXED = 64, MANY = UINT32_MAX };

/* Characters below 128 as bits. */
struct class
{
	uint64_t bits[2];
};

struct item {
	struct class class;
	uint32_t min, max;
};

/* An item of a pattern that is done: its class is a bit of the table. */
struct repeat {
	uint16_t bit;
	uint32_t min, max;
};

struct pattern {
	uint32_t count;
	bool whole;     /* ends with `$` */
	uint32_t fixed; /* what matches has this length, if not 0: the bit of each place is in `places` */
	uint16_t places[MAX_FIXED];
	uint16_t classes[256];
	struct repeat items[];
};

static bool class_has(const struct class *class, unsigned char c)
{
	return c < 128 && class->bits[c >> 6] >> (c & 63) & 1;
}

static void class_add(struct class *class, unsigned char from, unsigned char to)
{
	for (unsigned c = from; c <= to; c++)
		class->bits[c >> 6] |= (uint64_t)1 << (c & 63);
}

/* \d, \w, or a punctuation character that stands for itself; false for anything else. */
static bool add_escape(struct class *class, char c)
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
static bool take_class(struct str *rest, struct class *class)
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
static bool take_atom(struct str *rest, struct class *class)
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
static bool take_braces(struct str *rest, struct item *item)
{
	if (!take_count(rest, &item->min)) return false;
	item->max = item->min;
	if (rest->len > 0 && rest->ptr[0] == ',') {
		*rest = str_skip(*rest, 1);
		item->max = MANY;
		if (rest->len > 0 && rest->ptr[0] != '}' && !take_count(rest, &item->max)) return false;
	}
	if (rest->len == 0 || rest->ptr[0] != '}') return false;
	*rest = str_skip(*rest, 1);
	return true;
}

static bool take_quantifier(struct str *rest, struct item *item)
{
	char c = rest->len > 0 ? rest->ptr[0] : '\0';
	item->min = item->max = 1;
	if (!c || !strchr("*+?{", c)) return true;
	*rest = str_skip(*rest, 1);
	if (c == '{' && !take_braces(rest, item)) return false;
	if (c == '*' || c == '?') item->min = 0;
	if (c == '*' || c == '+') item->max = MANY;
	return rest->len == 0 || rest->ptr[0] != '?';
}

static bool overlap(const struct class *a, const struct class *b)
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

static bool same_class(const struct class *a, const struct class *b)
{
	return a->bits[0] == b->bits[0] && a->bits[1] == b->bits[1];
}

/* Patterns of one length, and not too long, are checked place by place. */
static void fix(struct pattern *pattern)
{
	uint32_t length = 0;
	for (uint32_t i = 0; i < pattern->count; i++) {
		const struct repeat *item = &pattern->items[i];
		if (!pattern->whole || item->min != item->max || item->max > MAX_FIXED - length) return;
		for (uint32_t j = 0; j < item->max; j++)
			pattern->places[length++] = item->bit;
	}
	pattern->fixed = length;
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
			if (class_has(&items[i].class, (unsigned char)c)) pattern->classes[c] |= bit;
		pattern->items[i] = (struct repeat){bit, items[i].min, items[i].max};
	}
	pattern->count = count;
	pattern->whole = whole;
	fix(pattern);
	return pattern;
}

struct pattern *schema_pattern_of(struct arena *arena, struct str text)
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
		if (!take_atom(&text, &item->class) || !take_quantifier(&text, item)) return NULL;
	}
	return is_plain(items, count) ? build(arena, items, count, whole) : NULL;
}

static bool search_fixed(const struct pattern *pattern, struct str subject)
{
	const unsigned char *bytes = (const unsigned char *)subject.ptr;
	unsigned good = subject.len == pattern->fixed;
	for (uint32_t i = 0; good && i < pattern->fixed; i++)
		good = pattern->classes[bytes[i]] & pattern->places[i];
	return good;
}

bool schema_pattern_search(const struct pattern *pattern, struct str subject)
{
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
