/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Memory for many small arenas: pieces of one size out of slabs of huge pages, for which the processor needs one
 * translation of addresses instead of hundreds. Slabs stay until the process ends; what is given back is used again.
 *
 * The first ARENA_POOL_FROM pieces that live at a time come from malloc(), so that a run of few documents, which is
 * most of them, does not pay for a slab; so do all of them under AddressSanitizer, which cannot see into a slab.
 */
#ifndef KEUR_BASE_ARENA_POOL_H
#define KEUR_BASE_ARENA_POOL_H

#include <stdbool.h>
#include <stddef.h>

enum { ARENA_PIECE = 4 << 10, ARENA_POOL_FROM = 256 };

/* A piece of ARENA_PIECE bytes, aligned for any type; NULL when there is no memory. `*pooled` is for arena_pool_give().
 * Any thread may ask. */
void *arena_pool_take(bool *pooled);

/* Gives a piece back. Any thread may. */
void arena_pool_give(void *piece, bool pooled);

#endif
