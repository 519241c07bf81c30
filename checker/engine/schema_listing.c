/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists for sentences. */
#include "engine/schema_listing.h"

#include "engine/js.h"
#include "engine/schema_type.h"

enum { MOST_LISTED = 12 };

struct text listing_plain(struct str text)
{
	return (struct text){{text, text}};
}

struct text listing_quoted(struct arena *arena, struct str name)
{
	return listing_plain(str_printf(arena, "\"%.*s\"", STR_FMT(name)));
}

struct str listing_value(struct arena *arena, const struct node *value)
{
	enum { MOST_DIGITS = 60 };
	if (!value || value->kind != NODE_NUMBER) return js_found(arena, value);
	if (value->len <= MOST_DIGITS) return node_text(value);
	return str_printf(arena, "%.*s...", MOST_DIGITS, value->text);
}

static const struct {
	uint8_t type;
	struct text name;
} types[] = {
		{TYPE_STRING, {{STR("text"), STR("tekst")}}},
		{TYPE_NUMBER, {{STR("a number"), STR("een getal")}}},
		{TYPE_INTEGER, {{STR("a whole number"), STR("een geheel getal")}}},
		{TYPE_DIGITS, {{STR("a whole number, without a point"), STR("een geheel getal, zonder punt")}}},
		{TYPE_BOOLEAN, {{STR("true or false"), STR("true of false")}}},
		{TYPE_OBJECT, {{STR("an object"), STR("een object")}}},
		{TYPE_ARRAY, {{STR("a list"), STR("een lijst")}}},
		{TYPE_NULL, {{STR("null"), STR("null")}}},
};

enum { TYPE_COUNT = sizeof types / sizeof types[0] };

/* Adds `item` to a list of which it is number `index` of `count`: "a, b or c". */
struct text listing_add(
		struct arena *arena, struct text list, struct text item, uint32_t index, uint32_t count, bool all)
{
	const char *between[LANG_COUNT] = {", ", ", "};
	if (index + 1 == count && all) {
		between[LANG_EN] = " or ";
		between[LANG_NL] = " of ";
	}
	if (index == 0) return item;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		list.in[lang] = str_printf(arena, "%.*s%s%.*s", STR_FMT(list.in[lang]), between[lang], STR_FMT(item.in[lang]));
	return list;
}

struct text listing_types(struct arena *arena, uint8_t wanted)
{
	struct text list = TEXT("", "");
	uint32_t count = 0;
	uint32_t index = 0;
	for (size_t i = 0; i < TYPE_COUNT; i++)
		count += (wanted & types[i].type) != 0;
	for (size_t i = 0; i < TYPE_COUNT; i++)
		if (wanted & types[i].type) list = listing_add(arena, list, types[i].name, index++, count, true);
	return list;
}

static struct text and_more(struct arena *arena, struct text list, uint32_t more)
{
	if (more == 0) return list;
	return (struct text){{
			str_printf(arena, "%.*s, and %u more", STR_FMT(list.in[LANG_EN]), more),
			str_printf(arena, "%.*s en nog %u", STR_FMT(list.in[LANG_NL]), more),
	}};
}

/* The values of lists, or values themselves. */
struct text listing_values(struct arena *arena, const struct node *const *values, uint32_t count, bool lists)
{
	struct text list = TEXT("", "");
	uint32_t total = 0;
	uint32_t index = 0;
	for (uint32_t i = 0; i < count; i++)
		total += lists && values[i]->kind == NODE_ARRAY ? values[i]->len : 1;
	uint32_t shown = total <= MOST_LISTED ? total : MOST_LISTED;
	for (uint32_t i = 0; i < count; i++) {
		bool is_list = lists && values[i]->kind == NODE_ARRAY;
		const struct node *items = is_list ? values[i]->children : values[i];
		for (uint32_t j = 0; j < (is_list ? values[i]->len : 1) && index < shown; j++, index++)
			list = listing_add(
					arena, list, listing_plain(listing_value(arena, &items[j])), index, shown, total == shown);
	}
	return and_more(arena, list, total - shown);
}

/* Names of members that a schema has. */
struct text listing_members(struct arena *arena, const struct node *properties)
{
	struct text list = TEXT("", "");
	uint32_t total = properties && properties->kind == NODE_OBJECT ? properties->len : 0;
	uint32_t shown = total <= MOST_LISTED ? total : MOST_LISTED;
	for (uint32_t i = 0; i < shown; i++)
		list = listing_add(
				arena, list, listing_quoted(arena, node_key(&properties->children[i])), i, shown, total == shown);
	return and_more(arena, list, total - shown);
}
