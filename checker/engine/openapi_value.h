/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Values of parameters and headers, read back from the text that they were written as (3.x: Style Values; RFC 6570).
 * Text has no types: what a piece stands for is what its schema allows. Where that leaves a choice there are two
 * readings, and a value is not at fault unless it is with both.
 */
#ifndef KEUR_ENGINE_OPENAPI_VALUE_H
#define KEUR_ENGINE_OPENAPI_VALUE_H

#include "engine/openapi.h"
#include "engine/openapi_route.h"

enum value_result {
	VALUE_READ,
	VALUE_ABSENT,    /* none of the members of an object that is spread over the query is there */
	VALUE_MALFORMED, /* not written in the style of the parameter */
	VALUE_UNKNOWN,   /* the style has no meaning for what the schema allows */
};

struct value_source {
	const struct openapi *openapi;
	const struct openapi_parameter *parameter; /* with a schema */
	const struct str *texts;                   /* percent-encoded as they came, one for each time it was there */
	uint32_t text_count;
	const struct route_value *query; /* names decoded: for members of objects */
	uint32_t query_count;
	bool second; /* the other reading: texts where there is a choice, "+" is a space, "%2C" a comma */
};

/* Reads the value into `*value`, in the arena. `*choice` is set where the second reading may differ. */
enum value_result openapi_value_read(
		const struct value_source *source, struct arena *arena, struct node *value, bool *choice);

/* Is the parameter in the query under other names than its own? */
bool openapi_value_is_spread(const struct openapi *openapi, const struct openapi_parameter *parameter);

#endif
