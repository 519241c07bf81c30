/* SPDX-License-Identifier: EUPL-1.2 */
/* The core function `alphabetical`: elements, members, or elements by one of their members, are in order. */
#include <math.h>

#include "base/limits.h"
#include "doc/pointer.h"
#include "engine/function_private.h"
#include "engine/js.h"

struct alphabetical {
	struct str keyed_by; /* ptr NULL when there is none */
};

/* What is put in order: a string or a number. */
struct item {
	struct str text; /* ptr NULL: a number */
	double number;
};

bool alphabetical_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {
			arena, source, node, "alphabetical", "null (no options), { \"keyedBy\": \"my-key\" }", err};
	static const char *const names[] = {"keyedBy", NULL};
	if (!options_object(&options, names, true)) return false;
	struct alphabetical *alphabetical = arena_zalloc(arena, sizeof *alphabetical);
	const struct node *keyed_by = node_member(node, STR("keyedBy"));
	if (keyed_by && keyed_by->kind != NODE_STRING) {
		return option_fail(
				&options, "keyedBy", keyed_by, "accepts only the following types: string", "moet een tekst zijn");
	}
	if (keyed_by) alphabetical->keyed_by = node_text(keyed_by);
	*compiled = alphabetical;
	return true;
}

/* Out of order as Spectral has it: numbers by value when the second reads as one, else strings by locale. */
static bool out_of_order(const struct item *a, const struct item *b)
{
	double left = a->text.ptr ? js_number_of(a->text) : a->number;
	double right = b->text.ptr ? js_number_of(b->text) : b->number;
	if ((!a->text.ptr || isnan(left)) && (!b->text.ptr || !isnan(right))) return left - right >= 1;
	if (!a->text.ptr || !b->text.ptr) return false;
	return js_locale_compare(a->text, b->text) > 0;
}

/* How reading an item went. */
enum item_result { ITEM_OK, ITEM_NO_OBJECT, ITEM_WRONG_TYPE };

static enum item_result read_item(const struct subject *subject, struct str keyed_by, uint32_t index, struct item *item)
{
	const struct node *child = &subject->value->children[index];
	if (subject->value->kind == NODE_OBJECT) {
		if (keyed_by.ptr) return ITEM_NO_OBJECT;
		item->text = node_key(child);
		return ITEM_OK;
	}
	const struct node *value = view_value(subject->view, child);
	if (keyed_by.ptr) {
		if (!node_is_container(value)) return ITEM_NO_OBJECT;
		value = value->kind == NODE_OBJECT ? view_member(subject->view, value, keyed_by) : NULL;
	}
	if (!value || (value->kind != NODE_STRING && value->kind != NODE_NUMBER)) return ITEM_WRONG_TYPE;
	item->text = value->kind == NODE_STRING ? node_text(value) : (struct str){NULL, 0};
	if (value->kind == NODE_NUMBER) item->number = node_double(value);
	return ITEM_OK;
}

static void report_bad(const struct subject *subject, struct violation_sink *sink, const char *en, const char *nl)
{
	struct text property = subject_property(subject);
	struct text message = {{
			str_printf(subject->arena, "%.*smust be %s", STR_FMT(property.in[LANG_EN]), en),
			str_printf(subject->arena, "%.*smoet %s zijn", STR_FMT(property.in[LANG_NL]), nl),
	}};
	subject_report(subject, sink, message, (struct text){{str_of(en), str_of(nl)}});
}

static struct str print_item(const struct subject *subject, const struct item *item)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	if (item->text.ptr) {
		js_print_string(&buf, item->text);
	} else {
		js_print_number(&buf, item->number);
	}
	struct str printed = strbuf_take(&buf, subject->arena);
	return printed;
}

/* The child at `index` as pointer tokens. */
static struct str below(const struct subject *subject, uint32_t index)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_DOCUMENT_BYTES);
	if (subject->value->kind == NODE_OBJECT) {
		pointer_add_token(&buf, node_key(&subject->value->children[index]));
	} else {
		pointer_add_index(&buf, index);
	}
	struct str pointer = strbuf_take(&buf, subject->arena);
	return pointer;
}

/* Reports the pair at `index` and `index` + 1. */
static void report_order(const struct subject *subject, struct violation_sink *sink, bool keyed,
		const struct item pair[2], uint32_t index)
{
	struct violation violation = {.below = {"", 0}};
	struct str first = print_item(subject, &pair[0]);
	struct str second = print_item(subject, &pair[1]);
	violation.message = TEXT(
			"properties must follow the alphabetical order", "de elementen moeten op alfabetische volgorde staan");
	if (!keyed) {
		violation.below = below(subject, index);
		violation.message = text_printf(subject->arena, "%.*s must be placed after %.*s", "%.*s moet na %.*s komen",
				STR_FMT(first), STR_FMT(second));
	}
	violation.expected = text_printf(
			subject->arena, "%.*s before %.*s", "%.*s voor %.*s", STR_FMT(second), STR_FMT(first));
	violation.found = str_printf(subject->arena, "%.*s, %.*s", STR_FMT(first), STR_FMT(second));
	sink->report(sink, &violation);
}

enum function_result alphabetical_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)err;
	const struct alphabetical *alphabetical = compiled;
	const struct node *value = subject->value;
	if (subject->key.ptr || !value || !node_is_container(value) || value->len < 2) return FUNCTION_DONE;
	enum item_result worst = ITEM_OK;
	struct item pair[2] = {{{NULL, 0}, 0}, {{NULL, 0}, 0}};
	struct item unsorted[2];
	uint32_t place = UINT32_MAX;
	for (uint32_t i = 0; i < value->len && worst != ITEM_NO_OBJECT; i++) {
		pair[0] = pair[1];
		enum item_result result = read_item(subject, alphabetical->keyed_by, i, &pair[1]);
		if (result != ITEM_OK && worst != ITEM_NO_OBJECT) worst = result;
		if (worst != ITEM_OK || place != UINT32_MAX || i == 0 || !out_of_order(&pair[0], &pair[1])) continue;
		place = i - 1;
		memcpy(unsorted, pair, sizeof unsorted);
	}
	if (worst == ITEM_NO_OBJECT) {
		report_bad(subject, sink, "an object", "een object");
	} else if (worst == ITEM_WRONG_TYPE) {
		report_bad(subject, sink, "one of the allowed types: number, string", "van het type getal of tekst");
	} else if (place != UINT32_MAX) {
		report_order(subject, sink, alphabetical->keyed_by.ptr != NULL, unsorted, place);
	}
	return FUNCTION_DONE;
}
