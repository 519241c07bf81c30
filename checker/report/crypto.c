/* SPDX-License-Identifier: EUPL-1.2 */
/* Loads libcrypto at its first use. */
#include "report/crypto.h"

#include <pthread.h>

#include "base/shared.h"

static struct crypto crypto;
static bool loaded;
static char reason[SHARED_REASON]; /* why not */

static void load(void)
{
#define CRYPTO_SYMBOL(name) {#name, &crypto.name},
	const struct shared_symbol wanted[] = {CRYPTO_FUNCTIONS(CRYPTO_SYMBOL)};
#undef CRYPTO_SYMBOL
	void *library = shared_open("libcrypto.so.3", reason);
	if (!library || !shared_find_all(library, wanted, sizeof wanted / sizeof *wanted, reason)) return;
	/* openssl.cnf can load modules and lower what is secure; atexit() of a library would outlive our arenas. */
	crypto.OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL);
	loaded = true;
}

const struct crypto *crypto_load(struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load);
	if (loaded) return &crypto;
	err_set(err, ERR_IO, (struct loc){0},
			"signatures take libcrypto of OpenSSL 3, which cannot be used here (%s); install it: apt-get install libssl3",
			"voor handtekeningen is libcrypto van OpenSSL 3 nodig, en dat is hier niet bruikbaar (%s); installeer het: "
			"apt-get install libssl3",
			reason);
	return NULL;
}

const char *crypto_reason(const struct crypto *library)
{
	const char *text = library->ERR_reason_error_string(library->ERR_peek_last_error());
	library->ERR_clear_error();
	return text ? text : "";
}
