/* SPDX-License-Identifier: EUPL-1.2 */
/* Whose the objects are that answers name: what this run made, what was there, and what is in doubt. */
#include "engine/owned.h"

#include <strings.h>

#include "base/limits.h"
#include "doc/strmap.h"

enum reason { REASON_NONE, REASON_SEEN, REASON_TWICE, REASON_OTHER_TEXT, REASON_ELSEWHERE };

/* What the map holds of a URL: it was named, a creation made it, or a reason of doubt. */
enum { NAMED, OURS, DOUBT };

struct owned {
	struct arena *arena;
	struct strmap known; /* URL to NAMED, OURS, or DOUBT plus a reason */
	bool full;
};

/* The URLs that one answer gives to what was made; there may be several, for an identifier is no URL yet. */
struct creation {
	struct owned *owned;
	struct str server, request;
	enum reason reason;
	bool sure; /* 201: else it may be an answer about what was there */
};

static void forget(void *owned)
{
	strmap_release(&((struct owned *)owned)->known);
}

struct owned *owned_new(struct arena *arena)
{
	struct owned *owned = arena_zalloc(arena, sizeof *owned);
	owned->arena = arena;
	arena_on_free(arena, forget, owned);
	return owned;
}

static struct str without_query(struct str url)
{
	url.len = str_find(url, '#');
	url.len = str_find(url, '?');
	while (str_ends(url, STR("/")))
		url.len--;
	return url;
}

/* "https://host" of a URL; empty of what is none. */
static struct str origin_of(struct str url)
{
	size_t scheme = str_find_str(url, STR("://"));
	if (scheme == url.len) return STR("");
	struct str rest = str_skip(url, scheme + 3);
	return (struct str){url.ptr, url.len - rest.len + str_find(rest, '/')};
}

static bool is_below(struct str url, struct str base)
{
	return base.len && url.len > base.len + 1 && str_starts(url, base) && url.ptr[base.len] == '/';
}

/* "." and ".." would lead away from where the URL seems to be, and servers differ in what else is one of them. */
static bool is_plain(struct str url)
{
	struct str rest = url;
	for (size_t i = 0; i + 2 < url.len; i++)
		if (url.ptr[i] == '%' && strncasecmp(url.ptr + i, "%2e", 3) == 0) return false;
	if (str_find(url, '\\') < url.len) return false;
	while (rest.len > 0) {
		struct str part = {rest.ptr, str_find(rest, '/')};
		if (str_eq(part, STR(".")) || str_eq(part, STR(".."))) return false;
		rest = str_skip(rest, part.len + 1);
	}
	return true;
}

static void put(struct owned *owned, struct str url, uint32_t state)
{
	uint32_t *known = strmap_get(&owned->known, url);
	if (known)
		*known = state;
	else if (owned->known.count >= LIMIT_SCENARIO_URLS)
		owned->full = true;
	else
		strmap_put(&owned->known, str_copy(owned->arena, url), state);
}

static void put_named(struct owned *owned, struct str url)
{
	url = without_query(url);
	if (!strmap_get(&owned->known, url)) put(owned, url, NAMED);
}

static bool is_url(struct str text)
{
	return str_starts(text, STR("http://")) || str_starts(text, STR("https://"));
}

static void name_all(struct owned *owned, const struct node *node)
{
	if (node->kind == NODE_STRING && is_url(node_text(node))) put_named(owned, node_text(node));
	for (uint32_t i = 0; i < node_count(node); i++)
		name_all(owned, node_at(node, i));
}

/* What was asked and found was there, and so are the collections that it lies in. */
static void name_asked(struct owned *owned, struct str url)
{
	size_t origin = origin_of(url).len;
	for (url = without_query(url); url.len > origin; url = without_query(url)) {
		put_named(owned, url);
		while (url.len > origin && url.ptr[url.len - 1] != '/')
			url.len--;
	}
}

static enum reason reason_of(const struct creation *creation, struct str url)
{
	struct str base = is_below(creation->request, creation->server) ? creation->server : origin_of(creation->request);
	uint32_t *known = strmap_get(&creation->owned->known, url);
	if (!is_below(url, base) || !is_plain(url)) return REASON_ELSEWHERE;
	if (known) return *known == NAMED ? REASON_SEEN : REASON_TWICE;
	return REASON_NONE;
}

/* An action on an object ("/publish") answers with that object, which is no second creation of it. */
static bool is_about(const struct creation *creation, struct str url)
{
	uint32_t *known = strmap_get(&creation->owned->known, url);
	if (is_below(creation->request, url)) return true;
	return known && *known != NAMED && !creation->sure;
}

/* One segment of a path at most; any member may be the one that a clean-up puts there. */
static bool is_identifier(const struct node *member)
{
	enum { IDENTIFIER_MOST = 100 };
	if (member->kind != NODE_STRING && member->kind != NODE_NUMBER) return false;
	return member->len > 0 && member->len <= IDENTIFIER_MOST && str_find(node_text(member), '/') == member->len;
}

/* Calls for each URL that what was made may have: those that the answer gives, else one for each identifier in it. */
static void each_url(struct creation *creation, const struct http_response *response, const struct node *body,
		void (*call)(struct creation *creation, struct str url))
{
	const struct http_field *location = http_field_find(&response->fields, STR("location"));
	struct arena *arena = creation->owned->arena;
	struct str url = node_string_member(body, STR("url"));
	if (is_url(url)) call(creation, without_query(url));
	struct str place = location ? location->value : STR("");
	if (str_starts(place, STR("/")))
		place = str_printf(arena, "%.*s%.*s", STR_FMT(origin_of(creation->request)), STR_FMT(place));
	if (is_url(place)) call(creation, without_query(place));
	if (is_url(place) || is_url(url)) return;
	for (uint32_t i = 0; body && body->kind == NODE_OBJECT && i < node_count(body); i++) {
		const struct node *member = node_at(body, i);
		if (is_identifier(member))
			call(creation, str_printf(arena, "%.*s/%.*s", STR_FMT(creation->request), STR_FMT(node_text(member))));
	}
}

static void look_for_doubt(struct creation *creation, struct str url)
{
	if (creation->reason == REASON_NONE && !is_about(creation, url)) creation->reason = reason_of(creation, url);
}

static void keep(struct creation *creation, struct str url)
{
	if (is_about(creation, url)) return;
	put(creation->owned, url, creation->reason == REASON_NONE ? (uint32_t)OURS : DOUBT + (uint32_t)creation->reason);
}

/* A text of several words that came back as another one: of dates, URLs and codes there are several right spellings. */
static bool has_other_text(const struct node *sent, const struct node *body)
{
	for (uint32_t i = 0; sent && body && sent->kind == NODE_OBJECT && i < node_count(sent); i++) {
		const struct node *member = node_at(sent, i), *back = node_member(body, node_key(member));
		if (member->kind != NODE_STRING || !back || back->kind != NODE_STRING) continue;
		struct str text = node_text(member);
		if (str_find(text, ' ') == text.len && !str_starts(text, STR("keur-"))) continue;
		if (!str_eq(text, node_text(back))) return true;
	}
	return false;
}

static bool is_post(const struct exchange *exchange)
{
	uint32_t status = exchange->response.status;
	return str_eq(exchange->request.method, STR("POST")) && status >= 200 && status < 300;
}

void owned_take(struct owned *owned, struct str server, const struct exchange *exchange, const struct node *sent,
		const struct node *body)
{
	struct str request = without_query(exchange->request.url);
	uint32_t status = exchange->response.status;
	while (str_ends(server, STR("/")))
		server.len--;
	if (status != 404 && status != 410) name_asked(owned, request);
	if (body && body->kind != NODE_OBJECT && body->kind != NODE_ARRAY) body = NULL;
	if (is_post(exchange)) {
		struct creation creation = {.owned = owned, .server = server, .request = request, .sure = status == 201};
		each_url(&creation, &exchange->response, body, look_for_doubt);
		if (creation.reason == REASON_NONE && has_other_text(sent, body)) creation.reason = REASON_OTHER_TEXT;
		each_url(&creation, &exchange->response, body, keep);
	}
	if (body) name_all(owned, body);
}

static struct text reason_text(enum reason reason)
{
	switch (reason) {
	case REASON_SEEN:
		return TEXT("it was named before the request that was answered with it as new",
				"het werd al genoemd voor het verzoek dat ermee als nieuw werd beantwoord");
	case REASON_TWICE:
		return TEXT("two requests were answered with it as new", "twee verzoeken werden ermee als nieuw beantwoord");
	case REASON_OTHER_TEXT:
		return TEXT("it does not have the text that was sent", "het heeft niet de tekst die verstuurd werd");
	case REASON_ELSEWHERE:
		return TEXT("it does not lie below the address of the service", "het ligt niet onder het adres van de dienst");
	default:
		return TEXT("no request of this run made it", "geen verzoek van deze run heeft het gemaakt");
	}
}

enum ownership owned_find(const struct owned *owned, struct str url, struct text *why)
{
	size_t origin = origin_of(url).len;
	enum ownership found = OWNED_UNKNOWN;
	*why = reason_text(is_plain(url) ? REASON_NONE : REASON_ELSEWHERE);
	/* What lies below an object is part of it, and goes with it. One in doubt anywhere above weighs more. */
	for (url = without_query(url); is_plain(url) && url.len > origin; url = without_query(url)) {
		uint32_t *known = strmap_get(&owned->known, url);
		if (known && *known > DOUBT) {
			*why = reason_text((enum reason)(*known - DOUBT));
			return OWNED_DOUBTFUL;
		}
		if (known && *known == OURS) found = OWNED_OURS;
		while (url.len > origin && url.ptr[url.len - 1] != '/')
			url.len--;
	}
	return found;
}
