/* SPDX-License-Identifier: EUPL-1.2 */
/* Parses steps of paths. */
#include "base/limits.h"
#include "engine/schematron_xpath_private.h"

void parse_predicates(struct parse *p)
{
	while (!p->failed && parse_take(p, "[")) {
		if (!parse_enter(p)) return;
		parse_emit(p, STR("["));
		parse_expression(p);
		if (!parse_take(p, "]"))
			parse_fail(p, p->at, "expected ] at \"%.*s\"", "verwacht werd ] bij \"%.*s\"", parse_rest(p));
		parse_emit(p, STR("]"));
		parse_leave(p);
	}
}

static bool check_prefix(struct parse *p, struct str prefix, size_t at)
{
	if (str_eq(prefix, STR("xml")) || p->scope->prefix(p->scope->context, prefix)) return true;
	parse_fail(p, at, "the prefix %.*s is not declared; add an <ns> for it",
			"het voorvoegsel %.*s is niet gedeclareerd; voeg er een <ns> voor toe", prefix);
	return false;
}

bool parse_is_node_type(struct str name)
{
	return str_eq(name, STR("node")) || str_eq(name, STR("text")) || str_eq(name, STR("comment")) ||
		   str_eq(name, STR("processing-instruction"));
}

void parse_literal(struct parse *p)
{
	size_t length = str_find(str_skip(p->text, p->at + 1), p->text.ptr[p->at]);
	struct str literal = {p->text.ptr + p->at, length + 2};
	if (p->at + literal.len > p->text.len) {
		parse_fail(p, p->at, "the text %.*s does not end", "de tekst %.*s eindigt niet", parse_rest(p));
		return;
	}
	parse_emit(p, literal);
	p->at += literal.len;
	if (parse_peek(p, 0) == literal.ptr[0]) parse_fail_newer(p, p->at, STR("a doubled quote in a text"));
}

static void parse_node_type(struct parse *p, struct str name)
{
	parse_emit(p, name);
	parse_emit(p, STR("("));
	parse_skip(p);
	bool literal = parse_peek(p, 0) == '"' || parse_peek(p, 0) == '\'';
	if (literal && str_eq(name, STR("processing-instruction"))) parse_literal(p);
	if (!parse_take(p, ")"))
		parse_fail(p, p->at, "expected ) at \"%.*s\"", "verwacht werd ) bij \"%.*s\"", parse_rest(p));
	parse_emit(p, STR(")"));
}

/* True when it is the whole name of one node. */
static bool parse_node_test(struct parse *p)
{
	parse_skip(p);
	size_t start = p->at;
	if (parse_peek(p, 0) == '*') {
		p->at++;
		parse_emit(p, STR("*"));
		if (parse_peek(p, 0) == ':') parse_fail_newer(p, start, STR("*:name"));
		return false;
	}
	struct str name = {p->text.ptr + p->at, xpath_name_length(parse_rest(p))};
	if (!name.len) {
		parse_fail(p, p->at, "expected a step of a path at \"%.*s\"", "verwacht werd een stap van een pad bij \"%.*s\"",
				parse_rest(p));
		return false;
	}
	p->at += name.len;
	if (parse_peek(p, 0) == ':' && parse_peek(p, 1) != ':') {
		if (!check_prefix(p, name, start)) return false;
		p->at++;
		parse_emit(p, name);
		parse_emit(p, STR(":"));
		struct str local = {p->text.ptr + p->at, xpath_name_length(parse_rest(p))};
		if (!local.len && parse_peek(p, 0) == '*') local = STR("*");
		if (!local.len)
			parse_fail(p, p->at, "expected a name at \"%.*s\"", "verwacht werd een naam bij \"%.*s\"", parse_rest(p));
		p->at += local.len;
		parse_emit(p, local);
		return local.len && local.ptr[0] != '*';
	}
	if (parse_take(p, "(")) {
		if (parse_is_node_type(name))
			parse_node_type(p, name);
		else if (xpath_function_find(name) || xpath_is_newer(name))
			parse_fail_newer(p, start, STR("a function as a step of a path"));
		else
			parse_fail_newer(p, start, str_printf(p->arena, "%.*s(...) in a path", STR_FMT(name)));
		return false;
	}
	parse_emit(p, name);
	return true;
}

static bool walks_far(struct str axis)
{
	return str_starts(axis, STR("descendant")) || str_starts(axis, STR("ancestor")) ||
		   str_starts(axis, STR("following")) || str_starts(axis, STR("preceding"));
}

/* One step; `single`: from at most one node. Returns whether to at most one. */
static bool parse_step(struct parse *p, bool single)
{
	parse_skip(p);
	if (parse_peek(p, 0) == '.') {
		bool parent = parse_peek(p, 1) == '.';
		parse_emit(p, parent ? STR("..") : STR("."));
		p->at += parent ? 2 : 1;
		if (parse_peek(p, 0) == '[')
			parse_fail_newer(p, p->at, parent ? STR("a predicate on ..") : STR("a predicate on ."));
		return single;
	}
	struct str axis = STR("child");
	if (parse_peek(p, 0) == '@') {
		p->at++;
		parse_emit(p, STR("@"));
		axis = STR("attribute");
	} else {
		struct str name = {p->text.ptr + p->at, xpath_name_length(parse_rest(p))};
		size_t before = p->at;
		p->at += name.len;
		if (name.len && parse_take(p, "::")) {
			axis = xpath_axis(name);
			if (!axis.len)
				parse_fail(p, before, "there is no axis %.*s in XPath 1.0", "XPath 1.0 heeft geen as %.*s", name);
			parse_emit(p, name);
			parse_emit(p, STR("::"));
		} else {
			p->at = before;
		}
	}
	bool named = parse_node_test(p);
	parse_predicates(p);
	if (walks_far(axis) && !single) p->risky = true;
	bool stays = str_eq(axis, STR("self")) || str_eq(axis, STR("parent"));
	return single && (stays || (named && str_eq(axis, STR("attribute"))));
}

bool parse_steps(struct parse *p, size_t start, bool single)
{
	single = parse_step(p, single);
	while (!p->failed) {
		if (parse_take(p, "//")) {
			/* From one node libxml2 does it in one walk; from many it compares each node with each. */
			if (!single) {
				parse_wrap(p, start, STR("keur-below("));
				parse_emit(p, STR("/"));
			} else {
				parse_emit(p, STR("//"));
			}
			single = false;
		} else if (parse_take(p, "/")) {
			parse_emit(p, STR("/"));
		} else {
			break;
		}
		if (++p->parts > LIMIT_XPATH_PARTS) parse_enter(p);
		single = parse_step(p, single);
	}
	return single;
}

/* A name, *, p:name or p:*. */
static bool is_name_test(struct str text)
{
	if (!text.len || text.len >= XPATH_SIBLING_TEST) return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool name = c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
		if (!name && c != '_' && c != '-' && c != '.' && c != ':' && c != '*') return false;
	}
	return str_find_str(text, STR("::")) == text.len && text.ptr[0] != '.' && text.ptr[0] != '-';
}

const char *parse_siblings(struct arena *arena, struct str text)
{
	static const struct {
		struct str axis;
		char kind;
	} kinds[] = {{{"preceding-sibling::", 19}, 'b'}, {{"following-sibling::", 19}, 'f'}, {{"../", 3}, 'a'}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct str test = str_skip(text, kinds[i].axis.len);
		if (str_starts(text, kinds[i].axis) && is_name_test(test))
			return str_printf(arena, "keur-siblings('%c','%.*s')", kinds[i].kind, STR_FMT(test)).ptr;
	}
	return NULL;
}

bool parse_step_begins(struct parse *p)
{
	parse_skip(p);
	char c = parse_peek(p, 0);
	return c == '.' || c == '@' || c == '*' || xpath_name_length((struct str){&c, 1});
}
