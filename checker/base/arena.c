/* Arenas: chains of blocks, bump allocation, clean-up hooks. The only place where keur dies for lack of memory. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20 };

struct block {
	struct block *next;
	size_t size;
};

struct hook {
	struct hook *next;
	void (*run)(void *handle);
	void *handle;
};

struct arena {
	struct block *blocks;
	struct hook *hooks;
	char *cursor;
	char *end;
	size_t next_size;
	size_t total;
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

struct arena *arena_new(void)
{
	struct arena *arena = mem_resize(NULL, 1, sizeof *arena);
	*arena = (struct arena){.next_size = FIRST_BLOCK};
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena) return;
	for (struct hook *hook = arena->hooks; hook; hook = hook->next)
		hook->run(hook->handle);
	for (struct block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

void arena_take(struct arena *arena, struct arena *other)
{
	struct block **last_block = &other->blocks;
	while (*last_block)
		last_block = &(*last_block)->next;
	*last_block = arena->blocks;
	arena->blocks = other->blocks;
	struct hook **last_hook = &other->hooks;
	while (*last_hook)
		last_hook = &(*last_hook)->next;
	*last_hook = arena->hooks;
	arena->hooks = other->hooks;
	arena->total += other->total;
	free(other);
}

static struct block *block_add(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX - sizeof(struct block)) die_out_of_memory();
	struct block *block = mem_resize(NULL, 1, sizeof *block + size);
	*block = (struct block){arena->blocks, size};
	arena->blocks = block;
	arena->total += sizeof *block + size;
	return block;
}

/* Large pieces get a block of their own, so that the rest of the current block is not lost to them. */
static void *alloc_slow(struct arena *arena, size_t size)
{
	if (size >= arena->next_size / 2) return block_add(arena, size) + 1;
	struct block *block = block_add(arena, arena->next_size);
	arena->cursor = (char *)(block + 1) + size;
	arena->end = (char *)(block + 1) + arena->next_size;
	if (arena->next_size < LARGEST_STEP) arena->next_size *= 2;
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
