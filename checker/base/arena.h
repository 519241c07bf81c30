/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Memory: one arena per document, per rule set, per target, per run; freed once.
 *
 * Nothing in an arena is freed by itself. Handles of other libraries (PCRE2, libyaml) hang on clean-up hooks, run in
 * reverse order of registration by arena_free(). mem_resize() serves growing work space that dies young.
 * Out of memory ends the process, here and nowhere else. An arena belongs to one thread at a time.
 */
#ifndef KEUR_BASE_ARENA_H
#define KEUR_BASE_ARENA_H

#include <stddef.h>

struct arena;

/* Returns an empty arena, owned by the caller, who ends it with arena_free(). */
struct arena *arena_new(void);

/* Everything that came from `other` belongs to `arena` from now on; `other` is gone. */
void arena_take(struct arena *arena, struct arena *other);

/* Runs the clean-up hooks and frees everything that came from the arena, and itself. NULL is allowed. */
void arena_free(struct arena *arena);

/* Returns `size` bytes, aligned for any type, with undefined content. Never NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* Like arena_alloc(), filled with zeroes. */
void *arena_zalloc(struct arena *arena, size_t size);

/* Returns a copy of `size` bytes, followed by a NUL that `size` does not count. */
char *arena_copy(struct arena *arena, const void *bytes, size_t size);

/* Calls hook(handle) when the arena is freed. */
void arena_on_free(struct arena *arena, void (*hook)(void *handle), void *handle);

/* Bytes that the arena holds from the system, for figures of memory use. */
size_t arena_size(const struct arena *arena);

/* realloc() that dies when out of memory; `count` times `size` is checked for overflow. The caller frees. */
void *mem_resize(void *old, size_t count, size_t size);

#endif
