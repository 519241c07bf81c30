/* SPDX-License-Identifier: EUPL-1.2 */
/* Comparing runs: what is the same, what moved, what is new, and whether it got worse. */
#include "doc/pointer.h"
#include "report/compare.h"
#include "report/diff.h"
#include "reports.h"

#define HEAD "openapi: 3.0.3\ninfo: {title: T, contact: {name: x}}\n"

/* Two runs of the bench's rule set, read back, so that the second does not end the first. */
struct pair {
	struct run before, after;
	struct comparison *all;
};

static void judge(struct bench *bench, struct run *run, const char *name, const char *text)
{
	bench_judge(bench, name, text);
	if (!report_read_text(bench, run, report_write(bench, &bench->run, "json", LANG_EN)))
		fail_msg("%.*s", STR_FMT(bench->err.message.in[LANG_EN]));
}

static void compare(struct bench *bench, struct pair *pair, const char *before, const char *after)
{
	judge(bench, &pair->before, "a.yaml", before);
	judge(bench, &pair->after, "a.yaml", after);
	pair->all = compare_runs(bench->arena, &pair->before, &pair->after);
}

static void end(struct pair *pair)
{
	run_free(&pair->before);
	run_free(&pair->after);
}

static void expect_counts(
		const struct pair *pair, unsigned fresh, unsigned gone, unsigned same, unsigned moved, bool worse)
{
	assert_int_equal(pair->all->fresh_count, fresh);
	assert_int_equal(pair->all->gone_count, gone);
	assert_int_equal(pair->all->same_count, same);
	assert_int_equal(pair->all->moved_count, moved);
	assert_int_equal(pair->all->worse, worse);
}

static void test_same(void **state)
{
	struct bench *bench = *state;
	struct pair pair;
	compare(bench, &pair, HEAD "paths: {/A: {}, /B: {}}\n", HEAD "paths: {/A: {}, /B: {}}\n");
	expect_counts(&pair, 0, 0, 2, 0, false);
	assert_false(pair.all->subject || pair.all->rules || pair.all->engine);
	end(&pair);
}

/* Lines that come in between, and another order, make nothing new. */
static void test_lines_do_not_count(void **state)
{
	struct bench *bench = *state;
	struct pair pair;
	compare(bench, &pair, HEAD "paths: {/A: {}, /B: {}}\n", "# new\n# lines\n" HEAD "paths:\n  /B: {}\n  /A: {}\n");
	expect_counts(&pair, 0, 0, 2, 0, false);
	assert_true(pair.all->subject);
	end(&pair);
}

static void test_new_and_gone(void **state)
{
	struct bench *bench = *state;
	struct pair pair;
	compare(bench, &pair, HEAD "paths: {/A: {}, /B: {}}\n", HEAD "paths: {/A: {}, /C: {}, /D: {}}\n");
	expect_counts(&pair, 2, 1, 1, 0, true);
	assert_int_equal(pair.all->worse_count, 1);
	end(&pair);
	compare(bench, &pair, HEAD "paths: {/A: {}, /B: {}}\n", HEAD "paths: {/A: {}, /b: {}}\n");
	expect_counts(&pair, 0, 1, 1, 0, false);
	assert_int_equal(pair.all->better_count, 1);
	end(&pair);
	compare(bench, &pair, HEAD "paths: {/a: {}}\n", HEAD "paths: {/A: {}}\n");
	expect_counts(&pair, 1, 0, 0, 0, true);
	end(&pair);
	compare(bench, &pair, HEAD "paths: {/A: {}}\n", HEAD "paths: {/a: {}}\n");
	expect_counts(&pair, 0, 1, 0, 0, false);
	end(&pair);
}

/* What stands elsewhere and says the same moved; each has one partner. */
static void test_moved(void **state)
{
	struct bench *bench = *state;
	struct pair pair;
	judge(bench, &pair.before, "a.yaml", HEAD "paths: {/A: {}, /B: {}}\n");
	judge(bench, &pair.after, "a.yaml", HEAD "paths: {/A: {}, /B: {}}\n");
	struct requirement_result *result = &pair.after.targets[0].standards[0].requirements[2];
	assert_int_equal(result->finding_count, 2);
	result->findings[0].loc.pointer = STR("/elsewhere");
	pair.all = compare_runs(bench->arena, &pair.before, &pair.after);
	expect_counts(&pair, 0, 0, 2, 1, false);
	result->findings[0].found = STR("other");
	pair.all = compare_runs(bench->arena, &pair.before, &pair.after);
	expect_counts(&pair, 1, 1, 1, 0, true);
	/* The same twice on one side is one new one. */
	pair.after.targets[0].standards[0].requirements[2].findings[0] = result->findings[1];
	pair.all = compare_runs(bench->arena, &pair.before, &pair.after);
	assert_int_equal(pair.all->fresh_count + pair.all->moved_count, 1);
	end(&pair);
}

static void test_verdicts(void **state)
{
	struct bench *bench = *state;
	struct pair pair;
	compare(bench, &pair, HEAD "paths: {/a: {}}\n", HEAD "paths: {/a: {}}\n");
	struct standard_result *after = &pair.after.targets[0].standards[0];
	static const struct {
		struct verdict verdict;
		bool worse;
	} cases[] = {{{OUTCOME_ERROR, OBLIGATION_MUST, MODE_AUTOMATIC, DISPOSITION_NONE}, true},
			{{OUTCOME_NOT_TESTED, OBLIGATION_MUST, MODE_AUTOMATIC, DISPOSITION_NONE}, true},
			{{OUTCOME_NOT_TESTED, OBLIGATION_MUST, MODE_MANUAL, DISPOSITION_NONE}, false},
			{{OUTCOME_FAIL, OBLIGATION_MUST, MODE_AUTOMATIC, DISPOSITION_WAIVED}, false},
			{{OUTCOME_FAIL, OBLIGATION_SHOULD, MODE_AUTOMATIC, DISPOSITION_NONE}, true},
			{{OUTCOME_FAIL, OBLIGATION_MAY, MODE_AUTOMATIC, DISPOSITION_NONE}, false},
			{{OUTCOME_NOT_APPLICABLE, OBLIGATION_MUST, MODE_AUTOMATIC, DISPOSITION_NONE}, false}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		after->requirements[0].verdict = cases[i].verdict;
		pair.all = compare_runs(bench->arena, &pair.before, &pair.after);
		if (pair.all->worse != cases[i].worse) fail_msg("case %zu", i);
	}
	end(&pair);
}

/* What was judged and is no more is worse; another version of the rules is told, and by itself it is not. */
static void test_standards_and_targets(void **state)
{
	struct bench *bench = *state;
	struct pair pair;
	compare(bench, &pair, HEAD "paths: {/a: {}}\n", HEAD "paths: {/a: {}}\n");
	struct ruleset other = *pair.after.targets[0].standards[0].ruleset;
	other.version = STR("2");
	pair.after.targets[0].standards[0].ruleset = &other;
	pair.all = compare_runs(bench->arena, &pair.before, &pair.after);
	assert_true(pair.all->rules && !pair.all->worse);
	other.id = STR("other");
	pair.all = compare_runs(bench->arena, &pair.before, &pair.after);
	assert_true(pair.all->worse);
	pair.after.targets[0].skipped = true;
	pair.all = compare_runs(bench->arena, &pair.before, &pair.after);
	assert_true(pair.all->worse);
	pair.after.engine = STR("9.9.9");
	assert_true(compare_runs(bench->arena, &pair.before, &pair.after)->engine);
	end(&pair);
}

static void test_pairing_of_targets(void **state)
{
	struct bench *bench = *state;
	struct target_result before[] = {{.path = STR("a")}, {.path = STR("b"), .product = {.name = STR("P")}},
			{.path = STR("c"), .skipped = true}, {.path = STR("d")}};
	struct target_result after[] = {
			{.path = STR("x"), .product = {.name = STR("P")}}, {.path = STR("a")}, {.path = STR("e")}};
	struct run one = {.targets = before, .target_count = 4}, other = {.targets = after, .target_count = 3};
	struct comparison *all = compare_runs(bench->arena, &one, &other);
	assert_int_equal(all->target_count, 4);
	assert_ptr_equal(all->targets[0].before, &before[1]);
	assert_ptr_equal(all->targets[1].before, &before[0]);
	assert_null(all->targets[2].before);
	assert_ptr_equal(all->targets[3].before, &before[3]);
	assert_null(all->targets[3].after);
}

static void test_written(void **state)
{
	struct bench *bench = *state;
	struct pair pair;
	compare(bench, &pair, HEAD "paths: {/a: {}}\n", HEAD "paths: {\"/A\\e[2J\": {}}\n");
	struct strbuf out;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct page page = {&out, (enum lang)lang, false};
		strbuf_init(&out, 1 << 20);
		diff_text(&page, pair.all, false);
		assert_true(has(strbuf_str(&out), lang == LANG_NL ? "het is slechter geworden" : "it got worse"));
		assert_true(has(strbuf_str(&out), "demo/lower"));
		assert_false(has(strbuf_str(&out), "\x1B"));
		strbuf_release(&out);
	}
	strbuf_init(&out, 1 << 20);
	assert_true(diff_json(pair.all, &out, &bench->err));
	struct doc *doc = doc_of(STR("d.json"), strbuf_str(&out), &bench->err);
	assert_non_null(doc);
	assert_int_equal(node_member(doc->root, STR("worse"))->kind, NODE_TRUE);
	assert_true(str_eq(
			node_text(pointer_get(doc->root, STR("/targets/0/standards/0/requirements/0/id"))), STR("demo/lower")));
	doc_close(doc);
	strbuf_release(&out);
	strbuf_init(&out, 50);
	err_init(&bench->err, bench->arena);
	assert_false(diff_json(pair.all, &out, &bench->err));
	assert_int_equal(bench->err.code, ERR_LIMIT);
	strbuf_release(&out);
	end(&pair);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
	const struct CMUnitTest tests[] = {T(test_same), T(test_lines_do_not_count), T(test_new_and_gone), T(test_moved),
			T(test_verdicts), T(test_standards_and_targets), T(test_pairing_of_targets), T(test_written)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
