/* SPDX-License-Identifier: EUPL-1.2 */
/* Loads libcurl and looks up what keur uses of it. */
#include "fetch/curl.h"

#include "base/shared.h"

#include <pthread.h>
#include <stdio.h>

enum { OLDEST = 0x075500 }; /* 7.85.0: CURLOPT_PROTOCOLS_STR */

static struct curl_api api;
static bool loaded;
static char reason[SHARED_REASON]; /* why not */

static bool look_up_all(void *library)
{
	const struct shared_symbol wanted[] = {
			{"curl_global_init", &api.global_init},
			{"curl_version_info", &api.version_info},
			{"curl_easy_init", &api.easy_init},
			{"curl_easy_reset", &api.easy_reset},
			{"curl_easy_cleanup", &api.easy_cleanup},
			{"curl_easy_setopt", &api.easy_setopt},
			{"curl_easy_getinfo", &api.easy_getinfo},
			{"curl_easy_perform", &api.easy_perform},
			{"curl_slist_append", &api.slist_append},
			{"curl_slist_free_all", &api.slist_free_all},
			{"curl_getdate", &api.getdate},
	};
	return shared_find_all(library, wanted, sizeof wanted / sizeof *wanted, reason);
}

/* The search goes through what libcurl itself is linked with. Without these, facts of TLS are fewer. */
static void look_up_ssl(void *library)
{
	shared_find(library, "SSL_get_version", &api.ssl_version, reason);
	shared_find(library, "SSL_get_current_cipher", &api.ssl_cipher, reason);
	shared_find(library, "SSL_CIPHER_standard_name", &api.ssl_cipher_name, reason);
	shared_find(library, "SSL_has_pending", &api.ssl_pending, reason);
}

/* Likewise. Without these, bodies are asked for as they are. */
static void look_up_codings(void *library)
{
	api.has_zlib = shared_find(library, "inflateInit2_", &api.inflate_init, reason) &&
				   shared_find(library, "inflate", &api.inflate, reason) &&
				   shared_find(library, "inflateReset", &api.inflate_reset, reason) &&
				   shared_find(library, "inflateEnd", &api.inflate_end, reason);
	api.has_brotli = shared_find(library, "BrotliDecoderCreateInstance", &api.brotli_new, reason) &&
					 shared_find(library, "BrotliDecoderDecompressStream", &api.brotli_decode, reason) &&
					 shared_find(library, "BrotliDecoderDestroyInstance", &api.brotli_free, reason);
	if (api.has_zlib) api.codings = api.has_brotli ? "gzip, deflate, br" : "gzip, deflate";
	if (!api.has_zlib) api.codings = api.has_brotli ? "br" : "identity";
}

static void load(void)
{
	void *library = shared_open("libcurl.so.4", reason);
	if (!library || !look_up_all(library)) return;
	const curl_version_info_data *version = api.version_info(CURLVERSION_NOW);
	if (version->version_num < OLDEST || api.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		snprintf(reason, sizeof reason, "libcurl %s", version->version);
		return;
	}
	look_up_ssl(library);
	look_up_codings(library);
	loaded = true;
}

const struct curl_api *curl_load(struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load);
	if (loaded) return &api;
	err_set(err, ERR_IO, (struct loc){0},
			"asking the network takes libcurl 7.85 or newer, which cannot be used here (%s); install it: apt-get install "
			"libcurl4",
			"voor vragen over het netwerk is libcurl 7.85 of nieuwer nodig, en dat is hier niet bruikbaar (%s); "
			"installeer het: apt-get install libcurl4",
			reason);
	return NULL;
}
