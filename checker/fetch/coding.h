/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Content codings (RFC 9110 section 8.4.1), undone while a body comes in: gzip, deflate and br, also one in another.
 *
 * libcurl could undo them too, but takes a stream that was cut off for a whole one. The decoders are those that it
 * brings along (fetch/curl.h). What comes out goes into a buffer with a ceiling, piece by piece.
 */
#ifndef KEUR_FETCH_CODING_H
#define KEUR_FETCH_CODING_H

#include "base/limits.h"
#include "base/str.h"
#include "fetch/curl.h"

enum coding_kind { CODING_GZIP, CODING_DEFLATE, CODING_BROTLI };

struct coding_stage {
	enum coding_kind kind;
	void *decoder;       /* NULL until there is a byte for it */
	bool started, ended; /* its stream */
};

/* In the caller's storage, zeroed to start; ends with coding_release(). */
struct coding {
	const struct curl_api *api;
	struct coding_stage stages[LIMIT_CODINGS]; /* in the order in which they are undone */
	uint32_t count;
	const char *const *fault; /* what is wrong, English and Dutch; static */
};

/* Takes a value of Content-Encoding; empty: the body is not coded. False and `fault` set when it cannot be undone. */
bool coding_start(struct coding *coding, const struct curl_api *api, struct str value);

/* Adds what `bytes` stand for to `out`. False when it is full, or `fault` is set. */
bool coding_add(struct coding *coding, struct str bytes, struct strbuf *out);

/* At the end of the body: false and `fault` set when a stream has begun and not ended. No byte at all is no stream. */
bool coding_end(struct coding *coding);

/* Frees the decoders. */
void coding_release(struct coding *coding);

#endif
