/* SPDX-License-Identifier: EUPL-1.2 */
/* Values that a schema lists: `enum`, `const`, and unions of such. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/contract_digest.h"
#include "engine/contract_pair.h"

/* What a value costs, as it is written out to be compared. */
enum { VALUE_STEPS = 4 };

/* Values that a message names; the rest it counts. */
enum { MOST_NAMED = 8, MOST_SHOWN = 60 };

struct str contract_value_text(struct arena *arena, const struct node *value)
{
	static const char *const names[] = {"null", "false", "true"};
	if (value->kind <= NODE_TRUE) return str_of(names[value->kind]);
	if (value->kind == NODE_ARRAY) return STR("[...]");
	if (value->kind == NODE_OBJECT) return STR("{...}");
	struct str text = node_text(value);
	bool cut = text.len > MOST_SHOWN;
	size_t length = cut ? MOST_SHOWN : text.len;
	while (cut && length > 0 && ((unsigned char)text.ptr[length] & 0xC0) == 0x80)
		length--;
	text.len = length;
	const char *quote = value->kind == NODE_STRING ? "\"" : "";
	return str_printf(arena, "%s%.*s%s%s", quote, STR_FMT(text), cut ? "…" : "", quote);
}

static void add_schema_values(const struct node *schema, struct nodes *out)
{
	const struct node *list = node_member(schema, STR("enum")), *only = node_member(schema, STR("const"));
	for (uint32_t i = 0; list && i < node_count(list); i++)
		*vec_push(out) = &list->children[i];
	if (only && !list) *vec_push(out) = only;
}

static void add_list(const struct shape *shape, const struct spot *list, struct nodes *out)
{
	if (str_eq(list->key, STR("const"))) {
		*vec_push(out) = list->node;
		return;
	}
	for (uint32_t i = 0; i < list->node->len; i++) {
		const struct node *item = &list->node->children[i];
		if (str_eq(list->key, STR("enum"))) {
			*vec_push(out) = item;
			continue;
		}
		const struct target *target = refs_target(shape->openapi->refs, item);
		add_schema_values(target ? target->node : item, out);
	}
}

/* What tells values apart; where they are written as text, 1 is "1". */
static void add_key(const struct node *value, bool as_text, struct strbuf *out)
{
	if (as_text && (value->kind == NODE_STRING || value->kind == NODE_NUMBER))
		strbuf_add(out, node_text(value));
	else if (as_text && (value->kind == NODE_TRUE || value->kind == NODE_FALSE))
		strbuf_add(out, value->kind == NODE_TRUE ? STR("true") : STR("false"));
	else
		value_key(value, out);
}

/* Keys of the values of one list; the text that they borrow from is `keys`. */
static void index_values(const struct nodes *values, bool as_text, struct arena *arena, struct strmap *map)
{
	struct strbuf key;
	strbuf_init(&key, LIMIT_DOCUMENT_BYTES);
	for (size_t i = 0; i < values->count; i++) {
		strbuf_clear(&key);
		add_key(values->items[i], as_text, &key);
		if (!strmap_get(map, strbuf_str(&key))) strmap_put(map, str_copy(arena, strbuf_str(&key)), (uint32_t)i);
	}
	strbuf_release(&key);
}

static bool has_value(const struct strmap *map, const struct node *value, bool as_text, struct strbuf *key)
{
	strbuf_clear(key);
	add_key(value, as_text, key);
	return strmap_get(map, strbuf_str(key)) != NULL;
}

/* Keeps those that are in `map`. */
static void keep_known(struct nodes *values, const struct strmap *map)
{
	struct strbuf key;
	size_t kept = 0;
	strbuf_init(&key, LIMIT_DOCUMENT_BYTES);
	for (size_t i = 0; i < values->count; i++)
		if (has_value(map, values->items[i], false, &key)) values->items[kept++] = values->items[i];
	values->count = kept;
	strbuf_release(&key);
}

bool shape_values(struct comparer *comparer, const struct shape *shape, struct nodes *out)
{
	for (uint32_t i = 0; i < shape->value_count; i++) {
		struct nodes list = {0};
		add_list(shape, shape->values[i], i ? &list : out);
		if (contract_step(comparer, VALUE_STEPS * (list.count + out->count)) && i) {
			struct strmap map = {0};
			index_values(&list, false, comparer->arena, &map);
			keep_known(out, &map);
			strmap_release(&map);
		}
		vec_release(&list);
	}
	return shape->value_count > 0;
}

/* Of the first values in neither null nor the other list: a text that names them. */
static uint32_t name_missing(
		struct comparer *comparer, const struct nodes *values, const struct nodes *among, bool as_text, struct str *out)
{
	struct strmap map = {0};
	struct strbuf key, names;
	uint32_t count = 0;
	strbuf_init(&key, LIMIT_DOCUMENT_BYTES);
	strbuf_init(&names, LIMIT_MESSAGE_BYTES);
	index_values(among, as_text, comparer->arena, &map);
	for (size_t i = 0; i < values->count; i++) {
		const struct node *value = values->items[i];
		if (value->kind == NODE_NULL || has_value(&map, value, as_text, &key)) continue;
		if (count++ >= MOST_NAMED) continue;
		struct str text = contract_value_text(comparer->arena, value);
		strbuf_printf(&names, "%s%.*s", count > 1 ? ", " : "", STR_FMT(text));
	}
	if (count > MOST_NAMED) strbuf_printf(&names, " (+%u)", count - MOST_NAMED);
	*out = strbuf_take(&names, comparer->arena);
	strmap_release(&map);
	strbuf_release(&key);
	return count;
}

static struct text missing_text(struct arena *arena, const struct pair *pair, bool breaking, struct str names)
{
	bool request = pair->flow == FLOW_REQUEST;
	if (breaking && request)
		return text_printf(arena, "does not accept %.*s, which the contract allows a client to send",
				"accepteert %.*s niet, terwijl een client dat volgens het contract mag sturen", STR_FMT(names));
	if (breaking)
		return text_printf(arena, "may be %.*s, which is no value of the contract",
				"kan %.*s zijn, wat geen waarde van het contract is", STR_FMT(names));
	if (request)
		return text_printf(arena, "accepts %.*s beside the values of the contract",
				"accepteert %.*s naast de waarden van het contract", STR_FMT(names));
	return text_printf(arena, "is never %.*s, which the contract would allow",
			"is nooit %.*s, wat het contract zou toestaan", STR_FMT(names));
}

static const struct spot *values_place(const struct shape *shape)
{
	return shape->value_count ? shape->values[0] : NULL;
}

static void report_missing(struct comparer *comparer, const struct pair *pair, const struct nodes *sent,
		const struct nodes *read, bool breaking)
{
	struct str names;
	if (!name_missing(comparer, breaking ? sent : read, breaking ? read : sent, pair->as_text, &names)) return;
	struct pair_difference difference = {.grade = breaking ? CONTRACT_BREAKING : CONTRACT_TOLERATED,
			.sender = values_place(pair->sender),
			.reader = values_place(pair->reader),
			.name = STR("enum"),
			.message = missing_text(comparer->arena, pair, breaking, names)};
	if (breaking == (pair->flow == FLOW_RESPONSE)) difference.found = names;
	pair_report(comparer, pair, &difference);
}

static struct str listed(struct comparer *comparer, const struct nodes *values)
{
	struct nodes none = {0};
	struct str names = STR("");
	name_missing(comparer, values, &none, false, &names);
	return names;
}

void pair_compare_values(struct comparer *comparer, const struct pair *pair, unsigned types)
{
	struct nodes sent = {0}, read = {0};
	bool sender = shape_values(comparer, pair->sender, &sent), reader = shape_values(comparer, pair->reader, &read);
	if (sender && reader) {
		report_missing(comparer, pair, &sent, &read, true);
		report_missing(comparer, pair, &sent, &read, false);
	} else if (sender || reader) {
		bool both = reader && types == SHAPE_BOOLEAN && read.count >= 2;
		pair_report_keyword(comparer, pair, "enum", reader && !both ? CONTRACT_BREAKING : CONTRACT_TOLERATED,
				values_place(pair->sender), values_place(pair->reader), listed(comparer, &sent),
				listed(comparer, &read));
	}
	vec_release(&sent);
	vec_release(&read);
}
