/* SPDX-License-Identifier: EUPL-1.2 */
/* The text of signatures. */
#include "report/jws.h"

#include <inttypes.h>
#include <nettle/sha2.h>

#include "base/limits.h"
#include "doc/canonical.h"
#include "report/strict.h"

const char *const jws_alg_names[JWS_ALG_COUNT] = {"PS256", "RS256", "ES256", "ES384", "EdDSA"};

/* What is wrong with the text of the file `name`. */
#define fail(err, name, ...) err_set(err, ERR_SYNTAX, (struct loc){.file = (name)}, __VA_ARGS__)

struct header {
	struct arena *arena;
	struct str name;
	const struct node *root;
	struct err *err;
};

/* What we do not know might change what the signature means, so it is refused, critical or not. */
static bool check_names(const struct header *it)
{
	static const char *const known[] = {"alg", "cty", "iat", "typ", "x5c", "x5t#S256", NULL};
	for (uint32_t i = 0; i < node_count(it->root); i++) {
		struct str key = node_key(&it->root->children[i]);
		size_t at = 0;
		while (known[at] && !str_eq(key, str_of(known[at])))
			at++;
		if (known[at]) continue;
		return fail(it->err, it->name,
				"header of the signature: expected alg, cty, iat, typ, x5c and x5t#S256 only, found '%.*s'",
				"kop van de handtekening: verwacht alleen alg, cty, iat, typ, x5c en x5t#S256, gevonden '%.*s'",
				STR_FMT(key));
	}
	return true;
}

static bool read_alg(const struct header *it, struct jws *jws)
{
	struct str alg = node_string_member(it->root, STR("alg"));
	for (int i = 0; i < JWS_ALG_COUNT; i++) {
		if (!str_eq(alg, str_of(jws_alg_names[i]))) continue;
		jws->alg = (enum jws_alg)i;
		return true;
	}
	return fail(it->err, it->name,
			"algorithm of the signature: expected PS256, RS256, ES256, ES384 or EdDSA, found '%.*s'",
			"algoritme van de handtekening: verwacht PS256, RS256, ES256, ES384 of EdDSA, gevonden '%.*s'",
			STR_FMT(alg));
}

static bool read_issued(const struct header *it, struct jws *jws)
{
	const struct node *node = node_member(it->root, STR("iat"));
	jws->issued_at = -1;
	if (!node) return true;
	int64_t value = 0;
	bool ok = node->kind == NODE_NUMBER && node->len > 0 && node->len <= 12;
	for (uint32_t i = 0; ok && i < node->len; i++) {
		ok = node->text[i] >= '0' && node->text[i] <= '9';
		value = value * 10 + (node->text[i] - '0');
	}
	jws->issued_at = value;
	return ok || fail(it->err, it->name, "moment of the signature (iat): expected whole seconds since 1970%s",
						 "moment van de handtekening (iat): verwacht hele seconden sinds 1970%s", "");
}

static bool read_certificates(const struct header *it, struct jws *jws)
{
	const struct node *array = node_member(it->root, STR("x5c"));
	if (!array) return true;
	bool ok = array->kind == NODE_ARRAY && array->len > 0 && array->len <= LIMIT_CERTIFICATE_CHAIN;
	jws->certificates = arena_zalloc(it->arena, (node_count(array) + 1) * sizeof *jws->certificates);
	for (uint32_t i = 0; ok && i < array->len; i++) {
		const struct node *item = &array->children[i];
		ok = item->kind == NODE_STRING && item->len > 0 &&
			 strict_base64(it->arena, node_text(item), BASE64, &jws->certificates[i]);
	}
	if (ok) jws->certificate_count = array->len;
	return ok ||
		   fail(it->err, it->name, "certificates of the signer (x5c): expected 1 to %d of them, in base64",
				   "certificaten van de ondertekenaar (x5c): verwacht 1 tot %d, in base64", LIMIT_CERTIFICATE_CHAIN);
}

static void thumbprint_of(struct str certificate, uint8_t out[SHA256_DIGEST_SIZE])
{
	struct sha256_ctx context;
	sha256_init(&context);
	sha256_update(&context, certificate.len, (const uint8_t *)certificate.ptr);
	sha256_digest(&context, SHA256_DIGEST_SIZE, out);
}

static bool read_thumbprint(const struct header *it, struct jws *jws)
{
	const struct node *node = node_member(it->root, STR("x5t#S256"));
	uint8_t found[SHA256_DIGEST_SIZE];
	if (!node) return true;
	bool ok = node->kind == NODE_STRING && jws->certificate_count > 0 &&
			  strict_base64(it->arena, node_text(node), BASE64_URL, &jws->thumbprint);
	if (ok) thumbprint_of(jws->certificates[0], found);
	ok = ok && str_eq(jws->thumbprint, (struct str){(const char *)found, sizeof found});
	return ok || fail(it->err, it->name, "x5t#S256 is not the SHA-256 of the first certificate of the signature%s",
						 "x5t#S256 is niet de SHA-256 van het eerste certificaat van de handtekening%s", "");
}

/* `typ` and `cty` say nothing that we need, but a reader who goes by them must not be led astray. */
static bool read_types(const struct header *it, struct jws *jws)
{
	static const char *const names[] = {"typ", "cty"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct node *node = node_member(it->root, str_of(names[i]));
		if (!node || node->kind == NODE_STRING) continue;
		return fail(it->err, it->name, "header of the signature: expected a text as '%s'",
				"kop van de handtekening: verwacht een tekst als '%s'", names[i]);
	}
	jws->content_type = node_string_member(it->root, STR("cty"));
	return true;
}

static bool read_header(struct arena *arena, struct str name, struct str bytes, struct jws *jws, struct err *err)
{
	const struct doc *doc = strict_json(arena, name, bytes, err);
	if (!doc) return false;
	struct header it = {arena, name, doc->root, err};
	if (doc->root->kind != NODE_OBJECT)
		return fail(err, name, "header of the signature: expected an object%s",
				"kop van de handtekening: verwacht een object%s", "");
	return check_names(&it) && read_alg(&it, jws) && read_types(&it, jws) && read_issued(&it, jws) &&
		   read_certificates(&it, jws) && read_thumbprint(&it, jws);
}

bool jws_read(struct arena *arena, struct str name, struct str text, struct jws *jws, struct err *err)
{
	struct str header;
	*jws = (struct jws){.issued_at = -1};
	if (text.len > LIMIT_JWS_BYTES)
		return err_set(err, ERR_LIMIT, (struct loc){.file = name}, "a signature is at most %d KiB, found more",
				"een handtekening is hoogstens %d KiB, gevonden meer", LIMIT_JWS_BYTES >> 10);
	size_t first = str_find(text, '.');
	size_t second = first + 1 + str_find(str_skip(text, first + 1), '.');
	if (first == text.len || second >= text.len)
		return fail(err, name,
				"expected a signature in three parts (header.payload.signature), found fewer; is the file whole?%s",
				"verwacht een handtekening in drie delen (kop.inhoud.handtekening), gevonden minder; is het bestand heel?%s",
				"");
	jws->signed_bytes = (struct str){text.ptr, second};
	struct str parts[] = {{text.ptr, first}, {text.ptr + first + 1, second - first - 1}, str_skip(text, second + 1)};
	struct str *const decoded[] = {&header, &jws->payload, &jws->signature};
	static const char *const names[] = {"header", "payload", "signature"};
	for (size_t i = 0; i < 3; i++)
		if (!strict_base64(arena, parts[i], BASE64_URL, decoded[i]))
			return fail(err, name,
					"the %s is not base64url as RFC 7515 has it (one spelling, no padding, no line ends)",
					"deel %s is geen base64url zoals in RFC 7515 (één schrijfwijze, zonder opvulling en regeleinden)",
					names[i]);
	return read_header(arena, name, header, jws, err);
}

struct str jws_header(
		struct arena *arena, enum jws_alg alg, int64_t issued_at, const struct str *certificates, uint32_t count)
{
	struct strbuf buf;
	struct canonical out;
	uint8_t print[SHA256_DIGEST_SIZE];
	strbuf_init(&buf, LIMIT_JWS_BYTES);
	canonical_init(&out, &buf);
	canonical_object(&out, NULL);
	canonical_str(&out, "alg", str_of(jws_alg_names[alg]));
	canonical_str(&out, "cty", STR("json"));
	canonical_number(&out, "iat", (uint64_t)issued_at);
	canonical_str(&out, "typ", STR("jose"));
	canonical_array(&out, "x5c");
	for (uint32_t i = 0; i < count; i++)
		canonical_str(&out, NULL, base64_text(arena, certificates[i], BASE64));
	canonical_end_array(&out);
	thumbprint_of(certificates[0], print);
	canonical_str(&out, "x5t#S256", base64_text(arena, (struct str){(const char *)print, sizeof print}, BASE64_URL));
	canonical_end_object(&out);
	return strbuf_take(&buf, arena);
}
