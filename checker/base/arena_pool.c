/* SPDX-License-Identifier: EUPL-1.2 */
/* Slabs of huge pages, cut into pieces for small arenas. */
#include "base/arena_pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { SLAB = 2 << 20 };

/* A piece that nobody has. */
struct spare {
	struct spare *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct spare *spares;
static char *cut, *slab_end; /* the slab that pieces are cut from */
static atomic_size_t live;

#ifdef __SANITIZE_ADDRESS__
static const bool pooling = false;
#else
static const bool pooling = true;
#endif

/* Twice the size, of which one half begins where a huge page does; the ends go back. False: no memory. */
static bool add_slab(void)
{
	char *wide = mmap(NULL, 2 * SLAB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (wide == MAP_FAILED) return false;
	size_t before = (SLAB - (size_t)wide % SLAB) % SLAB;
	if (before) munmap(wide, before);
	munmap(wide + before + SLAB, SLAB - before);
	cut = wide + before;
	slab_end = cut + SLAB;
	madvise(cut, SLAB, MADV_HUGEPAGE); /* where the system has none, pages of the usual size do */
	return true;
}

static void *take_piece(void)
{
	struct spare *spare = spares;
	if (spare) {
		spares = spare->next;
		return spare;
	}
	if (cut == slab_end && !add_slab()) return NULL;
	char *piece = cut;
	cut += ARENA_PIECE;
	return piece;
}

void *arena_pool_take(bool *pooled)
{
	*pooled = pooling && atomic_fetch_add_explicit(&live, 1, memory_order_relaxed) >= ARENA_POOL_FROM;
	if (!*pooled) return malloc(ARENA_PIECE);
	pthread_mutex_lock(&lock);
	void *piece = take_piece();
	pthread_mutex_unlock(&lock);
	return piece;
}

void arena_pool_give(void *piece, bool pooled)
{
	if (pooling) atomic_fetch_sub_explicit(&live, 1, memory_order_relaxed);
	if (!pooled) {
		free(piece);
		return;
	}
	struct spare *spare = piece;
	pthread_mutex_lock(&lock);
	spare->next = spares;
	spares = spare;
	pthread_mutex_unlock(&lock);
}
