/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the comparison of WSDL share. */
#ifndef KEUR_ENGINE_WSDL_COMPARE_PRIVATE_H
#define KEUR_ENGINE_WSDL_COMPARE_PRIVATE_H

#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/wsdl_compare.h"

/* An operation as it is bound to a protocol. */
struct wsdl_bound {
	const struct wsdl_binding *binding;
	const struct wsdl_binding_operation *bound;
	uint32_t match; /* of the vendor: number of the official one plus one; 0: none */
	bool taken;     /* of the official one: an operation of the vendor is it */
	uint32_t next;  /* of the official one: number of the next with this key plus one; 0: none */
	uint32_t twin;  /* of the official one: number of the first that is the same in all, plus one; 0: none before it */
};

struct wsdl_side {
	struct wsdl_bound *items;
	size_t count, capacity;
};

struct wsdl_comparison {
	const struct wsdl *vendor, *official;
	struct arena *arena;   /* of the facts */
	struct arena *scratch; /* ends with the comparison */
	struct fact *facts;    /* of each rule */
	size_t budget;         /* bytes of descriptions that may still be made */
	bool spent;            /* more was needed */
	struct {
		struct result *items;
		size_t count, capacity;
	} results;
};

/* One difference: message and expected are texts that the arena holds. `found` may be empty. */
struct wsdl_difference {
	enum wsdl_rule rule;
	struct wsdl_at vendor, official; /* official.node NULL: there is no such place */
	struct text message, expected;
	struct str found;
};

/* Adds a result; past LIMIT_RESULTS_PER_RULE it is only counted. */
void wsdl_differ(struct wsdl_comparison *comparison, const struct wsdl_difference *difference);

/* The rule looks at one more pair. */
static inline void wsdl_look(struct wsdl_comparison *comparison, enum wsdl_rule rule)
{
	comparison->facts[rule].applies = true;
	comparison->facts[rule].selected++;
}

/* A rule that could not look at something. */
void wsdl_undecide(struct wsdl_comparison *comparison, enum wsdl_rule rule, struct text why);

/* What goes over the wire of a message, such as "{urn:x}vraag"; ptr NULL when that is not known or too much to tell. */
struct str wsdl_content(struct wsdl_comparison *comparison, const struct wsdl_bound *bound, const struct wsdl_io *io,
		const struct wsdl_body *body);

/* The element or type of the only part, else the message or the input itself. */
struct wsdl_at wsdl_content_at(const struct wsdl_io *io);

/* Compares two operations that are the same one. */
void wsdl_compare_operation(
		struct wsdl_comparison *comparison, const struct wsdl_bound *vendor, const struct wsdl_bound *official);

/* Headers of requests (`request`) or responses, and faults. */
void wsdl_compare_headers(struct wsdl_comparison *comparison, const struct wsdl_body *vendor,
		const struct wsdl_body *official, struct wsdl_at vendor_at, struct wsdl_at official_at, bool request);
void wsdl_compare_faults(
		struct wsdl_comparison *comparison, const struct wsdl_bound *vendor, const struct wsdl_bound *official);

#endif
