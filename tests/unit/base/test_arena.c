/* SPDX-License-Identifier: EUPL-1.2 */
/* Arenas: alignment, copies, large pieces, clean-up in reverse order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

static void pieces_are_aligned_and_apart(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	unsigned char *before = NULL;
	for (size_t size = 1; size < 5000; size += 7) {
		unsigned char *piece = arena_alloc(arena, size);
		assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
		memset(piece, (int)(size & 0xFF), size);
		if (before) assert_int_equal(before[0], (size - 7) & 0xFF);
		before = piece;
	}
	arena_free(arena);
}

static void large_pieces_keep_the_block_in_use(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	char *first = arena_alloc(arena, 16);
	char *large = arena_zalloc(arena, 10 << 20);
	char *second = arena_alloc(arena, 16);
	assert_ptr_equal(second, first + 16);
	assert_int_equal(large[(10 << 20) - 1], 0);
	assert_true(arena_size(arena) >= 10 << 20);
	arena_free(arena);
}

static void copies_end_with_a_nul(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_string_equal(arena_copy(arena, "abc", 2), "ab");
	assert_string_equal(arena_copy(arena, NULL, 0), "");
	assert_non_null(arena_alloc(arena, 0));
	arena_free(arena);
	arena_free(NULL);
}

static char order[3];
static size_t ran;

static void note(void *handle)
{
	order[ran++] = *(char *)handle;
}

static void hooks_run_in_reverse(void **state)
{
	(void)state;
	static char names[] = "ab";
	struct arena *arena = arena_new();
	arena_on_free(arena, note, &names[0]);
	arena_on_free(arena, note, &names[1]);
	arena_free(arena);
	assert_string_equal(order, "ba");
}

static void takes_all_of_another(void **state)
{
	(void)state;
	static char names[] = "ab";
	struct arena *arena = arena_new(), *other = arena_new();
	ran = 0;
	arena_on_free(arena, note, &names[0]);
	arena_on_free(other, note, &names[1]);
	char *text = arena_copy(other, "abc", 3);
	size_t total = arena_size(arena) + arena_size(other);
	arena_take(arena, other);
	assert_int_equal(arena_size(arena), total);
	assert_string_equal(text, "abc");
	other = arena_new();
	arena_take(arena, other);
	memset(arena_alloc(arena, 10000), 'x', 10000);
	arena_free(arena);
	assert_string_equal(order, "ba");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(pieces_are_aligned_and_apart),
			cmocka_unit_test(large_pieces_keep_the_block_in_use),
			cmocka_unit_test(copies_end_with_a_nul),
			cmocka_unit_test(hooks_run_in_reverse),
			cmocka_unit_test(takes_all_of_another),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
