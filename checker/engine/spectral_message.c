/* SPDX-License-Identifier: EUPL-1.2 */
/* Filling of message templates, as Spectral's Replacer does it. */
#include "engine/spectral_message.h"

#include "base/limits.h"
#include "engine/js.h"

/* One message; a document may have ten thousand of them, and a placeholder may print a whole document. */
enum { FILLED_BYTES = 8 << 10 };

/* A placeholder in a template. */
struct placeholder {
	size_t start, end;  /* in the template, braces and "#" included */
	struct str name;    /* between the braces */
	bool is_expression; /* with "#" in front */
};

static bool placeholder_next(struct str template, size_t from, struct placeholder *out)
{
	for (size_t i = from; i + 4 <= template.len; i++) {
		if (template.ptr[i] != '{' || template.ptr[i + 1] != '{') continue;
		size_t end = i + 2;
		while (end < template.len && template.ptr[end] != '}' && template.ptr[end] != '\n')
			end++;
		if (end == i + 2 || end + 1 >= template.len || template.ptr[end] != '}' || template.ptr[end + 1] != '}')
			continue;
		bool hash = i > from && template.ptr[i - 1] == '#';
		*out = (struct placeholder){i - hash, end + 2, {template.ptr + i + 2, end - i - 2}, hash};
		return true;
	}
	return false;
}

static struct str trim(struct str s)
{
	while (s.len > 0 && (unsigned char)s.ptr[0] <= ' ')
		s = str_skip(s, 1);
	while (s.len > 0 && (unsigned char)s.ptr[s.len - 1] <= ' ')
		s.len--;
	return s;
}

/* The argument of `print("...")`; false when the expression is something else. */
static bool print_argument(struct str expression, struct str *argument)
{
	struct str s = trim(expression);
	if (!str_starts(s, STR("print(")) || !str_ends(s, STR(")"))) return false;
	s = trim((struct str){s.ptr + 6, s.len - 7});
	bool quoted = s.len >= 2 && (s.ptr[0] == '"' || s.ptr[0] == '\'') && s.ptr[s.len - 1] == s.ptr[0];
	if (quoted) *argument = (struct str){s.ptr + 1, s.len - 2};
	return quoted;
}

static bool is_placeholder(struct str name)
{
	static const char *const names[] = {"property", "error", "path", "description", "value"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq(name, str_of(names[i]))) return true;
	return false;
}

/* Spectral fills an unknown name with nothing. In messages of ours, which are in Dutch too, it is a slip of the pen. */
static bool check_name(struct text message, struct str name, struct loc loc, struct err *err)
{
	if (message.in[LANG_NL].len == 0 || is_placeholder(name)) return true;
	return err_set(err, ERR_RULES, loc,
			"message: unknown placeholder {{%.*s}}; known are property, error, path, description, value",
			"message: onbekende invulplaats {{%.*s}}; bekend zijn property, error, path, description, value",
			STR_FMT(name));
}

bool message_check(struct text message, struct loc loc, struct err *err)
{
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct placeholder found = {.end = 0};
		struct str ignored;
		while (message.in[lang].len && placeholder_next(message.in[lang], found.end, &found)) {
			if (!found.is_expression && !check_name(message, found.name, loc, err)) return false;
			if (found.is_expression && !print_argument(found.name, &ignored))
				return err_set(err, ERR_RULES, loc,
						"message: expression \"%.*s\" is not supported; use print(\"property\"), print(\"value\") or a "
						"plain {{error}}",
						"message: expressie \"%.*s\" wordt niet ondersteund; gebruik print(\"property\"), "
						"print(\"value\") of gewoon {{error}}",
						STR_FMT(found.name));
		}
	}
	return true;
}

/* String(value) of JavaScript: arrays are joined with commas, null and undefined in them are empty. */
static void add_value(struct strbuf *out, const struct node *value)
{
	if (!value) {
		strbuf_add(out, STR("undefined"));
	} else if (value->kind == NODE_STRING) {
		strbuf_add(out, node_text(value));
	} else if (value->kind == NODE_OBJECT) {
		strbuf_add(out, STR("[object Object]"));
	} else if (value->kind != NODE_ARRAY) {
		js_print_value(out, value);
	} else {
		for (uint32_t i = 0; i < value->len && !out->overflow; i++) {
			if (i > 0) strbuf_add_char(out, ',');
			if (value->children[i].kind != NODE_NULL) add_value(out, &value->children[i]);
		}
	}
}

static void add_named(struct strbuf *out, struct str name, const struct message_values *values)
{
	if (str_eq(name, STR("property"))) strbuf_add(out, values->property);
	if (str_eq(name, STR("error"))) strbuf_add(out, values->error);
	if (str_eq(name, STR("path"))) strbuf_add(out, values->path);
	if (str_eq(name, STR("description"))) strbuf_add(out, values->description);
	if (str_eq(name, STR("value"))) add_value(out, values->value);
}

static void add_printed(struct strbuf *out, struct str name, const struct message_values *values)
{
	if (str_eq(name, STR("value")))
		js_print_value(out, values->value);
	else if (!str_eq(name, STR("property")))
		add_named(out, name, values);
	else if (values->property.len > 0)
		strbuf_printf(out, "\"%.*s\" property ", STR_FMT(values->property));
	else
		strbuf_add(out, STR("The document "));
}

struct str message_fill(struct arena *arena, struct str template, const struct message_values *values)
{
	struct strbuf out;
	struct placeholder found = {.end = 0};
	size_t from = 0;
	strbuf_init(&out, FILLED_BYTES);
	while (placeholder_next(template, from, &found)) {
		struct str name = found.name;
		strbuf_add(&out, (struct str){template.ptr + from, found.start - from});
		if (found.is_expression && print_argument(found.name, &name))
			add_printed(&out, name, values);
		else
			add_named(&out, name, values);
		from = found.end;
	}
	strbuf_add(&out, str_skip(template, from));
	struct str text = trim(strbuf_str(&out));
	text = out.overflow ? str_printf(arena, "%.*s…", STR_FMT(text)) : str_copy(arena, text);
	strbuf_release(&out);
	return text;
}
