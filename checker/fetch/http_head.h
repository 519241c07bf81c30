/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Header sections as they come in, line by line: status line, fields, interim responses, trailers. For the HTTP client.
 *
 * Strict: what is no field, holds a NUL byte or contradicts itself ends the exchange; nothing is cut off or mended.
 */
#ifndef KEUR_FETCH_HTTP_HEAD_H
#define KEUR_FETCH_HTTP_HEAD_H

#include "fetch/exchange.h"

/* The header section of a response as it comes in. */
struct http_head {
	struct http_response *response;
	struct {
		struct http_field *items;
		size_t count, capacity;
	} fields;
	size_t bytes; /* of all sections, interim ones and trailers too */
	size_t ceiling;
	uint32_t folded; /* lines that went on with the field before them */
	bool started;    /* a status line was read, its section has not ended */
	bool done;       /* the last section has ended; what comes is a trailer */
	bool too_large;
	const char *const *fault; /* not HTTP: what, English and Dutch */
};

/* The fields of a section as a list in the arena; ends the work space. */
struct http_fields http_head_take(struct http_head *head, struct arena *arena);

/* Takes one line of a header section, in the arena. False when the exchange ends here: too_large or fault is set. */
bool http_head_line(struct http_head *head, struct str line, struct arena *arena);

#endif
