/* SPDX-License-Identifier: EUPL-1.2 */
/* Certificates of the hostile server, made when it starts: an issuer, and what it signs or should not have. */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

enum { DAY = 24 * 60 * 60 };

static EVP_PKEY *issuer_key;
static X509 *issuer;

static void need(bool good, const char *what)
{
	if (good) return;
	fprintf(stderr, "server: %s\n", what);
	ERR_print_errors_fp(stderr);
	exit(1);
}

static void add_extension(X509 *certificate, int kind, const char *value)
{
	X509V3_CTX context;
	X509V3_set_ctx(&context, issuer ? issuer : certificate, certificate, NULL, NULL, 0);
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
	need(extension && X509_add_ext(certificate, extension, -1), "no extension");
	X509_EXTENSION_free(extension);
}

/* Valid from and to so many days from now; `signer` NULL: by itself. */
static X509 *make(EVP_PKEY *key, const char *name, int from, int to, EVP_PKEY *signer)
{
	static long serial = 1;
	X509 *certificate = X509_new();
	need(certificate, "no certificate");
	X509_set_version(certificate, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
	X509_gmtime_adj(X509_getm_notBefore(certificate), (long)from * DAY);
	X509_gmtime_adj(X509_getm_notAfter(certificate), (long)to * DAY);
	X509_set_pubkey(certificate, key);
	X509_NAME *subject = X509_get_subject_name(certificate);
	X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0);
	X509_set_issuer_name(certificate, signer && issuer ? X509_get_subject_name(issuer) : subject);
	return certificate;
}

static void sign(X509 *certificate, EVP_PKEY *key)
{
	need(X509_sign(certificate, key, EVP_sha256()) > 0, "cannot sign");
}

static void make_issuer(void)
{
	if (issuer) return;
	issuer_key = EVP_EC_gen("P-256");
	need(issuer_key, "no key");
	X509 *made = make(issuer_key, "Hostile CA", -2, 30, NULL);
	add_extension(made, NID_basic_constraints, "critical,CA:TRUE");
	add_extension(made, NID_key_usage, "critical,keyCertSign,cRLSign");
	sign(made, issuer_key);
	issuer = made;
}

SSL_CTX *certificate_context(const char *name)
{
	bool self = strcmp(name, "self") == 0, expired = strcmp(name, "expired") == 0, early = strcmp(name, "early") == 0;
	bool wrong = strcmp(name, "wrong") == 0;
	make_issuer();
	EVP_PKEY *key = EVP_EC_gen("P-256");
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	need(key && context, "no context");
	X509 *certificate = make(key, name, early ? 10 : -2, expired ? -1 : 20, self ? NULL : issuer_key);
	add_extension(certificate, NID_subject_alt_name, wrong ? "DNS:elsewhere.example" : "DNS:localhost,IP:127.0.0.1");
	sign(certificate, self ? key : issuer_key);
	need(SSL_CTX_use_certificate(context, certificate) && SSL_CTX_use_PrivateKey(context, key), "unusable certificate");
	X509_free(certificate);
	EVP_PKEY_free(key);
	return context;
}

bool certificate_write_issuer(const char *path)
{
	make_issuer();
	FILE *file = fopen(path, "w");
	bool good = file && PEM_write_X509(file, issuer);
	return file && fclose(file) == 0 && good;
}
