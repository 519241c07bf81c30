/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A growing array on the heap for work space: `struct { T *items; size_t count, capacity; }`, zeroed to start.
 *
 *	struct { int *items; size_t count, capacity; } numbers = {0};
 *	*vec_push(&numbers) = 7;
 *	vec_release(&numbers);
 */
#ifndef KEUR_BASE_VEC_H
#define KEUR_BASE_VEC_H

#include <stdlib.h>

#include "base/arena.h"

/* Room for one more: the address of the new, undefined last item. */
#define vec_push(vec) (vec_reserve((vec), 1), &(vec)->items[(vec)->count++])

#define vec_reserve(vec, more)                                                                                         \
	((vec)->count + (more) <= (vec)->capacity                                                                          \
					? (void)0                                                                                          \
					: (void)((vec)->capacity = ((vec)->count + (more)) * 2,                                            \
							  (vec)->items = mem_resize((vec)->items, (vec)->capacity, sizeof *(vec)->items)))

#define vec_release(vec) (free((vec)->items), (vec)->items = NULL, (vec)->count = (vec)->capacity = 0)

#endif
