/* SPDX-License-Identifier: EUPL-1.2 */
/* The core function `casing`: the letters of a name follow a convention. */
#include "base/limits.h"
#include "base/utf8.h"
#include "engine/function_private.h"
#include "engine/js.h"
#include "engine/regex.h"

/* A convention as a regular expression; `#` stands for digits, where they are allowed. */
struct convention {
	const char *name;
	const char *pattern;
};

static const struct convention conventions[] = {
		{"flat", "[a-z][a-z#]*"},
		{"camel", "[a-z][a-z#]*(?:[A-Z#](?:[a-z#]+|$))*"},
		{"pascal", "[A-Z][a-z#]*(?:[A-Z#](?:[a-z#]+|$))*"},
		{"kebab", "[a-z][a-z#]*(?:-[a-z#]+)*"},
		{"cobol", "[A-Z][A-Z#]*(?:-[A-Z#]+)*"},
		{"snake", "[a-z][a-z#]*(?:_[a-z#]+)*"},
		{"macro", "[A-Z][A-Z#]*(?:_[A-Z#]+)*"},
};

struct casing {
	const struct convention *convention;
	bool no_digits;
	struct str separator; /* ptr NULL when there is none */
	bool leading;         /* may the separator come first? */
	const struct regex *regex;
};

static bool read_type(const struct options *options, struct casing *casing)
{
	const struct node *type = node_member(options->node, STR("type"));
	if (!type) return options_fail(options);
	for (size_t i = 0; type->kind == NODE_STRING && i < sizeof conventions / sizeof conventions[0]; i++)
		if (str_eq(str_of(conventions[i].name), node_text(type))) casing->convention = &conventions[i];
	if (casing->convention) return true;
	return option_fail(options, "type", type,
			"accept the following values: flat, camel, pascal, kebab, cobol, snake, macro",
			"moet een van deze waarden zijn: flat, camel, pascal, kebab, cobol, snake, macro");
}

static bool read_bool(const struct options *options, const struct node *object, const char *name, bool *out)
{
	const struct node *value = node_member(object, str_of(name));
	if (value && value->kind != NODE_TRUE && value->kind != NODE_FALSE) {
		return option_fail(options, name, value, "accepts only the following types: boolean",
				"moet waar of onwaar zijn (true, false)");
	}
	*out = value && value->kind == NODE_TRUE;
	return true;
}

static bool read_separator(const struct options *options, struct casing *casing)
{
	static const char *const names[] = {"char", "allowLeading", NULL};
	const struct node *separator = node_member(options->node, STR("separator"));
	if (!separator) return true;
	if (separator->kind != NODE_OBJECT) {
		return option_fail(options, "separator", separator, "accepts only the following types: object",
				"moet een object zijn, zoals { \"char\": \"/\" }");
	}
	struct options inner = *options;
	inner.node = separator;
	if (!options_object(&inner, names, false)) return false;
	const struct node *character = node_member(separator, STR("char"));
	if (!character || character->kind != NODE_STRING || utf8_count(node_text(character)) > 1) {
		return option_fail(options, "separator.char", character ? character : separator,
				"accepts only char, i.e. \"I\" or \"/\"", "moet een enkel teken zijn, zoals \"I\" of \"/\"");
	}
	casing->separator = node_text(character);
	return read_bool(options, separator, "allowLeading", &casing->leading);
}

/* Appends the convention with digits filled in. */
static void add_convention(struct strbuf *buf, const struct casing *casing)
{
	for (const char *c = casing->convention->pattern; *c; c++) {
		if (*c != '#') {
			strbuf_add_char(buf, *c);
		} else if (!casing->no_digits) {
			strbuf_add(buf, STR("0-9"));
		}
	}
}

/* Appends the separator as a class; the characters that mean something there or anywhere are escaped. */
static void add_separator(struct strbuf *buf, const struct casing *casing)
{
	bool escaped = casing->separator.len == 1 && strchr("^$\\.*+?()[]{}|", casing->separator.ptr[0]);
	strbuf_printf(buf, "[%s%.*s]", escaped ? "\\" : "", STR_FMT(casing->separator));
}

static bool compile_regex(const struct options *options, struct casing *casing)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_PATTERN_BYTES);
	strbuf_add_char(&buf, '^');
	if (casing->separator.ptr && casing->leading) {
		add_separator(&buf, casing);
		strbuf_add_char(&buf, '?');
	}
	add_convention(&buf, casing);
	if (casing->separator.ptr) {
		strbuf_add(&buf, STR("(?:"));
		add_separator(&buf, casing);
		add_convention(&buf, casing);
		strbuf_add(&buf, STR(")*"));
	}
	strbuf_add_char(&buf, '$');
	casing->regex = regex_compile(options->arena, strbuf_str(&buf), STR(""), options->err);
	strbuf_release(&buf);
	return casing->regex != NULL;
}

bool casing_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	struct options options = {arena, source, node, "casing",
			"{ \"type\": \"camel\" }, { \"type\": \"pascal\", \"disallowDigits\": true }", err};
	static const char *const names[] = {"type", "disallowDigits", "separator", NULL};
	struct casing casing = {0};
	if (!options_object(&options, names, false)) return false;
	if (!read_type(&options, &casing) || !read_bool(&options, node, "disallowDigits", &casing.no_digits)) return false;
	if (!read_separator(&options, &casing) || !compile_regex(&options, &casing)) return false;
	*compiled = arena_copy(arena, &casing, sizeof casing);
	return true;
}

enum function_result casing_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	const struct casing *casing = compiled;
	struct str text = subject_text(subject);
	if (text.len == 0) return FUNCTION_DONE;
	if (casing->separator.ptr && casing->leading && str_eq(text, casing->separator)) return FUNCTION_DONE;
	enum regex_result result = regex_search(casing->regex, text);
	if (result == REGEX_YES) return FUNCTION_DONE;
	if (result == REGEX_UNDECIDED) {
		err_set(err, ERR_UNDECIDED, (struct loc){0}, "a name of %zu bytes is too long to check its casing",
				"een naam van %zu bytes is te lang om de schrijfwijze te toetsen", text.len);
		return FUNCTION_UNDECIDED;
	}
	const char *name = casing->convention->name;
	subject_report(subject, sink,
			text_printf(subject->arena, "must be %s case", "moet in de schrijfwijze %s zijn", name),
			text_printf(subject->arena, "%s case", "schrijfwijze %s", name));
	return FUNCTION_DONE;
}
