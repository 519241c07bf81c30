/* SPDX-License-Identifier: EUPL-1.2 */
/* The core function `enumeration`: a scalar is one of the values listed. */
#include "base/limits.h"
#include "engine/function_private.h"
#include "engine/js.h"

struct enumeration {
	const struct node *values;
	struct str printed; /* the values as a message lists them */
};

static struct str print_values(struct arena *arena, const struct node *values)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_MESSAGE_BYTES);
	for (uint32_t i = 0; i < values->len; i++) {
		if (i > 0) strbuf_add(&buf, STR(", "));
		js_print_value(&buf, &values->children[i]);
	}
	struct str printed = str_printf(arena, "%.*s%s", STR_FMT(strbuf_str(&buf)), buf.overflow ? ", ..." : "");
	strbuf_release(&buf);
	return printed;
}

static bool all_scalars(const struct node *values)
{
	if (!values || values->kind != NODE_ARRAY) return false;
	for (uint32_t i = 0; i < values->len; i++)
		if (node_is_container(&values->children[i])) return false;
	return true;
}

bool enumeration_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {arena, source, node, "enumeration",
			"{ \"values\": [\"Berlin\", \"London\", \"Paris\"] }, { \"values\": [2, 3, 5, 8, 13, 21] }", err};
	static const char *const names[] = {"values", NULL};
	if (!options_object(&options, names, false)) return false;
	const struct node *values = node_member(node, STR("values"));
	if (!values) return options_fail(&options);
	if (!all_scalars(values)) {
		return option_fail(&options, "values", values,
				"supports only arrays of primitive values, i.e. [\"Berlin\", \"London\", \"Paris\"]",
				"moet een lijst van enkelvoudige waarden zijn, zoals [\"Berlin\", \"London\", \"Paris\"]");
	}
	struct enumeration *enumeration = arena_alloc(arena, sizeof *enumeration);
	*enumeration = (struct enumeration){values, print_values(arena, values)};
	*compiled = enumeration;
	return true;
}

/* JavaScript's equality of scalars: numbers as doubles. */
static bool is_same(const struct node *a, const struct node *b)
{
	if (a->kind != b->kind) return false;
	if (a->kind == NODE_STRING) return str_eq(node_text(a), node_text(b));
	return a->kind != NODE_NUMBER || node_double(a) == node_double(b) || node_equal(a, b);
}

static bool includes(const struct node *values, const struct node *value)
{
	for (uint32_t i = 0; i < values->len; i++)
		if (is_same(&values->children[i], value)) return true;
	return false;
}

enum function_result enumeration_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)err;
	const struct enumeration *enumeration = compiled;
	struct node key = {.kind = NODE_STRING, .text = subject->key.ptr, .len = (uint32_t)subject->key.len};
	const struct node *value = subject->key.ptr ? &key : subject->value;
	if (!value || node_is_container(value) || includes(enumeration->values, value)) return FUNCTION_DONE;
	struct str printed = subject_value(subject);
	subject_report(subject, sink,
			text_printf(subject->arena, "%.*s must be equal to one of the allowed values: %.*s",
					"%.*s moet een van de toegestane waarden zijn: %.*s", STR_FMT(printed),
					STR_FMT(enumeration->printed)),
			(struct text){{enumeration->printed, enumeration->printed}});
	return FUNCTION_DONE;
}
