/* SPDX-License-Identifier: EUPL-1.2 */
/* The short cut of the YAML reader: what it takes, read as libyaml reads it; what it leaves to libyaml, and unharmed.
 */
#include "docs.h"

#include "base/limits.h"
#include "doc/complaint.h"
#include "doc/yaml.h"
#include "doc/yaml_fast.h"
#include "support/twins.h"

static bool reads_fast(struct doc *doc, struct str bytes, struct err *err)
{
	size_t start;
	*doc = (struct doc){.arena = err->arena, .source = source_of(err->arena, STR("test.yaml"), bytes)};
	assert_true(check_encoding(doc, &start, err));
	return yaml_fast_read(doc, start);
}

static void takes_bytes(void **state, struct str bytes)
{
	struct errors *errors = *state;
	struct doc fast, full;
	bytes = str_copy(errors->arena, bytes);
	if (!reads_fast(&fast, bytes, &errors->err)) fail_msg("gave up: %.*s", STR_FMT(bytes));
	full = (struct doc){.arena = errors->arena, .source = fast.source};
	if (!yaml_read_in_full(&full, &errors->err)) fail_msg("libyaml refuses: %.*s", STR_FMT(bytes));
	if (!twins_equal(&fast, &full)) fail_msg("differs: %.*s", STR_FMT(bytes));
}

static void takes(void **state, const char *text)
{
	takes_bytes(state, str_of(text));
}

static void leaves_bytes(void **state, struct str bytes)
{
	struct errors *errors = *state;
	struct doc doc;
	bytes = str_copy(errors->arena, bytes);
	if (reads_fast(&doc, bytes, &errors->err)) fail_msg("took: %.*s", STR_FMT(bytes));
	assert_int_equal(errors->err.code, ERR_NONE);
	assert_null(doc.root);
	assert_int_equal(doc.diagnostic_count, 0);
}

static void leaves(void **state, const char *text)
{
	leaves_bytes(state, str_of(text));
}

static void takes_blocks(void **state)
{
	takes(state,
			"a: 1\nb:\n  c: x y\n  d:\n  - 1\n  - e: 2\n    f:\n      - - 3\n        -\n        - 4\n  -\n\nh : # c\n   i\n");
	takes(state, "--- # start\n# more\n-   a: 1\n    b: 2\n- 'c': 3\n  \"d\" : 4\n-\n  e: 5\n-\n  - 6\n");
	takes(state, "\xEF\xBB\xBF"
				 "a: 1\r\nb: |\r\n  x\r\n  y\r\nc:\r\n  - é\r\n");
	takes(state, "a: 1\rb: 2");
	takes(state, "a:\n- b:\n  - c\n  d:\n- e\nf:");
	takes(state, "  a: 1\n  b:\n    2\n   # deep\n# flat\n  c: 3\n   ");
}

static void takes_scalars(void **state)
{
	takes(state,
			"a: -1\nb: 0x1F\nc: ~\nd: tRue\ne: .5\nf: http://x/#y?z\ng: a, b]\nh: -x\ni: x:y\nj: 'x: #y'\nk: a'b\n");
	takes(state, "a: one\n  two\n\n\n  three # c\nb: x\t\nc: x\ty\nd:\n  e\n  - f\n");
	takes(state,
			"a: 'it''s'\nb: \"\\\"\\u20ac\\x41\\n\\/\\0\"\nc: \"a \\\n   b\\\n\n   c \n\n d  \n  \"\nd: 'a\n\n\tb'\ne: ''\n");
	takes(state,
			"a: |\n  x\n   y\n\n  z \nb: >-\n  x\n  y\n\n   more\n   over\n\n\n  z\nc: |+\n\n  x\n\n# c\nd: >2\n   x\n  y\n");
	takes(state, "a: |\nb: >+\n\n\n\nc: |-  # comment\n     \n");
}

static void takes_brackets(void **state)
{
	takes(state,
			"a: [1, 'x', \"y\", z w, [], {}, [a, b,], -1, http://x]\nb: {a: 1, \"b\":2, 'c' : [ ], d: {e: f}, }\n");
	takes(state, "a: [\n1,\n  # comment\n  'two\n  lines', three\n]\nb: {\n  c: d # e\n}\nc:\n  [1,\n2]\n");
}

static void takes_aliases(void **state)
{
	takes(state,
			"a: &x 1\nb: *x\nc: &y {d: *x, e: &z [*x, *x]}\nf: [*z, {g: *y}]\nh: &x # again\n  i: *z\nj:\n- *x\n- &k\n"
			"  l: *x\n- *k # m\nn:\n  *k\no: &p\n- &q 'r'\n- *q\ns: *p\nt: &u |\n  v\nw: *u\n1: &v\n  2: 3\nx: *v\ny: {*q : 1, *u : *q, &z 'k': *z, &zz 4: *zz}\n");
}

static void takes_what_it_remarks_upon(void **state)
{
	takes(state, "200: a\ntrue: b\n~: c\n200: d\na: {b: 1, c: 2, b: 3}\n");
}

static void leaves_what_it_does_not_know(void **state)
{
	static const char *const texts[] = {"", "# nothing\n", "plain\n", "[a]\n", "'a'\n", "|\n a\n", "&x a: 1\n",
			"- &x a: 1\n", "a: 1\nb: *a\n", "a: &x\nb: *x\n", "a: &x [*x]\n", "a: &x.y 1\n", "a: &x 1\n*x : 2\n",
			"a: &x &y 1\n", "a: &x\n", "a: &x 1\nb: &y *x\n", "a: &x 1\nb: *x y\n", "a:\n  &x 1\n",
			"a: &x 1\nb: [*x : 1]\n", "- &x\n- a\n", "a: &x 1\nb: {*x : 1}\n", "a: &x b\nb: {*x: 1}\n",
			"a: &x {}\nb: {*x : 1}\n", "a: {*x : 1}\n", "a: &x b\nb: {&y *x : 1}\n", "a: &x {*x : 1}\n", "a: !!str 1\n",
			"<<: {a: 1}\n", "a: {<<: {}}\n", "%YAML 1.2\n---\na: 1\n", "a: 1\n---\nb: 1\n", "a: 1\n...\n", "? a\n: b\n",
			"a:\t1\n", "a: 'x'\t\n", "\ta: 1\n", "a: [1,\t2]\n", "a: `x`\n", "a: @x\n", "a: |\n   \n  x\n",
			"a: |\n\tx\n", "a: \"\\U0001F600\"\n", "a: \"\\ud83d\\ude00\"\n", "b: 1\na: \\ud83d\n", "a: \x7F\n",
			"a: \xC2\x85\n", "a: \xE2\x80\xA8\n", "a: \xEF\xBB\xBF\n", "a: b\x01\n", "# \x01\na: 1\n",
			"a: 0x11111111111111111111111111111111111111111111111111111111111111111\n"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		leaves(state, texts[i]);
}

/* Mistakes are libyaml's to tell, whatever came before them. */
static void leaves_mistakes(void **state)
{
	static const char *const texts[] = {"a: 1\n b: 2\n", "a:\n  b: 1\n c: 2\n", "a: b: c\n", "a: - b\n", "a: 'b' c\n",
			"a: [1\n", "a: [1]]\n", "a: {b}\n", "a: {b: }\n", "a: [b: c]\n", "a: [1 2, 'x' y]\n", "a: {b:[1]}\n",
			"a: 'b\n", "a: \"\\q\"\n", "a: \"\\x4g\"\n", "a: 1\nb\n", "- a\nb: 1\n", "a: 1\n- b\n", "- - a\n - b\n",
			"a: [1]# c\n", "a: \"b\"# c\n", "a: [1,# c\n2]\n", "a: ,\n", "a: [-]\n", "a: 'x\n---\n'\n",
			"a: [1,\n---\n]\n", "a: b\n  c: d\n", "a: \"b\n  c\": d\n", "a: >x\n  y\n", "1: a\n2: b\n1: c\n*: d\n",
			"a: x # c\n  y\n"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		leaves(state, texts[i]);
}

static struct str repeated(struct arena *arena, struct str head, struct str part, size_t count, struct str tail)
{
	struct strbuf buf;
	strbuf_init(&buf, 1 << 20);
	strbuf_add(&buf, head);
	for (size_t i = 0; i < count; i++)
		strbuf_add(&buf, part);
	strbuf_add(&buf, tail);
	return strbuf_take(&buf, arena);
}

static void leaves_what_passes_a_ceiling(void **state)
{
	struct errors *errors = *state;
	struct arena *arena = errors->arena;
	takes_bytes(state, repeated(arena, STR(""), STR("- "), LIMIT_DEPTH, STR("a\n")));
	leaves_bytes(state, repeated(arena, STR(""), STR("- "), LIMIT_DEPTH + 1, STR("a\n")));
	takes_bytes(state, repeated(arena, repeated(arena, STR("a: "), STR("["), LIMIT_BRACKETS, STR("")), STR("]"),
							   LIMIT_BRACKETS, STR("\n")));
	leaves_bytes(state, repeated(arena, repeated(arena, STR("a: "), STR("["), LIMIT_BRACKETS + 1, STR("")), STR("]"),
								LIMIT_BRACKETS + 1, STR("\n")));
	takes_bytes(state, repeated(arena, STR(""), STR("k"), 900, STR(": 1\n")));
	leaves_bytes(state, repeated(arena, STR(""), STR("k"), 1025, STR(": 1\n")));
	takes_bytes(state, repeated(arena, STR(""), STR("1: a\n"), LIMIT_DIAGNOSTICS, STR("b: c\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			doc_test(takes_blocks),
			doc_test(takes_scalars),
			doc_test(takes_brackets),
			doc_test(takes_aliases),
			doc_test(takes_what_it_remarks_upon),
			doc_test(leaves_what_it_does_not_know),
			doc_test(leaves_mistakes),
			doc_test(leaves_what_passes_a_ceiling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
