/* SPDX-License-Identifier: EUPL-1.2 */
/* Counts siblings from where it was the last time. */
#include "engine/schematron_sibling.h"

#include <stdlib.h>

#include "doc/hash.h"
#include "engine/schematron_index.h"

enum { MEMOS = 1024 }; /* parents and tests that are remembered at a time */

/* A name test with its prefix looked up. */
struct test {
	struct str local, uri; /* local "*": any; uri.ptr NULL: whatever namespace */
};

static struct test test_of(const struct siblings *siblings, struct str text)
{
	size_t colon = str_find(text, ':');
	if (colon == text.len) return (struct test){text, str_eq(text, STR("*")) ? (struct str){NULL, 0} : STR("")};
	struct test test = {str_skip(text, colon + 1), str_of((const char *)XML_XML_NAMESPACE)};
	for (uint32_t i = 0; i < siblings->namespace_count; i++)
		if (str_eq(siblings->namespaces[i].prefix, (struct str){text.ptr, colon}))
			test.uri = siblings->namespaces[i].uri;
	return test;
}

static bool fits(const struct test *test, const xmlNode *node)
{
	if (node->type != XML_ELEMENT_NODE) return false;
	if (!str_eq(test->local, STR("*")) && !str_eq(test->local, str_of((const char *)node->name))) return false;
	struct str uri = node->ns && node->ns->href ? str_of((const char *)node->ns->href) : STR("");
	return !test->uri.ptr || str_eq(test->uri, uri);
}

/* How many match from `from` up to `to`, and how many nodes there are. */
static uint64_t count_between(const struct test *test, const xmlNode *from, const xmlNode *to, uint64_t *walked)
{
	uint64_t found = 0;
	for (; from && from != to; from = from->next, ++*walked)
		found += fits(test, from);
	return found;
}

/* By the number of the parent, so that what is remembered, and with that the count of work, is the same every time. */
static struct sibling_memo *memo_of(
		struct siblings *siblings, const xmlNode *parent, const char *text, const struct test *test, uint64_t *walked)
{
	if (!siblings->memos) {
		siblings->memos = mem_resize(NULL, MEMOS, sizeof *siblings->memos);
		memset(siblings->memos, 0, MEMOS * sizeof *siblings->memos);
	}
	uint64_t slot = hash_bytes(str_of(text), index_number(parent)) % MEMOS;
	struct sibling_memo *memo = &siblings->memos[slot];
	if (memo->parent == parent && strcmp(memo->test, text) == 0) return memo;
	*memo = (struct sibling_memo){.parent = parent, .at = parent->children};
	memcpy(memo->test, text, strlen(text));
	memo->all = count_between(test, parent->children, NULL, walked);
	return memo;
}

/* To `node`, from where it was or from the start, whatever is in between. */
static void move(struct sibling_memo *memo, const struct test *test, const xmlNode *node, uint64_t *walked)
{
	bool numbered = index_number(node) && memo->at && index_number(memo->at);
	if (numbered && index_number(node) >= index_number(memo->at))
		memo->before += count_between(test, memo->at, node, walked);
	else if (numbered)
		memo->before -= count_between(test, node, memo->at, walked);
	else
		memo->before = count_between(test, memo->parent->children, node, walked);
	memo->at = node;
}

uint64_t sibling_count(struct siblings *siblings, char kind, const char *text, const xmlNode *node, uint64_t *walked)
{
	bool attribute = node->type == XML_ATTRIBUTE_NODE;
	if (node->type == XML_NAMESPACE_DECL || node->type == XML_DOCUMENT_NODE || !node->parent) return 0;
	if (attribute && kind != 'a') return 0;
	struct test test = test_of(siblings, str_of(text));
	struct sibling_memo *memo = memo_of(siblings, node->parent, text, &test, walked);
	if (kind == 'a') return memo->all;
	move(memo, &test, node, walked);
	return kind == 'b' ? memo->before : memo->all - memo->before - fits(&test, node);
}

void sibling_forget(struct siblings *siblings)
{
	if (siblings->memos) memset(siblings->memos, 0, MEMOS * sizeof *siblings->memos);
}
