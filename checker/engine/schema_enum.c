/* SPDX-License-Identifier: EUPL-1.2 */
/* What to say of a value that is none of those allowed, with the closest one as a suggestion. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "engine/js.h"
#include "engine/schema.h"

enum { MOST_CELLS = 1 << 20 }; /* of one comparison: a suggestion is not worth more */

/* Code points, in the arena. */
static uint32_t *decode(struct arena *arena, struct str text, size_t *count)
{
	uint32_t *codes = arena_alloc(arena, (text.len + 1) * sizeof *codes);
	*count = 0;
	while (text.len > 0) {
		uint32_t code = 0xFFFD;
		size_t length = utf8_decode(text, &code);
		text = str_skip(text, length ? length : 1);
		codes[(*count)++] = code;
	}
	return codes;
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t smallest = a < b ? a : b;
	return smallest < c ? smallest : c;
}

/* Levenshtein distance; SIZE_MAX when that costs too much. */
static size_t distance(struct arena *arena, struct str left, struct str right)
{
	if ((left.len + 1) > MOST_CELLS / (right.len + 1)) return SIZE_MAX;
	size_t rows;
	size_t columns;
	uint32_t *a = decode(arena, left, &rows);
	uint32_t *b = decode(arena, right, &columns);
	size_t *row = arena_alloc(arena, (columns + 1) * sizeof *row);
	for (size_t j = 0; j <= columns; j++)
		row[j] = j;
	for (size_t i = 1; i <= rows; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= columns; j++) {
			size_t above = row[j];
			row[j] = least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[columns];
}

/* Values that JavaScript's Set takes for one: equal scalars; arrays and objects differ always. */
static bool is_repeated(const struct node *const *values, size_t count, const struct node *value)
{
	for (size_t i = 0; !node_is_container(value) && i < count; i++)
		if (values[i]->kind == value->kind && node_equal(values[i], value)) return true;
	return false;
}

/* All values of the lists; those of several lists once each. */
static const struct node **gather(
		struct arena *arena, const struct node *const *lists, size_t list_count, size_t *count)
{
	size_t most = 0;
	for (size_t i = 0; i < list_count; i++)
		most += lists[i]->len;
	const struct node **values = arena_alloc(arena, (most + 1) * sizeof *values);
	*count = 0;
	for (size_t i = 0; i < list_count; i++) {
		for (uint32_t j = 0; j < lists[i]->len; j++) {
			const struct node *value = &lists[i]->children[j];
			if (list_count == 1 || !is_repeated(values, *count, value)) values[(*count)++] = value;
		}
	}
	return values;
}

static struct str print_values(struct arena *arena, const struct node *const *values, size_t count)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	for (size_t i = 0; i < count && !buf.overflow; i++) {
		if (i > 0) strbuf_add(&buf, STR(", "));
		if (values[i]->kind == NODE_STRING) {
			strbuf_printf(&buf, "\"%.*s\"", STR_FMT(node_text(values[i])));
		} else {
			js_print_json(&buf, values[i], LIMIT_DEPTH);
		}
	}
	struct str printed = str_printf(arena, "%.*s%s", STR_FMT(strbuf_str(&buf)), buf.overflow ? ", ..." : "");
	strbuf_release(&buf);
	return printed;
}

/* The allowed string that is closest, if it is close enough: fewer changes than it has characters. */
static struct str suggest(struct arena *arena, const struct node *const *values, size_t count, const struct node *value)
{
	struct str best = {NULL, 0};
	size_t best_distance = SIZE_MAX;
	struct arena *work = arena_new();
	for (size_t i = 0; value->kind == NODE_STRING && i < count; i++) {
		if (values[i]->kind != NODE_STRING) continue;
		size_t now = distance(work, node_text(values[i]), node_text(value));
		if (best.ptr && now >= best_distance) continue;
		best = node_text(values[i]);
		best_distance = now;
	}
	arena_free(work);
	if (!best.ptr || (count != 1 && best_distance >= utf8_utf16_length(best))) return (struct str){NULL, 0};
	return str_copy(arena, best);
}

struct text schema_enum_text(struct arena *arena, struct str name, const struct node *value,
		const struct node *const *lists, size_t list_count)
{
	static const char *const en[] = {"Object", "Boolean", "Boolean", "Number", "String", "Object", "Object"};
	size_t count;
	const struct node **values = gather(arena, lists, list_count, &count);
	struct str printed = print_values(arena, values, count);
	struct str best = suggest(arena, values, count, value);
	struct text who = {{str_of(en[value->kind]), STR("De waarde")}};
	if (name.ptr) who = text_printf(arena, "\"%.*s\" property", "De eigenschap \"%.*s\"", STR_FMT(name));
	if (list_count == 0)
		return (struct text){{
				str_printf(arena, "%.*s must be equal to one of the allowed values", STR_FMT(who.in[LANG_EN])),
				str_printf(arena, "%.*s moet een van de toegestane waarden zijn", STR_FMT(who.in[LANG_NL])),
		}};
	struct text hint = TEXT("", "");
	if (best.ptr) hint = text_printf(arena, ". Did you mean \"%.*s\"?", ". Bedoelt u \"%.*s\"?", STR_FMT(best));
	return (struct text){{
			str_printf(arena, "%.*s must be equal to one of the allowed values: %.*s%.*s", STR_FMT(who.in[LANG_EN]),
					STR_FMT(printed), STR_FMT(hint.in[LANG_EN])),
			str_printf(arena, "%.*s moet een van de toegestane waarden zijn: %.*s%.*s", STR_FMT(who.in[LANG_NL]),
					STR_FMT(printed), STR_FMT(hint.in[LANG_NL])),
	}};
}
