/* SPDX-License-Identifier: EUPL-1.2 */
/* oasPathParam: path templates and path parameters must agree. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/oas_model.h"
#include "engine/oas_private.h"

/* Names in the order of their first occurrence, with the place of each. */
struct names {
	struct strmap map; /* name to number in the list */
	struct name *items;
	size_t count, capacity;
};

struct name {
	struct str text;
	uint32_t index;
};

/* Adds a name; false when it is there already. */
static bool names_add(struct names *names, struct str text, uint32_t index)
{
	if (!strmap_put(&names->map, text, 0)) return false;
	*vec_push(names) = (struct name){text, index};
	return true;
}

static bool names_has(const struct names *names, struct str text)
{
	return strmap_get(&names->map, text) != NULL;
}

static void names_release(struct names *names)
{
	strmap_release(&names->map);
	vec_release(names);
}

/* What one evaluation carries along. */
struct path_check {
	const struct subject *subject;
	struct violation_sink *sink;
	struct strmap templates; /* path without parameter names to place of its first spelling among the paths */
	struct arena *scratch;
	struct str path, shown; /* the second shortened, for messages */
	struct names expected;  /* parameters in the path */
	struct names shared;    /* parameters of the path item */
};

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* The length of a template expression "{name}", "{;?name*}" at the start of `text`, or 0; its name in `*name`. */
static size_t expression_length(struct str text, struct str *name)
{
	size_t at = 1;
	if (text.len == 0 || text.ptr[0] != '{') return 0;
	if (at < text.len && text.ptr[at] == ';') at++;
	if (at < text.len && text.ptr[at] == '?') at++;
	size_t from = at;
	while (at < text.len && is_name_char(text.ptr[at]))
		at++;
	*name = (struct str){text.ptr + from, at - from};
	if (at < text.len && text.ptr[at] == '*') at++;
	return name->len > 0 && at < text.len && text.ptr[at] == '}' ? at + 1 : 0;
}

/* A path as messages show it. */
static struct str path_shown(struct arena *arena, struct str path)
{
	enum { SHOWN = 200 };
	size_t cut = SHOWN;
	if (path.len <= SHOWN) return path;
	while (((unsigned char)path.ptr[cut] & 0xC0) == 0x80)
		cut--;
	return str_printf(arena, "%.*s…", (int)cut, path.ptr);
}

static void report_at_path(struct path_check *check, struct text message)
{
	oas_report(check->sink, oas_below(check->subject->arena, "s", check->path), message);
}

static void add_expected(struct path_check *check, struct str name)
{
	if (names_add(&check->expected, name, 0)) return;
	report_at_path(
			check, text_printf(check->subject->arena, "Path \"%.*s\" must not use parameter \"{%.*s}\" multiple times.",
						   "Pad \"%.*s\" mag parameter \"{%.*s}\" niet meer dan eens gebruiken.", STR_FMT(check->shown),
						   STR_FMT(name)));
}

/* The path with "%" for every parameter; parameters go to check->expected. */
static struct str read_template(struct path_check *check)
{
	struct strbuf buf;
	strbuf_init(&buf, check->path.len + 1);
	for (struct str rest = check->path, name; rest.len > 0;) {
		size_t length = expression_length(rest, &name);
		strbuf_add_char(&buf, length ? '%' : rest.ptr[0]);
		if (length) add_expected(check, name);
		rest = str_skip(rest, length ? length : 1);
	}
	struct str template = strbuf_take(&buf, check->scratch);
	return template;
}

static void check_template(struct path_check *check, uint32_t index)
{
	struct str template = read_template(check);
	const uint32_t *first = strmap_get(&check->templates, template);
	if (!first) {
		strmap_put(&check->templates, template, index);
		return;
	}
	struct str other = node_key(&check->subject->value->children[*first]);
	report_at_path(check, text_printf(check->subject->arena, "Paths \"%.*s\" and \"%.*s\" must not be equivalent.",
								  "De paden \"%.*s\" en \"%.*s\" mogen niet gelijkwaardig zijn.", STR_FMT(other),
								  STR_FMT(check->shown)));
}

/* Place of a parameter: of the operation with that method, or of the path item when the method is empty. */
static struct str param_below(const struct path_check *check, struct str method, uint32_t index)
{
	struct arena *arena = check->subject->arena;
	if (method.len == 0) return oas_below(arena, "ssi", check->path, STR("parameters"), (unsigned)index);
	return oas_below(arena, "sssi", check->path, method, STR("parameters"), (unsigned)index);
}

static void check_param(
		struct path_check *check, struct str method, const struct node *param, uint32_t index, struct names *names)
{
	const struct view *view = check->subject->view;
	struct arena *arena = check->subject->arena;
	const struct node *in = view_member(view, param, STR("in"));
	const struct node *name_node = view_member(view, param, STR("name"));
	if (!in || in->kind != NODE_STRING || !str_eq(node_text(in), STR("path")) || !name_node) return;
	struct str name = oas_text_of(check->scratch, name_node);
	const struct node *required = view_member(view, param, STR("required"));
	if (!required || required->kind != NODE_TRUE)
		oas_report(check->sink, param_below(check, method, index),
				text_printf(arena, "Path parameter \"%.*s\" must have \"required\" property that is set to \"true\".",
						"Padparameter \"%.*s\" moet een eigenschap \"required\" met de waarde \"true\" hebben.",
						STR_FMT(name)));
	if (!names_add(names, name, index))
		oas_report(check->sink, param_below(check, method, index),
				text_printf(arena, "Path parameter \"%.*s\" must not be defined multiple times.",
						"Padparameter \"%.*s\" mag niet meer dan eens beschreven zijn.", STR_FMT(name)));
}

/* Reads the `parameters` of a path item or an operation. */
static void read_params(struct path_check *check, struct str method, const struct node *owner, struct names *names)
{
	const struct node *list = view_member(check->subject->view, owner, STR("parameters"));
	for (uint32_t i = 0; oas_is_array(list) && i < list->len; i++) {
		const struct node *param = view_value(check->subject->view, &list->children[i]);
		if (oas_is_object(param)) check_param(check, method, param, i, names);
	}
}

static void check_used(struct path_check *check, struct str method, const struct name *name)
{
	if (names_has(&check->expected, name->text)) return;
	oas_report(check->sink, param_below(check, method, name->index),
			text_printf(check->subject->arena, "Parameter \"%.*s\" must be used in path \"%.*s\".",
					"Parameter \"%.*s\" moet in pad \"%.*s\" gebruikt worden.", STR_FMT(name->text),
					STR_FMT(check->shown)));
}

static void check_operation(struct path_check *check, struct str method, const struct node *operation)
{
	struct names own = {0};
	read_params(check, method, operation, &own);
	for (size_t i = 0; i < check->shared.count; i++)
		if (!names_has(&own, check->shared.items[i].text)) check_used(check, STR(""), &check->shared.items[i]);
	for (size_t i = 0; i < own.count; i++)
		check_used(check, method, &own.items[i]);
	for (size_t i = 0; i < check->expected.count; i++) {
		struct str name = check->expected.items[i].text;
		if (names_has(&own, name) || names_has(&check->shared, name)) continue;
		oas_report(check->sink, oas_below(check->subject->arena, "ss", check->path, method),
				text_printf(check->subject->arena,
						"Operation must define parameter \"{%.*s}\" as expected by path \"%.*s\".",
						"De operatie moet parameter \"{%.*s}\" beschrijven, want pad \"%.*s\" gebruikt die.",
						STR_FMT(name), STR_FMT(check->shown)));
	}
	names_release(&own);
}

static void check_item(struct path_check *check, const struct node *item)
{
	read_params(check, STR(""), item, &check->shared);
	for (uint32_t i = 0; i < node_count(item); i++) {
		const struct node *member = oas_live_member(item, i);
		if (!member || !oas_is_method(node_key(member))) continue;
		const struct node *operation = view_value(check->subject->view, member);
		if (oas_is_object(operation)) check_operation(check, node_key(member), operation);
	}
}

/* Every message about a path holds that path: of a giant one with many parameters there is no end. */
static enum function_result give_up(const struct subject *subject, const struct node *member, struct err *err)
{
	err_set(err, ERR_UNDECIDED, source_loc(subject->view->doc->source, member->key_start),
			"a path of more than %d bytes, the longest that keur compares with its parameters",
			"een pad van meer dan %d bytes, het langste dat keur met de parameters vergelijkt", LIMIT_PATH_BYTES);
	return FUNCTION_UNDECIDED;
}

enum function_result oas_path_param_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled;
	enum function_result result = FUNCTION_DONE;
	if (!oas_is_object(subject->value)) return FUNCTION_DONE;
	struct path_check check = {.subject = subject, .sink = sink, .scratch = arena_new()};
	for (uint32_t i = 0; i < subject->value->len; i++) {
		const struct node *member = oas_live_member(subject->value, i);
		const struct node *item = view_value(subject->view, member);
		if (!item || !node_is_container(item)) continue;
		check.path = node_key(member);
		if (check.path.len > LIMIT_PATH_BYTES) {
			result = give_up(subject, member, err);
			break;
		}
		check.shown = path_shown(check.scratch, check.path);
		check_template(&check, i);
		if (oas_is_object(item)) check_item(&check, item);
		names_release(&check.expected);
		names_release(&check.shared);
	}
	strmap_release(&check.templates);
	arena_free(check.scratch);
	return result;
}
