/* SPDX-License-Identifier: EUPL-1.2 */
/* Strict reading of objects of a rule set. */
#include "rule/fields.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

enum { NEAR_MAX = 64 };

static size_t smallest(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;
	return least < c ? least : c;
}

/* Levenshtein's distance; words longer than NEAR_MAX are far from everything. */
static size_t distance(struct str a, struct str b)
{
	size_t row[NEAR_MAX + 1];
	if (a.len > NEAR_MAX || b.len > NEAR_MAX) return NEAR_MAX;
	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 0; i < a.len; i++) {
		size_t corner = row[0];
		row[0] = i + 1;
		for (size_t j = 0; j < b.len; j++) {
			size_t replaced = corner + (a.ptr[i] != b.ptr[j]);
			corner = row[j + 1];
			row[j + 1] = smallest(replaced, corner + 1, row[j] + 1);
		}
	}
	return row[b.len];
}

const char *nearest_name(struct str word, const char *const names[])
{
	const char *best = NULL;
	size_t least = word.len / 2 + 1;
	if (least > 4) least = 4;
	for (size_t i = 0; names[i]; i++) {
		size_t far = distance(word, str_of(names[i]));
		if (far < least) {
			least = far;
			best = names[i];
		}
	}
	return best;
}

static struct str format_in(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int needed = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (needed < 0) return (struct str){"", 0};
	char *text = arena_alloc(arena, (size_t)needed + 1);
	vsnprintf(text, (size_t)needed + 1, format, args);
	return (struct str){text, (size_t)needed};
}

bool fields_fail(const struct fields *fields, const struct node *node, const char *en, const char *nl, ...)
{
	if (fields->err->code != ERR_NONE) return false;
	/* Filled first for its place and code; then the texts, which take their arguments from here. */
	err_set(fields->err, ERR_RULES, source_loc(fields->doc->source, node ? node->start : 0), " ", " ");
	const char *formats[LANG_COUNT] = {[LANG_EN] = en, [LANG_NL] = nl};
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		va_list args;
		va_start(args, nl);
		fields->err->message.in[lang] = format_in(fields->err->arena, formats[lang], args);
		va_end(args);
	}
	return false;
}

bool fields_fail_text(const struct fields *fields, const struct node *node, struct text what, struct text why)
{
	struct err *err = fields->err;
	if (err->code != ERR_NONE) return false;
	err_set(err, ERR_RULES, source_loc(fields->doc->source, node ? node->start : 0), " ", " ");
	for (int lang = 0; lang < LANG_COUNT; lang++)
		err->message.in[lang] = str_printf(err->arena, "%.*s: %.*s", STR_FMT(what.in[lang]), STR_FMT(why.in[lang]));
	return false;
}

static bool is_known(struct str name, const char *const names[])
{
	for (size_t i = 0; names[i]; i++)
		if (str_eq(name, str_of(names[i]))) return true;
	return false;
}

static bool fail_unknown(const struct fields *fields, const struct node *member, const char *const names[])
{
	struct node key = {.start = member->key_start};
	const char *near = nearest_name(node_key(member), names);
	if (near)
		return fields_fail(fields, &key, "unknown field '%.*s' in %s; did you mean '%s'?",
				"onbekend veld '%.*s' in %s; bedoelde u '%s'?", STR_FMT(node_key(member)), fields->what, near);
	return fields_fail(fields, &key, "unknown field '%.*s' in %s; remove it",
			"onbekend veld '%.*s' in %s; verwijder het", STR_FMT(node_key(member)), fields->what);
}

bool fields_open(struct fields *fields, const struct node *node, const char *const names[])
{
	fields->object = node;
	if (node->kind != NODE_OBJECT)
		return fields_fail(fields, node, "expected %s as a mapping with fields, found another kind of value",
				"verwacht: %s als mapping met velden; gevonden: een ander soort waarde", fields->what);
	for (uint32_t i = 0; i < node->len; i++)
		if (!is_known(node_key(&node->children[i]), names)) return fail_unknown(fields, &node->children[i], names);
	return true;
}

/* `version: 2.1` is a number to YAML, and the most likely slip. */
static bool fail_kind(const struct fields *fields, const char *name, enum node_kind kind, const struct node *value)
{
	bool quotes = kind == NODE_STRING && value->kind == NODE_NUMBER;
	struct text expected = node_kind_name(kind), found = node_kind_name((enum node_kind)value->kind), why;
	struct text what = text_printf(fields->arena, "field '%s' of %s", "veld '%s' van %s", name, fields->what);
	why.in[LANG_EN] = str_printf(fields->arena, "expected %.*s, found %.*s%s", STR_FMT(expected.in[LANG_EN]),
			STR_FMT(found.in[LANG_EN]), quotes ? "; put it between quotes" : "");
	why.in[LANG_NL] = str_printf(fields->arena, "verwacht %.*s, gevonden %.*s%s", STR_FMT(expected.in[LANG_NL]),
			STR_FMT(found.in[LANG_NL]), quotes ? "; zet het tussen aanhalingstekens" : "");
	return fields_fail_text(fields, value, what, why);
}

bool fields_value(
		const struct fields *fields, const char *name, enum node_kind kind, bool required, const struct node **out)
{
	const struct node *value = node_member(fields->object, str_of(name));
	bool absent = !value || (value->kind == NODE_NULL && !required);
	if (absent && required)
		return fields_fail(
				fields, fields->object, "field '%s' is missing in %s", "veld '%s' ontbreekt in %s", name, fields->what);
	if (!absent && value->kind != kind) return fail_kind(fields, name, kind, value);
	*out = absent ? NULL : value;
	return true;
}

bool fields_string(const struct fields *fields, const char *name, bool required, struct str *out)
{
	const struct node *value = NULL;
	if (!fields_value(fields, name, NODE_STRING, required, &value)) return false;
	if (value && value->len == 0)
		return fields_fail(fields, value, "field '%s' of %s is empty", "veld '%s' van %s is leeg", name, fields->what);
	if (value) *out = str_copy(fields->arena, node_text(value));
	return true;
}

/* "0000-00-00": strptime() alone would let spaces and signs stand for digits. */
static bool is_day_form(struct str text)
{
	if (text.len != 10) return false;
	for (size_t i = 0; i < text.len; i++)
		if (i == 4 || i == 7 ? text.ptr[i] != '-' : text.ptr[i] < '0' || text.ptr[i] > '9') return false;
	return true;
}

/* The 31st of June is no day, which timegm() makes the first of July. */
bool fields_is_day(struct str text, int64_t *midnight)
{
	struct tm day = {0};
	char copy[11] = "";
	if (!is_day_form(text)) return false;
	memcpy(copy, text.ptr, text.len);
	const char *end = strptime(copy, "%Y-%m-%d", &day);
	int of_month = day.tm_mday;
	*midnight = (int64_t)timegm(&day);
	return end == copy + text.len && day.tm_mday == of_month;
}

bool fields_date(const struct fields *fields, const char *name, bool required, struct str *out)
{
	struct str text = {NULL, 0};
	int64_t midnight;
	if (!fields_string(fields, name, required, &text)) return false;
	if (text.ptr && !fields_is_day(text, &midnight))
		return fields_fail(fields, node_member(fields->object, str_of(name)),
				"field '%s' of %s: expected a day such as 2026-11-24, found '%.*s'",
				"veld '%s' van %s: verwacht een dag zoals 2026-11-24, gevonden '%.*s'", name, fields->what,
				STR_FMT(text));
	if (text.ptr) *out = text;
	return true;
}

bool fields_text(const struct fields *fields, const char *name, bool required, struct text *out)
{
	static const char *const languages[] = {"nl", "en", NULL};
	const struct node *value = NULL;
	struct fields inside = *fields;
	struct text text = {0};
	if (!fields_value(fields, name, NODE_OBJECT, required, &value)) return false;
	if (!value) return true;
	inside.what = name;
	if (!fields_open(&inside, value, languages) || !fields_string(&inside, "nl", true, &text.in[LANG_NL]) ||
			!fields_string(&inside, "en", true, &text.in[LANG_EN]))
		return false;
	*out = text;
	return true;
}

bool fields_choice(
		const struct fields *fields, const char *name, const char *const values[], int count, bool required, int *out)
{
	const struct node *value = NULL;
	if (!fields_value(fields, name, NODE_STRING, required, &value)) return false;
	if (!value) return true;
	struct strbuf list;
	strbuf_init(&list, 512);
	for (int i = 0; i < count; i++) {
		if (str_eq(node_text(value), str_of(values[i]))) {
			strbuf_release(&list);
			*out = i;
			return true;
		}
		strbuf_printf(&list, "%s%s", i ? ", " : "", values[i]);
	}
	fields_fail(fields, value, "field '%s' of %s: expected one of %s; found '%.*s'",
			"veld '%s' van %s: verwacht een van %s; gevonden '%.*s'", name, fields->what, list.ptr,
			STR_FMT(node_text(value)));
	strbuf_release(&list);
	return false;
}

bool fields_bool(const struct fields *fields, const char *name, bool *out)
{
	const struct node *value = node_member(fields->object, str_of(name));
	if (!value) return true;
	if (value->kind != NODE_TRUE && value->kind != NODE_FALSE)
		return fields_fail(fields, value, "field '%s' of %s: expected true or false",
				"veld '%s' van %s: verwacht true of false", name, fields->what);
	*out = value->kind == NODE_TRUE;
	return true;
}

bool fields_no_key_twice(const struct fields *fields)
{
	for (uint32_t i = 0; i < fields->doc->diagnostic_count; i++) {
		const struct diagnostic *diagnostic = &fields->doc->diagnostics[i];
		struct node at = {.start = diagnostic->start};
		if (diagnostic->kind == DIAGNOSTIC_DUPLICATE_KEY)
			return fields_fail(fields, &at, "field '%.*s' is there twice; remove one",
					"veld '%.*s' staat er twee keer; verwijder er een", STR_FMT(diagnostic->what));
	}
	return true;
}
