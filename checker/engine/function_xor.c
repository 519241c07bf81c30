/* SPDX-License-Identifier: EUPL-1.2 */
/* The core functions `or` and `xor`: at least one, or just one, of the members named is there. */
#include "engine/function_private.h"

struct names {
	const struct str *items;
	uint32_t count;
};

static bool read_names(
		const struct options *options, const char *message_en, const char *message_nl, struct names *names)
{
	const struct node *node = node_member(options->node, STR("properties"));
	bool valid = node && node->kind == NODE_ARRAY && node->len >= 2;
	for (uint32_t i = 0; valid && i < node->len; i++)
		valid = node->children[i].kind == NODE_STRING;
	if (!node) return options_fail(options);
	if (!valid) return option_fail(options, "properties", node, message_en, message_nl);
	struct str *items = arena_alloc(options->arena, node->len * sizeof *items);
	for (uint32_t i = 0; i < node->len; i++)
		items[i] = node_text(&node->children[i]);
	*names = (struct names){items, node->len};
	return true;
}

static bool compile(const struct options *options, void **compiled)
{
	static const char *const known[] = {"properties", NULL};
	struct names names;
	if (!options_object(options, known, false)) return false;
	if (!read_names(options, "requires at least two enumerated \"properties\", i.e. [\"country\", \"street\"]",
				"moet ten minste twee namen van eigenschappen geven, zoals [\"country\", \"street\"]", &names))
		return false;
	*compiled = arena_copy(options->arena, &names, sizeof names);
	return true;
}

bool or_compile(struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {arena, source, node, "or",
			"{ \"properties\": [\"default\", \"example\"] }, { \"properties\": [\"title\", \"summary\", \"description\"] }",
			err};
	return compile(&options, compiled);
}

bool xor_compile(struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {arena, source, node, "xor",
			"{ \"properties\": [\"country\", \"street\"] }, { \"properties\": [\"one\", \"two\", \"three\"] }", err};
	return compile(&options, compiled);
}

static bool is_named(const struct names *names, struct str key)
{
	for (uint32_t i = 0; i < names->count; i++)
		if (str_eq(names->items[i], key)) return true;
	return false;
}

/* Joins quoted names with a word between them. */
static struct str join(struct arena *arena, const struct str *names, uint32_t count, const char *word)
{
	struct str joined = str_printf(arena, "\"%.*s\"", STR_FMT(names[0]));
	for (uint32_t i = 1; i < count; i++)
		joined = str_printf(arena, "%.*s %s \"%.*s\"", STR_FMT(joined), word, STR_FMT(names[i]));
	return joined;
}

/* Of a long list Spectral names three. */
static void report_none(const struct subject *subject, struct violation_sink *sink, const struct names *names)
{
	uint32_t shown = names->count > 4 ? 3 : names->count;
	uint32_t more = names->count - shown;
	struct str en = join(subject->arena, names->items, shown, "or");
	struct str nl = join(subject->arena, names->items, shown, "of");
	struct text message = {{
			str_printf(subject->arena, "At least one of %.*s must be defined", STR_FMT(en)),
			str_printf(subject->arena, "Ten minste een van %.*s moet aanwezig zijn", STR_FMT(nl)),
	}};
	if (more > 0) {
		message = text_printf(subject->arena, "At least one of %.*s or %u other properties must be defined",
				"Ten minste een van %.*s of %u andere eigenschappen moet aanwezig zijn", STR_FMT(en), more);
	}
	subject_report(subject, sink, message, (struct text){{en, nl}});
}

static void report_several(
		const struct subject *subject, struct violation_sink *sink, const struct str *present, uint32_t count)
{
	struct str en = join(subject->arena, present, count, "and");
	struct str nl = join(subject->arena, present, count, "en");
	struct text message = {{
			str_printf(subject->arena, "Just one of %.*s must be defined", STR_FMT(en)),
			str_printf(subject->arena, "Precies een van %.*s mag aanwezig zijn", STR_FMT(nl)),
	}};
	subject_report(subject, sink, message, (struct text){{en, nl}});
}

/* The members that are there, in document order; returns how many. */
static uint32_t find_present(const struct subject *subject, const struct names *names, struct str **present)
{
	const struct node *object = subject->value;
	uint32_t count = 0;
	*present = arena_alloc(subject->arena, (names->count + 1) * sizeof **present);
	for (uint32_t i = 0; i < object->len && count < names->count; i++) {
		struct str key = node_key(&object->children[i]);
		if (is_named(names, key)) (*present)[count++] = key;
	}
	return count;
}

static enum function_result evaluate(
		const struct names *names, const struct subject *subject, struct violation_sink *sink, bool only_one)
{
	if (subject->key.ptr || !subject->value || subject->value->kind != NODE_OBJECT) return FUNCTION_DONE;
	struct str *present;
	uint32_t count = find_present(subject, names, &present);
	if (count == 0) report_none(subject, sink, names);
	if (only_one && count > 1) report_several(subject, sink, present, count);
	return FUNCTION_DONE;
}

enum function_result or_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)err;
	return evaluate(compiled, subject, sink, false);
}

enum function_result xor_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)err;
	return evaluate(compiled, subject, sink, true);
}
