/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Libraries that are loaded when they are first needed, so that a run which does without does not pay for them.
 *
 * For the one module that owns a library: it calls shared_open() once (pthread_once), and keeps the result for ever.
 */
#ifndef KEUR_BASE_SHARED_H
#define KEUR_BASE_SHARED_H

#include <stdbool.h>
#include <stddef.h>

struct shared_symbol {
	const char *name;
	void *function; /* address of the pointer to fill */
};

enum { SHARED_REASON = 256 };

/* The library of that file name, or NULL; `reason` then says why not. */
void *shared_open(const char *name, char reason[SHARED_REASON]);

/* Fills `*function`, NULL when there is none of that name: false, and `reason` is the name. */
bool shared_find(void *library, const char *name, void *function, char reason[SHARED_REASON]);

/* The same of `count` symbols, up to the first that is missing. */
bool shared_find_all(void *library, const struct shared_symbol *symbols, size_t count, char reason[SHARED_REASON]);

#endif
