/* SPDX-License-Identifier: EUPL-1.2 */
/* Keeping exchanges: deep copies, counted. */
#include "fetch/evidence.h"

#include "base/limits.h"
#include "base/vec.h"

static void release(void *handle)
{
	struct evidence *evidence = handle;
	vec_release(&evidence->kept);
	vec_release(&evidence->bases);
}

struct evidence *evidence_new(struct arena *arena)
{
	struct evidence *evidence = arena_zalloc(arena, sizeof *evidence);
	evidence->arena = arena;
	arena_on_free(arena, release, evidence);
	return evidence;
}

/* Absent stays absent. */
static void keep(struct arena *arena, struct str *s)
{
	if (s->ptr) *s = str_copy(arena, *s);
}

static void keep_fields(struct arena *arena, struct http_fields *fields)
{
	struct http_field *items = arena_alloc(arena, fields->count * sizeof *items);
	for (uint32_t i = 0; i < fields->count; i++) {
		items[i] = fields->items[i];
		keep(arena, &items[i].name);
		keep(arena, &items[i].value);
	}
	fields->items = items;
}

struct exchange *exchange_copy(struct arena *arena, const struct exchange *exchange)
{
	struct exchange *copy = arena_alloc(arena, sizeof *copy);
	*copy = *exchange;
	struct str *texts[] = {&copy->step, &copy->started, &copy->address, &copy->request.client, &copy->request.method,
			&copy->request.url, &copy->request.body, &copy->response.reason, &copy->response.version,
			&copy->response.body, &copy->tls.version, &copy->tls.cipher, &copy->tls.subject, &copy->tls.issuer,
			&copy->tls.not_before, &copy->tls.not_after, &copy->tls.names, &copy->tls.fingerprint,
			&copy->why.in[LANG_EN], &copy->why.in[LANG_NL], &copy->claims};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		keep(arena, texts[i]);
	keep_fields(arena, &copy->request.fields);
	keep_fields(arena, &copy->response.fields);
	return copy;
}

static size_t size_of_fields(const struct http_fields *fields)
{
	size_t size = fields->count * sizeof *fields->items;
	for (uint32_t i = 0; i < fields->count; i++)
		size += fields->items[i].name.len + fields->items[i].value.len;
	return size;
}

/* What can be large, and the struct for all that cannot. */
static size_t size_of(const struct exchange *exchange)
{
	return sizeof *exchange + exchange->request.url.len + exchange->request.body.len + exchange->response.body.len +
		   exchange->response.reason.len + exchange->tls.names.len + exchange->claims.len +
		   size_of_fields(&exchange->request.fields) + size_of_fields(&exchange->response.fields);
}

const struct exchange *evidence_add(struct evidence *evidence, const struct exchange *exchange, struct arena *arena)
{
	size_t size = size_of(exchange);
	evidence->count++;
	if (evidence->kept.count == LIMIT_EXCHANGES || size > LIMIT_EVIDENCE_BYTES - evidence->bytes)
		evidence->incomplete = true;
	struct exchange *copy;
	if (evidence->incomplete) {
		copy = arena_alloc(arena, sizeof *copy);
		*copy = *exchange;
	} else {
		copy = exchange_copy(evidence->arena, exchange);
		evidence->bytes += size;
		*vec_push(&evidence->kept) = copy;
	}
	copy->number = evidence->count;
	return copy;
}

void evidence_add_base(struct evidence *evidence, struct str service, struct str url)
{
	*vec_push(&evidence->bases) = (struct evidence_base){
			str_copy(evidence->arena, service), str_copy(evidence->arena, url)};
}

struct text evidence_gap(const struct evidence *evidence, struct arena *arena)
{
	if (!evidence->incomplete) return TEXT("", "");
	return text_printf(arena,
			"the evidence is incomplete: it holds the first %u of %u exchanges, because it keeps at most %u of them and "
			"%u MB; check fewer standards at once",
			"het bewijs is onvolledig: het bevat de eerste %u van %u uitwisselingen, omdat het er hoogstens %u bewaart en "
			"%u MB; toets minder standaarden tegelijk",
			(unsigned)evidence->kept.count, (unsigned)evidence->count, (unsigned)LIMIT_EXCHANGES,
			(unsigned)(LIMIT_EVIDENCE_BYTES >> 20));
}
