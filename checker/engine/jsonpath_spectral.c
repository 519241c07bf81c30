/* SPDX-License-Identifier: EUPL-1.2 */
/* Paths in Spectral's dialect: what nimma and jsonpath-plus both or either accept (docs/jsonpath.md). */
#include "engine/jsonpath_parse.h"

#include "base/vec.h"

enum { INDEX_DIGITS = 9 };

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

static struct str trimmed(struct str text)
{
	while (text.len && is_space(text.ptr[0]))
		text = str_skip(text, 1);
	while (text.len && is_space(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

/* -1 when `text` is no array index. */
static int64_t as_index(struct str text)
{
	uint32_t index;
	bool padded = text.len > 1 && text.ptr[0] == '0';
	return !padded && text.len <= INDEX_DIGITS && str_to_u32(text, &index) ? (int64_t)index : -1;
}

static struct selector name_selector(struct str name)
{
	return (struct selector){.kind = SELECT_NAME, .name = name, .hash = node_hash(name), .index = as_index(name)};
}

/* An optional signed number before ':' or the end. */
static bool slice_part(struct str *text, int64_t *number, bool *present)
{
	struct str part = {text->ptr, str_find(*text, ':')};
	*text = str_skip(*text, part.len + 1);
	bool minus = part.len && part.ptr[0] == '-';
	if (minus) part = str_skip(part, 1);
	*present = part.len > 0;
	if (!*present) return !minus;
	uint32_t value;
	if (part.len > INDEX_DIGITS || !str_to_u32(part, &value)) return false;
	*number = minus ? -(int64_t)value : (int64_t)value;
	return true;
}

/* [start:end:step], or [-n], which nimma reads as the last n elements. */
static bool as_slice(struct str text, struct selector *slice)
{
	bool has_step = false;
	bool single = str_find(text, ':') == text.len;
	if (single && (!text.len || text.ptr[0] != '-')) return false;
	*slice = (struct selector){.kind = SELECT_SLICE, .step = 1};
	if (!slice_part(&text, &slice->start, &slice->has_start)) return false;
	if (single) return slice->has_start;
	if (!slice_part(&text, &slice->end, &slice->has_end)) return false;
	if (text.len && !slice_part(&text, &slice->step, &has_step)) return false;
	return text.len == 0 && slice->step > 0;
}

static bool refuse_bracket(struct parser *parser, size_t start)
{
	return parser_refuse(parser, start,
			"expected a name, names with commas, *, an index, a slice, ?(filter) or (script) and then ]",
			"verwachtte een naam, namen met komma's, *, een index, een slice, ?(filter) of (script) en dan ]");
}

/* Between commas: 'quoted', "quoted" or bare. */
static bool union_item(struct parser *parser, struct selectors *selectors)
{
	size_t start = parser->at;
	struct str name;
	struct selector slice;
	parser_space(parser);
	int c = parser_peek(parser, 0);
	if (c == '\'' || c == '"') {
		if (!parser_string(parser, true, &name)) return false;
		*vec_push(selectors) = name_selector(name);
		parser_space(parser);
		return true;
	}
	while ((c = parser_peek(parser, 0)) >= 0 && !strchr(",[]", c))
		parser->at++;
	name = trimmed((struct str){parser->text.ptr + start, parser->at - start});
	if (!name.len) return refuse_bracket(parser, start);
	if (str_eq(name, STR("*")))
		*vec_push(selectors) = (struct selector){.kind = SELECT_ANY};
	else if (as_slice(name, &slice))
		*vec_push(selectors) = slice;
	else
		*vec_push(selectors) = name_selector(name);
	return true;
}

static bool looks_at_key_only(const struct expr *expr)
{
	if (!expr) return true;
	switch (expr->op) {
	case EXPR_CURRENT:
	case EXPR_ROOT:
	case EXPR_PARENT:
	case EXPR_PARENT_PROPERTY:
	case EXPR_PATH:
	case EXPR_IS_TYPE:
		return false;
	default:
		return looks_at_key_only(expr->left) && looks_at_key_only(expr->right) && looks_at_key_only(expr->third);
	}
}

static bool is_member_of_current(const struct expr *expr)
{
	return expr->op == EXPR_MEMBER && expr->left->op == EXPR_CURRENT && !str_eq(expr->name, STR("length")) &&
		   !str_eq(expr->name, STR("constructor"));
}

static bool is_undefined(const struct expr *expr)
{
	return expr->op == EXPR_VOID || (expr->op == EXPR_LITERAL && expr->literal.kind == VALUE_UNDEFINED);
}

/* Is it false for a string, a number and a boolean, which have no members? */
static bool needs_object(const struct expr *expr)
{
	switch (expr->op) {
	case EXPR_AND:
		return needs_object(expr->left) || needs_object(expr->right);
	case EXPR_OR:
		return needs_object(expr->left) && needs_object(expr->right);
	case EXPR_NE:
		return is_member_of_current(expr->left) && is_undefined(expr->right);
	default:
		return is_member_of_current(expr);
	}
}

/* Names of members as bits of their hashes; the filter is false for an object with none of them. 0 when not known. */
static uint64_t needed_names(const struct expr *expr)
{
	if (is_member_of_current(expr)) return node_hash_bit(expr->hash);
	uint64_t left, right;
	switch (expr->op) {
	case EXPR_OR:
		left = needed_names(expr->left);
		right = needed_names(expr->right);
		return left && right ? left | right : 0;
	case EXPR_AND:
		left = needed_names(expr->left);
		return left ? left : needed_names(expr->right);
	case EXPR_NE:
		return is_member_of_current(expr->left) && is_undefined(expr->right) ? node_hash_bit(expr->left->hash) : 0;
	case EXPR_EQ:
	case EXPR_LOOSE_EQ:
		if (!is_member_of_current(expr->left) || expr->right->op != EXPR_LITERAL) return 0;
		return expr->right->literal.kind > VALUE_NULL ? node_hash_bit(expr->left->hash) : 0;
	default:
		return 0;
	}
}

/* Can it throw for no object? */
static bool is_harmless(const struct expr *expr)
{
	switch (expr->op) {
	case EXPR_CURRENT:
	case EXPR_LITERAL:
	case EXPR_VOID:
		return true;
	case EXPR_MEMBER:
		return expr->left->op == EXPR_CURRENT;
	case EXPR_NOT:
		return is_harmless(expr->left);
	case EXPR_AND:
	case EXPR_OR:
	case EXPR_EQ:
	case EXPR_NE:
	case EXPR_LOOSE_EQ:
	case EXPR_LOOSE_NE:
		return is_harmless(expr->left) && is_harmless(expr->right);
	default:
		return false;
	}
}

/* Collects what conditions joined by && need, as far as those before cannot throw. False where one may. */
static bool add_needs(const struct expr *expr, uint64_t needs[FILTER_NEEDS])
{
	if (expr->op == EXPR_AND) return add_needs(expr->left, needs) && add_needs(expr->right, needs);
	if (!is_harmless(expr)) return false;
	uint64_t names = needed_names(expr);
	for (int i = 0; names && i < FILTER_NEEDS; i++) {
		if (needs[i]) continue;
		needs[i] = names;
		break;
	}
	return true;
}

/* A filter and its two parts, of which the first is asked first: conditions on the key in front, and what follows. */
static void split_filter(
		struct parser *parser, const struct expr *expr, const struct expr **by_key, const struct expr **rest)
{
	if (looks_at_key_only(expr)) {
		*by_key = expr;
	} else if (expr->op != EXPR_AND) {
		*rest = expr;
	} else {
		split_filter(parser, expr->left, by_key, rest);
		if (*rest) {
			*rest = parser_expr(parser, EXPR_AND, *rest, expr->right);
			return;
		}
		const struct expr *front = *by_key, *more = NULL;
		split_filter(parser, expr->right, &more, rest);
		*by_key = more ? parser_expr(parser, EXPR_AND, front, more) : front;
	}
}

static bool script_selector(struct parser *parser, enum selector_kind kind, struct selectors *selectors)
{
	const struct expr *expr = parse_script(parser);
	if (!expr) return false;
	struct selector selector = {.kind = kind, .expr = expr};
	if (kind == SELECT_FILTER) split_filter(parser, expr, &selector.by_key, &selector.rest);
	if (selector.rest) add_needs(selector.rest, selector.needs);
	selector.object_only = kind == SELECT_FILTER && needs_object(expr);
	*vec_push(selectors) = selector;
	return true;
}

static bool bracket_content(struct parser *parser, struct segment *segment, struct selectors *selectors)
{
	if (parser_take(parser, "?")) return script_selector(parser, SELECT_FILTER, selectors);
	if (parser_peek(parser, 0) == '(') return script_selector(parser, SELECT_COMPUTED, selectors);
	if (parser_take(parser, "[")) {
		segment->deep = true;
		if (!parser_enter(parser) || !bracket_content(parser, segment, selectors)) return false;
		parser->depth--;
		return parser_take(parser, "]") || refuse_bracket(parser, parser->at);
	}
	do {
		if (!union_item(parser, selectors)) return false;
	} while (parser_take(parser, ","));
	return true;
}

/* `at` is behind the "[". */
static bool bracket(struct parser *parser, struct segment *segment)
{
	struct selectors selectors = {0};
	parser_space(parser);
	bool good = bracket_content(parser, segment, &selectors);
	parser_space(parser);
	if (good && !parser_take(parser, "]")) good = refuse_bracket(parser, parser->at);
	parser_keep_selectors(parser, &selectors, segment);
	return good;
}

static bool is_name_char(int c)
{
	return c > ' ' && !strchr(".[]~^(),'\"*?", c);
}

static bool plain_name(struct parser *parser, struct segment *segment)
{
	size_t start = parser->at;
	struct selectors selectors = {0};
	while (is_name_char(parser_peek(parser, 0)))
		parser->at++;
	if (parser->at == start || parser->text.ptr[start] == '@') {
		return parser_refuse(parser, start, "expected the name of a member, * or [; quote unusual names: ['a name']",
				"verwachtte de naam van een lid, * of [; zet ongewone namen tussen aanhalingstekens: ['een naam']");
	}
	struct str name = {parser->text.ptr + start, parser->at - start};
	*vec_push(&selectors) = name_selector(name);
	parser_keep_selectors(parser, &selectors, segment);
	return true;
}

static bool any_member(struct parser *parser, struct segment *segment)
{
	struct selectors selectors = {0};
	*vec_push(&selectors) = (struct selector){.kind = SELECT_ANY};
	parser_keep_selectors(parser, &selectors, segment);
	return true;
}

/* What follows a dot or two. A dot before a bracket is as deep as two: so do both engines read it. */
static bool dotted(struct parser *parser, struct segment *segment)
{
	segment->deep = parser_take(parser, ".");
	int c = parser_peek(parser, 0);
	if (parser_take(parser, "[")) {
		segment->deep = true;
		return bracket(parser, segment);
	}
	if (parser_take(parser, "*")) return any_member(parser, segment);
	if (segment->deep && (c < 0 || c == '~' || c == '^')) {
		segment->kind = SEGMENT_SELF;
		return true;
	}
	return plain_name(parser, segment);
}

static bool one_segment(struct parser *parser, struct segment *segment)
{
	if (parser_take(parser, ".")) return dotted(parser, segment);
	if (parser_take(parser, "[")) return bracket(parser, segment);
	if (parser_take(parser, "^")) {
		segment->kind = SEGMENT_PARENT;
		return true;
	}
	if (parser_take(parser, "~")) {
		segment->kind = SEGMENT_KEY;
		return parser->at == parser->text.len ||
			   parser_refuse(parser, parser->at, "nothing may follow ~, which is a key and has no members",
					   "na ~ mag niets volgen: dat is een sleutel, zonder leden");
	}
	return parser_refuse(
			parser, parser->at, "expected ., .., [, ~, ^ or the end", "verwachtte ., .., [, ~, ^ of het einde");
}

bool parse_spectral(struct parser *parser, struct query *query)
{
	struct segments segments = {0};
	bool good = parser_take(parser, "$") ||
				parser_refuse(parser, 0, "a path starts with $, the document", "een pad begint met $, het document");
	while (good && parser->at < parser->text.len) {
		struct segment segment = {0};
		good = parser_extend(parser) && one_segment(parser, &segment);
		*vec_push(&segments) = segment;
	}
	query->absolute = true;
	parser_keep_segments(parser, &segments, query);
	return good;
}
