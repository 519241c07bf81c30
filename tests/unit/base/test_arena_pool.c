/* SPDX-License-Identifier: EUPL-1.2 */
/* The pool of small arenas: pieces do not overlap, come back, and may be asked for by several threads. */
#include "base/arena_pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdalign.h>
#include <string.h>

enum { MANY = 3000, THREADS = 4 };

struct piece {
	unsigned char *bytes;
	bool pooled;
};

static void *use_many(void *seed)
{
	struct piece *pieces = malloc(MANY * sizeof *pieces);
	unsigned char mark = *(unsigned char *)seed;
	void *wrong = NULL;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < MANY; i++) {
			pieces[i].bytes = arena_pool_take(&pieces[i].pooled);
			if ((uintptr_t)pieces[i].bytes % alignof(max_align_t)) wrong = seed;
			memset(pieces[i].bytes, mark + i % 7, ARENA_PIECE);
		}
		for (int i = 0; i < MANY; i++) {
			if (pieces[i].bytes[0] != (unsigned char)(mark + i % 7)) wrong = seed;
			if (pieces[i].bytes[ARENA_PIECE - 1] != (unsigned char)(mark + i % 7)) wrong = seed;
			arena_pool_give(pieces[i].bytes, pieces[i].pooled);
		}
	}
	free(pieces);
	return wrong;
}

static void pieces_do_not_overlap(void **state)
{
	(void)state;
	unsigned char mark = 3;
	assert_null(use_many(&mark));
}

static void threads_share_the_pool(void **state)
{
	(void)state;
	pthread_t threads[THREADS];
	unsigned char marks[THREADS] = {10, 50, 90, 130};
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, use_many, &marks[i]), 0);
	for (int i = 0; i < THREADS; i++) {
		void *wrong;
		pthread_join(threads[i], &wrong);
		assert_null(wrong);
	}
}

static void few_pieces_need_no_slab(void **state)
{
	(void)state;
	struct piece pieces[ARENA_POOL_FROM / 2];
	for (int i = 0; i < ARENA_POOL_FROM / 2; i++) {
		pieces[i].bytes = arena_pool_take(&pieces[i].pooled);
		assert_false(pieces[i].pooled);
	}
	for (int i = 0; i < ARENA_POOL_FROM / 2; i++)
		arena_pool_give(pieces[i].bytes, pieces[i].pooled);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(few_pieces_need_no_slab),
			cmocka_unit_test(pieces_do_not_overlap),
			cmocka_unit_test(threads_share_the_pool),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
