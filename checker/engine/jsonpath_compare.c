/* SPDX-License-Identifier: EUPL-1.2 */
/* Comparisons and functions of RFC 9535's filters, sections 2.3.5.2.2 and 2.4. */
#include "base/utf8.h"
#include "engine/jsonpath_filter.h"
#include "engine/jsonpath_parse.h"

static bool is_same(struct value a, struct value b)
{
	if (a.kind != b.kind) return false;
	switch (a.kind) {
	case VALUE_BOOL:
		return a.truth == b.truth;
	case VALUE_NUMBER:
		return a.number == b.number;
	case VALUE_STRING:
		return str_eq(a.text, b.text);
	case VALUE_NODE:
		return node_equal(a.node, b.node);
	default:
		return true;
	}
}

static bool is_below(struct value a, struct value b)
{
	if (a.kind != b.kind) return false;
	if (a.kind == VALUE_NUMBER) return a.number < b.number;
	return a.kind == VALUE_STRING && str_compare(a.text, b.text) < 0;
}

static bool compare(enum expr_op op, struct value a, struct value b)
{
	switch (op) {
	case EXPR_SAME:
		return is_same(a, b);
	case EXPR_DIFFERS:
		return !is_same(a, b);
	case EXPR_BELOW:
		return is_below(a, b);
	case EXPR_ABOVE:
		return is_below(b, a);
	case EXPR_AT_MOST:
		return is_below(a, b) || is_same(a, b);
	default:
		return is_below(b, a) || is_same(a, b);
	}
}

/* The nodes of a query: their number, and the last one. */
struct tally {
	const struct node *node;
	uint64_t count;
	uint64_t enough;
};

static bool tally_node(void *context, const struct step *step, bool is_key)
{
	struct tally *tally = context;
	(void)is_key;
	tally->node = step->node;
	return ++tally->count < tally->enough;
}

static struct tally tally_query(struct filter *filter, const struct expr *expr, uint64_t enough)
{
	struct tally tally = {.enough = enough};
	query_run(expr->query, filter, tally_node, &tally);
	return tally;
}

static struct value length_of(struct value value)
{
	if (value.kind == VALUE_STRING)
		return (struct value){.kind = VALUE_NUMBER, .number = (double)utf8_count(value.text)};
	if (value.kind == VALUE_NODE) return (struct value){.kind = VALUE_NUMBER, .number = node_count(value.node)};
	return (struct value){0};
}

static bool matches(struct filter *filter, const struct expr *expr)
{
	struct value text = filter_value(filter, expr->left), pattern = filter_value(filter, expr->right);
	if (filter->failed || expr->negated || text.kind != VALUE_STRING || pattern.kind != VALUE_STRING) return false;
	const struct regex *regex = expr->regex;
	/* compiling a regular expression takes as long as some hundred nodes */
	if (!filter_work(filter, text.text.len / 8 + (regex ? 0 : 5000 + 32 * pattern.text.len))) return false;
	if (!regex) {
		struct err ignored;
		err_init(&ignored, filter_scratch(filter));
		regex = parse_iregexp(filter_scratch(filter), pattern.text, expr->op == EXPR_MATCH, &ignored);
	}
	if (!regex) return false;
	enum regex_result result = regex_search(regex, text.text);
	if (result == REGEX_UNDECIDED) filter->failed = filter->report->undecided = true;
	return result == REGEX_YES;
}

struct value filter_rfc9535(struct filter *filter, const struct expr *expr)
{
	struct value truth = {.kind = VALUE_BOOL};
	struct tally tally;
	switch (expr->op) {
	case EXPR_EXISTS:
		truth.truth = tally_query(filter, expr, 1).count > 0;
		return truth;
	case EXPR_SINGLE:
	case EXPR_VALUE:
		tally = tally_query(filter, expr, 2);
		return tally.count == 1 ? value_of_node(filter->view, tally.node) : (struct value){0};
	case EXPR_COUNT:
		tally = tally_query(filter, expr, UINT64_MAX);
		return (struct value){.kind = VALUE_NUMBER, .number = (double)tally.count};
	case EXPR_LENGTH:
		return length_of(filter_value(filter, expr->left));
	case EXPR_MATCH:
	case EXPR_SEARCH:
		truth.truth = matches(filter, expr);
		return truth;
	default:
		truth.truth = compare(expr->op, filter_value(filter, expr->left), filter_value(filter, expr->right));
		return truth;
	}
}
