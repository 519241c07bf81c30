/* SPDX-License-Identifier: EUPL-1.2 */
/* Arenas: chains of blocks, bump allocation, clean-up hooks. The only place where keur dies for lack of memory. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena_pool.h"

/*
 * The first block lies in the arena itself, so that a small one is one piece of memory. Steps double up to a large
 * one, and up to a huge one when what they are a small part of is there already. HUGE_PAGES: from here on it pays to
 * ask the system for pages of 2 MiB; most of the time that memory costs is handing it out page by page.
 */
enum { FIRST_BLOCK = ARENA_PIECE - 96, LARGE_STEP = 1 << 20, HUGE_STEP = 8 << 20, HUGE_PAGES = 4 << 20 };

struct block {
	alignas(max_align_t) struct block *next; /* what follows a block is aligned too */
	size_t size;
	bool is_arena; /* the first block of one, which came from the pool */
	bool pooled;
};

struct hook {
	struct hook *next;
	void (*run)(void *handle);
	void *handle;
};

/* `self` makes an arena a block of another, when that takes it. */
struct arena {
	struct block self;
	struct block *blocks;
	struct hook *hooks;
	char *cursor;
	char *end;
	size_t next_size;
	size_t total;
	alignas(max_align_t) char first[FIRST_BLOCK];
};

static void die_out_of_memory(void)
{
	static const char text[] = "keur: out of memory / geheugen op\n";
	fwrite(text, 1, sizeof text - 1, stderr);
	abort();
}

void *mem_resize(void *old, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size) die_out_of_memory();
	size_t bytes = count * size;
	void *fresh = realloc(old, bytes ? bytes : 1);
	if (!fresh) die_out_of_memory();
	return fresh;
}

_Static_assert(sizeof(struct arena) <= ARENA_PIECE, "a small arena is one piece");

struct arena *arena_new(void)
{
	bool pooled;
	struct arena *arena = arena_pool_take(&pooled);
	if (!arena) die_out_of_memory();
	arena->self = (struct block){.is_arena = true, .pooled = pooled};
	arena->blocks = NULL;
	arena->hooks = NULL;
	arena->cursor = arena->first;
	arena->end = arena->first + FIRST_BLOCK;
	arena->next_size = FIRST_BLOCK;
	arena->total = sizeof *arena;
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena) return;
	for (struct hook *hook = arena->hooks; hook; hook = hook->next)
		hook->run(hook->handle);
	for (struct block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		if (block->is_arena)
			arena_pool_give(block, block->pooled);
		else
			free(block);
	}
	arena_pool_give(arena, arena->self.pooled);
}

void arena_take(struct arena *arena, struct arena *other)
{
	other->self.next = other->blocks;
	struct block **last_block = &other->self.next;
	while (*last_block)
		last_block = &(*last_block)->next;
	*last_block = arena->blocks;
	arena->blocks = &other->self;
	struct hook **last_hook = &other->hooks;
	while (*last_hook)
		last_hook = &(*last_hook)->next;
	*last_hook = arena->hooks;
	arena->hooks = other->hooks;
	arena->total += other->total;
}

/* A piece of memory of many pages is handed out in huge ones, where the system has them; it may decline. */
static void ask_huge_pages(char *piece, size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), skip = (page - (uintptr_t)piece % page) % page;
	madvise(piece + skip, (size - skip) / page * page, MADV_HUGEPAGE);
}

static struct block *block_add(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX - sizeof(struct block)) die_out_of_memory();
	struct block *block = mem_resize(NULL, 1, sizeof *block + size);
	*block = (struct block){.next = arena->blocks, .size = size};
	arena->blocks = block;
	arena->total += sizeof *block + size;
	if (size >= HUGE_PAGES) ask_huge_pages((char *)block, size);
	return block;
}

/* Large pieces get a block of their own, so that the rest of the current block is not lost to them. */
static void *alloc_slow(struct arena *arena, size_t size)
{
	if (size >= arena->next_size / 2) return block_add(arena, size) + 1;
	struct block *block = block_add(arena, arena->next_size);
	arena->cursor = (char *)(block + 1) + size;
	arena->end = (char *)(block + 1) + arena->next_size;
	size_t most = arena->total / 4 > HUGE_STEP ? HUGE_STEP : LARGE_STEP;
	if (arena->next_size < most) arena->next_size *= 2;
	return block + 1;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX - alignof(max_align_t)) die_out_of_memory();
	if (size == 0) size = 1; /* so that the address is one */
	size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (size > (size_t)(arena->end - arena->cursor)) return alloc_slow(arena, size);
	void *piece = arena->cursor;
	arena->cursor += size;
	return piece;
}

void *arena_zalloc(struct arena *arena, size_t size)
{
	return memset(arena_alloc(arena, size), 0, size);
}

char *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
	if (size == SIZE_MAX) die_out_of_memory();
	char *copy = arena_alloc(arena, size + 1);
	if (size) memcpy(copy, bytes, size);
	copy[size] = '\0';
	return copy;
}

void arena_on_free(struct arena *arena, void (*run)(void *handle), void *handle)
{
	struct hook *hook = arena_alloc(arena, sizeof *hook);
	*hook = (struct hook){arena->hooks, run, handle};
	arena->hooks = hook;
}

size_t arena_size(const struct arena *arena)
{
	return arena->total;
}
