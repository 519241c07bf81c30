/* Parses XPath 1.0 by recursive descent, and writes it for libxml2 on the way. */
#include "engine/schematron_xpath.h"

#include "base/limits.h"
#include "engine/schematron_grammar.h"

struct parse {
	struct arena *arena;
	const struct xpath_scope *scope;
	struct str text;
	size_t at;
	struct strbuf out;
	unsigned depth, parts;
	bool risky, uses_current, uses_rule;
	struct xpath_fault *fault; /* filled when it failed */
	bool failed;
};

/* What is known of a part of an expression. */
struct part {
	enum xpath_type type;
	bool fixed, positional;
	bool single; /* a set of at most one node */
};

static const struct part nothing = {0};

static struct part parse_or(struct parse *p);

static void fail(struct parse *p, size_t offset, const char *en, const char *nl, struct str what)
{
	if (p->failed) return;
	p->failed = true;
	if (what.len > 80) what.len = 80;
	*p->fault = (struct xpath_fault){.offset = offset, .what = str_copy(p->arena, what)};
	p->fault->message = text_printf(p->arena, en, nl, STR_FMT(what));
}

static void fail_newer(struct parse *p, size_t offset, struct str what)
{
	if (p->failed) return;
	fail(p, offset, "%.*s is of XPath 2 or later; expected XPath 1.0",
			"%.*s is van XPath 2 of later; verwacht werd XPath 1.0", what);
	p->fault->newer = true;
}

static struct str rest_of(const struct parse *p)
{
	return str_skip(p->text, p->at);
}

static char peek(const struct parse *p, size_t ahead)
{
	return p->at + ahead < p->text.len ? p->text.ptr[p->at + ahead] : '\0';
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip(struct parse *p)
{
	while (p->at < p->text.len && is_space(p->text.ptr[p->at]))
		p->at++;
	if (peek(p, 0) == '(' && peek(p, 1) == ':') fail_newer(p, p->at, STR("(: comment :)"));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool take(struct parse *p, const char *token)
{
	skip(p);
	struct str wanted = str_of(token);
	if (!str_starts(rest_of(p), wanted)) return false;
	p->at += wanted.len;
	return true;
}

/* An operator that is a word: it stands where no name can. */
static bool take_word(struct parse *p, const char *word)
{
	skip(p);
	struct str name = {p->text.ptr + p->at, xpath_name_length(rest_of(p))};
	if (!str_eq(name, str_of(word))) return false;
	p->at += name.len;
	return true;
}

static void emit(struct parse *p, struct str text)
{
	strbuf_add(&p->out, text);
}

/* Puts `text` in front of what was written from `start` on. */
static void splice(struct parse *p, size_t start, struct str text)
{
	size_t tail = p->out.len - start;
	strbuf_add(&p->out, text);
	if (p->out.overflow) return;
	memmove(p->out.ptr + start + text.len, p->out.ptr + start, tail);
	memcpy(p->out.ptr + start, text.ptr, text.len);
}

static void wrap(struct parse *p, size_t start, struct str function)
{
	splice(p, start, function);
	emit(p, STR(")"));
}

static bool may_be_set(struct part part)
{
	return part.type == XPATH_TYPE_SET || part.type == XPATH_TYPE_ANY;
}

/* Counts a level of nesting, and parts; false at the ceiling. */
static bool enter(struct parse *p)
{
	if (p->failed) return false;
	if (++p->depth <= LIMIT_CONDITION_DEPTH && ++p->parts <= LIMIT_XPATH_PARTS) return true;
	fail(p, p->at, "the expression is nested too deep or has too many parts%.*s",
			"de expressie is te diep genest of heeft te veel delen%.*s", STR(""));
	return false;
}

static void leave(struct parse *p)
{
	p->depth--;
}

static void parse_predicates(struct parse *p)
{
	while (!p->failed && take(p, "[")) {
		if (!enter(p)) return;
		emit(p, STR("["));
		parse_or(p);
		if (!take(p, "]"))
			fail(p, p->at, "expected ] at \"%.*s\"", "verwacht werd ] bij \"%.*s\"", rest_of(p));
		emit(p, STR("]"));
		leave(p);
	}
}

static bool check_prefix(struct parse *p, struct str prefix, size_t at)
{
	if (str_eq(prefix, STR("xml")) || p->scope->prefix(p->scope->context, prefix)) return true;
	fail(p, at, "the prefix %.*s is not declared; add an <ns> for it",
			"het voorvoegsel %.*s is niet gedeclareerd; voeg er een <ns> voor toe", prefix);
	return false;
}

static bool is_node_type(struct str name)
{
	return str_eq(name, STR("node")) || str_eq(name, STR("text")) || str_eq(name, STR("comment")) ||
		   str_eq(name, STR("processing-instruction"));
}

static void parse_literal(struct parse *p)
{
	size_t length = str_find(str_skip(p->text, p->at + 1), p->text.ptr[p->at]);
	struct str literal = {p->text.ptr + p->at, length + 2};
	if (p->at + literal.len > p->text.len) {
		fail(p, p->at, "the text %.*s does not end", "de tekst %.*s eindigt niet", rest_of(p));
		return;
	}
	emit(p, literal);
	p->at += literal.len;
	if (peek(p, 0) == literal.ptr[0]) fail_newer(p, p->at, STR("a doubled quote in a text"));
}

static void parse_node_type(struct parse *p, struct str name)
{
	emit(p, name);
	emit(p, STR("("));
	skip(p);
	bool literal = peek(p, 0) == '"' || peek(p, 0) == '\'';
	if (literal && str_eq(name, STR("processing-instruction"))) parse_literal(p);
	if (!take(p, ")")) fail(p, p->at, "expected ) at \"%.*s\"", "verwacht werd ) bij \"%.*s\"", rest_of(p));
	emit(p, STR(")"));
}

/* True when it is the whole name of one node. */
static bool parse_node_test(struct parse *p)
{
	skip(p);
	size_t start = p->at;
	if (peek(p, 0) == '*') {
		p->at++;
		emit(p, STR("*"));
		if (peek(p, 0) == ':') fail_newer(p, start, STR("*:name"));
		return false;
	}
	struct str name = {p->text.ptr + p->at, xpath_name_length(rest_of(p))};
	if (!name.len) {
		fail(p, p->at, "expected a step of a path at \"%.*s\"", "verwacht werd een stap van een pad bij \"%.*s\"",
				rest_of(p));
		return false;
	}
	p->at += name.len;
	if (peek(p, 0) == ':' && peek(p, 1) != ':') {
		if (!check_prefix(p, name, start)) return false;
		p->at++;
		emit(p, name);
		emit(p, STR(":"));
		struct str local = {p->text.ptr + p->at, xpath_name_length(rest_of(p))};
		if (!local.len && peek(p, 0) == '*') local = STR("*");
		if (!local.len) fail(p, p->at, "expected a name at \"%.*s\"", "verwacht werd een naam bij \"%.*s\"", rest_of(p));
		p->at += local.len;
		emit(p, local);
		return local.len && local.ptr[0] != '*';
	}
	if (take(p, "(")) {
		if (is_node_type(name))
			parse_node_type(p, name);
		else if (xpath_function_find(name) || xpath_is_newer(name))
			fail_newer(p, start, STR("a function as a step of a path"));
		else
			fail_newer(p, start, str_printf(p->arena, "%.*s(...) in a path", STR_FMT(name)));
		return false;
	}
	emit(p, name);
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
	skip(p);
	if (peek(p, 0) == '.') {
		bool parent = peek(p, 1) == '.';
		emit(p, parent ? STR("..") : STR("."));
		p->at += parent ? 2 : 1;
		if (peek(p, 0) == '[')
			fail_newer(p, p->at, parent ? STR("a predicate on ..") : STR("a predicate on ."));
		return single;
	}
	struct str axis = STR("child");
	if (peek(p, 0) == '@') {
		p->at++;
		emit(p, STR("@"));
		axis = STR("attribute");
	} else {
		struct str name = {p->text.ptr + p->at, xpath_name_length(rest_of(p))};
		size_t before = p->at;
		p->at += name.len;
		if (name.len && take(p, "::")) {
			axis = xpath_axis(name);
			if (!axis.len)
				fail(p, before, "there is no axis %.*s in XPath 1.0", "XPath 1.0 heeft geen as %.*s", name);
			emit(p, name);
			emit(p, STR("::"));
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

/* Steps, the first of them from at most one node or not; `start` is where the path was begun in what is written. */
static bool parse_relative(struct parse *p, size_t start, bool single)
{
	single = parse_step(p, single);
	while (!p->failed) {
		if (take(p, "//")) {
			/* From one node libxml2 does it in one walk; from many it compares each node with each. */
			if (!single) {
				wrap(p, start, STR("keur-below("));
				emit(p, STR("/"));
			} else {
				emit(p, STR("//"));
			}
			single = false;
		} else if (take(p, "/")) {
			emit(p, STR("/"));
		} else {
			break;
		}
		if (++p->parts > LIMIT_XPATH_PARTS) enter(p);
		single = parse_step(p, single);
	}
	return single;
}

static bool step_begins(struct parse *p)
{
	skip(p);
	char c = peek(p, 0);
	return c == '.' || c == '@' || c == '*' || xpath_name_length((struct str){&c, 1});
}

static struct part parse_absolute(struct parse *p)
{
	struct part part = {.type = XPATH_TYPE_SET, .fixed = true, .single = true};
	size_t start = p->out.len;
	if (take(p, "//")) {
		emit(p, STR("//"));
		part.single = false;
		parse_relative(p, start, true);
		return part;
	}
	p->at++;
	emit(p, STR("/"));
	if (step_begins(p)) part.single = parse_relative(p, start, true);
	return part;
}

static struct part parse_variable(struct parse *p)
{
	size_t start = p->at++;
	struct str name = {p->text.ptr + p->at, xpath_name_length(rest_of(p))};
	uint32_t number = 0;
	bool of_rule = false;
	p->at += name.len;
	if (!name.len || !p->scope->variable(p->scope->context, name, &number, &of_rule)) {
		fail(p, start, "there is no variable $%.*s here; define it with <let>",
				"er is hier geen variabele $%.*s; definieer hem met <let>", name);
		return nothing;
	}
	strbuf_printf(&p->out, "$v%u", number);
	p->uses_rule |= of_rule;
	return (struct part){.type = XPATH_TYPE_ANY, .fixed = true};
}

static void check_key(struct parse *p, size_t start, size_t end)
{
	struct str name = {p->text.ptr + start, end - start};
	while (name.len && is_space(name.ptr[0]))
		name = str_skip(name, 1);
	while (name.len && is_space(name.ptr[name.len - 1]))
		name.len--;
	bool literal = name.len >= 2 && (name.ptr[0] == '\'' || name.ptr[0] == '"');
	if (literal) name = (struct str){name.ptr + 1, name.len - 2};
	if (!literal || !p->scope->key(p->scope->context, name))
		fail(p, start, "expected the name of an xsl:key of this schema between quotes, found %.*s",
				"verwacht werd de naam van een xsl:key van dit schema tussen aanhalingstekens, gevonden %.*s", name);
}

static struct part parse_arguments(struct parse *p, const struct xpath_function *function, size_t start)
{
	struct part part = {.type = function->type, .fixed = true};
	unsigned count = 0;
	while (!p->failed && !take(p, ")")) {
		if (count && !take(p, ",")) {
			fail(p, p->at, "expected , or ) at \"%.*s\"", "verwacht werd , of ) bij \"%.*s\"", rest_of(p));
			break;
		}
		if (count) emit(p, STR(","));
		size_t from = p->at;
		struct part argument = parse_or(p);
		if (!count && function->takes_set && !may_be_set(argument))
			fail(p, from, "expected a set of nodes at \"%.*s\"", "verwacht werden knopen bij \"%.*s\"",
					str_skip(p->text, from));
		if (!count && strcmp(function->name, "key") == 0) check_key(p, from, p->at);
		part.fixed = part.fixed && argument.fixed;
		part.positional = part.positional || argument.positional;
		count++;
	}
	if (count < function->least || count > function->most)
		fail(p, start, "function %.*s has another number of arguments",
				"functie %.*s heeft een ander aantal argumenten", str_of(function->name));
	if (count == 0 && function->of_context) part.fixed = false;
	return part;
}

static struct part parse_function(struct parse *p, struct str name, size_t start)
{
	const struct xpath_function *function = xpath_function_find(name);
	if (!function) {
		if (xpath_is_newer(name))
			fail_newer(p, start, str_printf(p->arena, "%.*s()", STR_FMT(name)));
		else
			fail(p, start, "there is no function %.*s() in XPath 1.0 as keur has it",
					"XPath 1.0 zoals keur het heeft, kent geen functie %.*s()", name);
		return nothing;
	}
	if (!enter(p)) return nothing;
	emit(p, name);
	emit(p, STR("("));
	struct part part = parse_arguments(p, function, start);
	emit(p, STR(")"));
	leave(p);
	if (str_eq(name, STR("position")) || str_eq(name, STR("last"))) part.positional = true;
	if (str_eq(name, STR("lang"))) part.fixed = false;
	if (str_eq(name, STR("current"))) {
		p->uses_current = true;
		part.single = true;
		if (p->scope->pattern)
			fail(p, start, "%.*s() has no meaning in the context of a rule; use . in a predicate",
					"%.*s() heeft geen betekenis in de context van een regel; gebruik . in een predicaat", name);
	}
	return part;
}

static struct part parse_parentheses(struct parse *p)
{
	size_t start = p->at;
	if (!take(p, "(") || !enter(p)) return nothing;
	if (take(p, ")")) fail_newer(p, start, STR("the empty sequence ()"));
	emit(p, STR("("));
	struct part part = parse_or(p);
	skip(p);
	if (!p->failed && peek(p, 0) == ',') fail_newer(p, start, STR("a sequence (a, b)"));
	if (!take(p, ")")) fail(p, p->at, "expected ) at \"%.*s\"", "verwacht werd ) bij \"%.*s\"", rest_of(p));
	emit(p, STR(")"));
	leave(p);
	return part;
}

static struct part parse_number(struct parse *p)
{
	size_t start = p->at;
	while (is_digit(peek(p, 0)))
		p->at++;
	if (peek(p, 0) == '.') p->at++;
	while (is_digit(peek(p, 0)))
		p->at++;
	emit(p, (struct str){p->text.ptr + start, p->at - start});
	return (struct part){.type = XPATH_TYPE_NUMBER, .fixed = true};
}

/* What a path may go on from: what is in parentheses, a variable, a function. */
static struct part parse_filter(struct parse *p, struct part part, size_t start)
{
	skip(p);
	char next = peek(p, 0);
	if (next != '[' && next != '/') return part;
	if (!may_be_set(part)) {
		fail(p, p->at, "expected a set of nodes before \"%.*s\"", "verwacht werden knopen vóór \"%.*s\"", rest_of(p));
		return part;
	}
	part.type = XPATH_TYPE_SET;
	parse_predicates(p);
	if (take(p, "//")) {
		wrap(p, start, STR("keur-below("));
		emit(p, STR("/"));
		part.single = parse_relative(p, start, false);
	} else if (take(p, "/")) {
		emit(p, STR("/"));
		part.single = parse_relative(p, start, part.single);
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
	struct str name = {p->text.ptr + p->at, xpath_name_length(rest_of(p))};
	p->at += name.len;
	skip(p);
	char next = peek(p, 0);
	if (name.len && is_keyword(name, next)) {
		fail_newer(p, start, str_printf(p->arena, "%.*s ...", STR_FMT(name)));
		return nothing;
	}
	if (name.len && next == '(' && !is_node_type(name)) {
		p->at++;
		return parse_filter(p, parse_function(p, name, start), out);
	}
	if (name.len && next == ':' && peek(p, 1) != ':') {
		size_t colon = p->at++;
		size_t local = xpath_name_length(rest_of(p));
		p->at += local;
		skip(p);
		if (local && peek(p, 0) == '(') {
			struct str called = {p->text.ptr + start, colon + 1 + local - start};
			bool typed = str_eq(name, STR("xs")) || str_eq(name, STR("fn")) || str_eq(name, STR("xsd"));
			if (typed)
				fail_newer(p, start, str_printf(p->arena, "%.*s()", STR_FMT(called)));
			else
				fail(p, start, "there is no function %.*s(); functions of extensions are not supported",
						"er is geen functie %.*s(); functies van uitbreidingen worden niet ondersteund", called);
			return nothing;
		}
	}
	p->at = start;
	bool single = parse_relative(p, out, true);
	return (struct part){.type = XPATH_TYPE_SET, .single = single};
}

static struct part parse_path(struct parse *p)
{
	skip(p);
	size_t out = p->out.len;
	char c = peek(p, 0);
	if (c == '/') return parse_absolute(p);
	if (c == '$') return parse_filter(p, parse_variable(p), out);
	if (c == '(') return parse_filter(p, parse_parentheses(p), out);
	if (is_digit(c) || (c == '.' && is_digit(peek(p, 1)))) return parse_number(p);
	if (c == '"' || c == '\'') {
		parse_literal(p);
		return (struct part){.type = XPATH_TYPE_STRING, .fixed = true};
	}
	if (step_begins(p)) return parse_named(p);
	fail(p, p->at, p->at < p->text.len ? "expected an expression at \"%.*s\"" : "expected an expression at the end%.*s",
			p->at < p->text.len ? "verwacht werd een expressie bij \"%.*s\"" : "verwacht werd een expressie aan het einde%.*s",
			rest_of(p));
	return nothing;
}

static struct part join(struct part left, struct part right, enum xpath_type type)
{
	return (struct part){.type = type,
			.fixed = left.fixed && right.fixed,
			.positional = left.positional || right.positional};
}

static struct part parse_union(struct parse *p)
{
	size_t start = p->out.len;
	struct part left = parse_path(p);
	while (!p->failed && take(p, "|")) {
		if (peek(p, 0) == '|') fail_newer(p, p->at, STR("||"));
		emit(p, STR(","));
		size_t from = p->at;
		struct part right = parse_path(p);
		if (!may_be_set(left) || !may_be_set(right))
			fail(p, from, "expected a set of nodes on both sides of | at \"%.*s\"",
					"verwacht werden knopen aan beide kanten van | bij \"%.*s\"", str_skip(p->text, from));
		wrap(p, start, STR("keur-union("));
		left = join(left, right, XPATH_TYPE_SET);
	}
	return left;
}

static struct part parse_unary(struct parse *p)
{
	size_t signs = 0;
	while (take(p, "-"))
		signs++;
	if (signs > LIMIT_CONDITION_DEPTH) enter(p);
	if (signs % 2) emit(p, STR("- "));
	size_t start = p->out.len;
	struct part part = parse_union(p);
	if (!signs) return part;
	if (may_be_set(part) || signs % 2 == 0) wrap(p, start, STR("number("));
	part.type = XPATH_TYPE_NUMBER;
	return part;
}

/* The operand of arithmetic that was written from `start` on. */
static void as_number(struct parse *p, size_t start, struct part part)
{
	if (may_be_set(part)) wrap(p, start, STR("number("));
}

static struct part parse_multiplied(struct parse *p)
{
	size_t start = p->out.len;
	struct part left = parse_unary(p);
	while (!p->failed) {
		const char *operator = take(p, "*")			? " * "
							   : take_word(p, "div") ? " div "
							   : take_word(p, "mod") ? " mod "
													 : NULL;
		if (!operator) {
			if (take_word(p, "idiv")) fail_newer(p, p->at, STR("idiv"));
			return left;
		}
		as_number(p, start, left);
		emit(p, str_of(operator));
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
		const char *operator = take(p, "+") ? " + " : take(p, "-") ? " - " : NULL;
		if (!operator) return left;
		as_number(p, start, left);
		emit(p, str_of(operator));
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
		while (found->token && !take(p, found->token))
			found++;
		if (!found->token) return left;
		if (++p->parts > LIMIT_XPATH_PARTS) enter(p);
		size_t middle = p->out.len;
		struct part right = operand(p);
		if (may_be_set(left) || may_be_set(right)) {
			splice(p, middle, STR(","));
			wrap(p, start, str_of(found->function));
		} else {
			splice(p, middle, str_of(found->token));
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
	struct part left = operand(p);
	while (!p->failed && take_word(p, word)) {
		if (++p->parts > LIMIT_XPATH_PARTS) enter(p);
		emit(p, STR(" "));
		emit(p, str_of(word));
		emit(p, STR(" "));
		left = join(left, operand(p), XPATH_TYPE_BOOLEAN);
	}
	return left;
}

static struct part parse_and(struct parse *p)
{
	return parse_joined(p, "and", parse_equal);
}

static struct part parse_or(struct parse *p)
{
	if (!enter(p)) return nothing;
	struct part part = parse_joined(p, "or", parse_and);
	leave(p);
	return part;
}

/* What is left over tells what it may have been meant as. */
static void complain_rest(struct parse *p)
{
	struct str name = {p->text.ptr + p->at, xpath_name_length(rest_of(p))};
	if (xpath_is_newer_operator(name)) fail_newer(p, p->at, name);
	if (peek(p, 0) == '!') fail_newer(p, p->at, STR("!"));
	if (peek(p, 0) == ',') fail_newer(p, p->at, STR("a sequence (a, b)"));
	fail(p, p->at, "expected an operator or the end, found \"%.*s\"",
			"verwacht werd een bewerking of het einde, gevonden \"%.*s\"", rest_of(p));
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
	strbuf_init(&p.out, (size_t)8 * LIMIT_EXPRESSION_BYTES);
	if (text.len > LIMIT_EXPRESSION_BYTES)
		fail(&p, 0, "the expression is too long%.*s", "de expressie is te lang%.*s", STR(""));
	struct part part = parse_or(&p);
	skip(&p);
	if (!p.failed && p.at < text.len) complain_rest(&p);
	if (!p.failed && p.out.overflow)
		fail(&p, 0, "the expression is too long%.*s", "de expressie is te lang%.*s", STR(""));
	if (!p.failed)
		*form = (struct xpath_form){.text = finish(&p),
				.type = part.type,
				.fixed = part.fixed && !p.uses_current && !p.uses_rule,
				.positional = part.positional,
				.risky = p.risky};
	strbuf_release(&p.out);
	return !p.failed;
}
