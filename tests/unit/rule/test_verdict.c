/* SPDX-License-Identifier: EUPL-1.2 */
/* The decision function against the truth table of docs/verdicts.md: every combination of one requirement and of two.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/io.h"
#include "rule/verdict.h"

enum { COMBINATIONS = OUTCOME_COUNT * OBLIGATION_COUNT * MODE_COUNT * DISPOSITION_COUNT, COLUMNS = 6 };

struct row {
	struct str cells[COLUMNS];
};

struct table {
	struct row rows[64];
	size_t count;
};

static struct str trim(struct str s)
{
	while (s.len && s.ptr[0] == ' ')
		s = str_skip(s, 1);
	while (s.len && s.ptr[s.len - 1] == ' ')
		s.len--;
	return s;
}

static void add_row(struct table *table, struct str line)
{
	struct row *row = &table->rows[table->count++];
	assert_true(table->count <= 64);
	line = str_skip(line, 1);
	for (int i = 0; i < COLUMNS; i++) {
		size_t end = str_find(line, '|');
		assert_true(end < line.len);
		row->cells[i] = trim((struct str){line.ptr, end});
		line = str_skip(line, end + 1);
	}
}

static void read_table(struct arena *arena, struct table *table)
{
	struct err err;
	struct str text;
	err_init(&err, arena);
	assert_true(io_read(arena, "docs/verdicts.md", 1 << 20, &text, &err));
	text = str_skip(text, str_find_str(text, STR("<!-- truth table -->")));
	text.len = str_find_str(text, STR("<!-- end -->"));
	for (int line_number = 0; text.len; line_number++) {
		struct str line = {text.ptr, str_find(text, '\n')};
		if (line_number > 2) add_row(table, line);
		text = str_skip(text, line.len + 1);
	}
}

static bool cell_is(struct str cell, const char *name)
{
	return str_eq(cell, STR("*")) || str_eq(cell, str_of(name));
}

static const struct row *find_row(const struct table *table, struct verdict v)
{
	const struct row *found = NULL;
	for (size_t i = 0; i < table->count; i++) {
		const struct str *cells = table->rows[i].cells;
		if (!cell_is(cells[0], outcome_names[v.outcome]) || !cell_is(cells[1], obligation_names[v.obligation]) ||
				!cell_is(cells[2], mode_names[v.mode]) || !cell_is(cells[3], disposition_names[v.disposition]))
			continue;
		assert_null(found); /* exactly one row for each combination */
		found = &table->rows[i];
	}
	assert_non_null(found);
	return found;
}

static struct verdict combination(int n)
{
	struct verdict v = {.outcome = (enum outcome)(n % OUTCOME_COUNT)};
	n /= OUTCOME_COUNT;
	v.obligation = (enum obligation)(n % OBLIGATION_COUNT);
	n /= OBLIGATION_COUNT;
	v.mode = (enum mode)(n % MODE_COUNT);
	v.disposition = (enum disposition)(n / MODE_COUNT);
	return v;
}

static int severity(struct str decision)
{
	static const char *const order[] = {"conformant", "conformantWithDeviations", "undetermined", "nonConformant"};
	for (int i = 0; i < 4; i++)
		if (str_eq(decision, str_of(order[i]))) return i;
	fail_msg("no decision: %.*s", STR_FMT(decision));
	return -1;
}

/* The decision as docs/verdicts.md words it, from rows instead of code. */
static int expected(const struct row *a, const struct row *b)
{
	int worst = severity(a->cells[4]), other = severity(b->cells[4]);
	if (other > worst) worst = other;
	bool tested = str_eq(a->cells[5], STR("yes")) || str_eq(b->cells[5], STR("yes"));
	return !tested && worst < 2 ? 2 : worst;
}

static void test_table_and_function_agree(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct table table = {.count = 0};
	read_table(arena, &table);
	assert_true(table.count > 10);
	const struct row *rows[COMBINATIONS];
	for (int i = 0; i < COMBINATIONS; i++) {
		struct verdict one = combination(i);
		rows[i] = find_row(&table, one);
		assert_int_equal(decision_of(&one, 1), expected(rows[i], rows[i]));
	}
	for (int i = 0; i < COMBINATIONS; i++)
		for (int j = 0; j < COMBINATIONS; j++) {
			struct verdict pair[2] = {combination(i), combination(j)};
			assert_int_equal(decision_of(pair, 2), expected(rows[i], rows[j]));
		}
	arena_free(arena);
}

static void test_every_row_is_needed(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct table table = {.count = 0};
	read_table(arena, &table);
	bool used[64] = {false};
	for (int i = 0; i < COMBINATIONS; i++)
		used[find_row(&table, combination(i)) - table.rows] = true;
	for (size_t i = 0; i < table.count; i++)
		assert_true(used[i]);
	arena_free(arena);
}

static void test_nothing_is_undetermined(void **state)
{
	(void)state;
	assert_int_equal(decision_of(NULL, 0), DECISION_UNDETERMINED);
	struct verdict strange = {(enum outcome)77, OBLIGATION_MUST, MODE_AUTOMATIC, DISPOSITION_NONE};
	struct verdict both[2] = {{OUTCOME_PASS, OBLIGATION_MUST, MODE_AUTOMATIC, DISPOSITION_NONE}, strange};
	assert_int_equal(decision_of(both, 2), DECISION_UNDETERMINED);
}

static void test_worst(void **state)
{
	(void)state;
	for (int a = 0; a < DECISION_COUNT; a++)
		for (int b = 0; b < DECISION_COUNT; b++)
			assert_int_equal(decision_worst((enum decision)a, (enum decision)b), a > b ? a : b);
	assert_string_equal(
			decision_names[decision_worst(DECISION_UNDETERMINED, DECISION_NON_CONFORMANT)], "nonConformant");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_table_and_function_agree),
			cmocka_unit_test(test_every_row_is_needed),
			cmocka_unit_test(test_nothing_is_undetermined),
			cmocka_unit_test(test_worst),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
