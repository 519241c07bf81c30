/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiles patterns of XSLT: into steps that are tried on a node, or else into an expression that selects the nodes. */
#include "engine/schematron_build.h"

#include "base/utf8.h"

struct reader {
	struct schematron_build *build;
	struct str text;
	size_t at;
	struct {
		struct match_step *items;
		size_t count, capacity;
	} steps; /* from left to right */
	bool absolute;
};

static void skip(struct reader *reader)
{
	while (reader->at < reader->text.len && memchr(" \t\r\n", reader->text.ptr[reader->at], 4))
		reader->at++;
}

static bool take(struct reader *reader, const char *token)
{
	skip(reader);
	struct str wanted = str_of(token);
	if (!str_starts(str_skip(reader->text, reader->at), wanted)) return false;
	reader->at += wanted.len;
	return true;
}

static struct str take_name(struct reader *reader)
{
	struct str rest = str_skip(reader->text, reader->at);
	struct str name = {rest.ptr, xpath_name_length(rest)};
	reader->at += name.len;
	return name;
}

static const char *uri_of(const struct schematron_build *build, struct str prefix)
{
	const uint32_t *found = strmap_get(&build->prefix_index, prefix);
	return found ? build->namespaces.items[*found].uri.ptr : NULL;
}

static bool read_node_type(struct reader *reader, struct str name, struct match_test *test)
{
	static const struct {
		const char *name;
		enum match_kind kind;
	} types[] = {{"node", MATCH_NODE}, {"text", MATCH_TEXT}, {"comment", MATCH_COMMENT},
			{"processing-instruction", MATCH_INSTRUCTION}};
	if (!take(reader, ")") || test->kind == MATCH_ATTRIBUTE) return false;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (!str_eq(name, str_of(types[i].name))) continue;
		*test = (struct match_test){types[i].kind, NULL, NULL};
		return true;
	}
	return false;
}

static bool read_test(struct reader *reader, struct match_test *test)
{
	bool attribute = take(reader, "@") || take(reader, "attribute::");
	*test = (struct match_test){attribute ? MATCH_ATTRIBUTE : MATCH_ELEMENT, NULL, NULL};
	if (!attribute) take(reader, "child::");
	if (take(reader, "*")) return true;
	struct arena *arena = reader->build->arena;
	struct str name = take_name(reader);
	bool colon = name.len && str_starts(str_skip(reader->text, reader->at), STR(":"));
	if (!name.len) return false;
	if (!colon) {
		if (take(reader, "(")) return read_node_type(reader, name, test);
		test->local = str_copy(arena, name).ptr;
		test->uri = "";
		return true;
	}
	reader->at++;
	test->uri = uri_of(reader->build, name);
	if (!test->uri) return false;
	if (str_starts(str_skip(reader->text, reader->at), STR("*"))) return take(reader, "*");
	name = take_name(reader);
	test->local = str_copy(arena, name).ptr;
	return name.len > 0;
}

/* A predicate that is about the node alone, and not about its position. */
static bool read_predicate(struct reader *reader, struct schematron_element element, uint32_t *expr)
{
	struct xpath_form form;
	skip(reader);
	size_t end = xpath_predicate_end(reader->text, reader->at);
	if (end > reader->text.len) return false;
	struct str inner = {reader->text.ptr + reader->at + 1, end - reader->at - 2};
	reader->at = end;
	if (!build_try(reader->build, inner, true, &form) || form.positional) return false;
	if (form.type == XPATH_TYPE_NUMBER || form.type == XPATH_TYPE_ANY) return false;
	return build_text(reader->build, element, "context", inner, true, expr);
}

static bool read_step(struct reader *reader, struct schematron_element element)
{
	struct match_step step = {0};
	struct {
		uint32_t *items;
		size_t count, capacity;
	} predicates = {0};
	bool ok = read_test(reader, &step.test);
	skip(reader);
	while (ok && reader->at < reader->text.len && reader->text.ptr[reader->at] == '[')
		ok = read_predicate(reader, element, vec_push(&predicates));
	if (ok && predicates.count) {
		step.predicates = arena_alloc(reader->build->arena, predicates.count * sizeof *step.predicates);
		memcpy(step.predicates, predicates.items, predicates.count * sizeof *step.predicates);
		step.predicate_count = (uint32_t)predicates.count;
	}
	vec_release(&predicates);
	*vec_push(&reader->steps) = step;
	return ok;
}

/* False: it is more than steps, or no pattern at all. */
static bool read_steps(struct reader *reader, struct schematron_element element)
{
	bool deep = false;
	if (!take(reader, "//") && take(reader, "/")) {
		reader->absolute = true;
		skip(reader);
		if (reader->at == reader->text.len) {
			*vec_push(&reader->steps) = (struct match_step){.test = {MATCH_ROOT, NULL, NULL}};
			reader->absolute = false;
			return true;
		}
	}
	for (;;) {
		if (!read_step(reader, element)) return false;
		reader->steps.items[reader->steps.count - 1].deep = deep;
		skip(reader);
		if (reader->at == reader->text.len) return true;
		deep = take(reader, "//");
		if (!deep && !take(reader, "/")) return false;
	}
}

static uint32_t list_of(struct schematron_build *build, const struct match_test *test)
{
	struct strbuf text;
	strbuf_init(&text, SIZE_MAX);
	match_list_key(&text, test->kind, test->uri, test->local);
	struct str key = strbuf_take(&text, build->arena);
	const uint32_t *found = strmap_get(&build->list_index, key);
	if (found) return *found;
	uint32_t list = (uint32_t)build->lists.count;
	*vec_push(&build->lists) = *test;
	strmap_put(&build->list_index, key, list);
	return list;
}

static void keep_steps(const struct reader *reader, struct match_branch *branch)
{
	uint32_t count = (uint32_t)reader->steps.count;
	branch->steps = arena_alloc(reader->build->arena, count * sizeof *branch->steps);
	for (uint32_t i = 0; i < count; i++)
		branch->steps[i] = reader->steps.items[count - 1 - i];
	branch->step_count = count;
	branch->absolute = reader->absolute;
	branch->list = list_of(reader->build, &branch->steps[0].test);
}

/* What is no plain pattern is searched from everywhere, as a relative pattern of XSLT means. */
static bool build_general(struct schematron_build *build, struct schematron_element element, const char *attribute,
		struct str text, struct match_branch *branch)
{
	size_t name = xpath_name_length(text);
	struct str behind = str_skip(text, name);
	bool call = (str_eq((struct str){text.ptr, name}, STR("key")) || str_eq((struct str){text.ptr, name}, STR("id"))) &&
				str_starts(behind, STR("("));
	bool rooted = text.len && (text.ptr[0] == '/' || text.ptr[0] == '$' || text.ptr[0] == '(' || call);
	struct str whole = rooted ? text : str_printf(build->arena, "//%.*s", STR_FMT(text));
	struct xpath_form form;
	if (!build_text(build, element, attribute, whole, true, &branch->expr)) return false;
	struct str shown = utf8_shown(build->arena, text, 0);
	if (!build->collecting && build_try(build, whole, true, &form) && form.type != XPATH_TYPE_SET &&
			form.type != XPATH_TYPE_ANY)
		return element_fail(&build->source, element, attribute,
				text_printf(build->arena, "expected a pattern that selects nodes, found \"%.*s\"",
						"verwacht werd een patroon dat knopen kiest, gevonden \"%.*s\"", STR_FMT(shown)));
	if (!build->collecting && text.len && text.ptr[0] == '(')
		return element_fail(&build->source, element, attribute,
				text_printf(build->arena, "expected a pattern of XSLT 1.0, which does not begin with (, found \"%.*s\"",
						"verwacht werd een patroon van XSLT 1.0, en dat begint niet met (, gevonden \"%.*s\"",
						STR_FMT(shown)));
	return true;
}

static struct str trim(struct str text)
{
	while (text.len && memchr(" \t\r\n", text.ptr[0], 4))
		text = str_skip(text, 1);
	while (text.len && memchr(" \t\r\n", text.ptr[text.len - 1], 4))
		text.len--;
	return text;
}

static bool build_branch(struct schematron_build *build, struct schematron_element element, const char *attribute,
		struct str text, struct match_branch *branch)
{
	struct reader reader = {.build = build, .text = text};
	*branch = (struct match_branch){.expr = SCHEMATRON_NONE};
	bool simple = read_steps(&reader, element);
	if (simple) keep_steps(&reader, branch);
	vec_release(&reader.steps);
	if (build->err->code) return false;
	return simple || build_general(build, element, attribute, text, branch);
}

bool build_match(struct schematron_build *build, struct schematron_element element, const char *attribute,
		struct match_pattern *pattern)
{
	struct str text = element_attribute(&build->source, element, attribute);
	if (build->err->code) return false;
	if (!trim(text).len)
		return element_fail(&build->source, element, attribute,
				text_printf(build->arena, "expected a pattern in an attribute %s",
						"verwacht werd een patroon in een attribuut %s", attribute));
	uint32_t count = 1;
	for (size_t at = xpath_branch_end(text, 0); at < text.len; at = xpath_branch_end(text, at + 1))
		count++;
	pattern->branches = arena_alloc(build->arena, count * sizeof *pattern->branches);
	pattern->count = count;
	for (uint32_t i = 0; i < count; i++) {
		size_t end = xpath_branch_end(text, 0);
		if (!build_branch(build, element, attribute, trim((struct str){text.ptr, end}), &pattern->branches[i]))
			return false;
		text = str_skip(text, end + 1);
	}
	return true;
}
