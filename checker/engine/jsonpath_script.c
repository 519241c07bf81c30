/* SPDX-License-Identifier: EUPL-1.2 */
/* The scripts of filters in Spectral's dialect: the part of JavaScript's expressions that rule sets use. */
#include "engine/jsonpath_parse.h"

static const struct expr *ternary(struct parser *parser);

static bool is_word(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
		   c >= 128;
}

/* The identifier at `at`, without taking it. */
static struct str word_at(const struct parser *parser, size_t ahead)
{
	size_t length = 0;
	while (is_word(parser_peek(parser, ahead + length)))
		length++;
	return (struct str){parser->text.ptr + parser->at + ahead, length};
}

static const struct expr *refuse(struct parser *parser, size_t at)
{
	(void)parser_refuse(parser, at,
			"expected a value in a filter: @, @property, $, a string, number, /regex/, true, false, null, undefined",
			"verwachtte een waarde in een filter: @, @property, $, een tekst, getal, /regex/, true, false, null, "
			"undefined");
	return NULL;
}

static const struct expr *literal(struct parser *parser, struct value value)
{
	struct expr *expr = parser_expr(parser, EXPR_LITERAL, NULL, NULL);
	expr->literal = value;
	return expr;
}

static const struct expr *string_literal(struct parser *parser)
{
	struct value value = {.kind = VALUE_STRING};
	return parser_string(parser, true, &value.text) ? literal(parser, value) : NULL;
}

static const struct expr *number_literal(struct parser *parser)
{
	struct value value = {.kind = VALUE_NUMBER};
	return parser_number(parser, &value.number) ? literal(parser, value) : NULL;
}

/* /body/flags; `at` is at the slash. */
static const struct expr *regex_literal(struct parser *parser)
{
	size_t start = parser->at++, body = parser->at;
	bool in_class = false;
	for (int c; (c = parser_peek(parser, 0)) != '/' || in_class; parser->at++) {
		if (c < 0 || c == '\n') return refuse(parser, start);
		if (c == '\\') parser->at++;
		in_class = c == '[' || (in_class && c != ']');
	}
	struct str text = {parser->text.ptr + body, parser->at++ - body};
	struct str flags = word_at(parser, 0);
	parser->at += flags.len;
	struct expr *expr = parser_expr(parser, EXPR_REGEX, NULL, NULL);
	expr->regex = regex_compile(parser->arena, text, flags, parser->err);
	return expr->regex ? expr : NULL;
}

static const struct expr *type_test(struct parser *parser, struct str name, size_t start)
{
	static const char *const types[] = {"string", "number", "boolean", "scalar", "array", "null", "object", "integer"};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (!str_eq(name, str_of(types[i])) || !parser_take(parser, "()")) continue;
		struct expr *expr = parser_expr(parser, EXPR_IS_TYPE, NULL, NULL);
		expr->name = name;
		return expr;
	}
	return refuse(parser, start);
}

/* `at` is behind the @. */
static const struct expr *at_value(struct parser *parser)
{
	static const struct {
		const char *name;
		enum expr_op op;
	} names[] = {{"", EXPR_CURRENT}, {"property", EXPR_PROPERTY}, {"parent", EXPR_PARENT}, {"path", EXPR_PATH},
			{"root", EXPR_ROOT}, {"parentProperty", EXPR_PARENT_PROPERTY}};
	size_t start = parser->at - 1;
	struct str name = word_at(parser, 0);
	parser->at += name.len;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!str_eq(name, str_of(names[i].name))) continue;
		parser->needs_ancestors |= names[i].op == EXPR_PATH || names[i].op == EXPR_PARENT_PROPERTY;
		return parser_expr(parser, names[i].op, NULL, NULL);
	}
	return type_test(parser, name, start);
}

static const struct expr *named_value(struct parser *parser)
{
	size_t start = parser->at;
	struct str name = word_at(parser, 0);
	parser->at += name.len;
	if (str_eq(name, STR("true"))) return literal(parser, (struct value){.kind = VALUE_BOOL, .truth = true});
	if (str_eq(name, STR("false"))) return literal(parser, (struct value){.kind = VALUE_BOOL});
	if (str_eq(name, STR("null"))) return literal(parser, (struct value){.kind = VALUE_NULL});
	if (str_eq(name, STR("undefined"))) return literal(parser, (struct value){.kind = VALUE_UNDEFINED});
	return refuse(parser, start);
}

static const struct expr *primary(struct parser *parser)
{
	int c = parser_peek(parser, 0);
	if (c == '\'' || c == '"') return string_literal(parser);
	if (c >= '0' && c <= '9') return number_literal(parser);
	if (c == '/') return regex_literal(parser);
	if (parser_take(parser, "@")) return at_value(parser);
	if (c == '$' && word_at(parser, 0).len == 1) {
		parser->at++;
		return parser_expr(parser, EXPR_ROOT, NULL, NULL);
	}
	if (!parser_take(parser, "(")) return named_value(parser);
	const struct expr *inside = ternary(parser);
	if (inside && !parser_take(parser, ")")) return refuse(parser, parser->at);
	return inside;
}

static bool method_of(struct str name, enum method *method)
{
	static const char *const names[METHOD_COUNT] = {[METHOD_MATCH] = "match",
			[METHOD_TEST] = "test",
			[METHOD_INCLUDES] = "includes",
			[METHOD_STARTS_WITH] = "startsWith",
			[METHOD_ENDS_WITH] = "endsWith",
			[METHOD_INDEX_OF] = "indexOf",
			[METHOD_LOWER] = "toLowerCase",
			[METHOD_UPPER] = "toUpperCase",
			[METHOD_TRIM] = "trim",
			[METHOD_TO_STRING] = "toString",
			[METHOD_HAS_OWN] = "hasOwnProperty"};
	for (enum method i = 0; i < METHOD_COUNT; i++) {
		if (str_eq(name, str_of(names[i]))) {
			*method = i;
			return true;
		}
	}
	return false;
}

/* A regex literal stands only where one is tried: x.match(/re/), /re/.test(x), x ~= 're'. */
static bool regex_in_place(enum method method, const struct expr *left, const struct expr *argument)
{
	bool left_is = left->op == EXPR_REGEX, right_is = argument && argument->op == EXPR_REGEX;
	return left_is == (method == METHOD_TEST) && right_is == (method == METHOD_MATCH);
}

static const struct expr *refuse_method(struct parser *parser, size_t start)
{
	(void)parser_refuse(parser, start,
			"a method that keur does not evaluate; it has match(/re/), /re/.test(), includes, startsWith, endsWith, "
			"indexOf, toLowerCase, toUpperCase, trim, toString and hasOwnProperty",
			"een methode die keur niet uitvoert; het kent match(/re/), /re/.test(), includes, startsWith, endsWith, "
			"indexOf, toLowerCase, toUpperCase, trim, toString en hasOwnProperty");
	return NULL;
}

/* `at` is behind "name(". */
static const struct expr *call(struct parser *parser, const struct expr *left, struct str name, size_t start)
{
	struct expr *expr = parser_expr(parser, EXPR_METHOD, left, NULL);
	bool known = method_of(name, &expr->method);
	if (!known) return refuse_method(parser, start);
	bool takes_none = expr->method >= METHOD_LOWER && expr->method <= METHOD_TO_STRING;
	parser_space(parser);
	if (!takes_none && !(expr->right = ternary(parser))) return NULL;
	parser_space(parser);
	if (!parser_take(parser, ")")) return refuse(parser, parser->at);
	return regex_in_place(expr->method, left, expr->right) ? expr : refuse_method(parser, start);
}

static const struct expr *dot_member(struct parser *parser, const struct expr *left)
{
	size_t start = parser->at;
	struct str name = word_at(parser, 0);
	if (!name.len) {
		(void)parser_refuse(parser, start, "expected the name of a member after the dot; write ['a name'] for others",
				"verwachtte de naam van een lid na de punt; schrijf ['een naam'] voor andere");
		return NULL;
	}
	parser->at += name.len;
	parser_space(parser);
	if (parser_take(parser, "(")) return call(parser, left, name, start);
	if (left->op == EXPR_REGEX || (left->op == EXPR_METHOD && left->method == METHOD_MATCH)) {
		return refuse_method(parser, start);
	}
	struct expr *expr = parser_expr(parser, EXPR_MEMBER, left, NULL);
	expr->name = name;
	expr->hash = node_hash(name);
	return expr;
}

static const struct expr *postfix(struct parser *parser)
{
	const struct expr *expr = primary(parser);
	while (expr) {
		size_t start = parser->at;
		parser_space(parser);
		if (!parser_extend(parser)) return NULL;
		if (parser_take(parser, ".")) {
			expr = dot_member(parser, expr);
		} else if (parser_take(parser, "[")) {
			const struct expr *inside = ternary(parser);
			if (inside && !parser_take(parser, "]")) return refuse(parser, parser->at);
			if (expr->op == EXPR_REGEX || !inside) return inside ? refuse(parser, start) : NULL;
			expr = parser_expr(parser, EXPR_COMPUTED, expr, inside);
		} else {
			break;
		}
	}
	return expr;
}

static bool takes_word(struct parser *parser, const char *word)
{
	struct str wanted = str_of(word);
	if (!str_eq(word_at(parser, 0), wanted)) return false;
	parser->at += wanted.len;
	return true;
}

static const struct expr *unary(struct parser *parser)
{
	parser_space(parser);
	enum expr_op op;
	if (parser_take(parser, "!"))
		op = EXPR_NOT;
	else if (parser_take(parser, "-"))
		op = EXPR_MINUS;
	else if (parser_take(parser, "+"))
		op = EXPR_PLUS;
	else if (takes_word(parser, "typeof"))
		op = EXPR_TYPEOF;
	else if (takes_word(parser, "void"))
		op = EXPR_VOID;
	else
		return postfix(parser);
	if (!parser_enter(parser)) return NULL;
	const struct expr *operand = unary(parser);
	parser->depth--;
	return operand ? parser_expr(parser, op, operand, NULL) : NULL;
}

/* Operators by level, loosest first; within a level longer spellings first. */
static const struct operator
{
	const char *spelling;
	int level;
	enum expr_op op;
}
operators[] = {{"||", 0, EXPR_OR}, {"&&", 1, EXPR_AND}, {"===", 2, EXPR_EQ}, {"!==", 2, EXPR_NE},
		{"==", 2, EXPR_LOOSE_EQ}, {"!=", 2, EXPR_LOOSE_NE}, {"<=", 3, EXPR_LE}, {">=", 3, EXPR_GE}, {"<", 3, EXPR_LT},
		{">", 3, EXPR_GT}, {"+", 4, EXPR_ADD}, {"-", 4, EXPR_SUB}, {"*", 5, EXPR_MUL}, {"/", 5, EXPR_DIV},
		{"%", 5, EXPR_MOD}};

enum { LEVEL_RELATION = 3, LEVEL_UNARY = 6 };

static const struct operator* operator_at(struct parser *parser, int level)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (operators[i].level == level && parser_take(parser, operators[i].spelling)) return &operators[i];
	return NULL;
}

/* x in [a, b]: nimma's spelling of [a, b].includes(x). */
static const struct expr *in_list(struct parser *parser, const struct expr *left)
{
	struct expr *expr = parser_expr(parser, EXPR_IN, left, NULL);
	const struct expr **next = &expr->third;
	parser_space(parser);
	if (!parser_take(parser, "[")) return refuse(parser, parser->at);
	do {
		const struct expr *item = ternary(parser);
		if (!item) return NULL;
		struct expr *link = parser_expr(parser, EXPR_IN, item, NULL);
		*next = link;
		next = &link->third;
		parser_space(parser);
	} while (parser_take(parser, ","));
	return parser_take(parser, "]") ? expr : refuse(parser, parser->at);
}

static const struct expr *regex_test(struct parser *parser, const struct expr *left)
{
	parser_space(parser);
	size_t start = parser->at;
	const struct expr *text = primary(parser);
	if (!text || (text->op == EXPR_LITERAL && text->literal.kind != VALUE_STRING))
		return text ? refuse(parser, start) : NULL;
	struct expr *expr = parser_expr(parser, EXPR_TEST, left, NULL);
	expr->regex = text->regex;
	if (text->op == EXPR_LITERAL) expr->regex = regex_compile(parser->arena, text->literal.text, STR(""), parser->err);
	if (!expr->regex && text->op != EXPR_LITERAL) return refuse(parser, start);
	return expr->regex ? expr : NULL;
}

static const struct expr *binary(struct parser *parser, int level)
{
	if (level == LEVEL_UNARY) return unary(parser);
	const struct expr *left = binary(parser, level + 1);
	while (left) {
		parser_space(parser);
		const struct operator* operator;
		if (level == LEVEL_RELATION && takes_word(parser, "in")) {
			left = in_list(parser, left);
		} else if (level == LEVEL_RELATION && parser_take(parser, "~=")) {
			left = regex_test(parser, left);
		} else if ((operator= operator_at(parser, level))) {
			const struct expr *right = binary(parser, level + 1);
			left = right ? parser_expr(parser, operator->op, left, right) : NULL;
		} else {
			break;
		}
	}
	return left;
}

static const struct expr *ternary(struct parser *parser)
{
	if (!parser_enter(parser)) return NULL;
	const struct expr *test = binary(parser, 0);
	if (test && parser_take(parser, "?")) {
		struct expr *expr = parser_expr(parser, EXPR_TERNARY, test, ternary(parser));
		parser_space(parser);
		if (!expr->right) return NULL;
		if (!parser_take(parser, ":")) return refuse(parser, parser->at);
		expr->third = ternary(parser);
		test = expr->third ? expr : NULL;
	}
	parser_space(parser);
	parser->depth--;
	return test;
}

const struct expr *parse_script(struct parser *parser)
{
	return ternary(parser);
}
