/* SPDX-License-Identifier: EUPL-1.2 */
/* Loading libraries by name. */
#include "base/shared.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

void *shared_open(const char *name, char reason[SHARED_REASON])
{
	void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	if (library) return library;
	const char *why = dlerror();
	snprintf(reason, SHARED_REASON, "%s", why ? why : name);
	return NULL;
}

bool shared_find(void *library, const char *name, void *function, char reason[SHARED_REASON])
{
	void *found = dlsym(library, name);
	if (!found) snprintf(reason, SHARED_REASON, "%s", name);
	memcpy(function, &found, sizeof found);
	return found != NULL;
}

bool shared_find_all(void *library, const struct shared_symbol *symbols, size_t count, char reason[SHARED_REASON])
{
	for (size_t i = 0; i < count; i++)
		if (!shared_find(library, symbols[i].name, symbols[i].function, reason)) return false;
	return true;
}
