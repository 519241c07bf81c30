/* SPDX-License-Identifier: EUPL-1.2 */
/* What keur uses of libxmlsec1 and of the OpenSSL behind it, loaded at the first signature. */
#ifndef KEUR_ENGINE_SIGNATURE_API_H
#define KEUR_ENGINE_SIGNATURE_API_H

/* As Debian builds 1.2: sizes are unsigned int. The version is compared when the library is loaded. */
#define XMLSEC_NO_SIZE_T
#include <xmlsec/xmlsec.h>
/* That one before these. */
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>

#include "doc/xml.h"

enum { SIGNATURE_TRANSFORMS = 15, SIGNATURE_REFERENCE_TRANSFORMS = 6 };

struct signature_api {
	int (*init)(void);
	int (*check_version)(int major, int minor, int subminor, xmlSecCheckVersionMode mode);
	void (*take_errors)(xmlSecErrorsCallback callback);
	int (*crypto_app_init)(const char *config);
	int (*crypto_init)(void);
	xmlSecDSigCtx *(*context_new)(xmlSecKeysMngr *keys);
	void (*context_free)(xmlSecDSigCtx *context);
	int (*verify)(xmlSecDSigCtx *context, xmlNode *signature);
	int (*allow_reference)(xmlSecDSigCtx *context, xmlSecTransformId transform);
	int (*allow_signature)(xmlSecDSigCtx *context, xmlSecTransformId transform);
	void *(*list_item)(xmlSecPtrList *list, xmlSecSize at);
	xmlSecKey *(*key_of)(const xmlSecByte *data, xmlSecSize size, xmlSecKeyDataFormat format, const char *password,
			void *callback, void *context);
	void (*key_free)(xmlSecKey *key);
	/* The first SIGNATURE_REFERENCE_TRANSFORMS may stand in a reference, digests included; the others, and
	 * canonicalization, in SignedInfo. */
	xmlSecTransformId transforms[SIGNATURE_TRANSFORMS];
	xmlAttr *(*add_id)(xmlValidCtxt *unused, xmlDoc *doc, const xmlChar *value, xmlAttr *attribute);
	/* Of OpenSSL, with its types unseen. */
	void *(*certificate_new)(void *unused, const unsigned char **bytes, long size);
	void (*certificate_free)(void *certificate);
	void *(*subject)(const void *certificate);
	int (*name_text)(void *name, int attribute, char *out, int size);
	void *(*public_key)(const void *certificate);
	int (*key_bits)(const void *key);
	int (*key_kind)(const void *key);
};

/* Any thread may ask. NULL, with ERR_IO, when it is not installed, of another version than keur was built with, or
 * lacks something. */
const struct signature_api *signature_api_load(struct err *err);

#endif
