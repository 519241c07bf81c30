/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading simple conditions. */
#include "engine/arazzo_condition.h"

#include <ctype.h>

#include "base/limits.h"

struct parser {
	struct arena *arena;
	struct str text;
	size_t at;
	int depth, parts;
	struct expression_fault *fault;
};

static struct condition *disjunction(struct parser *parser);

static struct condition *refuse(struct parser *parser, size_t offset, struct text expected)
{
	parser->fault->offset = offset;
	parser->fault->expected = expected;
	return NULL;
}

static void skip_space(struct parser *parser)
{
	while (parser->at < parser->text.len && strchr(" \t\r\n", parser->text.ptr[parser->at]) &&
			parser->text.ptr[parser->at])
		parser->at++;
}

static bool take(struct parser *parser, const char *word)
{
	skip_space(parser);
	if (!str_starts(str_skip(parser->text, parser->at), str_of(word))) return false;
	parser->at += strlen(word);
	return true;
}

static struct condition *make(
		struct parser *parser, enum condition_op op, struct condition *left, struct condition *right)
{
	if (++parser->parts > LIMIT_CONDITION_PARTS)
		return refuse(parser, parser->at,
				TEXT("at most 1000 parts in a condition", "hoogstens 1000 delen in een voorwaarde"));
	struct condition *condition = arena_zalloc(parser->arena, sizeof *condition);
	condition->op = op;
	condition->left = left;
	condition->right = right;
	return condition;
}

static struct condition *literal(struct parser *parser, enum node_kind kind, struct str text)
{
	struct condition *condition = make(parser, CONDITION_LITERAL, NULL, NULL);
	if (!condition) return NULL;
	condition->literal = (struct node){.kind = (uint8_t)kind, .text = text.ptr, .len = (uint32_t)text.len};
	return condition;
}

/* 'it''s' */
static struct condition *quoted(struct parser *parser)
{
	size_t start = parser->at++, len = 0;
	struct str rest = str_skip(parser->text, parser->at);
	char *out = arena_alloc(parser->arena, rest.len + 1);
	for (size_t i = 0; i < rest.len; i++) {
		if (rest.ptr[i] == '\'') {
			if (i + 1 >= rest.len || rest.ptr[i + 1] != '\'') {
				parser->at += i + 1;
				return literal(parser, NODE_STRING, (struct str){out, len});
			}
			i++;
		}
		out[len++] = rest.ptr[i];
	}
	return refuse(parser, start, TEXT("a text that ends in \"'\"", "een tekst die eindigt op \"'\""));
}

static size_t digits(struct str text, size_t at)
{
	while (at < text.len && isdigit((unsigned char)text.ptr[at]))
		at++;
	return at;
}

/* As RFC 8259 writes numbers, so that node.h can compare them; 0 when there is none. */
static size_t number_length(struct str text)
{
	size_t at = text.len > 0 && text.ptr[0] == '-', start = at;
	at = digits(text, at);
	if (at == start || (text.ptr[start] == '0' && at > start + 1)) return 0;
	if (at + 1 < text.len && text.ptr[at] == '.' && isdigit((unsigned char)text.ptr[at + 1])) at = digits(text, at + 1);
	if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
		size_t power = at + 1;
		if (power < text.len && (text.ptr[power] == '+' || text.ptr[power] == '-')) power++;
		if (digits(text, power) > power) at = digits(text, power);
	}
	return at;
}

static bool ends_word(struct str rest)
{
	return rest.len == 0 || !(isalnum((unsigned char)rest.ptr[0]) || strchr("_.-", rest.ptr[0]));
}

static struct condition *word(struct parser *parser)
{
	static const struct {
		const char *name;
		enum node_kind kind;
	} words[] = {{"true", NODE_TRUE}, {"false", NODE_FALSE}, {"null", NODE_NULL}};
	struct str rest = str_skip(parser->text, parser->at);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i].name);
		if (!str_starts(rest, str_of(words[i].name)) || !ends_word(str_skip(rest, len))) continue;
		parser->at += len;
		return literal(parser, words[i].kind, (struct str){"", 0});
	}
	size_t len = number_length(rest);
	if (len && ends_word(str_skip(rest, len))) {
		parser->at += len;
		return literal(parser, NODE_NUMBER, (struct str){rest.ptr, len});
	}
	return refuse(parser, parser->at,
			TEXT("a runtime expression, a text in single quotes, a number, true, false or null",
					"een runtime-expressie, een tekst tussen enkele aanhalingstekens, een getal, true, false of null"));
}

static struct condition *expression(struct parser *parser)
{
	struct str rest = str_skip(parser->text, parser->at);
	rest.len = expression_extent(rest);
	struct condition *condition = make(parser, CONDITION_EXPRESSION, NULL, NULL);
	if (!condition) return NULL;
	if (!expression_parse(rest, &condition->expression, parser->fault)) {
		parser->fault->offset += parser->at;
		return NULL;
	}
	parser->at += rest.len;
	return condition;
}

static struct condition *grouped(struct parser *parser)
{
	if (++parser->depth > LIMIT_CONDITION_DEPTH)
		return refuse(parser, parser->at, TEXT("at most 64 levels of brackets", "hoogstens 64 niveaus van haakjes"));
	struct condition *inside = disjunction(parser);
	parser->depth--;
	if (!inside || take(parser, ")")) return inside;
	return refuse(parser, parser->at, TEXT("\")\" or an operator", "\")\" of een operator"));
}

static struct condition *operand(struct parser *parser)
{
	skip_space(parser);
	char c = parser->at < parser->text.len ? parser->text.ptr[parser->at] : '\0';
	if (c == '!' && !str_starts(str_skip(parser->text, parser->at), STR("!="))) {
		parser->at++;
		if (++parser->depth > LIMIT_CONDITION_DEPTH)
			return refuse(parser, parser->at, TEXT("at most 64 levels of \"!\"", "hoogstens 64 niveaus van \"!\""));
		struct condition *inside = operand(parser);
		parser->depth--;
		return inside ? make(parser, CONDITION_NOT, inside, NULL) : NULL;
	}
	if (take(parser, "(")) return grouped(parser);
	if (c == '\'') return quoted(parser);
	return c == '$' ? expression(parser) : word(parser);
}

static bool comparison_operator(struct parser *parser, enum condition_op *op)
{
	static const struct {
		const char *spelling;
		enum condition_op op;
	} all[] = {{"==", CONDITION_EQUAL}, {"!=", CONDITION_UNEQUAL}, {"<=", CONDITION_LESS_EQUAL},
			{">=", CONDITION_GREATER_EQUAL}, {"<", CONDITION_LESS}, {">", CONDITION_GREATER}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (!take(parser, all[i].spelling)) continue;
		*op = all[i].op;
		return true;
	}
	return false;
}

static struct condition *comparison(struct parser *parser)
{
	enum condition_op op;
	struct condition *left = operand(parser);
	if (!left || !comparison_operator(parser, &op)) return left;
	struct condition *right = operand(parser);
	return right ? make(parser, op, left, right) : NULL;
}

static struct condition *conjunction(struct parser *parser)
{
	struct condition *left = comparison(parser);
	while (left && take(parser, "&&")) {
		struct condition *right = comparison(parser);
		left = right ? make(parser, CONDITION_AND, left, right) : NULL;
	}
	return left;
}

static struct condition *disjunction(struct parser *parser)
{
	struct condition *left = conjunction(parser);
	while (left && take(parser, "||")) {
		struct condition *right = conjunction(parser);
		left = right ? make(parser, CONDITION_OR, left, right) : NULL;
	}
	return left;
}

struct condition *condition_parse(struct arena *arena, struct str text, struct expression_fault *fault)
{
	struct parser parser = {.arena = arena, .text = text, .fault = fault};
	if (text.len > LIMIT_EXPRESSION_BYTES)
		return refuse(&parser, LIMIT_EXPRESSION_BYTES,
				TEXT("at most 16384 bytes in one condition", "hoogstens 16384 bytes in een voorwaarde"));
	struct condition *condition = disjunction(&parser);
	if (!condition) return NULL;
	skip_space(&parser);
	if (parser.at == text.len) return condition;
	return refuse(&parser, parser.at,
			TEXT("an operator (== != < <= > >= && ||) or the end of the condition",
					"een operator (== != < <= > >= && ||) of het einde van de voorwaarde"));
}
