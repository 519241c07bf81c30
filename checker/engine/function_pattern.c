/* SPDX-License-Identifier: EUPL-1.2 */
/* The core function `pattern`: a string matches a regular expression, or does not. */
#include "engine/function_private.h"
#include "engine/js.h"
#include "engine/regex.h"

struct patterns {
	const struct regex *match;
	const struct regex *not_match;
	struct str match_printed; /* as messages show them */
	struct str not_match_printed;
};

/* Compiles one option; the place of a fault in the pattern is that of the option. */
static bool read_pattern(
		const struct options *options, const char *name, const struct regex **regex, struct str *printed)
{
	const struct node *value = node_member(options->node, str_of(name));
	*regex = NULL;
	if (!value) return true;
	if (value->kind != NODE_STRING) {
		return option_fail(options, name, value, "must be string or RegExp instance",
				"moet een tekst met een reguliere expressie zijn");
	}
	struct err fault;
	err_init(&fault, options->arena);
	*regex = regex_compile_literal(options->arena, node_text(value), &fault);
	*printed = js_printed(options->arena, value);
	if (*regex) return true;
	return err_set(options->err, ERR_RULES, option_loc(options, value),
			"\"pattern\" function and its \"%s\" option: %s%.0s", "de optie \"%s\" van de functie \"pattern\": %.0s%s",
			name, fault.message.in[LANG_EN].ptr, fault.message.in[LANG_NL].ptr);
}

bool pattern_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {arena, source, node, "pattern",
			"{ \"match\": \"^Stoplight\" }, { \"notMatch\": \"Swagger\" }, "
			"{ \"match\": \"Stoplight\", \"notMatch\": \"Swagger\" }",
			err};
	static const char *const names[] = {"match", "notMatch", NULL};
	struct patterns patterns = {0};
	if (!options_object(&options, names, false)) return false;
	if (node->len == 0) return options_fail(&options);
	if (!read_pattern(&options, "match", &patterns.match, &patterns.match_printed)) return false;
	if (!read_pattern(&options, "notMatch", &patterns.not_match, &patterns.not_match_printed)) return false;
	*compiled = arena_copy(arena, &patterns, sizeof patterns);
	return true;
}

static enum function_result undecided(struct str printed, struct err *err)
{
	err_set(err, ERR_UNDECIDED, (struct loc){0},
			"the pattern %.*s takes too many steps on this value, or the value is too long: simplify the pattern",
			"het patroon %.*s kost te veel stappen op deze waarde, of de waarde is te lang: vereenvoudig het patroon",
			STR_FMT(printed));
	return FUNCTION_UNDECIDED;
}

static void report(const struct subject *subject, struct violation_sink *sink, struct str printed, bool wanted)
{
	struct str value = subject_value(subject);
	struct text message = wanted ? text_printf(subject->arena, "%.*s must match the pattern %.*s",
										   "%.*s moet voldoen aan het patroon %.*s", STR_FMT(value), STR_FMT(printed))
								 : text_printf(subject->arena, "%.*s must not match the pattern %.*s",
										   "%.*s mag niet voldoen aan het patroon %.*s", STR_FMT(value),
										   STR_FMT(printed));
	struct text expected = wanted ? (struct text){{printed, printed}}
								  : text_printf(subject->arena, "not %.*s", "niet %.*s", STR_FMT(printed));
	subject_report(subject, sink, message, expected);
}

/* Tries one pattern. */
static enum function_result check(const struct regex *regex, struct str printed, bool wanted,
		const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	if (!regex) return FUNCTION_DONE;
	enum regex_result result = regex_search(regex, subject_text(subject));
	if (result == REGEX_UNDECIDED) return undecided(printed, err);
	if ((result == REGEX_YES) != wanted) report(subject, sink, printed, wanted);
	return FUNCTION_DONE;
}

enum function_result pattern_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	const struct patterns *patterns = compiled;
	if (!subject_text(subject).ptr) return FUNCTION_DONE;
	enum function_result match = check(patterns->match, patterns->match_printed, true, subject, sink, err);
	enum function_result not_match = check(patterns->not_match, patterns->not_match_printed, false, subject, sink, err);
	return match == FUNCTION_UNDECIDED ? match : not_match;
}
