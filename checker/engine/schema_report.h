/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Violations of a schema as Spectral's function `schema` reports them: which of them, and in which words.
 *
 * Give `&report.sink` to schema_check() or document_schema_check(), by way of a filter of one's own if need be, and
 * finish. Work space is on the heap until then; texts are in the arena.
 */
#ifndef KEUR_ENGINE_SCHEMA_REPORT_H
#define KEUR_ENGINE_SCHEMA_REPORT_H

#include "engine/function.h"
#include "engine/schema.h"

struct report_error;
struct report_place;

/*
 * Errors and the tree of their places; place 0 is the root of the tree, which is no place itself. Places of which the
 * parent is (size_t)-1 are no part of the tree: they stand for whole pointers, of which several may share a place.
 */
struct schema_report {
	struct schema_sink sink;
	/* private from here */
	struct {
		struct report_error *items;
		size_t count, capacity;
	} errors;
	struct {
		struct report_place *items;
		size_t count, capacity;
	} places;
	size_t *slots; /* places by parent and chunk */
	size_t slot_count;
	uint64_t seed;
	struct arena *arena;
	struct str below;
	struct violation_sink *out;
};

/*
 * Prepares a report in the caller's storage. `name` is what messages call the whole value (ptr NULL: by its type),
 * `below` the way from the place of the subject to the value: pointer tokens, "" when it is the value.
 */
void schema_report_init(struct schema_report *report, struct arena *arena, struct str name, struct str below);

/* Reports what came in to `out`, and releases the work space. */
void schema_report_finish(struct schema_report *report, struct violation_sink *out);

#endif
