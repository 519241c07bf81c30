/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * OpenSSL's libcrypto, for signatures and certificates: loaded at the first of them, so that a run without pays
 * nothing.
 *
 * Only functions of OpenSSL 3 that are not deprecated; each is a member by its own name. No configuration file is read:
 * what a signature is worth does not depend on how a machine is set up.
 */
#ifndef KEUR_REPORT_CRYPTO_H
#define KEUR_REPORT_CRYPTO_H

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/err.h"

/* clang-format off */
#define CRYPTO_FUNCTIONS(X) \
	X(OPENSSL_init_crypto) X(ERR_clear_error) X(ERR_peek_last_error) X(ERR_reason_error_string) \
	X(BIO_new_mem_buf) X(BIO_new) X(BIO_s_mem) X(BIO_ctrl) X(BIO_free) \
	X(PEM_read_bio_PrivateKey) X(PEM_read_bio_X509) X(PEM_read_bio_X509_CRL) \
	X(EVP_PKEY_free) X(EVP_PKEY_get_base_id) X(EVP_PKEY_get_bits) X(EVP_PKEY_get_group_name) \
	X(EVP_MD_CTX_new) X(EVP_MD_CTX_free) X(EVP_sha256) X(EVP_sha384) \
	X(EVP_DigestSignInit) X(EVP_DigestSign) X(EVP_DigestVerifyInit) X(EVP_DigestVerify) \
	X(EVP_PKEY_CTX_set_rsa_padding) X(EVP_PKEY_CTX_set_rsa_pss_saltlen) X(EVP_PKEY_CTX_set_rsa_mgf1_md) \
	X(ECDSA_SIG_new) X(ECDSA_SIG_free) X(ECDSA_SIG_get0) X(ECDSA_SIG_set0) X(d2i_ECDSA_SIG) X(i2d_ECDSA_SIG) \
	X(BN_bin2bn) X(BN_bn2binpad) X(BN_free) X(d2i_PUBKEY) \
	X(d2i_X509) X(i2d_X509) X(X509_free) X(X509_get0_pubkey) X(X509_check_private_key) \
	X(X509_get_subject_name) X(X509_get_issuer_name) X(X509_NAME_print_ex) \
	X(X509_get0_notBefore) X(X509_get0_notAfter) X(ASN1_TIME_to_tm) \
	X(X509_get_key_usage) X(X509_get_extension_flags) X(X509_get_ext_d2i) X(X509_check_issued) \
	X(X509_STORE_new) X(X509_STORE_free) X(X509_STORE_add_cert) \
	X(X509_STORE_CTX_new) X(X509_STORE_CTX_free) X(X509_STORE_CTX_init) X(X509_STORE_CTX_get0_param) \
	X(X509_STORE_CTX_get_error) X(X509_STORE_CTX_get_error_depth) X(X509_verify_cert) \
	X(X509_verify_cert_error_string) X(X509_VERIFY_PARAM_set_time) X(X509_VERIFY_PARAM_set_auth_level) \
	X(X509_VERIFY_PARAM_set_flags) X(X509_VERIFY_PARAM_set_depth) \
	X(OPENSSL_sk_new_null) X(OPENSSL_sk_push) X(OPENSSL_sk_num) X(OPENSSL_sk_value) X(OPENSSL_sk_free) \
	X(d2i_X509_CRL) X(X509_CRL_free) X(X509_STORE_add_crl) X(X509_STORE_CTX_set_verify_cb) \
	X(X509_STORE_CTX_get_current_cert) \
	X(OBJ_obj2txt) X(CERTIFICATEPOLICIES_free) X(EXTENDED_KEY_USAGE_free)
/* clang-format on */

struct crypto {
#define CRYPTO_MEMBER(name) __typeof__(name) *(name);
	CRYPTO_FUNCTIONS(CRYPTO_MEMBER)
#undef CRYPTO_MEMBER
};

/* NULL with ERR_IO when there is no libcrypto of OpenSSL 3. */
const struct crypto *crypto_load(struct err *err);

/* What OpenSSL says of its last error on this thread, which is forgotten then; "" when it says nothing. */
const char *crypto_reason(const struct crypto *crypto);

#endif
