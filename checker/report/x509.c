/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading certificates. */
#include "report/x509.h"

#include <time.h>

#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"

enum { MOST_POLICIES = 20 };

struct handle {
	const struct crypto *crypto;
	X509 *certificate;
};

static void free_handle(void *handle)
{
	const struct handle *it = handle;
	it->crypto->X509_free(it->certificate);
}

static X509 *keep(const struct crypto *crypto, struct arena *arena, X509 *certificate)
{
	if (!certificate) return NULL;
	struct handle *handle = arena_alloc(arena, sizeof *handle);
	*handle = (struct handle){crypto, certificate};
	arena_on_free(arena, free_handle, handle);
	return certificate;
}

X509 *x509_of_der(const struct crypto *crypto, struct arena *arena, struct str der)
{
	const unsigned char *at = (const unsigned char *)der.ptr, *end = at + der.len;
	X509 *certificate = crypto->d2i_X509(NULL, &at, (long)der.len);
	crypto->ERR_clear_error();
	if (certificate && at != end) {
		crypto->X509_free(certificate);
		return NULL;
	}
	return keep(crypto, arena, certificate);
}

struct str x509_der(const struct crypto *crypto, struct arena *arena, const X509 *certificate)
{
	int length = crypto->i2d_X509(certificate, NULL);
	if (length <= 0) return (struct str){"", 0};
	unsigned char *bytes = arena_alloc(arena, (size_t)length), *at = bytes;
	crypto->i2d_X509(certificate, &at);
	return (struct str){(const char *)bytes, (size_t)length};
}

bool x509_read(
		const struct crypto *crypto, struct arena *arena, const char *path, struct x509_list *out, struct err *err)
{
	struct str text;
	struct {
		X509 **items;
		size_t count, capacity;
	} all = {0};
	if (!io_read(arena, path, LIMIT_TRUST_BYTES, &text, err)) return false;
	BIO *bio = crypto->BIO_new_mem_buf(text.ptr, (int)text.len);
	for (X509 *next = crypto->PEM_read_bio_X509(bio, NULL, NULL, ""); next;
			next = crypto->PEM_read_bio_X509(bio, NULL, NULL, ""))
		*vec_push(&all) = keep(crypto, arena, next);
	crypto->BIO_free(bio);
	/* No more of them is how a list ends; anything else is a certificate that cannot be read. */
	bool whole = ERR_GET_REASON(crypto->ERR_peek_last_error()) == PEM_R_NO_START_LINE;
	crypto->ERR_clear_error();
	out->count = (uint32_t)all.count;
	out->items = arena_alloc(arena, (all.count + 1) * sizeof *out->items);
	if (all.count) memcpy(out->items, all.items, all.count * sizeof *out->items);
	vec_release(&all);
	if (whole && out->count) return true;
	return err_set(err, ERR_RULES, (struct loc){.file = str_of(path)},
			"expected certificates in PEM (-----BEGIN CERTIFICATE-----); number %u cannot be read",
			"verwacht certificaten in PEM (-----BEGIN CERTIFICATE-----); nummer %u is niet te lezen", out->count + 1);
}

static struct str print_name(const struct crypto *crypto, struct arena *arena, X509_NAME *name)
{
	char *text = NULL;
	BIO *bio = crypto->BIO_new(crypto->BIO_s_mem());
	/* Escapes control characters, so that a name cannot write to a terminal. */
	unsigned long flags = ASN1_STRFLGS_ESC_2253 | ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_UTF8_CONVERT |
						  XN_FLAG_SEP_CPLUS_SPC | XN_FLAG_DN_REV | XN_FLAG_FN_SN | XN_FLAG_DUMP_UNKNOWN_FIELDS;
	if (!bio) return (struct str){"", 0};
	crypto->X509_NAME_print_ex(bio, name, 0, flags);
	long length = crypto->BIO_ctrl(bio, BIO_CTRL_INFO, 0, &text);
	struct str out = {"", 0};
	if (length > 0) out = str_copy(arena, (struct str){text, (size_t)length});
	crypto->BIO_free(bio);
	crypto->ERR_clear_error();
	return out;
}

static struct str policies_of(const struct crypto *crypto, struct arena *arena, const X509 *certificate)
{
	CERTIFICATEPOLICIES *all = crypto->X509_get_ext_d2i(certificate, NID_certificate_policies, NULL, NULL);
	struct str list = {"", 0};
	int count = all ? crypto->OPENSSL_sk_num((const OPENSSL_STACK *)all) : 0;
	for (int i = 0; i < count && i < MOST_POLICIES; i++) {
		char text[128] = "";
		const POLICYINFO *policy = crypto->OPENSSL_sk_value((const OPENSSL_STACK *)all, i);
		crypto->OBJ_obj2txt(text, sizeof text, policy->policyid, 1);
		list = str_printf(arena, "%.*s%s%s", STR_FMT(list), list.len ? ", " : "", text);
	}
	crypto->CERTIFICATEPOLICIES_free(all);
	return list;
}

bool x509_time(const struct crypto *crypto, const ASN1_TIME *time, int64_t *out)
{
	struct tm parts;
	if (!time || crypto->ASN1_TIME_to_tm(time, &parts) != 1) return false;
	*out = (int64_t)timegm(&parts);
	return true;
}

struct str x509_moment(struct arena *arena, int64_t seconds)
{
	char text[64] = "?";
	struct tm utc;
	time_t time = (time_t)seconds;
	if (gmtime_r(&time, &utc)) strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
	return str_copy(arena, str_of(text));
}

bool x509_identify(const struct crypto *crypto, struct arena *arena, X509 *certificate, struct identity *out)
{
	out->subject = print_name(crypto, arena, crypto->X509_get_subject_name(certificate));
	out->issuer = print_name(crypto, arena, crypto->X509_get_issuer_name(certificate));
	out->policies = policies_of(crypto, arena, certificate);
	return x509_time(crypto, crypto->X509_get0_notBefore(certificate), &out->not_before) &&
		   x509_time(crypto, crypto->X509_get0_notAfter(certificate), &out->not_after);
}

/* Made for the names of servers and clients only. An extended key usage of any other kind, or none, is no objection. */
static bool is_for_tls(const struct crypto *crypto, const X509 *certificate)
{
	EXTENDED_KEY_USAGE *all = crypto->X509_get_ext_d2i(certificate, NID_ext_key_usage, NULL, NULL);
	int count = all ? crypto->OPENSSL_sk_num((const OPENSSL_STACK *)all) : 0;
	bool tls = count > 0;
	for (int i = 0; i < count; i++) {
		char text[64] = "";
		crypto->OBJ_obj2txt(text, sizeof text, crypto->OPENSSL_sk_value((const OPENSSL_STACK *)all, i), 1);
		tls = tls && (strcmp(text, "1.3.6.1.5.5.7.3.1") == 0 || strcmp(text, "1.3.6.1.5.5.7.3.2") == 0);
	}
	crypto->EXTENDED_KEY_USAGE_free(all);
	return tls;
}

bool x509_may_sign(const struct crypto *crypto, X509 *certificate, struct err *err)
{
	uint32_t flags = crypto->X509_get_extension_flags(certificate), usage = crypto->X509_get_key_usage(certificate);
	struct loc none = {0};
	if (flags & EXFLAG_INVALID)
		return err_set(err, ERR_RULES, none, "the signer's certificate has extensions that cannot be read%s",
				"het certificaat van de ondertekenaar heeft extensies die niet te lezen zijn%s", "");
	if (flags & EXFLAG_CA)
		return err_set(err, ERR_RULES, none,
				"the signer's certificate is that of an issuer of certificates, and not for signing documents%s",
				"het certificaat van de ondertekenaar is dat van een uitgever van certificaten, en niet om documenten mee "
				"te ondertekenen%s",
				"");
	/* Without the extension every usage is allowed: OpenSSL then answers with all bits. */
	if (!(usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)))
		return err_set(err, ERR_RULES, none,
				"the signer's certificate is for another purpose: expected key usage digitalSignature or nonRepudiation%s",
				"het certificaat van de ondertekenaar is voor een ander doel: verwacht sleutelgebruik digitalSignature of "
				"nonRepudiation%s",
				"");
	if (is_for_tls(crypto, certificate))
		return err_set(err, ERR_RULES, none,
				"the signer's certificate is for TLS only (extended key usage), and not for signing documents%s",
				"het certificaat van de ondertekenaar is alleen voor TLS (extended key usage), en niet om documenten mee te "
				"ondertekenen%s",
				"");
	return true;
}
