/* Loads libcurl and looks up what keur uses of it. */
#include "fetch/curl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

enum { OLDEST = 0x075500 }; /* 7.85.0: CURLOPT_PROTOCOLS_STR */

static struct curl_api api;
static bool loaded;
static char reason[256]; /* why not */

static bool look_up(void *library, const char *name, void *function)
{
	void *found = dlsym(library, name);
	if (!found) snprintf(reason, sizeof reason, "%s", name);
	memcpy(function, &found, sizeof found);
	return found != NULL;
}

static bool look_up_all(void *library)
{
	const struct {
		const char *name;
		void *function;
	} wanted[] = {
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
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (!look_up(library, wanted[i].name, wanted[i].function)) return false;
	return true;
}

/* The search goes through what libcurl itself is linked with. Without these, facts of TLS are fewer. */
static void look_up_ssl(void *library)
{
	look_up(library, "SSL_get_version", &api.ssl_version);
	look_up(library, "SSL_get_current_cipher", &api.ssl_cipher);
	look_up(library, "SSL_CIPHER_standard_name", &api.ssl_cipher_name);
	look_up(library, "SSL_has_pending", &api.ssl_pending);
}

/* Likewise. Without these, bodies are asked for as they are. */
static void look_up_codings(void *library)
{
	api.has_zlib = look_up(library, "inflateInit2_", &api.inflate_init) && look_up(library, "inflate", &api.inflate) &&
				   look_up(library, "inflateReset", &api.inflate_reset) &&
				   look_up(library, "inflateEnd", &api.inflate_end);
	api.has_brotli = look_up(library, "BrotliDecoderCreateInstance", &api.brotli_new) &&
					 look_up(library, "BrotliDecoderDecompressStream", &api.brotli_decode) &&
					 look_up(library, "BrotliDecoderDestroyInstance", &api.brotli_free);
	if (api.has_zlib) api.codings = api.has_brotli ? "gzip, deflate, br" : "gzip, deflate";
	if (!api.has_zlib) api.codings = api.has_brotli ? "br" : "identity";
}

static void load(void)
{
	void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
	if (!library) {
		const char *why = dlerror();
		snprintf(reason, sizeof reason, "%s", why ? why : "libcurl.so.4");
		return;
	}
	if (!look_up_all(library)) return;
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
