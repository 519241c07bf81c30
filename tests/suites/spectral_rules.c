/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Spectral's own test cases of its OpenAPI and AsyncAPI rules: the built-in rule set with one rule on, one document,
 * and what Spectral 6.16.3 says of it.
 */
#include "verdict.h"

#include "base/io.h"
#include "skips.h"

struct suite {
	struct skips skips;
	const char *folder; /* for rule sets */
	const char *base;   /* the built-in rule set of the case */
	struct str rule;
	unsigned number; /* of the case among those of its rule */
	unsigned passed, failed, skipped, total;
};

static struct str line_of(struct arena *arena, struct str code, int severity, struct str pointer, struct str message)
{
	return str_printf(
			arena, "%.*s severity %d at \"%.*s\": %.*s", STR_FMT(code), severity, STR_FMT(pointer), STR_FMT(message));
}

static void expected_lines(struct arena *arena, const struct node *actual, struct lines *lines)
{
	for (uint32_t i = 0; i < node_count(actual); i++) {
		const struct node *result = &actual->children[i];
		*vec_push(lines) = line_of(arena, node_string_member(result, STR("code")),
				(int)node_double(node_member(result, STR("severity"))),
				pointer_of_path(arena, node_member(result, STR("path"))), node_string_member(result, STR("message")));
	}
}

static const struct spectral *load(const struct suite *suite, struct arena *arena, struct err *err)
{
	struct str text = str_printf(
			arena, "extends: [['spectral:%s', 'off']]\nrules:\n  '%.*s': true\n", suite->base, STR_FMT(suite->rule));
	const char *path = file_of(arena, suite->folder, "ruleset.yaml", text);
	struct spectral_options options = spectral_parity();
	if (!path) err_set(err, ERR_IO, (struct loc){0}, "cannot write the rule set", "kan de regelset niet schrijven");
	return path ? spectral_load(arena, path, &options, err) : NULL;
}

static struct doc *document(const struct doc *line, const struct node *node, struct err *err)
{
	struct str text = node_string_member(node, STR("$source"));
	if (!text.ptr) text = (struct str){line->source->bytes.ptr + node->start, node->end - node->start};
	return doc_of(STR("document.json"), text, err);
}

/*
 * The documents of the cases have no file name, and of those Spectral gives the way to a result through the `$ref`
 * itself; keur knows both ends of it.
 */
static struct str nameless_place(struct arena *arena, const struct doc *doc, const struct result *result)
{
	const struct node *holder = result->referrer_doc == doc ? pointer_get(doc->root, result->referrer_pointer) : NULL;
	struct str target, fragment = str_skip(node_string_member(holder, STR("$ref")), 1);
	if (!holder || !pointer_decode_fragment(fragment, arena, &target) || !str_starts(result->pointer, target))
		return result->pointer;
	return str_printf(
			arena, "%.*s%.*s", STR_FMT(result->referrer_pointer), STR_FMT(str_skip(result->pointer, target.len)));
}

static void differs(void *context, struct str line, char side)
{
	struct strbuf *report = context;
	strbuf_printf(report, "  %c %.*s\n", side, STR_FMT(line));
}

enum outcome { PASSED, FAILED };

static enum outcome run_case(
		const struct suite *suite, struct arena *arena, const struct doc *line, struct strbuf *report, struct err *err)
{
	const struct spectral *spectral = load(suite, arena, err);
	if (!spectral) return FAILED;
	uint32_t count;
	const struct spectral_rule *rules = spectral_rules(spectral, &count);
	if (count != 1) return FAILED;
	struct doc *doc = document(line, node_member(line->root, STR("document")), err);
	if (!doc) return FAILED;
	arena_on_free(arena, close_document, doc);
	struct facts run;
	spectral_check(spectral, refs_new(arena, doc), arena, &run);
	struct lines actual = {0}, expected = {0};
	for (uint32_t i = 0; i < run.result_count; i++)
		*vec_push(&actual) = line_of(arena, rules[run.results[i].rule].name, (int)run.results[i].severity,
				nameless_place(arena, doc, &run.results[i]), run.results[i].message.in[LANG_EN]);
	expected_lines(arena, node_member(line->root, STR("actual")), &expected);
	size_t wanted = expected.count;
	bool same = lines_match(&actual, &expected, differs, report) == wanted && actual.count == wanted;
	if (run.items[0].undecided) strbuf_printf(report, "  undecided: %s\n", run.items[0].why.in[LANG_EN].ptr);
	vec_release(&actual);
	vec_release(&expected);
	return same && !run.items[0].undecided ? PASSED : FAILED;
}

static void judge(struct suite *suite, struct arena *arena, const struct doc *line)
{
	struct str rule = node_string_member(line->root, STR("rule"));
	suite->number = str_eq(rule, suite->rule) ? suite->number + 1 : 1;
	suite->rule = rule;
	struct str id = str_printf(arena, "%.*s/%u", STR_FMT(rule), suite->number);
	struct err err;
	struct strbuf report;
	err_init(&err, arena);
	strbuf_init(&report, LIMIT_MESSAGE_BYTES);
	const struct node *actual = node_member(line->root, STR("actual"));
	enum outcome outcome = actual->kind == NODE_ARRAY ? run_case(suite, arena, line, &report, &err) : FAILED;
	bool listed = skips_has(&suite->skips, id);
	suite->total++;
	suite->passed += outcome == PASSED && !listed;
	suite->skipped += outcome == FAILED && listed;
	if ((outcome == PASSED) == listed) {
		suite->failed++;
		printf("%.*s (%.*s)%s: %.*s\n%.*s", STR_FMT(id), STR_FMT(node_string_member(line->root, STR("name"))),
				listed ? " passes, yet listed" : "", STR_FMT(err.message.in[LANG_EN]), STR_FMT(strbuf_str(&report)));
	}
	strbuf_release(&report);
}

static void run_line(struct suite *suite, struct arena *kept, struct str text)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *line = doc_of(STR("case.json"), text, &err);
	struct str file = line ? node_string_member(line->root, STR("file")) : (struct str){NULL, 0};
	static const char *const bases[] = {"oas", "asyncapi"};
	for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
		suite->base = bases[i];
		struct str folder = str_printf(arena, "rulesets/src/%s/", bases[i]);
		if (str_starts(file, folder)) judge(suite, arena, line);
	}
	suite->rule = str_copy(kept, suite->rule);
	arena_free(arena);
	doc_close(line);
}

int main(void)
{
	struct arena *arena = arena_new();
	struct err err;
	struct str text;
	err_init(&err, arena);
	const char *path = str_printf(arena, "%s/suites/spectral/rules.verified.jsonl", suite_folder()).ptr;
	if (!io_read(arena, path, LIMIT_DOCUMENT_BYTES, &text, &err)) {
		printf("suite: spectral-rules: skipped, no KEUR_SHARED at %s\n", path);
		arena_free(arena);
		return 0;
	}
	char folder[] = "/tmp/keur-rules-XXXXXX";
	struct suite suite = {.folder = mkdtemp(folder), .skips = skips_read(arena, "tests/suites/spectral_rules.skip")};
	while (text.len > 0) {
		struct str line = {text.ptr, str_find(text, '\n')};
		text = str_skip(text, line.len + 1);
		run_line(&suite, arena, line);
	}
	unlink(str_printf(arena, "%s/ruleset.yaml", folder).ptr);
	rmdir(folder);
	printf("suite: spectral-rules: %u of %u passed, %u skipped (tests/suites/spectral_rules.skip)\n", suite.passed,
			suite.total, suite.skipped);
	arena_free(arena);
	return suite.failed > 0;
}
