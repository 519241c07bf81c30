/* SPDX-License-Identifier: EUPL-1.2 */
/* Functions of XPath 1.0 with current() and key() of XSLT, and the names that later versions added. */
#include "engine/schematron_xpath_private.h"

enum { ANY_NUMBER = 255 };

static const struct xpath_function functions[] = {
		{"last", 0, 0, XPATH_TYPE_NUMBER, true, false},
		{"position", 0, 0, XPATH_TYPE_NUMBER, true, false},
		{"count", 1, 1, XPATH_TYPE_NUMBER, false, true},
		{"id", 1, 1, XPATH_TYPE_SET, false, false},
		{"local-name", 0, 1, XPATH_TYPE_STRING, true, true},
		{"namespace-uri", 0, 1, XPATH_TYPE_STRING, true, true},
		{"name", 0, 1, XPATH_TYPE_STRING, true, true},
		{"string", 0, 1, XPATH_TYPE_STRING, true, false},
		{"concat", 2, ANY_NUMBER, XPATH_TYPE_STRING, false, false},
		{"starts-with", 2, 2, XPATH_TYPE_BOOLEAN, false, false},
		{"contains", 2, 2, XPATH_TYPE_BOOLEAN, false, false},
		{"substring-before", 2, 2, XPATH_TYPE_STRING, false, false},
		{"substring-after", 2, 2, XPATH_TYPE_STRING, false, false},
		{"substring", 2, 3, XPATH_TYPE_STRING, false, false},
		{"string-length", 0, 1, XPATH_TYPE_NUMBER, true, false},
		{"normalize-space", 0, 1, XPATH_TYPE_STRING, true, false},
		{"translate", 3, 3, XPATH_TYPE_STRING, false, false},
		{"boolean", 1, 1, XPATH_TYPE_BOOLEAN, false, false},
		{"not", 1, 1, XPATH_TYPE_BOOLEAN, false, false},
		{"true", 0, 0, XPATH_TYPE_BOOLEAN, false, false},
		{"false", 0, 0, XPATH_TYPE_BOOLEAN, false, false},
		{"lang", 1, 1, XPATH_TYPE_BOOLEAN, false, false},
		{"number", 0, 1, XPATH_TYPE_NUMBER, true, false},
		{"sum", 1, 1, XPATH_TYPE_NUMBER, false, true},
		{"floor", 1, 1, XPATH_TYPE_NUMBER, false, false},
		{"ceiling", 1, 1, XPATH_TYPE_NUMBER, false, false},
		{"round", 1, 1, XPATH_TYPE_NUMBER, false, false},
		{"current", 0, 0, XPATH_TYPE_SET, true, false},
		{"key", 2, 2, XPATH_TYPE_SET, false, false},
};

static const char *const newer[] = {"abs", "adjust-date-to-timezone", "avg", "base-uri", "codepoint-equal",
		"codepoints-to-string", "collection", "compare", "current-date", "current-dateTime", "current-group",
		"current-grouping-key", "current-time", "data", "day-from-date", "deep-equal", "distinct-values", "doc",
		"doc-available", "empty", "ends-with", "error", "every", "exactly-one", "exists", "for-each", "format-date",
		"head", "if", "index-of", "in-scope-prefixes", "insert-before", "iri-to-uri", "local-name-from-QName",
		"lower-case", "matches", "max", "min", "month-from-date", "namespace-uri-for-prefix", "nilled", "node-name",
		"normalize-unicode", "one-or-more", "prefix-from-QName", "QName", "remove", "replace", "resolve-QName",
		"resolve-uri", "reverse", "root", "round-half-to-even", "some", "string-join", "string-to-codepoints",
		"subsequence", "tail", "tokenize", "trace", "unordered", "upper-case", "year-from-date", "zero-or-one"};

const struct xpath_function *xpath_function_find(struct str name)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (str_eq(name, str_of(functions[i].name))) return &functions[i];
	return NULL;
}

bool xpath_is_newer(struct str name)
{
	for (size_t i = 0; i < sizeof newer / sizeof *newer; i++)
		if (str_eq(name, str_of(newer[i]))) return true;
	return false;
}

bool xpath_is_newer_operator(struct str name)
{
	static const char *const words[] = {"eq", "ne", "lt", "le", "gt", "ge", "is", "to", "return", "then", "intersect",
			"except", "instance", "castable", "cast", "treat", "satisfies", "union"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq(name, str_of(words[i]))) return true;
	return false;
}

struct str xpath_axis(struct str name)
{
	static const char *const axes[] = {"ancestor", "ancestor-or-self", "attribute", "child", "descendant",
			"descendant-or-self", "following", "following-sibling", "namespace", "parent", "preceding",
			"preceding-sibling", "self"};
	for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
		if (str_eq(name, str_of(axes[i]))) return str_of(axes[i]);
	return (struct str){NULL, 0};
}

static bool is_letter(unsigned char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_' || c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

size_t xpath_name_length(struct str text)
{
	if (!text.len || !is_letter((unsigned char)text.ptr[0])) return 0;
	size_t length = 1;
	while (length < text.len && (is_letter((unsigned char)text.ptr[length]) || is_digit(text.ptr[length]) ||
										text.ptr[length] == '-' || text.ptr[length] == '.'))
		length++;
	return length;
}

/* Behind the text in quotes that begins at `at`. */
static size_t literal_end(struct str text, size_t at)
{
	return at + 2 + str_find(str_skip(text, at + 1), text.ptr[at]);
}

size_t xpath_predicate_end(struct str text, size_t at)
{
	size_t depth = 0;
	while (at < text.len) {
		char c = text.ptr[at];
		if (c == '"' || c == '\'') {
			at = literal_end(text, at);
			continue;
		}
		if (c == '[') depth++;
		if (c == ']' && --depth == 0) return at + 1;
		at++;
	}
	return text.len + 1;
}

size_t xpath_branch_end(struct str text, size_t at)
{
	size_t depth = 0;
	while (at < text.len) {
		char c = text.ptr[at];
		if (c == '"' || c == '\'') {
			at = literal_end(text, at);
			continue;
		}
		if (c == '|' && depth == 0) return at;
		if (c == '[' || c == '(') depth++;
		if ((c == ']' || c == ')') && depth) depth--;
		at++;
	}
	return text.len;
}
