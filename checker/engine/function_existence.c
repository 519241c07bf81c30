/* SPDX-License-Identifier: EUPL-1.2 */
/* The core functions `defined`, `undefined`, `truthy` and `falsy`: is there a value, and does JavaScript take it for
 * true? */
#include "engine/function_private.h"
#include "engine/js.h"

static bool is_defined(const struct subject *subject)
{
	return subject->key.ptr || subject->value;
}

static bool is_truthy(const struct subject *subject)
{
	return subject->key.ptr ? subject->key.len > 0 : js_truthy(subject->value);
}

static enum function_result report(
		const struct subject *subject, struct violation_sink *sink, const char *en, const char *nl)
{
	struct text property = subject_property(subject);
	struct text message = {{
			str_printf(subject->arena, "%.*smust be %s", STR_FMT(property.in[LANG_EN]), en),
			str_printf(subject->arena, "%.*smoet %s zijn", STR_FMT(property.in[LANG_NL]), nl),
	}};
	subject_report(subject, sink, message, (struct text){{str_of(en), str_of(nl)}});
	return FUNCTION_DONE;
}

enum function_result defined_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	return is_defined(subject) ? FUNCTION_DONE : report(subject, sink, "defined", "aanwezig");
}

enum function_result undefined_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	return is_defined(subject) ? report(subject, sink, "undefined", "afwezig") : FUNCTION_DONE;
}

enum function_result truthy_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	return is_truthy(subject) ? FUNCTION_DONE : report(subject, sink, "truthy", "aanwezig en niet leeg of onwaar");
}

enum function_result falsy_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled, (void)err;
	return is_truthy(subject) ? report(subject, sink, "falsy", "afwezig, leeg of onwaar") : FUNCTION_DONE;
}

/* None of the four has options. */
static bool compile(const char *function, struct arena *arena, struct source *source, const struct node *options,
		void **compiled, struct err *err)
{
	struct options check = {arena, source, options, function, "", err};
	if (!options_none(&check)) return false;
	*compiled = NULL;
	return true;
}

bool defined_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err)
{
	return compile("defined", arena, source, options, compiled, err);
}

bool undefined_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err)
{
	return compile("undefined", arena, source, options, compiled, err);
}

bool truthy_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err)
{
	return compile("truthy", arena, source, options, compiled, err);
}

bool falsy_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err)
{
	return compile("falsy", arena, source, options, compiled, err);
}
