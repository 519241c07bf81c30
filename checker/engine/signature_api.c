/* SPDX-License-Identifier: EUPL-1.2 */
/* Loads libxmlsec1 with its OpenSSL part. */
#include "engine/signature_api.h"

#include <pthread.h>

static struct signature_api api;
static bool loaded;
static char reason[SHARED_REASON];

static const char *const klasses[SIGNATURE_TRANSFORMS] = {"xmlSecTransformEnvelopedGetKlass",
		"xmlSecTransformExclC14NGetKlass", "xmlSecTransformExclC14NWithCommentsGetKlass",
		"xmlSecOpenSSLTransformSha256GetKlass", "xmlSecOpenSSLTransformSha384GetKlass",
		"xmlSecOpenSSLTransformSha512GetKlass", "xmlSecTransformInclC14NGetKlass",
		"xmlSecTransformInclC14NWithCommentsGetKlass", "xmlSecTransformInclC14N11GetKlass",
		"xmlSecOpenSSLTransformRsaSha256GetKlass", "xmlSecOpenSSLTransformRsaSha384GetKlass",
		"xmlSecOpenSSLTransformRsaSha512GetKlass", "xmlSecOpenSSLTransformEcdsaSha256GetKlass",
		"xmlSecOpenSSLTransformEcdsaSha384GetKlass", "xmlSecOpenSSLTransformEcdsaSha512GetKlass"};

/* It would write to standard error. What is wrong is told by status. */
static void say_nothing(const char *file, int line, const char *function, const char *object, const char *subject,
		int code, const char *message)
{
	(void)file;
	(void)line;
	(void)function;
	(void)object;
	(void)subject;
	(void)code;
	(void)message;
}

static bool look_up(void *library, void *crypto)
{
	const struct shared_symbol wanted[] = {
			{"xmlSecInit", &api.init},
			{"xmlSecCheckVersionExt", &api.check_version},
			{"xmlSecErrorsSetCallback", &api.take_errors},
			{"xmlSecDSigCtxCreate", &api.context_new},
			{"xmlSecDSigCtxDestroy", &api.context_free},
			{"xmlSecDSigCtxVerify", &api.verify},
			{"xmlSecDSigCtxEnableReferenceTransform", &api.allow_reference},
			{"xmlSecDSigCtxEnableSignatureTransform", &api.allow_signature},
			{"xmlSecPtrListGetItem", &api.list_item},
			{"xmlSecKeyDestroy", &api.key_free},
	};
	/* The last seven are OpenSSL's, which came with the library. */
	const struct shared_symbol of_crypto[] = {
			{"xmlSecOpenSSLAppInit", &api.crypto_app_init},
			{"xmlSecOpenSSLInit", &api.crypto_init},
			{"xmlSecOpenSSLAppKeyLoadMemory", &api.key_of},
			{"d2i_X509", &api.certificate_new},
			{"X509_free", &api.certificate_free},
			{"X509_get_subject_name", &api.subject},
			{"X509_NAME_get_text_by_NID", &api.name_text},
			{"X509_get0_pubkey", &api.public_key},
			{"EVP_PKEY_get_bits", &api.key_bits},
			{"EVP_PKEY_get_base_id", &api.key_kind},
	};
	return shared_find_all(library, wanted, sizeof wanted / sizeof *wanted, reason) &&
		   shared_find_all(crypto, of_crypto, sizeof of_crypto / sizeof *of_crypto, reason);
}

static bool find_transforms(void *crypto)
{
	for (int i = 0; i < SIGNATURE_TRANSFORMS; i++) {
		xmlSecTransformId (*klass)(void);
		if (!shared_find(crypto, klasses[i], &klass, reason)) return false;
		api.transforms[i] = klass();
	}
	return true;
}

static bool start(struct arena *scratch)
{
	struct err none;
	const struct shared_symbol of_xml = {"xmlAddID", &api.add_id};
	err_init(&none, scratch);
	if (!xml_symbols(&of_xml, 1, &none)) {
		snprintf(reason, sizeof reason, "libxml2");
		return false;
	}
	void *library = shared_open("libxmlsec1.so.1", reason);
	void *crypto = library ? shared_open("libxmlsec1-openssl.so.1", reason) : NULL;
	if (!crypto || !look_up(library, crypto)) return false;
	if (api.check_version(XMLSEC_VERSION_MAJOR, XMLSEC_VERSION_MINOR, XMLSEC_VERSION_SUBMINOR,
				xmlSecCheckVersionABICompatible) != 1) {
		snprintf(reason, sizeof reason, "libxmlsec1.so.1 < %s", XMLSEC_VERSION);
		return false;
	}
	if (api.init() < 0 || api.crypto_app_init(NULL) < 0 || api.crypto_init() < 0) {
		snprintf(reason, sizeof reason, "xmlSecInit()");
		return false;
	}
	api.take_errors(say_nothing);
	return find_transforms(crypto);
}

static void load(void)
{
	struct arena *scratch = arena_new();
	loaded = start(scratch);
	arena_free(scratch);
}

const struct signature_api *signature_api_load(struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load);
	if (loaded) return &api;
	err_set(err, ERR_IO, (struct loc){0},
			"to compute signatures takes libxmlsec1 %s or later of that series, which cannot be used here (%s); install it: "
			"apt-get install libxmlsec1-openssl",
			"voor het narekenen van handtekeningen is libxmlsec1 %s of later uit die reeks nodig, en dat is hier niet "
			"bruikbaar (%s); installeer het: apt-get install libxmlsec1-openssl",
			XMLSEC_VERSION, reason);
	return NULL;
}
