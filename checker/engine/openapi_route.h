/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Path templates as a tree of segments: what a path is of is found in steps that grow with the path, not with the
 * number of templates. Concrete segments go before those with text around variables, those before a lone variable.
 * Templates that differ only in the names of their variables are one leaf. Const once made.
 */
#ifndef KEUR_ENGINE_OPENAPI_ROUTE_H
#define KEUR_ENGINE_OPENAPI_ROUTE_H

#include <stdint.h>

#include "base/str.h"

struct route;

/* A path cut at its slashes, percent-encoding as it was. */
struct route_path {
	const struct str *segments;
	uint32_t count;
};

/* Cuts "/a/b" into "a" and "b", "/" into one empty segment, "" into none. What is behind "?" or "#" is left out. */
struct route_path route_split(struct arena *arena, struct str path);

/* Makes the tree; leaves[i] becomes the number of the leaf of templates[i], from 0. */
const struct route *route_new(
		struct arena *arena, const struct route_path *templates, uint32_t count, uint32_t *leaves);

/* A search: `accept` is asked about leaves, the best first, until it says yes. */
struct route_search {
	bool (*accept)(struct route_search *search, uint32_t leaf, uint32_t depth);
	struct route_path path;
	bool prefixes;  /* leaves on the way count, too: `depth` segments lead to one */
	uint64_t steps; /* taken so far; at LIMIT_SELECT_STEPS the search ends */
	struct arena *arena;
};

/* True when a leaf was accepted. False too when the steps ran out, which `steps` shows. */
bool route_find(const struct route *route, struct route_search *search);

/* One variable of a template and its value, percent-encoded as it came. */
struct route_value {
	struct str name, value;
};

/* Takes the values out of a segment that fits; `*count` of them are added to `values`, which may be NULL to count. */
void route_values(struct str template, struct str segment, struct route_value *values, uint32_t *count);

/* Percent-decodes: what is no escape stays. */
struct str route_decode(struct arena *arena, struct str text);

#endif
