/* SPDX-License-Identifier: EUPL-1.2 */
/* Judging: outcomes, pre-flight, folders, parallel runs. */
#include "../rule/bench.h"

#include "base/limits.h"

#define HEAD "openapi: 3.0.3\ninfo: {title: T, contact: {name: x}}\n"

static enum outcome outcome_of(const struct target_result *target, uint32_t index)
{
	return target->standards[0].requirements[index].verdict.outcome;
}

static void test_conformant(void **state)
{
	const struct target_result *target = bench_judge(*state, "a.yaml", HEAD "paths: {/a: {}}\n");
	assert_int_equal(target->decision, DECISION_CONFORMANT);
	assert_int_equal(outcome_of(target, 0), OUTCOME_PASS);
	assert_int_equal(outcome_of(target, 3), OUTCOME_NOT_TESTED);
	assert_true(str_eq(target->standards[0].requirements[3].reason.in[LANG_EN], STR("Needs a human.")));
	assert_true(str_eq(target->kind, STR("openapi")) && str_eq(target->kind_version, STR("3.0.3")));
	assert_int_equal(target->document_count, 1);
	assert_int_equal(strlen(target->documents[0].digest.hex), 64);
	assert_true(target->standards[0].score.known);
	assert_int_equal(target->standards[0].score.value, 100);
	assert_int_equal(target->standards[0].coverage.automatic, 3);
	assert_int_equal(target->standards[0].coverage.not_tested, 1);
}

static void test_failures_have_places(void **state)
{
	const struct target_result *target = bench_judge(
			*state, "a.yaml", "openapi: 3.0.3\ninfo: {title: T}\npaths:\n  /OK: {}\n  /B: {}\n  /c: {}\n");
	const struct requirement_result *lower = &target->standards[0].requirements[2];
	assert_int_equal(target->decision, DECISION_NON_CONFORMANT);
	assert_int_equal(lower->verdict.outcome, OUTCOME_FAIL);
	assert_int_equal(lower->finding_count, 2);
	assert_int_equal(lower->findings[0].loc.line, 4);
	assert_int_equal(lower->findings[0].loc.column, 3);
	assert_true(str_eq(lower->findings[1].loc.pointer, STR("/paths/~1B")));
	assert_true(str_eq(lower->findings[1].excerpt.text, STR("  /B: {}")));
	assert_int_equal(lower->findings[1].excerpt.start, 2);
	assert_int_equal(lower->findings[1].excerpt.length, 2);
	assert_true(str_eq(lower->findings[0].check, STR("document#lower")));
	assert_int_equal(outcome_of(target, 1), OUTCOME_FAIL);
	/* Of the three groups two fail: in a group a warning counts as well as an error. */
	assert_int_equal(target->standards[0].score.value, 33);
}

static void test_should_alone_does_not_decide(void **state)
{
	const struct target_result *target = bench_judge(
			*state, "a.yaml", "openapi: 3.0.3\ninfo: {title: T}\npaths: {/a: {}}\n");
	assert_int_equal(outcome_of(target, 1), OUTCOME_FAIL);
	assert_int_equal(target->decision, DECISION_CONFORMANT);
}

static void test_not_applicable(void **state)
{
	const struct target_result *target = bench_judge(*state, "a.yaml", HEAD "paths: {}\n");
	assert_int_equal(outcome_of(target, 2), OUTCOME_NOT_APPLICABLE);
	assert_true(target->standards[0].requirements[2].reason.in[LANG_NL].len > 0);
	assert_int_equal(target->decision, DECISION_CONFORMANT);
	target = bench_judge(*state, "b.yaml", "openapi: 3.0.3\npaths: {}\n");
	assert_int_equal(target->decision, DECISION_UNDETERMINED); /* nothing was tested */
}

static void test_unfollowed_reference(void **state)
{
	const struct target_result *target = bench_judge(
			*state, "a.yaml", HEAD "paths: {/a: {get: {$ref: 'https://x.nl/y#/z'}}}\n");
	assert_int_equal(target->preflight_count, 1);
	assert_int_equal(target->preflight[0].kind, PREFLIGHT_REMOTE_REF);
	assert_int_equal(outcome_of(target, 0), OUTCOME_PASS); /* follows-references: false */
	assert_int_equal(outcome_of(target, 2), OUTCOME_INCONCLUSIVE);
	assert_int_equal(target->decision, DECISION_UNDETERMINED);
	target = bench_judge(*state, "b.yaml", HEAD "paths: {/A: {get: {$ref: '#/nowhere'}}}\n");
	assert_int_equal(target->preflight[0].kind, PREFLIGHT_DANGLING_REF);
	assert_int_equal(outcome_of(target, 2), OUTCOME_FAIL);
	assert_int_equal(target->decision, DECISION_NON_CONFORMANT);
}

static void test_reference_faults_violate(void **state)
{
	struct bench *bench = *state;
	const struct requirement_result *title;
	bench->made->requirements[0].resolves = true;
	const struct target_result *target = bench_judge(bench, "a.yaml",
			HEAD "paths: {/a: {get: {$ref: '#/nowhere'}, put: {$ref: '#y'}}}\ntags: {$ref: '#/tags'}\n");
	title = &target->standards[0].requirements[0];
	assert_int_equal(target->preflight_count, 0);
	assert_int_equal(title->verdict.outcome, OUTCOME_FAIL);
	assert_int_equal(title->finding_count, 3);
	assert_int_equal(title->violations, 3);
	assert_true(str_eq(title->findings[0].check, STR(REFERENCES_CHECK)));
	assert_true(str_eq(title->findings[0].loc.pointer, STR("/paths/~1a/get/$ref")));
	assert_int_equal(title->findings[0].loc.line, 3);
	assert_true(title->findings[0].excerpt.text.len > 0);
	assert_int_equal(target->decision, DECISION_NON_CONFORMANT);
	/* The others did not see all. */
	assert_int_equal(outcome_of(target, 2), OUTCOME_INCONCLUSIVE);
	assert_true(str_ends(target->standards[0].requirements[2].reason.in[LANG_EN], STR("lead nowhere (see title)")));
	/* What another host has is not the document's fault. */
	target = bench_judge(bench, "b.yaml", HEAD "paths: {/a: {get: {$ref: 'https://x.nl/y#/z'}}}\n");
	assert_int_equal(target->preflight_count, 1);
	assert_int_equal(outcome_of(target, 0), OUTCOME_PASS);
	target = bench_judge(bench, "c.yaml", HEAD "paths: {/a: {get: {$ref: '#/paths'}}}\n");
	assert_int_equal(outcome_of(target, 0), OUTCOME_PASS);
	assert_int_equal(outcome_of(target, 2), OUTCOME_PASS);
}

static void test_many_reference_faults_are_cut(void **state)
{
	struct bench *bench = *state;
	struct strbuf text;
	bench->made->requirements[0].resolves = true;
	strbuf_init(&text, (size_t)1 << 24);
	strbuf_add(&text, STR(HEAD "paths: {}\ntags:\n"));
	for (int i = 0; i < LIMIT_RESULTS_PER_RULE + 1; i++)
		strbuf_add(&text, STR("- {$ref: '#/nowhere'}\n"));
	const struct target_result *target = bench_judge(bench, "a.yaml", text.ptr);
	const struct requirement_result *title = &target->standards[0].requirements[0];
	assert_int_equal(title->finding_count, LIMIT_RESULTS_PER_RULE);
	assert_int_equal(title->violations, LIMIT_RESULTS_PER_RULE + 1);
	assert_true(title->cut);
	strbuf_release(&text);
}

/* Of two values for one key, readers differ in which one they take, wherever the key stands. */
static void test_duplicate_key_in_other_file(void **state)
{
	struct bench *bench = *state;
	bench_file(bench, "info.yaml", "info:\n  title: x\n  title: y\n");
	const struct target_result *target = bench_judge(
			bench, "a.yaml", "openapi: 3.0.3\ninfo: {$ref: 'info.yaml#/info'}\npaths: {/a: {}}\n");
	assert_int_equal(target->preflight_count, 1);
	assert_int_equal(target->preflight[0].kind, PREFLIGHT_DUPLICATE_KEY);
	assert_true(str_ends(target->preflight[0].loc.file, STR("/info.yaml")));
	assert_int_equal(target->decision, DECISION_UNDETERMINED);
}

/* Notes must not push a duplicate key out of sight. */
static void test_duplicate_key_behind_many_notes(void **state)
{
	struct bench *bench = *state;
	struct strbuf text;
	strbuf_init(&text, (size_t)1 << 24);
	strbuf_add(&text, STR(HEAD "x-a:\n"));
	for (int i = 0; i < LIMIT_DIAGNOSTICS + 1; i++)
		strbuf_printf(&text, "  %d: a\n", i);
	struct str notes_only = str_copy(bench->arena, strbuf_str(&text));
	strbuf_add(&text, STR("paths: {/a: {}, /a: {}}\n"));
	assert_int_equal(bench_judge(bench, "a.yaml", text.ptr)->decision, DECISION_UNDETERMINED);
	assert_true(bench_judge(bench, "a.yaml", text.ptr)->blocked);
	assert_false(bench_judge(bench, "b.yaml", notes_only.ptr)->blocked);
	strbuf_release(&text);
}

static void test_reference_to_file(void **state)
{
	struct bench *bench = *state;
	bench_file(bench, "info.yaml", "x: 1\ninfo:\n  contact: {name: x}\n");
	const struct target_result *target = bench_judge(
			bench, "a.yaml", "openapi: 3.0.3\ninfo: {$ref: 'info.yaml#/info'}\npaths: {/a: {}}\n");
	const struct requirement_result *title = &target->standards[0].requirements[0];
	assert_int_equal(target->document_count, 2);
	assert_int_equal(title->verdict.outcome, OUTCOME_FAIL);
	assert_true(str_ends(title->findings[0].loc.file, STR("/info.yaml")));
	assert_true(str_ends(title->findings[0].referrer.file, STR("/a.yaml")));
	assert_int_equal(title->findings[0].referrer.line, 2);
}

static void test_blocking(void **state)
{
	static const struct {
		const char *name, *text;
		enum preflight_kind kind;
	} cases[] = {
			{"dup.yaml", "openapi: 3.0.3\ninfo: {title: a, title: b}\npaths: {}\n", PREFLIGHT_DUPLICATE_KEY},
			{"dup.json", "{\"openapi\": \"3.0.3\", \"openapi\": \"3.0.3\"}", PREFLIGHT_DUPLICATE_KEY},
			{"comma.json", "{\"openapi\": \"3.0.3\", \"info\": {},}", PREFLIGHT_NOT_JSON},
			{"bad.yaml", "openapi: [\n", PREFLIGHT_NOT_WELL_FORMED},
			{"bad.json", "{\"openapi\": ]", PREFLIGHT_NOT_WELL_FORMED},
			{"other.yaml", "a: 1\n", PREFLIGHT_NOT_OPENAPI},
			{"list.yaml", "- 1\n", PREFLIGHT_NOT_OPENAPI},
			{"service.yaml", "keur: 1\n", PREFLIGHT_UNSUPPORTED},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct target_result *target = bench_judge(*state, cases[i].name, cases[i].text);
		assert_true(target->blocked);
		assert_int_equal(target->preflight[0].kind, cases[i].kind);
		assert_int_equal(target->decision, DECISION_UNDETERMINED);
		for (uint32_t j = 0; j < 4; j++)
			assert_int_equal(outcome_of(target, j), OUTCOME_NOT_TESTED);
	}
	const struct target_result *target = bench_judge(*state, "bad.yaml", "openapi: x\n\tq: [\n");
	assert_int_equal(target->preflight[0].loc.line, 2);
	assert_true(target->preflight[0].excerpt.text.len > 0);
}

static void test_missing_does_not_stop_others(void **state)
{
	struct bench *bench = *state;
	const char *targets[] = {"/nonexistent/x.yaml", bench_file(bench, "a.yaml", HEAD "paths: {/a: {}}\n").ptr};
	bench_run(bench, targets, 2, 2);
	assert_int_equal(bench->run.targets[0].preflight[0].kind, PREFLIGHT_UNREADABLE);
	assert_int_equal(bench->run.targets[1].decision, DECISION_CONFORMANT);
	assert_int_equal(bench->run.decision, DECISION_UNDETERMINED);
}

static void test_description_without_version_is_judged(void **state)
{
	const struct target_result *target = bench_judge(*state, "a.yaml", "info: {}\npaths: {/a: {}}\n");
	assert_false(target->blocked);
	assert_int_equal(target->decision, DECISION_NON_CONFORMANT);
}

static void test_notes(void **state)
{
	const struct target_result *target = bench_judge(
			*state, "a.yaml", HEAD "paths: {/a: {get: {responses: {200: {}}}}}\n");
	assert_int_equal(target->preflight[0].kind, PREFLIGHT_KEY_NOT_STRING);
	assert_int_equal(target->preflight[0].level, LEVEL_NOTE);
	assert_int_equal(target->decision, DECISION_CONFORMANT);
}

static void test_folder(void **state)
{
	struct bench *bench = *state;
	const char *folder = str_printf(bench->arena, "%s/f", bench->root).ptr;
	bench_folder(bench, "f");
	bench_folder(bench, "f/sub");
	bench_file(bench, "f/notes.txt", "openapi: 3.0.3\n");
	bench_file(bench, "f/chart.yaml", "{{ x }}: [\n");
	bench_run(bench, &folder, 1, 1);
	assert_int_equal(bench->run.judged, 1); /* the folder itself, in which nothing was found */
	assert_int_equal(bench->run.decision, DECISION_UNDETERMINED);
	bench_file(bench, "f/sub/b.yml", HEAD "paths: {/a: {}}\n");
	bench_file(bench, "f/a.json", "{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"T\"}}");
	bench_file(bench, "f/values.yaml", "a: 1\n");
	bench_run(bench, &folder, 1, 2);
	assert_int_equal(bench->run.judged, 2);
	assert_int_equal(bench->run.decision, DECISION_CONFORMANT);
	assert_int_equal(bench->run.target_count, 5);
	assert_true(str_ends(bench->run.targets[1].path, STR("f/a.json")));
	assert_true(bench->run.targets[2].skipped && bench->run.targets[4].skipped);
	bench_file(bench, "f/broken.yaml", "openapi: [\n");
	bench_run(bench, &folder, 1, 2);
	assert_int_equal(bench->run.decision, DECISION_UNDETERMINED);
}

/* What lies too deep to be searched is never left out in silence. */
static void test_folder_too_deep(void **state)
{
	struct bench *bench = *state;
	struct str path = STR("deep");
	bench_folder(bench, "deep");
	bench_file(bench, "deep/a.yaml", HEAD "paths: {/a: {}}\n");
	for (int i = 0; i < 66; i++) {
		path = str_printf(bench->arena, "%.*s/d", STR_FMT(path));
		bench_folder(bench, path.ptr);
	}
	const char *folder = str_printf(bench->arena, "%s/deep", bench->root).ptr;
	bench_run(bench, &folder, 1, 1);
	assert_int_equal(bench->run.judged, 2);
	assert_int_equal(bench->run.targets[1].decision, DECISION_CONFORMANT);
	assert_true(bench->run.targets[2].blocked);
	assert_int_equal(bench->run.decision, DECISION_UNDETERMINED);
}

static void test_order_does_not_depend_on_threads(void **state)
{
	struct bench *bench = *state;
	const char *targets[40];
	for (int i = 0; i < 40; i++) {
		struct str name = str_printf(bench->arena, "t%d.yaml", i);
		targets[i] = bench_file(bench, name.ptr, i % 2 ? HEAD "paths: {/a: {}}\n" : HEAD "paths: {/A: {}}\n").ptr;
	}
	bench_run(bench, targets, 40, 4);
	for (uint32_t i = 0; i < 40; i++) {
		assert_string_equal(bench->run.targets[i].path.ptr, targets[i]);
		assert_int_equal(bench->run.targets[i].decision, i % 2 ? DECISION_CONFORMANT : DECISION_NON_CONFORMANT);
	}
}

static void test_excerpts(void **state)
{
	struct bench *bench = *state;
	struct strbuf line;
	strbuf_init(&line, 4096);
	for (int i = 0; i < 200; i++)
		strbuf_add(&line, STR("é"));
	strbuf_add(&line, STR("X\nnext"));
	struct source *source = source_of(bench->arena, STR("s"), str_copy(bench->arena, strbuf_str(&line)));
	struct excerpt excerpt = excerpt_of(bench->arena, source, 400, 404);
	assert_true(excerpt.cut_before && !excerpt.cut_after && excerpt.continues);
	assert_int_equal(excerpt.length, 1);
	assert_int_equal(excerpt.text.ptr[excerpt.start], 'X');
	excerpt = excerpt_of(bench->arena, source, 0, 400);
	assert_true(!excerpt.cut_before && excerpt.cut_after && !excerpt.continues);
	assert_true(excerpt.text.len <= EXCERPT_BYTES && excerpt.length == excerpt.text.len);
	excerpt = excerpt_of(bench->arena, source, 100000, 100001);
	assert_true(excerpt.start + excerpt.length <= excerpt.text.len);
	excerpt = excerpt_at(bench->arena, source, 2, 3);
	assert_int_equal(excerpt.start, 2);
	assert_true(str_eq(excerpt.text, STR("next")));
	strbuf_release(&line);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
	const struct CMUnitTest tests[] = {T(test_conformant), T(test_failures_have_places),
			T(test_should_alone_does_not_decide), T(test_not_applicable), T(test_unfollowed_reference),
			T(test_reference_faults_violate), T(test_many_reference_faults_are_cut),
			T(test_duplicate_key_in_other_file), T(test_duplicate_key_behind_many_notes), T(test_reference_to_file),
			T(test_blocking), T(test_missing_does_not_stop_others), T(test_description_without_version_is_judged),
			T(test_notes), T(test_folder), T(test_folder_too_deep), T(test_order_does_not_depend_on_threads),
			T(test_excerpts)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
