/* SPDX-License-Identifier: EUPL-1.2 */
/* Keys and certificates of whoever signs. */
#include "report/signer.h"

#include "base/io.h"
#include "base/limits.h"

struct key_handle {
	const struct crypto *crypto;
	EVP_PKEY *key;
};

static void free_key(void *handle)
{
	const struct key_handle *it = handle;
	it->crypto->EVP_PKEY_free(it->key);
}

/* Called by OpenSSL for a key that has a password. Without one it must fail, and not ask the terminal. */
static int give_password(char *out, int size, int writing, void *context)
{
	const struct str *password = context;
	(void)writing;
	if (!password->ptr || password->len >= (size_t)size) return -1;
	memcpy(out, password->ptr, password->len);
	return (int)password->len;
}

static bool fail_key(
		const struct crypto *crypto, const struct signer_options *options, struct str text, struct err *err)
{
	struct loc loc = {.file = str_of(options->key)};
	const char *why = crypto_reason(crypto);
	if (str_find_str(text, STR("PRIVATE KEY-----")) == text.len)
		return err_set(err, ERR_RULES, loc, "expected a private key in PEM (-----BEGIN PRIVATE KEY-----), found none%s",
				"verwacht een private sleutel in PEM (-----BEGIN PRIVATE KEY-----), niet gevonden%s", "");
	if (!options->password.ptr && str_find_str(text, STR("ENCRYPTED")) < text.len)
		return err_set(err, ERR_RULES, loc, "this key has a password; give it with --password env:NAME or file:PATH%s",
				"deze sleutel heeft een wachtwoord; geef dat met --password env:NAAM of file:PAD%s", "");
	return err_set(err, ERR_RULES, loc, "this key cannot be read; is the password right? (%s)",
			"deze sleutel is niet te lezen; klopt het wachtwoord? (%s)", why);
}

static bool read_key(const struct crypto *crypto, struct arena *arena, const struct signer_options *options,
		struct signer *signer, struct err *err)
{
	struct str text, password = options->password;
	if (!io_read(arena, options->key, LIMIT_SECRET_BYTES, &text, err)) return false;
	BIO *bio = crypto->BIO_new_mem_buf(text.ptr, (int)text.len);
	signer->key = bio ? crypto->PEM_read_bio_PrivateKey(bio, NULL, give_password, &password) : NULL;
	crypto->BIO_free(bio);
	if (!signer->key) return fail_key(crypto, options, text, err);
	struct key_handle *handle = arena_alloc(arena, sizeof *handle);
	*handle = (struct key_handle){crypto, signer->key};
	arena_on_free(arena, free_key, handle);
	crypto->ERR_clear_error();
	return true;
}

static bool choose_alg(const struct signer_options *options, struct signer *signer, struct err *err)
{
	if (!jws_alg_of_key(signer->key, &signer->alg, err)) {
		if (!err->loc.file.len) err->loc.file = str_of(options->key);
		return false;
	}
	if (!options->alg.len) return true;
	enum jws_alg usual = signer->alg;
	for (int i = 0; i < JWS_ALG_COUNT; i++)
		if (str_eq(options->alg, str_of(jws_alg_names[i]))) signer->alg = (enum jws_alg)i;
	if (signer->alg == usual && !str_eq(options->alg, str_of(jws_alg_names[usual])))
		return err_set(err, ERR_USAGE, (struct loc){0},
				"--alg: expected PS256, RS256, ES256, ES384 or EdDSA, found '%.*s'",
				"--alg: verwacht PS256, RS256, ES256, ES384 of EdDSA, gevonden '%.*s'", STR_FMT(options->alg));
	bool both_rsa = signer->alg <= JWS_RS256 && usual <= JWS_RS256;
	return signer->alg == usual || both_rsa ||
		   err_set(err, ERR_RULES, (struct loc){.file = str_of(options->key)},
				   "this key cannot sign by %s; it is one for %s",
				   "met deze sleutel kan niet met %s ondertekend worden; het is er een voor %s",
				   jws_alg_names[signer->alg], jws_alg_names[usual]);
}

static bool check_validity(
		const struct signer_options *options, struct arena *arena, const struct identity *identity, struct err *err)
{
	struct loc loc = {.file = str_of(options->chain)};
	if (options->now < identity->not_before)
		return err_set(err, ERR_RULES, loc, "the signer's certificate is not in force yet: it begins at %s",
				"het certificaat van de ondertekenaar geldt nog niet: het begint op %s",
				x509_moment(arena, identity->not_before).ptr);
	if (options->now > identity->not_after)
		return err_set(err, ERR_RULES, loc, "the signer's certificate ended at %s; sign with one that is in force",
				"het certificaat van de ondertekenaar liep af op %s; onderteken met een dat geldt",
				x509_moment(arena, identity->not_after).ptr);
	return true;
}

static bool check_order(const struct crypto *crypto, const struct signer_options *options,
		const struct x509_list *chain, struct err *err)
{
	struct loc loc = {.file = str_of(options->chain)};
	if (chain->count > LIMIT_CERTIFICATE_CHAIN)
		return err_set(err, ERR_LIMIT, loc, "at most %d certificates of a signer and its issuers, found %u",
				"hoogstens %d certificaten van een ondertekenaar en de uitgevers, gevonden %u", LIMIT_CERTIFICATE_CHAIN,
				chain->count);
	for (uint32_t i = 0; i + 1 < chain->count; i++)
		if (crypto->X509_check_issued(chain->items[i + 1], chain->items[i]) != X509_V_OK)
			return err_set(err, ERR_RULES, loc,
					"certificate %u is not issued by certificate %u; expected the signer first, then each issuer in turn",
					"certificaat %u is niet uitgegeven door certificaat %u; verwacht eerst de ondertekenaar, dan telkens de "
					"uitgever",
					i + 1, i + 2);
	return true;
}

static bool read_chain(const struct crypto *crypto, struct arena *arena, const struct signer_options *options,
		struct signer *signer, struct err *err)
{
	struct x509_list chain;
	struct loc loc = {.file = str_of(options->chain)};
	if (!x509_read(crypto, arena, options->chain, &chain, err)) return false;
	if (crypto->X509_check_private_key(chain.items[0], signer->key) != 1) {
		crypto->ERR_clear_error();
		return err_set(err, ERR_RULES, loc, "the first certificate is not that of the key in %s",
				"het eerste certificaat is niet dat van de sleutel in %s", options->key);
	}
	if (!x509_identify(crypto, arena, chain.items[0], &signer->identity))
		return err_set(err, ERR_RULES, loc, "the validity of the first certificate cannot be read%s",
				"de geldigheid van het eerste certificaat is niet te lezen%s", "");
	if (!check_validity(options, arena, &signer->identity, err) || !check_order(crypto, options, &chain, err))
		return false;
	if (!x509_may_sign(crypto, chain.items[0], err)) {
		err->loc.file = str_of(options->chain);
		return false;
	}
	signer->certificates = arena_alloc(arena, chain.count * sizeof *signer->certificates);
	for (uint32_t i = 0; i < chain.count; i++) {
		bool root = crypto->X509_get_extension_flags(chain.items[i]) & EXFLAG_SS;
		/* Whoever verifies must have the root already; one out of the signature would vouch for itself. */
		if (i && root) continue;
		signer->certificates[signer->certificate_count++] = x509_der(crypto, arena, chain.items[i]);
	}
	return true;
}

const struct signer *signer_open(struct arena *arena, const struct signer_options *options, struct err *err)
{
	const struct crypto *crypto = crypto_load(err);
	struct signer *signer = arena_zalloc(arena, sizeof *signer);
	if (!crypto || !read_key(crypto, arena, options, signer, err) || !choose_alg(options, signer, err) ||
			!read_chain(crypto, arena, options, signer, err))
		return NULL;
	return signer;
}

bool signer_sign(const struct signer *signer, struct arena *arena, struct str payload, int64_t moment,
		struct strbuf *out, struct err *err)
{
	struct str header = jws_header(arena, signer->alg, moment, signer->certificates, signer->certificate_count);
	if (!jws_sign(signer->key, signer->alg, header, payload, out, err)) return false;
	strbuf_add_char(out, '\n');
	return true;
}
