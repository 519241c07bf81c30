/* SPDX-License-Identifier: EUPL-1.2 */
/* Awaiting requests: of a listener, or out of a recording. */
#include "fetch/counterpart.h"

#include "base/limits.h"
#include "doc/strmap.h"
#include "fetch/listener_private.h"

enum { LOOK_MS = 100 }; /* between looks at whether the end was asked for */

struct str counterpart_path(struct str base, struct str url)
{
	struct str rest = str_skip(url, base.len);
	if (!str_starts(url, base) || (rest.len && rest.ptr[0] != '/' && rest.ptr[0] != '?')) return (struct str){NULL, 0};
	return (struct str){rest.ptr, str_find(rest, '?')};
}

/* Takes "/segment" off; ptr NULL at the end. */
static struct str next_segment(struct str *path)
{
	if (!path->len) return (struct str){NULL, 0};
	struct str rest = str_skip(*path, 1);
	struct str segment = {rest.ptr, str_find(rest, '/')};
	*path = str_skip(rest, segment.len);
	return segment;
}

bool counterpart_fits(struct str base, struct str url, struct str path)
{
	struct str found = counterpart_path(base, url);
	if (!found.ptr) return false;
	for (;;) {
		struct str wanted = next_segment(&path), segment = next_segment(&found);
		if (!wanted.ptr || !segment.ptr) return !wanted.ptr && !segment.ptr;
		if (!str_eq(wanted, STR("*")) && !str_eq(wanted, segment)) return false;
	}
}

/* What did not come, as evidence of that. */
static const struct exchange *miss(struct evidence *evidence, struct str base, const struct awaited *awaited,
		enum http_failure failure, struct text why, struct arena *arena)
{
	struct exchange missing = {.inbound = true,
			.step = awaited->step,
			.failure = failure,
			.timing = {-1, -1, -1, -1, -1, -1, 0},
			.why = why};
	missing.request.method = awaited->method;
	missing.request.url = str_printf(arena, "%.*s%.*s", STR_FMT(base), STR_FMT(awaited->path));
	return evidence_add(evidence, &missing, arena);
}

struct heard {
	struct counterpart counterpart; /* first, so that one is the other */
	struct arena *arena;
	struct listener *listener;
	struct evidence *evidence;
	const atomic_bool *stop;
	uint32_t from;                          /* requests before do not count */
	bool taken[LIMIT_INBOUND_REQUESTS + 1]; /* by number */
};

static void heard_begin(struct counterpart *counterpart)
{
	struct heard *heard = (struct heard *)counterpart;
	heard->from = listener_count(heard->listener);
}

static const struct exchange *keep(
		struct heard *heard, uint32_t index, const struct exchange *exchange, struct str step, struct arena *arena)
{
	struct exchange copy = *exchange;
	copy.step = step;
	heard->taken[index] = true;
	return evidence_add(heard->evidence, &copy, arena);
}

/* Request number `index`, in parts of waiting, so that an interruption is noticed. */
static const struct exchange *wait_for(struct heard *heard, uint32_t index, int64_t until_ms)
{
	for (;;) {
		int64_t left = until_ms - listener_now_ms();
		bool over = left <= 0 || (heard->stop && atomic_load(heard->stop));
		uint32_t part = over ? 0 : left < LOOK_MS ? (uint32_t)left : LOOK_MS;
		const struct exchange *exchange = listener_at(heard->listener, index, part);
		if (exchange || over) return exchange;
	}
}

static const struct exchange *heard_await(
		struct counterpart *counterpart, const struct awaited *awaited, struct arena *arena)
{
	struct heard *heard = (struct heard *)counterpart;
	int64_t until_ms = listener_now_ms() + awaited->timeout_ms;
	const struct exchange *exchange;
	for (uint32_t i = heard->from; i < LIMIT_INBOUND_REQUESTS && (exchange = wait_for(heard, i, until_ms)); i++) {
		if (heard->taken[i] || !str_eq(exchange->request.method, awaited->method)) continue;
		if (!counterpart_fits(counterpart->base, exchange->request.url, awaited->path)) continue;
		if (!awaited->fits || awaited->fits(awaited->self, exchange))
			return keep(heard, i, exchange, awaited->step, arena);
	}
	return miss(heard->evidence, counterpart->base, awaited, FAILURE_TIMEOUT,
			text_printf(arena, "%.*s %.*s%.*s was waited for, and did not come within %u ms",
					"op %.*s %.*s%.*s is gewacht, en het kwam niet binnen %u ms", STR_FMT(awaited->method),
					STR_FMT(counterpart->base), STR_FMT(awaited->path), awaited->timeout_ms),
			arena);
}

static void heard_finish(struct counterpart *counterpart)
{
	struct heard *heard = (struct heard *)counterpart;
	struct arena *scratch = arena_new();
	uint32_t count = listener_count(heard->listener);
	for (uint32_t i = 0; i < count; i++)
		if (!heard->taken[i]) keep(heard, i, listener_at(heard->listener, i, 0), (struct str){"", 0}, scratch);
	arena_free(scratch);
}

struct counterpart *counterpart_of_listener(
		struct arena *arena, struct listener *listener, struct evidence *evidence, const atomic_bool *stop)
{
	struct heard *heard = arena_zalloc(arena, sizeof *heard);
	heard->counterpart = (struct counterpart){listener_base(listener), heard_begin, heard_await, heard_finish};
	heard->arena = arena;
	heard->listener = listener;
	heard->evidence = evidence;
	heard->stop = stop;
	return &heard->counterpart;
}

struct recorded {
	struct counterpart counterpart;
	struct evidence *evidence;
	struct har *har;
	struct str file;
	bool *taken;
	struct strmap queues; /* by step: the entry that is next, and of each entry the one behind it */
	uint32_t *next;
};

enum { NO_ENTRY = UINT32_MAX };

static void recorded_begin(struct counterpart *counterpart)
{
	(void)counterpart;
}

/* Not yet given, and asked at the address of this service. */
static bool is_mine(const struct recorded *recorded, uint32_t index)
{
	const struct exchange *exchange = &recorded->har->entries[index].exchange;
	return exchange->inbound && !recorded->taken[index] &&
		   counterpart_path(recorded->counterpart.base, exchange->request.url).ptr;
}

/* What the step got then, or did not get: one after another, when it awaited several. */
static const struct exchange *recorded_await(
		struct counterpart *counterpart, const struct awaited *awaited, struct arena *arena)
{
	struct recorded *recorded = (struct recorded *)counterpart;
	uint32_t *head = strmap_get(&recorded->queues, awaited->step);
	if (head && *head != NO_ENTRY) {
		uint32_t entry = *head;
		*head = recorded->next[entry];
		recorded->taken[entry] = true;
		return evidence_add(recorded->evidence, &recorded->har->entries[entry].exchange, arena);
	}
	return miss(recorded->evidence, counterpart->base, awaited, FAILURE_NOT_RECORDED,
			text_printf(arena, "%.*s did not record what step %.*s waits for; record again with --record",
					"%.*s heeft niet vastgelegd waar stap %.*s op wacht; neem opnieuw op met --record",
					STR_FMT(recorded->file), STR_FMT(awaited->step)),
			arena);
}

static void recorded_finish(struct counterpart *counterpart)
{
	struct recorded *recorded = (struct recorded *)counterpart;
	struct arena *scratch = arena_new();
	for (uint32_t i = 0; i < recorded->har->count; i++) {
		const struct exchange *exchange = &recorded->har->entries[i].exchange;
		if (is_mine(recorded, i) && !exchange->step.len) evidence_add(recorded->evidence, exchange, scratch);
		recorded->taken[i] = true;
	}
	arena_free(scratch);
}

/* What each step awaited, from the last to the first, so that each is put before those behind it. */
static void index_steps(struct recorded *recorded)
{
	for (uint32_t i = recorded->har->count; i-- > 0;) {
		struct str step = recorded->har->entries[i].exchange.step;
		const uint32_t *behind = strmap_get(&recorded->queues, step);
		if (!step.len || !is_mine(recorded, i)) continue;
		recorded->next[i] = behind ? *behind : NO_ENTRY;
		strmap_put(&recorded->queues, step, i);
	}
}

static void release_recorded(void *recorded)
{
	strmap_release(&((struct recorded *)recorded)->queues);
}

/* The last of that name: an empty URL when there is none. */
static struct str base_in(const struct har *har, struct str service)
{
	struct str base = {"", 0};
	for (uint32_t i = 0; i < har->base_count; i++)
		if (str_eq(har->bases[i].service, service)) base = har->bases[i].url;
	return base;
}

struct counterpart *counterpart_of_recording(
		struct arena *arena, const struct doc *doc, struct str service, struct evidence *evidence, struct err *err)
{
	struct har *har = har_read(arena, doc, err);
	struct str base = har ? base_in(har, service) : (struct str){"", 0};
	if (!base.len) return NULL;
	struct recorded *recorded = arena_zalloc(arena, sizeof *recorded);
	recorded->counterpart = (struct counterpart){base, recorded_begin, recorded_await, recorded_finish};
	recorded->evidence = evidence;
	recorded->har = har;
	recorded->file = doc->source->name;
	recorded->taken = arena_zalloc(arena, har->count + 1);
	recorded->next = arena_alloc(arena, (har->count + 1) * sizeof *recorded->next);
	arena_on_free(arena, release_recorded, recorded);
	index_steps(recorded);
	return &recorded->counterpart;
}
