/* SPDX-License-Identifier: EUPL-1.2 */
/* Which operation a request is of, which of its responses a status is, which of the kinds of body a media type. */
#ifndef KEUR_ENGINE_OPENAPI_MATCH_H
#define KEUR_ENGINE_OPENAPI_MATCH_H

#include "engine/openapi.h"
#include "engine/openapi_route.h"

enum openapi_found {
	OPENAPI_FOUND,
	OPENAPI_NO_METHOD, /* a path fits, and has no such method; `operation` is another one of that path, if it has any */
	OPENAPI_NO_PATH,
	OPENAPI_UNKNOWN, /* the URL is too long, or it could be one of the paths that cannot be read */
};

struct openapi_match {
	const struct openapi_operation *operation;
	const struct route_value *values; /* of the variables in its path, in order */
	uint32_t value_count;
	struct str query; /* of the URL, without "?"; empty when there is none */
};

/*
 * Finds the operation that `method` and the absolute `url` are of: concrete paths before templated ones, among those
 * that have the method; HEAD is GET's where it is not described itself. The path of `base`, the URL at which the
 * service is tested (may be empty), and those of the servers are taken off first, the longest first; which host it is
 * does not matter. Values borrow from `url`.
 */
enum openapi_found openapi_match(const struct openapi *openapi, struct str method, struct str url, struct str base,
		struct arena *arena, struct openapi_match *match);

/* The response that is about a status: exactly, else by its range, else the default; NULL when there is none. */
const struct openapi_response *openapi_response_of(const struct openapi_operation *operation, uint32_t status);

/*
 * The kind of body that a Content-Type is of: the same with its parameters, the same type, a range of its subtypes,
 * any type; NULL when there is none. `type` is the whole value of the field.
 */
const struct openapi_media *openapi_media_of(const struct openapi_media *media, uint32_t count, struct str type);

/* The value of a parameter of a media type ("charset"), quotes off; ptr NULL when it has none. */
struct str media_parameter(struct str type, struct str name);

#endif
