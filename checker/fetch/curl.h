/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * libcurl, loaded at its first use.
 *
 * Linking it costs every run some milliseconds of start-up, and most runs ask no network. Nobody else loads it; the
 * functions keep their meaning of libcurl's own manual. Loading is safe from any thread, and what is loaded stays.
 */
#ifndef KEUR_FETCH_CURL_H
#define KEUR_FETCH_CURL_H

#include <curl/curl.h>
#include <zlib.h>

#include "base/err.h"

struct curl_api {
	CURLcode (*global_init)(long flags);
	curl_version_info_data *(*version_info)(CURLversion age);
	CURL *(*easy_init)(void);
	void (*easy_reset)(CURL *handle);
	void (*easy_cleanup)(CURL *handle);
	CURLcode (*easy_setopt)(CURL *handle, CURLoption option, ...);
	CURLcode (*easy_getinfo)(CURL *handle, CURLINFO info, ...);
	CURLcode (*easy_perform)(CURL *handle);
	struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
	void (*slist_free_all)(struct curl_slist *list);
	time_t (*getdate)(const char *text, const time_t *unused);
	/* Of the OpenSSL that libcurl uses; NULL when it uses another library. They take an SSL *. */
	const char *(*ssl_version)(const void *ssl);
	const void *(*ssl_cipher)(const void *ssl);
	const char *(*ssl_cipher_name)(const void *cipher);
	int (*ssl_pending)(const void *ssl);
	/* Of the zlib and the brotli that libcurl brings along, with their own manuals. */
	int (*inflate_init)(z_stream *stream, int window_bits, const char *version, int size);
	int (*inflate)(z_stream *stream, int flush);
	int (*inflate_reset)(z_stream *stream);
	int (*inflate_end)(z_stream *stream);
	void *(*brotli_new)(void *alloc, void *release, void *opaque);
	int (*brotli_decode)(
			void *state, size_t *in, const uint8_t **next_in, size_t *out, uint8_t **next_out, size_t *total);
	void (*brotli_free)(void *state);
	bool has_zlib, has_brotli;
	const char *codings; /* those that can be undone with it, as Accept-Encoding has them */
};

/*
 * libcurl and its functions. NULL, with ERR_IO, when it is not installed or older than 7.85, in which options that
 * keur's safety rests on are absent.
 */
const struct curl_api *curl_load(struct err *err);

#endif
