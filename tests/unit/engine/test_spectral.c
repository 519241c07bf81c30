/* SPDX-License-Identifier: EUPL-1.2 */
/* Spectral rule sets: loading, extending, switching, overriding, and what they find where. */
#include "support/fixture.h"

#include "engine/spectral.h"

struct state {
	struct arena *arena;
	const char *folder;
	struct err err;
	struct doc *doc;
	struct facts run;
	const struct spectral *spectral;
};

static struct state begin(void)
{
	struct state s = {.arena = arena_new()};
	s.folder = fixture_folder(s.arena);
	err_init(&s.err, s.arena);
	return s;
}

static void finish(struct state *s)
{
	fixture_remove(s->arena, s->folder);
	arena_free(s->arena);
	doc_close(s->doc);
}

static const struct spectral *load(struct state *s, const char *rules)
{
	const char *path = fixture_file(s->arena, s->folder, "rules.yaml", rules);
	struct spectral_options options = {.builtin_dir = STR("rules/spectral")};
	s->spectral = spectral_load(s->arena, path, &options, &s->err);
	return s->spectral;
}

/* Runs `rules` on `text` as a document named doc.yaml beside them. */
static void check(struct state *s, const char *rules, const char *text)
{
	if (!load(s, rules)) fail_msg("%.*s", STR_FMT(s->err.message.in[LANG_EN]));
	const char *path = fixture_file(s->arena, s->folder, "doc.yaml", text);
	s->doc = doc_open(path, &s->err);
	assert_non_null(s->doc);
	s->spectral = spectral_for(s->spectral, s->doc->source->name, s->arena, &s->err);
	assert_non_null(s->spectral);
	spectral_check(s->spectral, refs_new(s->arena, s->doc), s->arena, &s->run);
}

/* All results as "rule pointer severity message" lines. */
static struct str results(struct state *s)
{
	struct strbuf out;
	uint32_t count;
	const struct spectral_rule *rules = spectral_rules(s->spectral, &count);
	strbuf_init(&out, 1 << 16);
	for (uint32_t i = 0; i < s->run.result_count; i++) {
		const struct result *r = &s->run.results[i];
		strbuf_printf(&out, "%.*s %.*s %d %.*s\n", STR_FMT(rules[r->rule].name), STR_FMT(r->pointer), (int)r->severity,
				STR_FMT(r->message.in[LANG_EN]));
	}
	struct str text = str_copy(s->arena, strbuf_str(&out));
	strbuf_release(&out);
	return text;
}

static void expect(const char *rules, const char *text, const char *expected)
{
	struct state s = begin();
	check(&s, rules, text);
	assert_str(results(&s), expected);
	finish(&s);
}

/* The rule set is refused at `line`, with `part` in both messages' English. */
static void refuse(const char *rules, uint32_t line, const char *part)
{
	struct state s = begin();
	assert_null(load(&s, rules));
	assert_int_equal(s.err.code, ERR_RULES);
	if (s.err.loc.line != line || !strstr(s.err.message.in[LANG_EN].ptr, part))
		fail_msg("expected line %u with \"%s\", got line %u: %.*s", line, part, s.err.loc.line,
				STR_FMT(s.err.message.in[LANG_EN]));
	assert_true(s.err.message.in[LANG_NL].len > 0);
	finish(&s);
}

static void a_rule_finds_what_breaks_it(void **state)
{
	(void)state;
	expect("rules:\n  r:\n    given: $.info\n    severity: error\n    then: {field: title, function: truthy}\n",
			"info:\n  title: ''\n", "r /info/title 0 \"title\" property must be truthy\n");
}

static void a_missing_field_is_reported_at_the_closest_place(void **state)
{
	(void)state;
	expect("rules:\n  r:\n    given: $\n    then: {field: info.contact.email, function: truthy}\n",
			"info:\n  title: x\n", "r /info 1 \"info.contact.email\" property must be truthy\n");
}

static void keys_are_checked_where_they_stand(void **state)
{
	(void)state;
	expect("rules:\n  r:\n    given: $.paths\n    message: '{{property}} {{value}} {{path}}'\n"
		   "    then: {field: '@key', function: pattern, functionOptions: {notMatch: /$}}\n",
			"paths:\n  /a: 1\n  /b/: two\n", "r /paths/~1b~1 1 /b/ two #/paths/~1b~1\n");
}

static void several_functions_run_for_one_rule(void **state)
{
	(void)state;
	expect("rules:\n  r:\n    given: $\n    then:\n      - {field: a, function: truthy}\n"
		   "      - {field: b, function: falsy}\n",
			"a: 0\nb: 1\n", "r /a 1 \"a\" property must be truthy\nr /b 1 \"b\" property must be falsy\n");
}

static void a_message_takes_description_and_error(void **state)
{
	(void)state;
	expect("rules:\n  one:\n    description: D\n    given: $.a\n    then: {function: truthy}\n"
		   "  two:\n    description: D\n    message: '{{description}}: {{error}} {{nothing}}'\n    given: $.a\n"
		   "    then: {function: truthy}\n",
			"a: 0\n", "one /a 1 D\ntwo /a 1 D: \"a\" property must be truthy\n");
}

static void references_are_followed_unless_unresolved(void **state)
{
	(void)state;
	const char *text = "a: {$ref: '#/c'}\nb: {$ref: '#/c'}\nc: {x: 0}\n";
	expect("rules:\n  r:\n    given: $.a\n    then: {field: x, function: truthy}\n", text,
			"r /c/x 1 \"x\" property must be truthy\n");
	expect("rules:\n  r:\n    resolved: false\n    given: $.a\n    then: {field: x, function: truthy}\n", text,
			"r /a 1 \"a.x\" property must be truthy\n");
}

static void a_finding_behind_a_reference_names_both_ends(void **state)
{
	(void)state;
	struct state s = begin();
	check(&s, "rules:\n  r:\n    given: $.b\n    then: {field: x, function: truthy}\n",
			"b: {$ref: '#/c'}\nc:\n  x: 0\n");
	assert_int_equal(s.run.result_count, 1);
	assert_str(s.run.results[0].pointer, "/c/x");
	assert_str(s.run.results[0].referrer_pointer, "/b");
	assert_int_equal(source_locate(s.doc->source, s.run.results[0].start).line, 3);
	assert_int_equal(source_locate(s.doc->source, s.run.results[0].referrer_start).line, 1);
	finish(&s);
}

static void equal_results_are_merged(void **state)
{
	(void)state;
	expect("rules:\n  r:\n    given: [$.a, $.b, '$..c', $.c]\n    then: {field: x, function: truthy}\n",
			"a: {$ref: '#/c'}\nb: {$ref: '#/c'}\nc: {x: 0}\n", "r /c/x 1 \"x\" property must be truthy\n");
}

static void rules_that_select_nothing_do_not_apply(void **state)
{
	(void)state;
	struct state s = begin();
	check(&s,
			"rules:\n  r:\n    given: $.nothing\n    then: {function: truthy}\n"
			"  s:\n    formats: [oas3]\n    given: $\n    then: {function: falsy}\n"
			"  t:\n    given: $.a\n    then: {function: truthy}\n",
			"a: 1\n");
	assert_false(s.run.items[0].applies);
	assert_false(s.run.items[1].applies);
	assert_true(s.run.items[2].applies);
	assert_int_equal(s.run.items[2].selected, 1);
	assert_int_equal(s.run.result_count, 0);
	finish(&s);
}

static void an_endless_expression_is_undecided(void **state)
{
	(void)state;
	struct state s = begin();
	check(&s, "rules:\n  r:\n    given: $.a\n    then: {function: pattern, functionOptions: {match: '^(a+)+$'}}\n",
			"a: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n");
	assert_true(s.run.items[0].undecided);
	assert_true(s.run.items[0].why.in[LANG_NL].len > 0);
	assert_int_equal(s.run.result_count, 0);
	finish(&s);
}

static void extended_rules_are_switched_and_redefined(void **state)
{
	(void)state;
	struct state s = begin();
	fixture_file(s.arena, s.folder, "base.yaml",
			"rules:\n"
			"  on: {given: $.a, severity: error, then: {function: truthy}}\n"
			"  off: {given: $.a, recommended: false, then: {function: truthy}}\n"
			"  switched: {given: $.a, then: {function: truthy}}\n"
			"  raised: {given: $.a, then: {function: truthy}}\n"
			"  changed: {given: $.a, message: old, then: {function: truthy}}\n");
	check(&s,
			"extends: base.yaml\nrules:\n  switched: off\n  raised: error\n  changed: {message: new, severity: hint}\n",
			"a: 0\n");
	assert_str(results(&s),
			"changed /a 3 new\non /a 0 \"a\" property must be truthy\nraised /a 0 \"a\" property must be truthy\n");
	finish(&s);
}

static void a_rule_of_severity_off_is_not_there(void **state)
{
	(void)state;
	struct state s = begin();
	uint32_t count;
	assert_non_null(load(&s, "rules:\n  r: {given: $.a, severity: off, then: {function: truthy}}\n"));
	spectral_rules(s.spectral, &count);
	assert_int_equal(count, 0);
	finish(&s);
}

static void modes_of_extends_hold(void **state)
{
	(void)state;
	static const struct {
		const char *mode, *expected;
	} cases[] = {
			{"all", "no /a 1 \"a\" property must be truthy\nyes /a 1 \"a\" property must be truthy\n"},
			{"recommended", "yes /a 1 \"a\" property must be truthy\n"},
			{"off", ""},
	};
	for (int i = 0; i < 3; i++) {
		struct state s = begin();
		fixture_file(s.arena, s.folder, "base.yaml",
				"rules:\n  yes: {given: $.a, then: {function: truthy}}\n"
				"  no: {given: $.a, recommended: false, then: {function: truthy}}\n");
		check(&s, str_printf(s.arena, "extends: [[base.yaml, %s]]\n", cases[i].mode).ptr, "a: 0\n");
		assert_str(results(&s), cases[i].expected);
		finish(&s);
	}
}

static void formats_of_a_file_hold_for_its_rules(void **state)
{
	(void)state;
	const char *rules = "formats: [oas3.1]\nrules:\n  r: {given: $.a, then: {function: truthy}}\n"
						"  s: {given: $.a, formats: [oas2, oas3.0], then: {function: truthy}}\n";
	expect(rules, "openapi: 3.1.0\na: 0\n", "r /a 1 \"a\" property must be truthy\n");
	expect(rules, "openapi: 3.0.1\na: 0\n", "s /a 1 \"a\" property must be truthy\n");
}

static void a_document_of_no_format_is_not_recognized(void **state)
{
	(void)state;
	struct state s = begin();
	check(&s, "formats: [oas3]\nrules:\n  r: {given: $.a, then: {function: truthy}}\n", "a: 0\n");
	assert_str(s.run.unrecognized, "OpenAPI 3.x");
	finish(&s);
}

static void aliases_lead_to_paths(void **state)
{
	(void)state;
	expect("aliases:\n  Info: ['$..info']\n  Name: ['#Info.name']\n"
		   "rules:\n  r: {given: '#Name', then: {function: truthy}}\n",
			"x:\n  info:\n    name: ''\n", "r /x/info/name 1 \"name\" property must be truthy\n");
}

static void alias_targets_are_chosen_by_format(void **state)
{
	(void)state;
	const char *rules = "aliases:\n  A:\n    targets:\n      - {formats: [oas3], given: [$.three]}\n"
						"      - {formats: [oas3.1], given: [$.one]}\n"
						"rules:\n  r: {given: '#A', then: {function: truthy}}\n";
	expect(rules, "openapi: 3.0.0\nthree: 0\none: 0\n", "r /three 1 \"three\" property must be truthy\n");
	expect(rules, "openapi: 3.1.0\nthree: 0\none: 0\n", "r /one 1 \"one\" property must be truthy\n");
	expect(rules, "three: 0\n", "");
}

static void overrides_hold_for_matching_files(void **state)
{
	(void)state;
	expect("rules:\n  r: {given: $.a, then: {function: truthy}}\n"
		   "overrides:\n  - files: ['*.yaml']\n    rules:\n      r: error\n  - files: ['v2/*.yaml']\n    rules:\n      r: off\n",
			"a: 0\n", "r /a 0 \"a\" property must be truthy\n");
}

static void a_rule_that_is_off_everywhere_it_hits_is_not_violated(void **state)
{
	(void)state;
	struct state s = begin();
	check(&s,
			"rules:\n  r: {given: $.a, then: {function: truthy}}\n"
			"overrides:\n  - files: ['*.yaml#/a']\n    rules: {r: off}\n",
			"a: 0\n");
	assert_int_equal(s.run.result_count, 0);
	assert_int_equal(s.run.items[0].violations, 0);
	finish(&s);
}

static void examples_are_data_where_a_rule_says_so(void **state)
{
	(void)state;
	const char *text = "schema:\n  format: 0\n  example: {format: 0}\n  properties:\n    example: {format: 0}\n"
					   "x-own: {format: 0}\n";
	expect("rules:\n  r:\n    given: $..format\n    then: {function: truthy}\n    message: m\n"
		   "    extensions: {keur: {not-in-data: true}}\n",
			text, "r /schema/format 1 m\nr /schema/properties/example/format 1 m\n");
	refuse("rules:\n  r:\n    given: $\n    then: {function: truthy}\n    extensions: {keur: {not-in-dat: true}}\n", 5,
			"not-in-dat");
}

static void overrides_hold_for_places(void **state)
{
	(void)state;
	expect("rules:\n  r: {given: '$..x', then: {function: truthy}}\n"
		   "overrides:\n  - files: ['**/*.yaml#/a']\n    rules: {r: off}\n  - files: ['*.yaml#/a/b']\n    rules: {r: hint}\n",
			"a:\n  x: 0\n  b:\n    x: 0\nax:\n  x: 0\n",
			"r /a/b/x 3 \"x\" property must be truthy\nr /ax/x 1 \"x\" property must be truthy\n");
}

static void what_cannot_be_run_is_refused_with_its_line(void **state)
{
	(void)state;
	refuse("rules:\n  r:\n    given: $\n    then: {function: nonsense}\n", 4, "unknown function \"nonsense\"");
	refuse("rules:\n  r:\n    given: $\n    then: {function: truthy, functionOptions: {a: 1}}\n", 4, "");
	refuse("functions: [abc]\nrules: {}\n", 1, "JavaScript");
	refuse("extends: other.js\n", 1, "JavaScript");
	refuse("rules:\n  r:\n    given: '$..['\n    then: {function: truthy}\n", 3, "given: ");
	refuse("rules:\n  r:\n    given: $\n    then: {function: pattern, functionOptions: {match: '('}}\n", 4, "");
	refuse("rules:\n  r:\n    given: paths\n    then: {function: truthy}\n", 3, "starts with $");
	refuse("rules:\n  r:\n    given: '#None'\n    then: {function: truthy}\n", 3, "alias \"None\"");
	refuse("aliases: {A: ['#B'], B: ['#A']}\nrules:\n  r:\n    given: '#A'\n    then: {function: truthy}\n", 1,
			"itself");
	refuse("rules:\n  r:\n    then: {function: truthy}\n", 3, "`given`");
	refuse("rules:\n  r: error\n", 2, "switched");
	refuse("rules:\n  r:\n    given: $\n    severity: fatal\n    then: {function: truthy}\n", 4, "severity");
	refuse("rules:\n  r:\n    given: $\n    formats: [oas9]\n    then: {function: truthy}\n", 4, "oas9");
	refuse("rules:\n  r:\n    givn: $\n    then: {function: truthy}\n", 3, "givn");
	refuse("rule: {}\nrules: {}\n", 1, "rule");
	refuse("extends: rules.yaml\nrules: {}\n", 1, "itself");
	refuse("extends: spectral:arazzo\n", 1, "spectral:oas");
	refuse("extends: [[missing.yaml, some]]\n", 1, "off, recommended or all");
	refuse("just text\n", 1, "rule set");
	refuse("rules:\n  r:\n    given: $\n    message: '#{{a+b}}'\n    then: {function: truthy}\n", 2, "expression");
	refuse("overrides: [{rules: {}}]\n", 1, "files");
}

static void a_missing_rule_set_is_named(void **state)
{
	(void)state;
	struct state s = begin();
	assert_null(load(&s, "rules: {}\nextends: missing.yaml\n"));
	assert_int_equal(s.err.code, ERR_RULES);
	assert_true(strstr(s.err.loc.file.ptr, "rules.yaml") != NULL);
	assert_int_equal(s.err.loc.line, 2);
	assert_true(strstr(s.err.message.in[LANG_EN].ptr, "missing.yaml") != NULL);
	finish(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(a_rule_finds_what_breaks_it),
			cmocka_unit_test(a_missing_field_is_reported_at_the_closest_place),
			cmocka_unit_test(keys_are_checked_where_they_stand),
			cmocka_unit_test(several_functions_run_for_one_rule),
			cmocka_unit_test(a_message_takes_description_and_error),
			cmocka_unit_test(references_are_followed_unless_unresolved),
			cmocka_unit_test(a_finding_behind_a_reference_names_both_ends),
			cmocka_unit_test(equal_results_are_merged),
			cmocka_unit_test(rules_that_select_nothing_do_not_apply),
			cmocka_unit_test(an_endless_expression_is_undecided),
			cmocka_unit_test(extended_rules_are_switched_and_redefined),
			cmocka_unit_test(a_rule_of_severity_off_is_not_there),
			cmocka_unit_test(modes_of_extends_hold),
			cmocka_unit_test(formats_of_a_file_hold_for_its_rules),
			cmocka_unit_test(a_document_of_no_format_is_not_recognized),
			cmocka_unit_test(aliases_lead_to_paths),
			cmocka_unit_test(alias_targets_are_chosen_by_format),
			cmocka_unit_test(overrides_hold_for_matching_files),
			cmocka_unit_test(overrides_hold_for_places),
			cmocka_unit_test(a_rule_that_is_off_everywhere_it_hits_is_not_violated),
			cmocka_unit_test(examples_are_data_where_a_rule_says_so),
			cmocka_unit_test(what_cannot_be_run_is_refused_with_its_line),
			cmocka_unit_test(a_missing_rule_set_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
