/* SPDX-License-Identifier: EUPL-1.2 */
/* Credentials as fields, and JSON Web Tokens by nettle's HMAC. */
#include "fetch/auth.h"

#include <inttypes.h>
#include <nettle/hmac.h>

#include "base/limits.h"
#include "fetch/base64.h"

static bool refuse(struct err *err, struct text text)
{
	return err_set_text(err, ERR_USAGE, (struct loc){0}, (struct text){0}, text);
}

static bool has_control(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7f) return true;
	return false;
}

static bool is_complete(const struct http_auth *auth)
{
	if (auth->kind == AUTH_NONE) return auth->certificate.len > 0;
	bool needs_name = auth->kind != AUTH_BEARER;
	return auth->secret.len > 0 && (auth->name.len > 0 || !needs_name);
}

bool http_auth_prepare(struct http_auth *auth, struct arena *arena, struct err *err)
{
	struct text why;
	if (!origin_of(auth->base, &auth->origin, &why, arena)) return refuse(err, why);
	if (!is_complete(auth))
		return refuse(
				err, TEXT("the credential is not complete: expected a secret, and a name where the kind asks for one",
							 "de inloggegevens zijn niet volledig: verwacht een geheim, en een naam waar de soort die "
							 "vraagt"));
	if (has_control(auth->name) || has_control(auth->secret))
		return refuse(
				err, TEXT("the credential holds a line end or other control character; remove it from its source",
							 "in de inloggegevens staat een regeleinde of ander stuurteken; haal dat weg uit de bron"));
	if (auth->kind == AUTH_BASIC && str_find(auth->name, ':') < auth->name.len)
		return refuse(
				err, TEXT("a user name of Basic authentication cannot hold a colon (RFC 7617)",
							 "in een gebruikersnaam van Basic-authenticatie kan geen dubbele punt staan (RFC 7617)"));
	return true;
}

static void add_json(struct strbuf *out, struct str text)
{
	strbuf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c == '"' || c == '\\') strbuf_add_char(out, '\\');
		if (c < ' ')
			strbuf_printf(out, "\\u%04x", c);
		else
			strbuf_add_char(out, (char)c);
	}
	strbuf_add_char(out, '"');
}

static struct str claims_of(
		const struct http_auth *auth, const struct token_change *change, int64_t now, struct arena *arena)
{
	struct strbuf out;
	struct str client = change->client_id.ptr ? change->client_id : auth->name;
	strbuf_init(&out, LIMIT_REQUEST_HEADER_BYTES);
	strbuf_add(&out, STR("{\"iss\":"));
	add_json(&out, client);
	if (!change->without_iat) strbuf_printf(&out, ",\"iat\":%" PRId64, now - change->age);
	if (change->expires) strbuf_printf(&out, ",\"exp\":%" PRId64, now + change->lifetime);
	if (!change->without_client_id) {
		strbuf_add(&out, STR(",\"client_id\":"));
		add_json(&out, client);
	}
	strbuf_add(&out, STR(",\"user_id\":"));
	add_json(&out, auth->user_id);
	strbuf_add(&out, STR(",\"user_representation\":"));
	add_json(&out, auth->user_representation);
	strbuf_add_char(&out, '}');
	return strbuf_take(&out, arena);
}

static struct str token_of(
		const struct http_auth *auth, const struct token_change *change, int64_t now, struct arena *arena)
{
	static const struct token_change none = {.age = 0};
	if (!change) change = &none;
	struct str secret = change->secret.ptr ? change->secret : auth->secret;
	struct str algorithm = change->is_unsigned ? STR("none") : STR("HS256");
	struct str head = base64_text(
			arena, str_printf(arena, "{\"typ\":\"JWT\",\"alg\":\"%.*s\"}", STR_FMT(algorithm)), BASE64_URL);
	struct str claims = base64_text(arena, claims_of(auth, change, now, arena), BASE64_URL);
	struct str signed_part = str_printf(arena, "%.*s.%.*s", STR_FMT(head), STR_FMT(claims));
	if (change->is_unsigned) return str_printf(arena, "%.*s.", STR_FMT(signed_part));
	struct hmac_sha256_ctx context;
	uint8_t mac[SHA256_DIGEST_SIZE];
	hmac_sha256_set_key(&context, secret.len, (const uint8_t *)secret.ptr);
	hmac_sha256_update(&context, signed_part.len, (const uint8_t *)signed_part.ptr);
	hmac_sha256_digest(&context, sizeof mac, mac);
	struct str signature = base64_text(arena, (struct str){(const char *)mac, sizeof mac}, BASE64_URL);
	return str_printf(arena, "%.*s.%.*s", STR_FMT(signed_part), STR_FMT(signature));
}

struct str zgw_token(const struct http_auth *auth, int64_t now, struct arena *arena)
{
	return token_of(auth, NULL, now, arena);
}

static struct http_field authorization(const char *scheme, struct str value, struct arena *arena)
{
	return (struct http_field){STR("Authorization"), str_printf(arena, "%s %.*s", scheme, STR_FMT(value))};
}

struct http_field http_auth_field(
		const struct http_auth *auth, const struct token_change *change, int64_t now, struct arena *arena)
{
	switch (auth->kind) {
	case AUTH_BEARER:
		return authorization("Bearer", auth->secret, arena);
	case AUTH_BASIC:
		return authorization("Basic",
				base64_text(arena, str_printf(arena, "%.*s:%.*s", STR_FMT(auth->name), STR_FMT(auth->secret)), BASE64),
				arena);
	case AUTH_ZGW_JWT:
		return authorization("Bearer", token_of(auth, change, now, arena), arena);
	case AUTH_API_KEY:
		if (!auth->in_query) return (struct http_field){auth->name, auth->secret};
		break;
	case AUTH_NONE:
		break;
	}
	return (struct http_field){0};
}

static void add_encoded(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c && strchr("-._~", c));
		if (plain)
			strbuf_add_char(out, (char)c);
		else
			strbuf_printf(out, "%%%02X", c);
	}
}

struct str http_auth_url(const struct http_auth *auth, struct str url, struct arena *arena)
{
	if (auth->kind != AUTH_API_KEY || !auth->in_query) return url;
	struct strbuf out;
	strbuf_init(&out, LIMIT_URL_BYTES * 2);
	strbuf_add(&out, url);
	strbuf_add_char(&out, str_find(url, '?') < url.len ? '&' : '?');
	add_encoded(&out, auth->name);
	strbuf_add_char(&out, '=');
	add_encoded(&out, auth->secret);
	struct str whole = str_copy(arena, strbuf_str(&out));
	strbuf_release(&out);
	return whole;
}
