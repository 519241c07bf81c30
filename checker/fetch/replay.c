/* SPDX-License-Identifier: EUPL-1.2 */
/* Replaying: recorded exchanges by what was asked, each list in the order of recording. */
#include "fetch/replay.h"

#include "doc/digest.h"
#include "doc/strmap.h"

enum { NO_ENTRY = UINT32_MAX };

struct replay {
	struct transport transport; /* first, so that one is the other */
	struct arena *arena;
	const struct doc *doc;
	const struct secrets *secrets;
	struct evidence *evidence;
	struct har *har;
	struct strmap queues; /* what was asked: the entry that is next */
	uint32_t *next;       /* by entry: the following one of its queue */
	uint32_t *led_to;     /* by entry: the one that its redirect led to */
	uint32_t asked;
};

static void release(void *handle)
{
	strmap_release(&((struct replay *)handle)->queues);
}

/* What a request is known by; a recording of another program says nothing of `anonymous`, `client` and
 * `keep_redirect`. */
static struct str key_of(
		const struct replay *replay, const struct http_request *request, bool ours, struct arena *arena)
{
	struct str url = secrets_open_url(replay->secrets, request->url, arena);
	struct str body = secrets_redact(replay->secrets, request->body, arena);
	struct digest digest = digest_of(body.ptr ? body : (struct str){"", 0});
	char who = request->anonymous ? 'a' : request->token ? 't' : 'c';
	char flags[] = {ours ? who : '-', ours ? (request->keep_redirect ? 'k' : 'f') : '-', 0};
	struct str client = ours ? request->client : STR("");
	return str_printf(
			arena, "%.*s %s %.*s %s %.*s", STR_FMT(request->method), flags, STR_FMT(client), digest.hex, STR_FMT(url));
}

/* Those that a redirect led to are answers to nobody's own question. */
static void index_entries(struct replay *replay)
{
	struct har *har = replay->har;
	struct strmap tails = {0};
	for (uint32_t i = 0; i < har->count; i++) {
		const struct exchange *exchange = &har->entries[i].exchange;
		replay->next[i] = replay->led_to[i] = NO_ENTRY;
		if (exchange->inbound || (har->entries[i].ours && exchange->follows)) continue;
		struct str key = key_of(replay, &exchange->request, har->entries[i].ours, replay->arena);
		uint32_t *tail = strmap_get(&tails, key);
		if (tail)
			replay->next[*tail] = i;
		else
			strmap_put(&replay->queues, key, i);
		strmap_put(&tails, key, i);
	}
	strmap_release(&tails);
}

static struct str number_key(struct arena *arena, uint32_t number)
{
	return str_printf(arena, "%u", (unsigned)number);
}

/* Only forwards, so that chains end whatever a file says. */
static void index_redirects(struct replay *replay)
{
	struct har *har = replay->har;
	struct strmap numbers = {0};
	for (uint32_t i = 0; i < har->count; i++) {
		const struct exchange *exchange = &har->entries[i].exchange;
		if (!har->entries[i].ours) continue;
		uint32_t *from = exchange->follows ? strmap_get(&numbers, number_key(replay->arena, exchange->follows)) : NULL;
		if (from && replay->led_to[*from] == NO_ENTRY) replay->led_to[*from] = i;
		strmap_put(&numbers, number_key(replay->arena, exchange->number), i);
	}
	strmap_release(&numbers);
}

/* Takes the next entry of the queue of a key; NO_ENTRY when it is empty or there is none. */
static uint32_t take(struct replay *replay, const struct http_request *request, struct arena *arena)
{
	for (int ours = 1; ours >= 0; ours--) {
		uint32_t *head = strmap_get(&replay->queues, key_of(replay, request, ours, arena));
		if (!head || *head == NO_ENTRY) continue;
		uint32_t entry = *head;
		*head = replay->next[entry];
		return entry;
	}
	return NO_ENTRY;
}

/* Gives out an exchange, recorded where there is evidence. */
static const struct exchange *give(struct replay *replay, const struct exchange *exchange, struct arena *arena)
{
	if (replay->evidence) return evidence_add(replay->evidence, exchange, arena);
	struct exchange *copy = arena_alloc(arena, sizeof *copy);
	*copy = *exchange;
	return copy;
}

static const struct exchange *give_missing(struct replay *replay, const struct http_request *request, struct str step,
		uint32_t follows, bool no_body, struct arena *arena)
{
	struct exchange missing = {.request = *request, .step = step, .follows = follows, .failure = FAILURE_NOT_RECORDED};
	struct str url = secrets_redact_url(replay->secrets, request->url, arena), file = replay->doc->source->name;
	if (no_body)
		missing.why = text_printf(arena,
				"%.*s %.*s was recorded in %.*s without the body of its response; record it with bodies",
				"%.*s %.*s is in %.*s opgenomen zonder de inhoud van het antwoord; neem het op met inhoud",
				STR_FMT(request->method), STR_FMT(url), STR_FMT(file));
	else
		missing.why = text_printf(arena,
				"%.*s %.*s is not recorded in %.*s with this body, or not this often; record again with --record",
				"%.*s %.*s is niet opgenomen in %.*s met deze inhoud, of niet zo vaak; neem opnieuw op met --record",
				STR_FMT(request->method), STR_FMT(url), STR_FMT(file));
	return give(replay, &missing, arena);
}

static const struct exchange *give_entry(
		struct replay *replay, uint32_t number, struct str step, uint32_t follows, struct arena *arena)
{
	const struct har_entry *entry = &replay->har->entries[number];
	replay->asked++;
	if (entry->no_body) return give_missing(replay, &entry->exchange.request, step, follows, true, arena);
	struct exchange exchange = entry->exchange;
	exchange.step = step;
	exchange.follows = follows;
	return give(replay, &exchange, arena);
}

static bool is_redirect(uint32_t status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Where a redirect leads: an absolute URL, or a path of the same origin; ptr NULL for what no browser writes. */
static struct str redirect_target(const struct exchange *exchange, struct arena *arena)
{
	const struct http_field *location = http_field_find(&exchange->response.fields, STR("location"));
	if (!location) return (struct str){NULL, 0};
	struct str target = {location->value.ptr, str_find(location->value, '#')};
	if (str_find_str(target, STR("://")) < target.len) return target;
	struct str url = exchange->request.url;
	size_t host = str_find_str(url, STR("://")) + 3;
	if (!str_starts(target, STR("/")) || host >= url.len) return (struct str){NULL, 0};
	size_t origin = host + str_find(str_skip(url, host), '/');
	return str_printf(arena, "%.*s%.*s", (int)origin, url.ptr, STR_FMT(target));
}

/* The next request of a chain that another program recorded; false when this is its end. */
static bool follow(const struct exchange *exchange, struct http_request *request, struct arena *arena)
{
	uint32_t status = exchange->response.status;
	if (request->keep_redirect || !is_redirect(status)) return false;
	struct str target = redirect_target(exchange, arena);
	if (!target.ptr) return false;
	request->url = target;
	if (status < 307 && !str_eq(request->method, STR("HEAD"))) {
		request->method = STR("GET");
		request->body = (struct str){NULL, 0};
	}
	return true;
}

static const struct exchange *send(
		struct transport *transport, const struct http_request *asked, struct str step, struct arena *arena)
{
	struct replay *replay = (struct replay *)transport;
	struct http_request request = *asked;
	uint32_t entry = take(replay, &request, arena);
	if (entry == NO_ENTRY) return give_missing(replay, &request, step, 0, false, arena);
	const struct exchange *exchange = give_entry(replay, entry, step, 0, arena);
	if (replay->har->entries[entry].ours) {
		while ((entry = replay->led_to[entry]) != NO_ENTRY)
			exchange = give_entry(replay, entry, step, exchange->number, arena);
		return exchange;
	}
	while (follow(exchange, &request, arena)) {
		entry = take(replay, &request, arena);
		if (entry == NO_ENTRY) return give_missing(replay, &request, step, exchange->number, false, arena);
		exchange = give_entry(replay, entry, step, exchange->number, arena);
	}
	return exchange;
}

static void wait(struct transport *transport, uint32_t milliseconds)
{
	(void)transport;
	(void)milliseconds;
}

struct transport *replay_new(struct arena *arena, const struct doc *doc, const struct secrets *secrets,
		struct evidence *evidence, struct err *err)
{
	struct har *har = har_read(arena, doc, err);
	if (!har) return NULL;
	struct replay *replay = arena_alloc(arena, sizeof *replay);
	*replay = (struct replay){.transport = {send, wait},
			.arena = arena,
			.doc = doc,
			.secrets = secrets,
			.evidence = evidence,
			.har = har,
			.next = arena_alloc(arena, har->count * sizeof *replay->next),
			.led_to = arena_alloc(arena, har->count * sizeof *replay->led_to)};
	arena_on_free(arena, release, replay);
	index_entries(replay);
	index_redirects(replay);
	return &replay->transport;
}

uint32_t replay_unasked(const struct transport *transport)
{
	const struct replay *replay = (const struct replay *)transport;
	return replay->har->count - replay->asked;
}
