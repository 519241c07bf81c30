/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of secrets, and replacing them: views of a text, hits in each, spans of the text itself. */
#include "fetch/secrets.h"

#include <ctype.h>
#include <strings.h>

#include "base/limits.h"
#include "base/vec.h"
#include "fetch/secret_needle.h"
#include "fetch/secret_view.h"
#include "fetch/secrets_private.h"

enum { LABEL_MAX = 64 };

static const struct str opening = STR("[secret:");

static void release(void *handle)
{
	struct secrets *secrets = handle;
	vec_release(&secrets->list);
	vec_release(&secrets->headers);
	vec_release(&secrets->queries);
	matcher_release(&secrets->matcher);
}

bool names_have(const struct names *names, struct str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (names->items[i].len == name.len && strncasecmp(names->items[i].ptr, name.ptr, name.len) == 0) return true;
	return false;
}

/* What is no letter, digit, '.' or '_' becomes '-'. */
static struct str clean_label(struct arena *arena, struct str label)
{
	size_t len = label.len < LABEL_MAX ? label.len : LABEL_MAX;
	char *clean = arena_copy(arena, label.ptr, len);
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)clean[i]) && clean[i] != '.' && clean[i] != '_') clean[i] = '-';
	return (struct str){clean, len};
}

struct str secret_label(struct arena *arena, struct str name)
{
	size_t len = name.len < LABEL_MAX ? name.len : LABEL_MAX;
	char *lower = arena_copy(arena, name.ptr, len);
	for (size_t i = 0; i < len; i++)
		lower[i] = (char)tolower((unsigned char)lower[i]);
	return clean_label(arena, (struct str){lower, len});
}

void secret_placeholder(struct strbuf *buf, struct str label)
{
	strbuf_add(buf, opening);
	strbuf_add(buf, label);
	strbuf_add_char(buf, ']');
}

static struct secrets *new_list(struct arena *arena)
{
	struct secrets *secrets = arena_zalloc(arena, sizeof *secrets);
	secrets->arena = arena;
	arena_on_free(arena, release, secrets);
	return secrets;
}

struct secrets *secrets_new(struct arena *arena)
{
	static const char *const headers[] = {"x-api-key", "api-key", "x-auth-token", "ocp-apim-subscription-key"};
	static const char *const queries[] = {"access_token", "api_key", "api-key", "apikey", "client_secret"};
	struct secrets *secrets = new_list(arena);
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		secrets_hide_header(secrets, str_of(headers[i]));
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		secrets_hide_query(secrets, str_of(queries[i]));
	return secrets;
}

static void copy_names(struct names *to, const struct names *from, struct arena *arena)
{
	for (size_t i = 0; i < from->count; i++)
		*vec_push(to) = str_copy(arena, from->items[i]);
}

struct secrets *secrets_copy(struct arena *arena, const struct secrets *from)
{
	if (!from) return secrets_new(arena);
	struct secrets *secrets = new_list(arena);
	for (size_t i = 0; i < from->list.count; i++) {
		struct secret secret = from->list.items[i];
		secret.label = str_copy(arena, secret.label);
		secret.value = str_copy(arena, secret.value);
		*vec_push(&secrets->list) = secret;
	}
	secrets->bytes = from->bytes;
	copy_names(&secrets->headers, &from->headers, arena);
	copy_names(&secrets->queries, &from->queries, arena);
	return secrets;
}

/* From the end: what was seen last is seen next. */
static bool is_known(const struct secrets *secrets, struct str value)
{
	for (size_t i = secrets->list.count; i > 0; i--)
		if (str_eq(secrets->list.items[i - 1].value, value)) return true;
	return false;
}

static bool add_secret(struct secrets *secrets, struct str label, struct str value, bool token, struct err *err)
{
	if (value.len == 0 || is_known(secrets, value)) return true;
	if (secrets->list.count == LIMIT_SECRETS || value.len > LIMIT_SECRET_BYTES - secrets->bytes)
		return err_set(err, ERR_LIMIT, (struct loc){0},
				"expected at most %d secrets of %d bytes together, found more; nothing is written, because a secret might "
				"be in it: make the run shorter, or its secrets",
				"verwacht: hoogstens %d geheimen van samen %d bytes, gevonden: meer; er wordt niets geschreven, omdat er "
				"een geheim in zou kunnen staan: maak de run korter, of de geheimen",
				(int)LIMIT_SECRETS, (int)LIMIT_SECRET_BYTES);
	secrets->bytes += value.len;
	*vec_push(&secrets->list) = (struct secret){
			clean_label(secrets->arena, label), str_copy(secrets->arena, value), token};
	return true;
}

bool secrets_add(struct secrets *secrets, struct str label, struct str value, struct err *err)
{
	return add_secret(secrets, label, value, false, err);
}

bool secrets_add_token(struct secrets *secrets, struct str label, struct str value, struct err *err)
{
	return add_secret(secrets, label, value, true, err);
}

void secrets_hide_header(struct secrets *secrets, struct str name)
{
	if (!names_have(&secrets->headers, name)) *vec_push(&secrets->headers) = secret_label(secrets->arena, name);
}

void secrets_hide_query(struct secrets *secrets, struct str name)
{
	if (!names_have(&secrets->queries, name)) *vec_push(&secrets->queries) = secret_label(secrets->arena, name);
}

/* The third part of what looks like a JWT in compact form (RFC 7515 section 3.1); empty of anything else. */
static struct str jwt_signature(struct str token)
{
	size_t first = str_find(token, '.'), second = first + 1 + str_find(str_skip(token, first + 1), '.');
	if (first == 0 || second >= token.len) return (struct str){"", 0};
	struct str signature = str_skip(token, second + 1);
	return str_find(signature, '.') == signature.len && signature.len >= TOKEN_MIN ? signature : (struct str){"", 0};
}

void secrets_seal(struct secrets *secrets)
{
	for (size_t i = 0; i < secrets->list.count; i++) {
		const struct secret *secret = &secrets->list.items[i];
		if (secret->value.len < SECRET_MIN) continue;
		needles_add(&secrets->matcher, secret->value, (uint32_t)i, secret->token, secrets->arena);
		struct str signature = jwt_signature(secret->value);
		if (signature.len) needles_add(&secrets->matcher, signature, (uint32_t)i, true, secrets->arena);
	}
	matcher_seal(&secrets->matcher);
	secrets->sealed = true;
}

static bool is_label(const struct secrets *secrets, struct str label)
{
	static const struct str always[] = {STR("authorization"), STR("proxy-authorization"), STR("cookie"),
			STR("set-cookie"), STR("userinfo"), STR("token")};
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		if (str_eq(always[i], label)) return true;
	for (size_t i = 0; i < secrets->list.count; i++)
		if (str_eq(secrets->list.items[i].label, label)) return true;
	return names_have(&secrets->headers, label) || names_have(&secrets->queries, label);
}

/* Does the span lie within a placeholder that stands there already? */
static bool in_placeholder(const struct secrets *secrets, struct str text, const struct hit *hit)
{
	size_t back = hit->start < LABEL_MAX + opening.len ? hit->start : LABEL_MAX + opening.len;
	struct str before = {text.ptr + hit->start - back, back + 1};
	const char *bracket = memrchr(before.ptr, '[', before.len);
	if (!bracket) return false;
	struct str rest = str_skip(text, (size_t)(bracket - text.ptr));
	if (!str_starts(rest, opening)) return false;
	struct str label = str_skip(rest, opening.len);
	label.len = str_find((struct str){label.ptr, label.len < LABEL_MAX + 1 ? label.len : LABEL_MAX + 1}, ']');
	size_t close = (size_t)(label.ptr - text.ptr) + label.len;
	return close < text.len && text.ptr[close] == ']' && hit->end <= close + 1 && is_label(secrets, label);
}

/*
 * Hits in a text, in a view of it, or in a view of that, as spans of the text. Where line ends are left out only base64
 * is looked for: what two lines make together is no secret.
 */
static void scan(const struct secrets *secrets, struct str text, const struct view *outer, const struct view *inner,
		bool lines, struct hits *hits)
{
	size_t kept = hits->count, first = kept;
	struct str seen = inner ? view_text(inner) : outer ? view_text(outer) : text;
	matcher_scan(&secrets->matcher, seen, lines ? NEEDLE_BASE64 : -1, hits);
	for (size_t i = first; i < hits->count; i++) {
		struct hit hit = hits->items[i];
		if (inner) hit.start = view_source(inner, hit.start), hit.end = view_source(inner, hit.end);
		if (outer) hit.start = view_source(outer, hit.start), hit.end = view_source(outer, hit.end);
		if (!in_placeholder(secrets, text, &hit)) hits->items[kept++] = hit;
	}
	hits->count = kept;
}

/* What is escaped may have been escaped again; line ends are the last thing to leave out. */
static void scan_view(const struct secrets *secrets, struct str text, enum view_kind kind, struct hits *hits)
{
	struct view outer;
	bool some = view_decode(&outer, text, kind);
	if (some) scan(secrets, text, &outer, NULL, kind == VIEW_LINES, hits);
	for (int second = 0; some && kind != VIEW_LINES && second < VIEW_COUNT; second++) {
		struct view inner;
		if (view_decode(&inner, view_text(&outer), (enum view_kind)second))
			scan(secrets, text, &outer, &inner, second == VIEW_LINES, hits);
		view_release(&inner);
	}
	view_release(&outer);
}

static void find_all(const struct secrets *secrets, struct str text, struct hits *hits)
{
	scan(secrets, text, NULL, NULL, false, hits);
	for (int kind = 0; kind < VIEW_COUNT; kind++)
		scan_view(secrets, text, (enum view_kind)kind, hits);
}

static int compare_hits(const void *left, const void *right)
{
	const struct hit *a = left, *b = right;
	if (a->start != b->start) return a->start < b->start ? -1 : 1;
	if (a->end != b->end) return a->end > b->end ? -1 : 1;
	return (a->secret > b->secret) - (a->secret < b->secret);
}

/* Hits that overlap become one, under the label of the longest; so do those of one secret that touch. */
static void merge(struct hits *hits)
{
	size_t kept = 0;
	uint32_t longest = 0;
	qsort(hits->items, hits->count, sizeof *hits->items, compare_hits);
	for (size_t i = 0; i < hits->count; i++) {
		struct hit *last = kept ? &hits->items[kept - 1] : NULL, hit = hits->items[i];
		bool joins = last && (hit.start < last->end || (hit.start == last->end && hit.secret == last->secret));
		if (!joins) {
			hits->items[kept++] = hit;
			longest = hit.end - hit.start;
			continue;
		}
		if (hit.end - hit.start > longest) {
			longest = hit.end - hit.start;
			last->secret = hit.secret;
		}
		if (hit.end > last->end) last->end = hit.end;
	}
	hits->count = kept;
}

struct str secrets_redact(const struct secrets *secrets, struct str text, struct arena *arena)
{
	if (!secrets || secrets->matcher.needles.count == 0 || text.len < SECRET_MIN) return text;
	if (text.len > UINT32_MAX) return STR("[secret:unsearched]");
	struct hits hits = {0};
	find_all(secrets, text, &hits);
	if (hits.count) {
		struct strbuf out;
		size_t at = 0;
		strbuf_init(&out, SIZE_MAX / 2);
		merge(&hits);
		for (size_t i = 0; i < hits.count; i++) {
			strbuf_add(&out, (struct str){text.ptr + at, hits.items[i].start - at});
			secret_placeholder(&out, secrets->list.items[hits.items[i].secret].label);
			at = hits.items[i].end;
		}
		strbuf_add(&out, str_skip(text, at));
		text = str_copy(arena, strbuf_str(&out));
		strbuf_release(&out);
	}
	vec_release(&hits);
	return text;
}

struct text secrets_redact_text(const struct secrets *secrets, struct text text, struct arena *arena)
{
	for (int lang = 0; lang < LANG_COUNT; lang++)
		text.in[lang] = secrets_redact(secrets, text.in[lang], arena);
	return text;
}
