/* SPDX-License-Identifier: EUPL-1.2 */
/* The core function `length`: bounds on the size of a string, array, object, or on a number itself. */
#include "base/utf8.h"
#include "engine/function_private.h"
#include "engine/js.h"

struct bounds {
	const struct node *min; /* NULL when there is none */
	const struct node *max;
};

static bool read_bound(const struct options *options, const char *name, const struct node **bound)
{
	const struct node *value = node_member(options->node, str_of(name));
	if (value && value->kind != NODE_NUMBER) {
		return option_fail(options, name, value, "accepts only the following types: number", "moet een getal zijn");
	}
	*bound = value;
	return true;
}

bool length_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {
			arena, source, node, "length", "{ \"min\": 2 }, { \"max\": 5 }, { \"min\": 0, \"max\": 10 }", err};
	static const char *const names[] = {"min", "max", NULL};
	struct bounds bounds = {NULL, NULL};
	if (!options_object(&options, names, false)) return false;
	if (node->len == 0) return options_fail(&options);
	if (!read_bound(&options, "min", &bounds.min) || !read_bound(&options, "max", &bounds.max)) return false;
	*compiled = arena_copy(arena, &bounds, sizeof bounds);
	return true;
}

/* The size of what has one. */
static bool measure(const struct subject *subject, double *size)
{
	struct str text = subject_text(subject);
	const struct node *value = subject->value;
	if (text.ptr) {
		*size = (double)utf8_utf16_length(text);
	} else if (value && value->kind == NODE_NUMBER) {
		*size = node_double(value);
	} else if (value && node_is_container(value)) {
		*size = node_count(value);
	} else {
		return false;
	}
	return true;
}

static void report(const struct subject *subject, struct violation_sink *sink, const char *en, const char *nl,
		const struct node *bound)
{
	struct text property = subject_property(subject);
	struct str limit = js_printed(subject->arena, bound);
	struct text message = {{
			str_printf(subject->arena, "%.*smust be %s than %.*s", STR_FMT(property.in[LANG_EN]), en, STR_FMT(limit)),
			str_printf(
					subject->arena, "%.*smag niet %s zijn dan %.*s", STR_FMT(property.in[LANG_NL]), nl, STR_FMT(limit)),
	}};
	subject_report(subject, sink, message, (struct text){{limit, limit}});
}

enum function_result length_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)err;
	const struct bounds *bounds = compiled;
	double size;
	if (!measure(subject, &size)) return FUNCTION_DONE;
	if (bounds->min && size < node_double(bounds->min)) report(subject, sink, "longer", "korter", bounds->min);
	if (bounds->max && size > node_double(bounds->max)) report(subject, sink, "shorter", "langer", bounds->max);
	return FUNCTION_DONE;
}
