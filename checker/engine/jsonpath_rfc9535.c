/* SPDX-License-Identifier: EUPL-1.2 */
/* The grammar of RFC 9535, section 2: strict, well-typed, integers within the range of I-JSON. */
#include "base/vec.h"
#include "engine/jsonpath_parse.h"

static const int64_t integer_limit = 9007199254740991; /* 2^53 - 1 */

static bool query_segments(struct parser *parser, struct query *query);
static const struct expr *logical_or(struct parser *parser);

static bool is_name_start(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 128;
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool shorthand(struct parser *parser, struct selector *selector)
{
	size_t start = parser->at;
	if (!is_name_start(parser_peek(parser, 0))) {
		return parser_refuse(
				parser, start, "expected the name of a member, * or [", "verwachtte de naam van een lid, * of [");
	}
	while (is_name_start(parser_peek(parser, 0)) || is_digit(parser_peek(parser, 0)))
		parser->at++;
	struct str name = {parser->text.ptr + start, parser->at - start};
	*selector = (struct selector){.kind = SELECT_NAME, .name = name, .hash = node_hash(name), .index = -1};
	return true;
}

static bool integer(struct parser *parser, int64_t *out)
{
	size_t start = parser->at;
	bool minus = parser_take(parser, "-");
	int64_t value = 0;
	size_t first = parser->at;
	while (is_digit(parser_peek(parser, 0))) {
		if (value <= integer_limit) value = value * 10 + (parser_peek(parser, 0) - '0');
		parser->at++;
	}
	size_t digits = parser->at - first;
	bool zero = digits && parser->text.ptr[first] == '0';
	if (!digits || (zero && (digits > 1 || minus)) || value > integer_limit) {
		return parser_refuse(parser, start, "expected an integer without leading zeros, at most 2^53 - 1",
				"verwachtte een geheel getal zonder voorloopnullen, hoogstens 2^53 - 1");
	}
	*out = minus ? -value : value;
	return true;
}

static bool starts_integer(const struct parser *parser)
{
	int c = parser_peek(parser, 0);
	return c == '-' || is_digit(c);
}

/* `at` is behind the first ":" of a slice. */
static bool slice_rest(struct parser *parser, struct selector *selector)
{
	selector->kind = SELECT_SLICE;
	selector->step = 1;
	parser_space(parser);
	if (starts_integer(parser)) {
		selector->has_end = true;
		if (!integer(parser, &selector->end)) return false;
	}
	size_t behind = parser->at;
	parser_space(parser);
	if (!parser_take(parser, ":")) {
		parser->at = behind;
		return true;
	}
	parser_space(parser);
	return !starts_integer(parser) || integer(parser, &selector->step);
}

static bool index_or_slice(struct parser *parser, struct selector *selector)
{
	*selector = (struct selector){.kind = SELECT_INDEX};
	if (starts_integer(parser)) {
		if (!integer(parser, &selector->index)) return false;
		selector->start = selector->index;
		selector->has_start = true;
	}
	size_t behind = parser->at;
	parser_space(parser);
	if (parser_take(parser, ":")) return slice_rest(parser, selector);
	parser->at = behind;
	return selector->has_start ||
		   parser_refuse(parser, behind, "expected a selector: 'name', *, an index, a slice or ?filter",
				   "verwachtte een selector: 'naam', *, een index, een slice of ?filter");
}

static bool selector(struct parser *parser, struct selector *selector)
{
	int c = parser_peek(parser, 0);
	if (c == '\'' || c == '"') {
		*selector = (struct selector){.kind = SELECT_NAME, .index = -1};
		if (!parser_string(parser, false, &selector->name)) return false;
		selector->hash = node_hash(selector->name);
		return true;
	}
	if (parser_take(parser, "*")) {
		*selector = (struct selector){.kind = SELECT_ANY};
		return true;
	}
	if (!parser_take(parser, "?")) return index_or_slice(parser, selector);
	*selector = (struct selector){.kind = SELECT_FILTER};
	selector->expr = parse_rfc9535_filter(parser);
	return selector->expr != NULL;
}

static bool bracketed(struct parser *parser, struct selectors *selectors)
{
	do {
		struct selector one;
		parser_space(parser);
		if (!selector(parser, &one)) return false;
		*vec_push(selectors) = one;
		parser_space(parser);
	} while (parser_take(parser, ","));
	return parser_take(parser, "]") || parser_refuse(parser, parser->at, "expected , or ]", "verwachtte , of ]");
}

static bool segment_content(struct parser *parser, bool dotted, struct selectors *selectors)
{
	struct selector one = {.kind = SELECT_ANY};
	if (parser_take(parser, "[")) return bracketed(parser, selectors);
	if (!dotted || (!parser_take(parser, "*") && !shorthand(parser, &one))) {
		return parser_refuse(
				parser, parser->at, "expected a segment: ., .. or [", "verwachtte een segment: ., .. of [");
	}
	*vec_push(selectors) = one;
	return true;
}

static bool one_segment(struct parser *parser, struct segment *segment)
{
	struct selectors selectors = {0};
	segment->deep = parser_take(parser, "..");
	bool dot = !segment->deep && parser_take(parser, ".");
	bool good = !(dot && parser_peek(parser, 0) == '[') ||
				parser_refuse(parser, parser->at, "expected a name or * after .", "verwachtte een naam of * na .");
	good = good && segment_content(parser, dot || segment->deep, &selectors);
	parser_keep_selectors(parser, &selectors, segment);
	return good;
}

static bool query_segments(struct parser *parser, struct query *query)
{
	struct segments segments = {0};
	bool good = true;
	while (good) {
		size_t behind = parser->at;
		parser_space(parser);
		int c = parser_peek(parser, 0);
		if (c != '.' && c != '[') {
			parser->at = behind;
			break;
		}
		struct segment segment = {0};
		good = parser_extend(parser) && one_segment(parser, &segment);
		*vec_push(&segments) = segment;
	}
	parser_keep_segments(parser, &segments, query);
	return good;
}

bool parse_rfc9535(struct parser *parser, struct query *query)
{
	query->absolute = true;
	if (!parser_take(parser, "$")) return parser_refuse(parser, 0, "a query starts with $", "een query begint met $");
	if (!query_segments(parser, query)) return false;
	return parser->at == parser->text.len ||
		   parser_refuse(parser, parser->at, "expected a segment or the end", "verwachtte een segment of het einde");
}

static const struct expr *refuse(struct parser *parser, size_t at, bool typed)
{
	if (typed) {
		(void)parser_refuse(parser, at,
				"not well-typed: a value where a test is needed, or the reverse (section 2.4.3)",
				"niet goed getypeerd: een waarde waar een test nodig is, of andersom (paragraaf 2.4.3)");
	} else {
		(void)parser_refuse(parser, at, "expected a query (@ or $), a literal or a function in a filter",
				"verwachtte een query (@ of $), een literal of een functie in een filter");
	}
	return NULL;
}

static bool is_singular(const struct query *query)
{
	for (uint32_t i = 0; i < query->count; i++) {
		const struct segment *segment = &query->segments[i];
		if (segment->deep || segment->count != 1 || segment->selectors[0].kind > SELECT_INDEX) return false;
	}
	return true;
}

/* `expr` as a value: a singular query, a literal or a function that gives a value; NULL when it is none. */
static const struct expr *as_value(struct parser *parser, const struct expr *expr)
{
	switch (expr->op) {
	case EXPR_LITERAL:
	case EXPR_LENGTH:
	case EXPR_COUNT:
	case EXPR_VALUE:
		return expr;
	case EXPR_EXISTS: {
		if (!is_singular(expr->query)) return NULL;
		struct expr *single = parser_expr(parser, EXPR_SINGLE, NULL, NULL);
		single->query = expr->query;
		return single;
	}
	default:
		return NULL;
	}
}

static bool is_test(const struct expr *expr)
{
	return expr->op == EXPR_EXISTS || expr->op == EXPR_MATCH || expr->op == EXPR_SEARCH;
}

static const struct expr *operand(struct parser *parser);

/* One argument, which has to be a value or, for count() and value(), a query. */
static const struct expr *argument(struct parser *parser, bool nodes)
{
	parser_space(parser);
	size_t start = parser->at;
	const struct expr *expr = operand(parser);
	if (!expr) return NULL;
	const struct expr *good = nodes ? (expr->op == EXPR_EXISTS ? expr : NULL) : as_value(parser, expr);
	if (!good) return refuse(parser, start, true);
	parser_space(parser);
	return good;
}

/*
 * I-Regexp (RFC 9485) is nearly the part of ECMAScript that flag u leaves; its dot stops at LF and CR only. The
 * pattern is anchored for match().
 */
const struct regex *parse_iregexp(struct arena *arena, struct str pattern, bool whole, struct err *err)
{
	struct strbuf buf;
	bool in_class = false;
	strbuf_init(&buf, 2 * pattern.len + sizeof "^(?:)$" + 32);
	if (whole) strbuf_add(&buf, STR("^(?:"));
	for (size_t i = 0; i < pattern.len; i++) {
		char c = pattern.ptr[i];
		if (c == '\\' && i + 1 < pattern.len) {
			strbuf_add(&buf, (struct str){pattern.ptr + i++, 2});
			continue;
		}
		in_class = c == '[' || (in_class && c != ']');
		if (c == '.' && !in_class) {
			/* twelve bytes for one: the ceiling is the regex's own */
			if (buf.ceiling < (size_t)1 << 20) buf.ceiling += 12;
			strbuf_add(&buf, STR("[^\\n\\r]"));
		} else {
			strbuf_add_char(&buf, c);
		}
	}
	if (whole) strbuf_add(&buf, STR(")$"));
	const struct regex *regex = regex_compile(arena, strbuf_str(&buf), STR("u"), err);
	strbuf_release(&buf);
	return regex;
}

/* A literal pattern is compiled once; one that is no I-Regexp never matches. */
static void prepare_regex(struct parser *parser, struct expr *expr)
{
	if (expr->right->op != EXPR_LITERAL) return;
	struct err ignored;
	err_init(&ignored, parser->arena);
	struct value pattern = expr->right->literal;
	if (pattern.kind == VALUE_STRING)
		expr->regex = parse_iregexp(parser->arena, pattern.text, expr->op == EXPR_MATCH, &ignored);
	expr->negated = !expr->regex;
}

static const struct {
	const char *name;
	enum expr_op op;
	bool nodes, two;
} functions[] = {{"length", EXPR_LENGTH, false, false}, {"count", EXPR_COUNT, true, false},
		{"value", EXPR_VALUE, true, false}, {"match", EXPR_MATCH, false, true}, {"search", EXPR_SEARCH, false, true}};

static const struct expr *function(struct parser *parser)
{
	size_t start = parser->at, i = 0;
	for (int c; (c = parser_peek(parser, 0)) == '_' || (c >= 'a' && c <= 'z') || is_digit(c);)
		parser->at++;
	struct str name = {parser->text.ptr + start, parser->at - start};
	while (i < sizeof functions / sizeof *functions && !str_eq(name, str_of(functions[i].name)))
		i++;
	if (i == sizeof functions / sizeof *functions || !parser_take(parser, "(")) return refuse(parser, start, false);
	if (!parser_enter(parser)) return NULL;
	struct expr *expr = parser_expr(parser, functions[i].op, argument(parser, functions[i].nodes), NULL);
	if (!expr->left) return NULL;
	if (functions[i].nodes) expr->query = expr->left->query;
	if (functions[i].two) {
		if (!parser_take(parser, ",")) return refuse(parser, parser->at, true);
		if (!(expr->right = argument(parser, false))) return NULL;
		prepare_regex(parser, expr);
	}
	parser->depth--;
	return parser_take(parser, ")") ? expr : refuse(parser, parser->at, true);
}

static bool keyword(struct parser *parser, const char *word)
{
	size_t length = strlen(word);
	int c = parser_peek(parser, length);
	if (is_name_start(c) || is_digit(c) || c == '(') return false;
	return parser_take(parser, word);
}

static const struct expr *literal(struct parser *parser)
{
	int c = parser_peek(parser, 0);
	struct value value = {0};
	if (c == '\'' || c == '"') {
		value.kind = VALUE_STRING;
		if (!parser_string(parser, false, &value.text)) return NULL;
	} else if (starts_integer(parser)) {
		value.kind = VALUE_NUMBER;
		if (!parser_number(parser, &value.number)) return NULL;
	} else if (keyword(parser, "true")) {
		value = (struct value){.kind = VALUE_BOOL, .truth = true};
	} else if (keyword(parser, "false")) {
		value = (struct value){.kind = VALUE_BOOL};
	} else if (keyword(parser, "null")) {
		value = (struct value){.kind = VALUE_NULL};
	} else {
		return function(parser);
	}
	struct expr *expr = parser_expr(parser, EXPR_LITERAL, NULL, NULL);
	expr->literal = value;
	return expr;
}

static const struct expr *operand(struct parser *parser)
{
	int c = parser_peek(parser, 0);
	if (c != '@' && c != '$') return literal(parser);
	struct expr *expr = parser_expr(parser, EXPR_EXISTS, NULL, NULL);
	parser->at++;
	expr->query = arena_zalloc(parser->arena, sizeof *expr->query);
	expr->query->absolute = c == '$';
	if (!parser_enter(parser) || !query_segments(parser, expr->query)) return NULL;
	parser->depth--;
	return expr;
}

static bool comparison(struct parser *parser, enum expr_op *op)
{
	static const struct {
		const char *spelling;
		enum expr_op op;
	} comparisons[] = {{"==", EXPR_SAME}, {"!=", EXPR_DIFFERS}, {"<=", EXPR_AT_MOST}, {">=", EXPR_AT_LEAST},
			{"<", EXPR_BELOW}, {">", EXPR_ABOVE}};
	for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
		if (parser_take(parser, comparisons[i].spelling)) {
			*op = comparisons[i].op;
			return true;
		}
	}
	return false;
}

static const struct expr *parenthesized(struct parser *parser)
{
	if (!parser_enter(parser)) return NULL;
	const struct expr *expr = logical_or(parser);
	parser->depth--;
	if (!expr) return NULL;
	parser_space(parser);
	return parser_take(parser, ")") ? expr : refuse(parser, parser->at, false);
}

static const struct expr *negation(struct parser *parser)
{
	parser_space(parser);
	size_t start = parser->at;
	const struct expr *expr = parser_take(parser, "(") ? parenthesized(parser) : operand(parser);
	if (!expr) return NULL;
	bool grouped = parser->text.ptr[start] == '(';
	if (!grouped && !is_test(expr)) return refuse(parser, start, true);
	return parser_expr(parser, EXPR_NOT, expr, NULL);
}

static const struct expr *basic(struct parser *parser)
{
	parser_space(parser);
	size_t start = parser->at;
	enum expr_op op;
	if (parser_take(parser, "!")) return negation(parser);
	if (parser_take(parser, "(")) return parenthesized(parser);
	const struct expr *left = operand(parser);
	if (!left) return NULL;
	size_t behind = parser->at;
	parser_space(parser);
	if (!comparison(parser, &op)) {
		parser->at = behind;
		return is_test(left) ? left : refuse(parser, start, true);
	}
	parser_space(parser);
	size_t second = parser->at;
	const struct expr *right = operand(parser);
	if (!right) return NULL;
	if (!(left = as_value(parser, left))) return refuse(parser, start, true);
	if (!(right = as_value(parser, right))) return refuse(parser, second, true);
	return parser_expr(parser, op, left, right);
}

static const struct expr *chain(struct parser *parser, const char *spelling, enum expr_op op)
{
	const struct expr *left = op == EXPR_AND ? basic(parser) : chain(parser, "&&", EXPR_AND);
	while (left) {
		size_t behind = parser->at;
		parser_space(parser);
		if (!parser_take(parser, spelling)) {
			parser->at = behind;
			break;
		}
		if (!parser_extend(parser)) return NULL;
		const struct expr *right = op == EXPR_AND ? basic(parser) : chain(parser, "&&", EXPR_AND);
		left = right ? parser_expr(parser, op, left, right) : NULL;
	}
	return left;
}

static const struct expr *logical_or(struct parser *parser)
{
	return chain(parser, "||", EXPR_OR);
}

const struct expr *parse_rfc9535_filter(struct parser *parser)
{
	if (!parser_enter(parser)) return NULL;
	const struct expr *expr = logical_or(parser);
	parser->depth--;
	return expr;
}
