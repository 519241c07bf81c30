/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSONPath Compliance Test Suite: every selector, its nodelist, its normalized paths, every invalid selector. */
#include <stdio.h>
#include <stdlib.h>

#include "doc/doc.h"
#include "engine/jsonpath.h"

enum { MOST_NODES = 10000, TEXT_BYTES = 1 << 20 };

struct found {
	const struct node *nodes[MOST_NODES];
	char *paths[MOST_NODES];
	uint32_t count;
};

/* Section 2.7: single quotes, and only the escapes that are needed. */
static void add_name(struct strbuf *buf, struct str name)
{
	static const char letters[] = "bfnrt'\\", values[] = "\b\f\n\r\t'\\";
	strbuf_add(buf, STR("['"));
	for (size_t i = 0; i < name.len; i++) {
		const char *special = name.ptr[i] ? strchr(values, name.ptr[i]) : NULL;
		if (special)
			strbuf_printf(buf, "\\%c", letters[special - values]);
		else if ((unsigned char)name.ptr[i] < ' ')
			strbuf_printf(buf, "\\u%04x", name.ptr[i]);
		else
			strbuf_add_char(buf, name.ptr[i]);
	}
	strbuf_add(buf, STR("']"));
}

static void add_path(struct strbuf *buf, const struct step *step)
{
	if (!step->up) {
		strbuf_add_char(buf, '$');
		return;
	}
	add_path(buf, step->up);
	if (step->key.ptr)
		add_name(buf, step->key);
	else
		strbuf_printf(buf, "[%u]", step->index);
}

static bool collect(void *context, uint32_t path, const struct match *match)
{
	struct found *found = context;
	struct strbuf buf;
	(void)path;
	if (found->count == MOST_NODES) return false;
	strbuf_init(&buf, TEXT_BYTES);
	add_path(&buf, match->where);
	found->nodes[found->count] = match->where->node;
	found->paths[found->count++] = buf.ptr;
	return true;
}

static bool same_nodes(const struct found *found, const struct node *result)
{
	if (node_count(result) != found->count) return false;
	for (uint32_t i = 0; i < found->count; i++)
		if (!node_equal(found->nodes[i], node_at(result, i))) return false;
	return true;
}

static bool same_paths(const struct found *found, const struct node *paths)
{
	if (!paths) return true;
	if (node_count(paths) != found->count) return false;
	for (uint32_t i = 0; i < found->count; i++)
		if (!str_eq(str_of(found->paths[i]), node_text(node_at(paths, i)))) return false;
	return true;
}

/* `result` with `result_paths`, or any of `results` with `results_paths`. */
static bool as_expected(const struct node *test, const struct found *found)
{
	const struct node *results = node_member(test, STR("results"));
	const struct node *paths = node_member(test, STR("results_paths"));
	if (!results)
		return same_nodes(found, node_member(test, STR("result"))) &&
			   same_paths(found, node_member(test, STR("result_paths")));
	for (uint32_t i = 0; i < results->len; i++)
		if (same_nodes(found, node_at(results, i)) && same_paths(found, node_at(paths, i))) return true;
	return false;
}

static bool run_valid(const struct doc *doc, const struct node *test, const struct jsonpath *path)
{
	struct found *found = calloc(1, sizeof *found);
	struct view view = {doc, NULL};
	const struct node *document = node_member(test, STR("document"));
	struct step root = {.node = document, .held = document};
	struct jsonpath_report report = {0};
	if (!found) return false;
	jsonpath_select(path, &view, &root, collect, found, &report);
	bool good = as_expected(test, found) && !report.undecided;
	for (uint32_t i = 0; i < found->count; i++)
		free(found->paths[i]);
	free(found);
	return good;
}

static bool run(const struct doc *doc, const struct node *test)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	const struct node *invalid = node_member(test, STR("invalid_selector"));
	struct jsonpath *path = jsonpath_compile(arena, node_string_member(test, STR("selector")), JSONPATH_RFC9535, &err);
	bool wanted = !invalid || invalid->kind != NODE_TRUE;
	bool good = wanted ? path && run_valid(doc, test, path) : !path && err.code == ERR_RULES;
	arena_free(arena);
	return good;
}

int main(void)
{
	const char *shared = getenv("KEUR_SHARED");
	char file[4096];
	struct err err;
	struct arena *arena = arena_new();
	if (!shared) shared = "../shared";
	snprintf(file, sizeof file, "%s/suites/jsonpath/cts.json", shared);
	err_init(&err, arena);
	struct doc *doc = doc_open(file, &err);
	if (!doc) {
		printf("suite: jsonpath: skipped, no KEUR_SHARED at %s\n", shared);
		arena_free(arena);
		return 0;
	}
	const struct node *tests = node_member(doc->root, STR("tests"));
	uint32_t passed = 0, count = node_count(tests);
	for (uint32_t i = 0; i < count; i++) {
		const struct node *test = node_at(tests, i);
		bool good = run(doc, test);
		passed += good;
		if (!good) {
			printf("failed: %.*s: %.*s\n", STR_FMT(node_string_member(test, STR("name"))),
					STR_FMT(node_string_member(test, STR("selector"))));
		}
	}
	printf("suite: jsonpath: %u of %u passed, 0 skipped (tests/suites/jsonpath.skip)\n", passed, count);
	doc_close(doc);
	arena_free(arena);
	return passed == count ? 0 : 1;
}
