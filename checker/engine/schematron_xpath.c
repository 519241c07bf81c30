/* SPDX-License-Identifier: EUPL-1.2 */
/* Parses XPath 1.0 by recursive descent, and writes it for libxml2 on the way. */
#include "engine/schematron_xpath.h"

#include "base/limits.h"
#include "engine/schematron_xpath_private.h"

static const struct part nothing = {0};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool may_be_set(struct part part)
{
	return part.type == XPATH_TYPE_SET || part.type == XPATH_TYPE_ANY;
}

static struct part parse_absolute(struct parse *p)
{
	struct part part = {.type = XPATH_TYPE_SET, .fixed = true, .single = true};
	size_t start = p->out.len;
	if (parse_take(p, "//")) {
		parse_emit(p, STR("//"));
		part.single = false;
		parse_steps(p, start, true);
		return part;
	}
	p->at++;
	parse_emit(p, STR("/"));
	if (parse_step_begins(p)) part.single = parse_steps(p, start, true);
	return part;
}

static struct part parse_variable(struct parse *p)
{
	size_t start = p->at++;
	struct str name = {p->text.ptr + p->at, xpath_name_length(parse_rest(p))};
	uint32_t number = 0;
	bool of_rule = false;
	p->at += name.len;
	if (!name.len || !p->scope->variable(p->scope->context, name, &number, &of_rule)) {
		parse_fail(p, start, "there is no variable $%.*s here; define it with <let>",
				"er is hier geen variabele $%.*s; definieer hem met <let>", name);
		return nothing;
	}
	strbuf_printf(&p->out, "$v%u", number);
	p->uses_rule |= of_rule;
	return (struct part){.type = XPATH_TYPE_ANY, .fixed = true};
}

/* Siblings of which only the number counts, or whether there are any, are counted without making a set of them. */
static void as_siblings(struct parse *p, size_t start, size_t end)
{
	const char *call = p->failed || p->out.overflow
							   ? NULL
							   : parse_siblings(p->arena, (struct str){p->out.ptr + start, end - start});
	if (!call) return;
	struct str behind = str_copy(p->arena, str_skip(strbuf_str(&p->out), end));
	p->out.len = start;
	parse_emit(p, str_of(call));
	parse_emit(p, behind);
}

/* count(...) as a whole, which was written from `start` on. */
static void count_siblings(struct parse *p, size_t start)
{
	size_t inside = start + strlen("count("), end = p->out.len - 1;
	const char *call = p->failed || p->out.overflow
							   ? NULL
							   : parse_siblings(p->arena, (struct str){p->out.ptr + inside, end - inside});
	if (!call) return;
	p->out.len = start;
	parse_emit(p, str_of(call));
}

static void check_key(struct parse *p, size_t start, size_t end)
{
	struct str name = {p->text.ptr + start, end - start};
	while (name.len && parse_is_space(name.ptr[0]))
		name = str_skip(name, 1);
	while (name.len && parse_is_space(name.ptr[name.len - 1]))
		name.len--;
	bool literal = name.len >= 2 && (name.ptr[0] == '\'' || name.ptr[0] == '"');
	if (literal) name = (struct str){name.ptr + 1, name.len - 2};
	if (!literal || !p->scope->key(p->scope->context, name))
		parse_fail(p, start, "expected the name of an xsl:key of this schema between quotes, found %.*s",
				"verwacht werd de naam van een xsl:key van dit schema tussen aanhalingstekens, gevonden %.*s", name);
}

static struct part parse_arguments(struct parse *p, const struct xpath_function *function, size_t start)
{
	struct part part = {.type = function->type, .fixed = true};
	unsigned count = 0;
	while (!p->failed && !parse_take(p, ")")) {
		if (count && !parse_take(p, ",")) {
			parse_fail(p, p->at, "expected , or ) at \"%.*s\"", "verwacht werd , of ) bij \"%.*s\"", parse_rest(p));
			break;
		}
		if (count) parse_emit(p, STR(","));
		size_t from = p->at;
		struct part argument = parse_expression(p);
		if (!count && function->takes_set && !may_be_set(argument))
			parse_fail(p, from, "expected a set of nodes at \"%.*s\"", "verwacht werden knopen bij \"%.*s\"",
					str_skip(p->text, from));
		if (!count && strcmp(function->name, "key") == 0) check_key(p, from, p->at);
		part.fixed = part.fixed && argument.fixed;
		part.positional = part.positional || argument.positional;
		count++;
	}
	if (count < function->least || count > function->most)
		parse_fail(p, start, "function %.*s has another number of arguments",
				"functie %.*s heeft een ander aantal argumenten", str_of(function->name));
	if (count == 0 && function->of_context) part.fixed = false;
	return part;
}

static struct part parse_function(struct parse *p, struct str name, size_t start)
{
	const struct xpath_function *function = xpath_function_find(name);
	if (!function) {
		if (xpath_is_newer(name))
			parse_fail_newer(p, start, str_printf(p->arena, "%.*s()", STR_FMT(name)));
		else
			parse_fail(p, start, "there is no function %.*s() in XPath 1.0 as keur has it",
					"XPath 1.0 zoals keur het heeft, kent geen functie %.*s()", name);
		return nothing;
	}
	if (!parse_enter(p)) return nothing;
	size_t out = p->out.len;
	parse_emit(p, name);
	parse_emit(p, STR("("));
	struct part part = parse_arguments(p, function, start);
	if (str_eq(name, STR("not")) || str_eq(name, STR("boolean"))) as_siblings(p, out + name.len + 1, p->out.len);
	parse_emit(p, STR(")"));
	if (str_eq(name, STR("count"))) count_siblings(p, out);
	parse_leave(p);
	if (str_eq(name, STR("position")) || str_eq(name, STR("last"))) part.positional = true;
	if (str_eq(name, STR("lang"))) part.fixed = false;
	if (str_eq(name, STR("current"))) {
		p->uses_current = true;
		part.single = true;
		if (p->scope->pattern)
			parse_fail(p, start, "%.*s() has no meaning in the context of a rule; use . in a predicate",
					"%.*s() heeft geen betekenis in de context van een regel; gebruik . in een predicaat", name);
	}
	return part;
}

static struct part parse_parentheses(struct parse *p)
{
	size_t start = p->at;
	if (!parse_take(p, "(") || !parse_enter(p)) return nothing;
	if (parse_take(p, ")")) parse_fail_newer(p, start, STR("the empty sequence ()"));
	parse_emit(p, STR("("));
	struct part part = parse_expression(p);
	parse_skip(p);
	if (!p->failed && parse_peek(p, 0) == ',') parse_fail_newer(p, start, STR("a sequence (a, b)"));
	if (!parse_take(p, ")"))
		parse_fail(p, p->at, "expected ) at \"%.*s\"", "verwacht werd ) bij \"%.*s\"", parse_rest(p));
	parse_emit(p, STR(")"));
	parse_leave(p);
	return part;
}

static struct part parse_number(struct parse *p)
{
	size_t start = p->at;
	while (is_digit(parse_peek(p, 0)))
		p->at++;
	if (parse_peek(p, 0) == '.') p->at++;
	while (is_digit(parse_peek(p, 0)))
		p->at++;
	parse_emit(p, (struct str){p->text.ptr + start, p->at - start});
	return (struct part){.type = XPATH_TYPE_NUMBER, .fixed = true};
}

/* What a path may go on from: what is in parentheses, a variable, a function. */
static struct part parse_filter(struct parse *p, struct part part, size_t start)
{
	parse_skip(p);
	char next = parse_peek(p, 0);
	if (next != '[' && next != '/') return part;
	if (!may_be_set(part)) {
		parse_fail(p, p->at, "expected a set of nodes before \"%.*s\"", "verwacht werden knopen vóór \"%.*s\"",
				parse_rest(p));
		return part;
	}
	part.type = XPATH_TYPE_SET;
	parse_predicates(p);
	if (parse_take(p, "//")) {
		parse_wrap(p, start, STR("keur-below("));
		parse_emit(p, STR("/"));
		part.single = parse_steps(p, start, false);
	} else if (parse_take(p, "/")) {
		parse_emit(p, STR("/"));
		part.single = parse_steps(p, start, part.single);
	}
	return part;
}

static bool is_keyword(struct str name, char next)
{
	return (str_eq(name, STR("if")) && next == '(') ||
		   (next == '$' && (str_eq(name, STR("for")) || str_eq(name, STR("some")) || str_eq(name, STR("every")) ||
								   str_eq(name, STR("let"))));
}

/* A path, or a function call that begins like one. */
static struct part parse_named(struct parse *p)
{
	size_t start = p->at, out = p->out.len;
	struct str name = {p->text.ptr + p->at, xpath_name_length(parse_rest(p))};
	p->at += name.len;
	parse_skip(p);
	char next = parse_peek(p, 0);
	if (name.len && is_keyword(name, next)) {
		parse_fail_newer(p, start, str_printf(p->arena, "%.*s ...", STR_FMT(name)));
		return nothing;
	}
	if (name.len && next == '(' && !parse_is_node_type(name)) {
		p->at++;
		return parse_filter(p, parse_function(p, name, start), out);
	}
	if (name.len && next == ':' && parse_peek(p, 1) != ':') {
		size_t colon = p->at++;
		size_t local = xpath_name_length(parse_rest(p));
		p->at += local;
		parse_skip(p);
		if (local && parse_peek(p, 0) == '(') {
			struct str called = {p->text.ptr + start, colon + 1 + local - start};
			bool typed = str_eq(name, STR("xs")) || str_eq(name, STR("fn")) || str_eq(name, STR("xsd"));
			if (typed)
				parse_fail_newer(p, start, str_printf(p->arena, "%.*s()", STR_FMT(called)));
			else
				parse_fail(p, start, "there is no function %.*s(); functions of extensions are not supported",
						"er is geen functie %.*s(); functies van uitbreidingen worden niet ondersteund", called);
			return nothing;
		}
	}
	p->at = start;
	bool single = parse_steps(p, out, true);
	return (struct part){.type = XPATH_TYPE_SET, .single = single};
}

static struct part parse_path(struct parse *p)
{
	parse_skip(p);
	size_t out = p->out.len;
	char c = parse_peek(p, 0);
	if (c == '/') return parse_absolute(p);
	if (c == '$') return parse_filter(p, parse_variable(p), out);
	if (c == '(') return parse_filter(p, parse_parentheses(p), out);
	if (is_digit(c) || (c == '.' && is_digit(parse_peek(p, 1)))) return parse_number(p);
	if (c == '"' || c == '\'') {
		parse_literal(p);
		return (struct part){.type = XPATH_TYPE_STRING, .fixed = true};
	}
	if (parse_step_begins(p)) return parse_named(p);
	parse_fail(p, p->at,
			p->at < p->text.len ? "expected an expression at \"%.*s\"" : "expected an expression at the end%.*s",
			p->at < p->text.len ? "verwacht werd een expressie bij \"%.*s\""
								: "verwacht werd een expressie aan het einde%.*s",
			parse_rest(p));
	return nothing;
}

static struct part join(struct part left, struct part right, enum xpath_type type)
{
	return (struct part){
			.type = type, .fixed = left.fixed && right.fixed, .positional = left.positional || right.positional};
}

static struct part parse_union(struct parse *p)
{
	size_t start = p->out.len;
	struct part left = parse_path(p);
	while (!p->failed && parse_take(p, "|")) {
		if (parse_peek(p, 0) == '|') parse_fail_newer(p, p->at, STR("||"));
		parse_emit(p, STR(","));
		size_t from = p->at;
		struct part right = parse_path(p);
		if (!may_be_set(left) || !may_be_set(right))
			parse_fail(p, from, "expected a set of nodes on both sides of | at \"%.*s\"",
					"verwacht werden knopen aan beide kanten van | bij \"%.*s\"", str_skip(p->text, from));
		parse_wrap(p, start, STR("keur-union("));
		left = join(left, right, XPATH_TYPE_SET);
	}
	return left;
}

static struct part parse_unary(struct parse *p)
{
	size_t signs = 0;
	while (parse_take(p, "-"))
		signs++;
	if (signs > LIMIT_CONDITION_DEPTH) parse_enter(p);
	if (signs % 2) parse_emit(p, STR("- "));
	size_t start = p->out.len;
	struct part part = parse_union(p);
	if (!signs) return part;
	if (may_be_set(part) || signs % 2 == 0) parse_wrap(p, start, STR("number("));
	part.type = XPATH_TYPE_NUMBER;
	return part;
}

/* The operand of arithmetic that was written from `start` on. */
static void as_number(struct parse *p, size_t start, struct part part)
{
	if (may_be_set(part)) parse_wrap(p, start, STR("number("));
}

static struct part parse_multiplied(struct parse *p)
{
	size_t start = p->out.len;
	struct part left = parse_unary(p);
	while (!p->failed) {
		const char *operator= parse_take(p, "*") ? " * "
		: parse_take_word(p, "div")              ? " div "
		: parse_take_word(p, "mod")              ? " mod "
												 : NULL;
		if (!operator) {
			if (parse_take_word(p, "idiv")) parse_fail_newer(p, p->at, STR("idiv"));
			return left;
		}
		as_number(p, start, left);
		parse_emit(p, str_of(operator));
		size_t from = p->out.len;
		struct part right = parse_unary(p);
		as_number(p, from, right);
		left = join(left, right, XPATH_TYPE_NUMBER);
	}
	return left;
}

static struct part parse_added(struct parse *p)
{
	size_t start = p->out.len;
	struct part left = parse_multiplied(p);
	while (!p->failed) {
		const char *operator= parse_take(p, "+") ? " + " : parse_take(p, "-") ? " - " : NULL;
		if (!operator) return left;
		as_number(p, start, left);
		parse_emit(p, str_of(operator));
		size_t from = p->out.len;
		struct part right = parse_multiplied(p);
		as_number(p, from, right);
		left = join(left, right, XPATH_TYPE_NUMBER);
	}
	return left;
}

struct comparison {
	const char *token, *function;
};

/* Left-associative comparisons; those with a set become calls. */
static struct part parse_compared(
		struct parse *p, const struct comparison *table, struct part (*operand)(struct parse *p))
{
	size_t start = p->out.len;
	struct part left = operand(p);
	while (!p->failed) {
		const struct comparison *found = table;
		while (found->token && !parse_take(p, found->token))
			found++;
		if (!found->token) return left;
		if (++p->parts > LIMIT_XPATH_PARTS) parse_enter(p);
		size_t middle = p->out.len;
		struct part right = operand(p);
		if (may_be_set(left) || may_be_set(right)) {
			parse_splice(p, middle, STR(","));
			parse_wrap(p, start, str_of(found->function));
		} else {
			parse_splice(p, middle, str_of(found->token));
		}
		left = join(left, right, XPATH_TYPE_BOOLEAN);
	}
	return left;
}

static struct part parse_relational(struct parse *p)
{
	static const struct comparison table[] = {
			{"<=", "keur-le("}, {">=", "keur-ge("}, {"<", "keur-lt("}, {">", "keur-gt("}, {NULL, NULL}};
	return parse_compared(p, table, parse_added);
}

static struct part parse_equal(struct parse *p)
{
	static const struct comparison table[] = {{"!=", "keur-ne("}, {"=", "keur-eq("}, {NULL, NULL}};
	return parse_compared(p, table, parse_relational);
}

static struct part parse_joined(struct parse *p, const char *word, struct part (*operand)(struct parse *p))
{
	size_t start = p->out.len;
	struct part left = operand(p);
	while (!p->failed && parse_take_word(p, word)) {
		if (++p->parts > LIMIT_XPATH_PARTS) parse_enter(p);
		if (left.type == XPATH_TYPE_SET) as_siblings(p, start, p->out.len);
		parse_emit(p, STR(" "));
		parse_emit(p, str_of(word));
		parse_emit(p, STR(" "));
		start = p->out.len;
		struct part right = operand(p);
		if (right.type == XPATH_TYPE_SET) as_siblings(p, start, p->out.len);
		left = join(left, right, XPATH_TYPE_BOOLEAN);
	}
	return left;
}

static struct part parse_and(struct parse *p)
{
	return parse_joined(p, "and", parse_equal);
}

struct part parse_expression(struct parse *p)
{
	if (!parse_enter(p)) return nothing;
	struct part part = parse_joined(p, "or", parse_and);
	parse_leave(p);
	return part;
}

/* What is left over tells what it may have been meant as. */
static void complain_rest(struct parse *p)
{
	struct str name = {p->text.ptr + p->at, xpath_name_length(parse_rest(p))};
	if (xpath_is_newer_operator(name)) parse_fail_newer(p, p->at, name);
	if (parse_peek(p, 0) == '!') parse_fail_newer(p, p->at, STR("!"));
	if (parse_peek(p, 0) == ',') parse_fail_newer(p, p->at, STR("a sequence (a, b)"));
	parse_fail(p, p->at, "expected an operator or the end, found \"%.*s\"",
			"verwacht werd een bewerking of het einde, gevonden \"%.*s\"", parse_rest(p));
}

/* libxml2 streams what is a plain path, and counts nothing of that; parentheses keep it from it. */
static char *finish(struct parse *p)
{
	struct str text = strbuf_str(&p->out);
	bool plain = str_find(text, '(') == text.len && str_find(text, '[') == text.len && str_find(text, '@') == text.len;
	return plain ? (char *)str_printf(p->arena, "(%.*s)", STR_FMT(text)).ptr : arena_copy(p->arena, text.ptr, text.len);
}

bool xpath_form(struct arena *arena, struct str text, const struct xpath_scope *scope, struct xpath_form *form,
		struct xpath_fault *fault)
{
	struct parse p = {.arena = arena, .scope = scope, .text = text, .fault = fault};
	strbuf_init(&p.out, (size_t)8 * LIMIT_SCHEMATRON_EXPRESSION_BYTES);
	if (text.len > LIMIT_SCHEMATRON_EXPRESSION_BYTES)
		parse_fail(&p, 0, "the expression is too long%.*s", "de expressie is te lang%.*s", STR(""));
	struct part part = parse_expression(&p);
	parse_skip(&p);
	if (!p.failed && p.at < text.len) complain_rest(&p);
	if (!p.failed && p.out.overflow)
		parse_fail(&p, 0, "the expression is too long%.*s", "de expressie is te lang%.*s", STR(""));
	if (!p.failed)
		*form = (struct xpath_form){.text = finish(&p),
				.type = part.type,
				.fixed = part.fixed && !p.uses_current && !p.uses_rule,
				.positional = part.positional,
				.risky = p.risky};
	strbuf_release(&p.out);
	return !p.failed;
}
