/* SPDX-License-Identifier: EUPL-1.2 */
/* Bounds: of numbers, lengths and counts; patterns and formats; and what can only be told to be equal or not. */
#include "base/limits.h"
#include "doc/decimal.h"
#include "engine/contract_digest.h"
#include "engine/contract_pair.h"

/* A bound as one schema has it, the tightest of all parts. */
struct bound_at {
	const struct spot *at; /* NULL: none */
	bool exclusive;
};

struct bound_kind {
	const char *keyword, *exclusive; /* `exclusive` NULL: there is none */
	unsigned types;
	bool upper;
};

static const struct bound_kind bounds[] = {
		{"minimum", "exclusiveMinimum", SHAPE_INTEGER | SHAPE_FRACTION, false},
		{"maximum", "exclusiveMaximum", SHAPE_INTEGER | SHAPE_FRACTION, true},
		{"minLength", NULL, SHAPE_STRING, false},
		{"maxLength", NULL, SHAPE_STRING, true},
		{"minItems", NULL, SHAPE_ARRAY, false},
		{"maxItems", NULL, SHAPE_ARRAY, true},
		{"minProperties", NULL, SHAPE_OBJECT, false},
		{"maxProperties", NULL, SHAPE_OBJECT, true},
};

static bool is_number(const struct spot *spot)
{
	return spot && spot->node->kind == NODE_NUMBER;
}

/* Positive: `a` allows less than `b`, which may be none; 0: the same. */
static int tightness(const struct bound_kind *kind, struct bound_at a, struct bound_at b)
{
	if (!a.at || !b.at) return (a.at != NULL) - (b.at != NULL);
	int order = node_compare_numbers(a.at->node, b.at->node);
	if (order == 0) return (int)a.exclusive - (int)b.exclusive;
	return (order > 0) != kind->upper ? 1 : -1;
}

static struct bound_at bound_of(struct comparer *comparer, const struct shape *shape, const struct bound_kind *kind)
{
	struct bound_at tightest = {NULL, false};
	for (uint32_t i = 0; i < shape->part_count; i++) {
		const struct spot *part = shape->parts[i];
		struct bound_at own = {spot_member(comparer->arena, part, str_of(kind->keyword)), false}, other = {NULL, true};
		if (kind->exclusive) {
			const struct spot *exclusive = spot_member(comparer->arena, part, str_of(kind->exclusive));
			own.exclusive = exclusive && exclusive->node->kind == NODE_TRUE;
			if (is_number(exclusive)) other.at = exclusive;
		}
		if (is_number(own.at) && tightness(kind, own, tightest) > 0) tightest = own;
		if (other.at && tightness(kind, other, tightest) > 0) tightest = other;
	}
	return tightest;
}

/* "5", or "5 (exclusive)". Zero as a least length or count is no bound. */
static struct str bound_text(struct arena *arena, struct bound_at bound)
{
	if (!bound.at) return STR("");
	return str_printf(arena, "%.*s%s", STR_FMT(node_text(bound.at->node)), bound.exclusive ? " (exclusive)" : "");
}

static bool is_void(const struct bound_kind *kind, struct bound_at bound)
{
	return bound.at && !kind->upper && !kind->exclusive && decimal_of(node_text(bound.at->node)).digits.len == 0;
}

/* Does the format rule values out, as far as anybody can count on? Others are advice, or as wide as the type. */
static bool restricts(struct str format)
{
	static const char *const names[] = {"int32", "byte", "binary", "date", "date-time", "time", "duration", "uuid",
			"uri", "url", "uri-reference", "iri", "iri-reference", "uri-template", "email", "idn-email", "hostname",
			"idn-hostname", "ipv4", "ipv6", "json-pointer", "relative-json-pointer", "regex", NULL};
	for (const char *const *name = names; *name; name++)
		if (str_eq(format, str_of(*name))) return true;
	return false;
}

static bool is_text(const struct spot *spot)
{
	return spot && spot->node->kind == NODE_STRING;
}

/* No text of these formats is empty, so that asking for one character asks for nothing. */
static bool is_never_empty(
		struct comparer *comparer, const struct shape *shape, const struct bound_kind *kind, struct bound_at bound)
{
	const struct spot *format = shape_keyword(comparer, shape, "format");
	bool one = bound.at && str_eq(str_of(kind->keyword), STR("minLength")) &&
			   str_eq(node_text(bound.at->node), STR("1"));
	if (!one || !is_text(format)) return false;
	struct str name = node_text(format->node);
	return restricts(name) && !str_eq(name, STR("byte")) && !str_eq(name, STR("binary")) &&
		   !str_ends(name, STR("reference"));
}

static void compare_bound(struct comparer *comparer, const struct pair *pair, const struct bound_kind *kind)
{
	struct bound_at sent = bound_of(comparer, pair->sender, kind), read = bound_of(comparer, pair->reader, kind);
	if (is_void(kind, sent)) sent.at = NULL;
	if (is_void(kind, read)) read.at = NULL;
	if (is_never_empty(comparer, pair->sender, kind, read)) read.at = NULL;
	if (is_never_empty(comparer, pair->sender, kind, sent)) sent.at = NULL;
	int order = tightness(kind, read, sent);
	if (order == 0) return;
	pair_report_keyword(comparer, pair, kind->keyword, order > 0 ? CONTRACT_BREAKING : CONTRACT_TOLERATED, sent.at,
			read.at, bound_text(comparer->arena, sent), bound_text(comparer->arena, read));
}

/* Is every multiple of `a` one of `b`? Of whole numbers only; -1: not known. */
static int is_multiple(const struct node *a, const struct node *b)
{
	if (node_compare_numbers(a, b) == 0) return 1;
	if (a->len > 15 || b->len > 15 || !node_is_integer(a) || !node_is_integer(b)) return -1;
	double dividend = node_double(a), divisor = node_double(b);
	if (dividend < 1 || divisor < 1 || dividend > 9e15 || divisor > 9e15) return -1;
	return (int64_t)dividend % (int64_t)divisor == 0;
}

static void compare_multiple(struct comparer *comparer, const struct pair *pair)
{
	const struct spot *sent = shape_keyword(comparer, pair->sender, "multipleOf");
	const struct spot *read = shape_keyword(comparer, pair->reader, "multipleOf");
	struct arena *arena = comparer->arena;
	int fits = sent && read && is_number(sent) && is_number(read) ? is_multiple(sent->node, read->node) : 0;
	if (!sent == !read && (!sent || fits > 0)) {
		if (sent && node_compare_numbers(sent->node, read->node) != 0)
			pair_report_keyword(comparer, pair, "multipleOf", CONTRACT_TOLERATED, sent, read,
					contract_value_text(arena, sent->node), contract_value_text(arena, read->node));
		return;
	}
	if (fits < 0) {
		pair_undecided(comparer, pair, read,
				TEXT("two values of \"multipleOf\" cannot be compared",
						"twee waarden van \"multipleOf\" zijn niet te vergelijken"));
		return;
	}
	pair_report_keyword(comparer, pair, "multipleOf", read ? CONTRACT_BREAKING : CONTRACT_TOLERATED, sent, read,
			sent ? contract_value_text(arena, sent->node) : STR(""),
			read ? contract_value_text(arena, read->node) : STR(""));
}

void pair_compare_limits(struct comparer *comparer, const struct pair *pair, unsigned types)
{
	if (pair->sender->value_count) return; /* its values are told one by one */
	for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++)
		if (types & bounds[i].types) compare_bound(comparer, pair, &bounds[i]);
	if (types & (SHAPE_INTEGER | SHAPE_FRACTION)) compare_multiple(comparer, pair);
}

/* Formats whose values are all of another format, too. */
static bool implies(struct str narrow, struct str wide)
{
	static const struct {
		const char *narrow, *wide;
	} pairs[] = {{"int32", "int64"}, {"float", "double"}, {"uri", "uri-reference"}, {"uri", "iri"},
			{"uri", "iri-reference"}, {"uri-reference", "iri-reference"}, {"iri", "iri-reference"}, {"url", "uri"},
			{"uri", "url"}, {"email", "idn-email"}, {"hostname", "idn-hostname"}, {"int32", "double"}};
	if (str_eq(narrow, wide)) return true;
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		if (str_eq(narrow, str_of(pairs[i].narrow)) && str_eq(wide, str_of(pairs[i].wide))) return true;
	return false;
}

static void compare_format(struct comparer *comparer, const struct pair *pair)
{
	const struct spot *sent = shape_keyword(comparer, pair->sender, "format");
	const struct spot *read = shape_keyword(comparer, pair->reader, "format");
	struct str narrow = is_text(sent) ? node_text(sent->node) : STR("");
	struct str wide = is_text(read) ? node_text(read->node) : STR("");
	if (str_eq(narrow, wide) || !(restricts(narrow) || restricts(wide))) return;
	bool breaking = restricts(wide) && !implies(narrow, wide);
	if (breaking && !narrow.len && shape_keyword(comparer, pair->sender, "pattern")) {
		pair_undecided(comparer, pair, read,
				TEXT("a format here and a pattern there cannot be compared",
						"een format hier en een pattern daar zijn niet te vergelijken"));
		return;
	}
	pair_report_keyword(
			comparer, pair, "format", breaking ? CONTRACT_BREAKING : CONTRACT_TOLERATED, sent, read, narrow, wide);
}

/* Each pattern of the reader has to be one of the sender. */
static void compare_pattern(struct comparer *comparer, const struct pair *pair)
{
	const struct spot *sent = shape_keyword(comparer, pair->sender, "pattern");
	struct arena *arena = comparer->arena;
	bool any = false;
	for (uint32_t i = 0; i < pair->reader->part_count; i++) {
		const struct spot *read = spot_member(arena, pair->reader->parts[i], STR("pattern"));
		bool same = false;
		if (!is_text(read)) continue;
		any = true;
		if (!contract_step(comparer, pair->sender->part_count)) return;
		for (uint32_t j = 0; j < pair->sender->part_count && !same; j++) {
			const struct node *other = node_member(pair->sender->parts[j]->node, STR("pattern"));
			same = other && node_equal(other, read->node);
		}
		if (same) continue;
		if (is_text(sent) || shape_keyword(comparer, pair->sender, "format"))
			pair_undecided(comparer, pair, read,
					TEXT("two patterns, or a pattern and a format, cannot be compared; write the pattern of the contract",
							"twee patterns, of een pattern en een format, zijn niet te vergelijken; schrijf het pattern van "
							"het contract"));
		else
			pair_report_keyword(
					comparer, pair, "pattern", CONTRACT_BREAKING, NULL, read, STR(""), node_text(read->node));
	}
	if (is_text(sent) && !any)
		pair_report_keyword(comparer, pair, "pattern", CONTRACT_TOLERATED, sent, NULL, node_text(sent->node), STR(""));
}

void pair_compare_texts(struct comparer *comparer, const struct pair *pair, unsigned types)
{
	if (pair->sender->value_count) return;
	if (types & (SHAPE_STRING | SHAPE_INTEGER | SHAPE_FRACTION)) compare_format(comparer, pair);
	if (types & SHAPE_STRING) compare_pattern(comparer, pair);
}

/* Keywords of which only equality can be told. */
static bool is_opaque(struct str keyword)
{
	static const char *const names[] = {"not", "if", "then", "else", "patternProperties", "propertyNames", "contains",
			"minContains", "maxContains", "dependentRequired", "dependentSchemas", "dependencies",
			"unevaluatedProperties", "unevaluatedItems", "prefixItems", "contentSchema", "contentMediaType",
			"contentEncoding", "$dynamicRef", "$recursiveRef", NULL};
	for (const char *const *name = names; *name; name++)
		if (str_eq(keyword, str_of(*name))) return true;
	return false;
}

static bool has_equal(struct comparer *comparer, const struct pair *pair, const struct node *keyword)
{
	const struct digest *wanted = digests_of_keyword(comparer->digests, pair->reader->openapi, keyword);
	for (uint32_t i = 0; wanted && i < pair->sender->part_count; i++) {
		const struct node *part = pair->sender->parts[i]->node;
		const struct node *other = part->kind == NODE_OBJECT ? node_member(part, node_key(keyword)) : NULL;
		const struct digest *digest = NULL;
		if (!contract_step(comparer, 1)) return false;
		if (other) digest = digests_of_keyword(comparer->digests, pair->sender->openapi, other);
		if (digest && memcmp(digest->hex, wanted->hex, sizeof digest->hex) == 0) return true;
	}
	return false;
}

void pair_compare_opaque(struct comparer *comparer, const struct pair *pair)
{
	for (uint32_t i = 0; i < pair->reader->part_count; i++) {
		const struct spot *part = pair->reader->parts[i];
		for (uint32_t j = 0; part->node->kind == NODE_OBJECT && j < part->node->len; j++) {
			const struct node *member = &part->node->children[j];
			if (!is_opaque(node_key(member)) || has_equal(comparer, pair, member)) continue;
			struct str key = node_key(member);
			pair_undecided(comparer, pair, spot_child(comparer->arena, part, j),
					text_printf(comparer->arena, "keur cannot compare \"%.*s\" where it is not the same on both sides",
							"keur kan \"%.*s\" niet vergelijken waar het niet aan beide kanten gelijk is",
							STR_FMT(key)));
		}
	}
}
