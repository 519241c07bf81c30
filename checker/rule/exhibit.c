/* SPDX-License-Identifier: EUPL-1.2 */
/* Exhibits out of evidence. */
#include "rule/exhibit.h"

#include "base/limits.h"
#include "base/utf8.h"

enum { BODY_BYTES = 1000, FIELD_BYTES = 200, MOST_FIELDS = 24 };

struct gathering {
	struct arena *arena, *scratch;
	const struct secrets *secrets;
};

/* The start of a text, whole characters of it; nothing of what is no text. */
static struct str start_of(const struct gathering *it, struct str text, size_t most, bool *cut)
{
	if (!text.len) return (struct str){"", 0};
	if (!utf8_is_text(text)) {
		*cut = true;
		return (struct str){"", 0};
	}
	size_t len = text.len;
	if (len > most) {
		*cut = true;
		len = most;
		while (len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
			len--;
	}
	return str_copy(it->arena, (struct str){text.ptr, len});
}

static void add_fields(const struct gathering *it, const struct http_fields *fields, struct exhibit *exhibit)
{
	struct http_fields clean = secrets_redact_fields(it->secrets, fields, false, it->scratch);
	uint32_t count = clean.count < MOST_FIELDS ? clean.count : MOST_FIELDS;
	struct http_field *items = arena_alloc(it->arena, (count + 1) * sizeof *items);
	exhibit->cut = exhibit->cut || count < clean.count;
	for (uint32_t i = 0; i < count; i++) {
		items[i].name = start_of(it, clean.items[i].name, FIELD_BYTES, &exhibit->cut);
		items[i].value = start_of(it, clean.items[i].value, FIELD_BYTES, &exhibit->cut);
	}
	exhibit->fields = (struct http_fields){items, count};
}

/* Secrets go first and the cut comes after, so that no half of one is left over. */
static struct exhibit exhibit_of(const struct gathering *it, const struct exchange *exchange)
{
	const struct http_request *request = &exchange->request;
	const struct http_response *response = &exchange->response;
	struct exhibit exhibit = {.number = exchange->number, .status = response->status};
	bool cut = false;
	exhibit.method = str_copy(it->arena, secrets_redact(it->secrets, request->method, it->scratch));
	exhibit.url = str_copy(it->arena, secrets_redact_url(it->secrets, request->url, it->scratch));
	exhibit.request_body = start_of(it, secrets_redact(it->secrets, request->body, it->scratch), BODY_BYTES, &cut);
	if (!response->status) {
		exhibit.why = text_copy(it->arena, secrets_redact_text(it->secrets, exchange->why, it->scratch));
		return exhibit;
	}
	exhibit.reason = start_of(
			it, secrets_redact(it->secrets, response->reason, it->scratch), FIELD_BYTES, &exhibit.cut);
	add_fields(it, &response->fields, &exhibit);
	exhibit.body = start_of(it, secrets_redact(it->secrets, response->body, it->scratch), BODY_BYTES, &exhibit.cut);
	return exhibit;
}

/* Which numbers findings name, as one byte for each exchange that is there. */
static char *named_numbers(const struct target_result *target, const struct evidence *evidence, struct arena *scratch)
{
	char *named = arena_zalloc(scratch, evidence->kept.count + 1);
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++) {
			const struct requirement_result *result = &target->standards[i].requirements[j];
			for (uint32_t k = 0; k < result->finding_count; k++)
				if (result->findings[k].exchange <= evidence->kept.count) named[result->findings[k].exchange] = 1;
		}
	return named;
}

void exhibit_gather(struct target_result *target, const struct evidence *evidence, const struct secrets *secrets)
{
	struct gathering it = {target->arena, arena_new(), secrets};
	const char *named = named_numbers(target, evidence, it.scratch);
	uint32_t count = 0;
	for (size_t i = 1; i <= evidence->kept.count; i++)
		count += named[i] != 0;
	if (count > LIMIT_EXHIBITS) count = LIMIT_EXHIBITS;
	target->exhibits = arena_alloc(target->arena, (count + 1) * sizeof *target->exhibits);
	for (size_t i = 1; i <= evidence->kept.count && target->exhibit_count < count; i++)
		if (named[i]) target->exhibits[target->exhibit_count++] = exhibit_of(&it, evidence->kept.items[i - 1]);
	arena_free(it.scratch);
}
