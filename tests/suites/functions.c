/* SPDX-License-Identifier: EUPL-1.2 */
/* Spectral's own tests of its core functions: results by path and message, options that have to be refused. */
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "base/limits.h"
#include "doc/doc.h"
#include "doc/pointer.h"
#include "engine/function.h"
#include "skips.h"

/* Results of one case, as they come in. */
struct results {
	struct violation_sink sink;
	struct arena *arena;
	const struct node *expected;
	uint32_t count;
	bool wrong;
};

static const struct node *member(const struct node *object, const char *name)
{
	return node_member(object, str_of(name));
}

/* Is the pointer `below` the path, a list of strings and numbers? The subject's own path is `own` elements of it. */
static bool is_path(const struct node *path, uint32_t own, struct str below, struct arena *arena)
{
	struct str token;
	uint32_t i = own;
	for (; pointer_next(&below, arena, &token); i++)
		if (i >= path->len || !str_eq(node_text(&path->children[i]), token)) return false;
	return i == path->len || (own > 0 && path->len < i); /* Spectral reports the closest place that is there */
}

static void on_violation(struct violation_sink *sink, const struct violation *violation)
{
	struct results *results = (struct results *)sink;
	const struct node *expected = node_at(results->expected, results->count++);
	struct str message = violation->message.in[LANG_EN];
	bool right = expected && str_eq(message, node_string_member(expected, STR("message"))) &&
				 is_path(member(expected, "path"), 0, violation->below, results->arena) &&
				 violation->message.in[LANG_NL].len > 0;
	if (!right) printf("\tgot %.*s: %.*s\n", STR_FMT(violation->below), STR_FMT(message));
	results->wrong |= !right;
}

/* The document of a case: `input` itself, or the text in `input.$source`. */
static struct doc *open_input(const struct doc *file, const struct node *test)
{
	struct err err;
	err_init(&err, file->arena);
	const struct node *input = member(test, "input");
	struct str source = node_string_member(input, STR("$source"));
	if (source.ptr) return doc_of(STR("input.yaml"), source, &err);
	if (!input) return doc_of(STR("input.json"), STR("{}"), &err);
	struct str bytes = {file->source->bytes.ptr + input->start, input->end - input->start};
	return doc_of(STR("input.json"), bytes, &err);
}

/* `rule.then.field`, of which the tests use a plain name only. */
static struct step subject_place(const struct view *view, const struct node *test, struct step *root)
{
	struct str field = node_string_member(member(member(test, "rule"), "then"), STR("field"));
	*root = step_root(view);
	if (!field.ptr) return *root;
	const struct node *child = node_member(root->node, field);
	return child ? step_child(view, root, child, 0) : step_missing(root, field);
}

static bool run_results(const struct function *function, const void *compiled, const struct doc *file,
		const struct node *test, struct arena *arena)
{
	struct doc *doc = open_input(file, test);
	if (!doc) return false;
	struct view view = {doc, refs_new(arena, doc)};
	struct step root;
	struct step where = subject_place(&view, test, &root);
	bool defined = member(test, "input") != NULL;
	struct subject subject = {.view = &view, .value = defined ? where.node : NULL, .where = &where, .arena = arena};
	subject.refs = view.refs;
	struct results results = {.sink = {on_violation}, .arena = arena, .expected = member(test, "results")};
	struct err err;
	err_init(&err, arena);
	enum function_result result = function->evaluate(compiled, &subject, &results.sink, &err);
	bool right = result == FUNCTION_DONE && !results.wrong && results.count == node_count(results.expected);
	if (!right) printf("\t%u results\n", results.count);
	doc_close(doc);
	return right;
}

/* The options; a `$regex` stands for a RegExp, which is the same as its text. */
static struct node *read_options(const struct node *test, struct arena *arena)
{
	const struct node *options = member(test, "options");
	if (!options) return NULL;
	struct node *copy = (struct node *)arena_copy(arena, options, sizeof *options);
	if (options->kind != NODE_OBJECT) return copy;
	struct node *children = (struct node *)arena_copy(arena, options->children, options->len * sizeof *children);
	for (uint32_t i = 0; i < options->len; i++) {
		const struct node *regex = node_member(&children[i], STR("$regex"));
		if (!regex) continue;
		children[i].kind = NODE_STRING;
		children[i].text = regex->text;
		children[i].len = regex->len;
	}
	copy->children = children;
	return copy;
}

static bool run_case(const struct doc *file, struct arena *arena)
{
	const struct node *test = file->root;
	const struct function *function = function_find(node_string_member(test, STR("function")));
	if (!function) return false;
	struct err err;
	err_init(&err, arena);
	void *compiled = NULL;
	bool accepted = function->compile(arena, file->source, read_options(test, arena), &compiled, &err);
	if (member(test, "optionErrors"))
		return !accepted && err.code == ERR_RULES && err.loc.line == 1 && err.message.in[LANG_NL].len > 0;
	if (!accepted) printf("\toptions refused: %.*s\n", STR_FMT(err.message.in[LANG_EN]));
	return accepted && run_results(function, compiled, file, test, arena);
}

/* Runs the case on one line. */
static bool run_line(struct str line)
{
	struct err err;
	struct arena *arena = arena_new();
	err_init(&err, arena);
	struct doc *file = doc_of(STR("case"), line, &err);
	bool right = file && run_case(file, arena);
	arena_free(arena);
	doc_close(file);
	return right;
}

int main(void)
{
	const char *shared = getenv("KEUR_SHARED");
	struct arena *arena = arena_new();
	struct str path = str_printf(arena, "%s/suites/spectral/functions.jsonl", shared ? shared : "../shared");
	struct err err;
	struct str text;
	unsigned total = 0, passed = 0, skipped = 0;
	err_init(&err, arena);
	if (!io_read(arena, path.ptr, LIMIT_DOCUMENT_BYTES, &text, &err)) {
		printf("suite: functions: skipped, no KEUR_SHARED at %s\n", path.ptr);
		arena_free(arena);
		return 0;
	}
	struct skips skips = skips_read(arena, "tests/suites/functions.skip");
	while (text.len > 0) {
		struct str line = {text.ptr, str_find(text, '\n')};
		text = str_skip(text, line.len + 1);
		if (line.len == 0) continue;
		struct str id = str_printf(arena, "%u", ++total);
		bool right = run_line(line);
		bool listed = skips_has(&skips, id);
		passed += right && !listed;
		skipped += !right && listed;
		if (right == listed) printf("case %u %s\n", total, listed ? "passes, yet is listed" : "fails");
	}
	printf("suite: functions: %u of %u passed, %u skipped (tests/suites/functions.skip)\n", passed, total, skipped);
	arena_free(arena);
	return passed + skipped != total;
}
