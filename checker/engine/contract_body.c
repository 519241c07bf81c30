/* SPDX-License-Identifier: EUPL-1.2 */
/* Bodies, statuses and headers. */
#include "base/limits.h"
#include "engine/contract_media.h"
#include "engine/openapi_match.h"

static void report(struct comparer *comparer, enum contract_topic topic, enum contract_grade grade,
		const struct target *official, const struct target *vendor, struct str name, struct text message,
		struct text expected)
{
	struct difference difference = {.topic = topic,
			.grade = grade,
			.official = spot_at(comparer, official),
			.vendor = spot_at(comparer, vendor),
			.at_key = true,
			.name = name,
			.message = message,
			.expected = expected};
	contract_report(comparer, NULL, &difference);
}

static void undecided(struct comparer *comparer, enum contract_topic topic, const struct target *at)
{
	contract_undecided(comparer, topic, NULL, spot_at(comparer, at),
			TEXT("a reference leads nowhere, so that it is not known what is described here",
					"een verwijzing leidt nergens heen, zodat niet bekend is wat hier beschreven is"));
}

static void compare_schemas(struct comparer *comparer, enum flow flow, const struct target *official,
		const struct target *official_at, const struct target *vendor, const struct target *vendor_at)
{
	struct described mine = {.schema = official, .holder = official_at},
					 other = {.schema = vendor, .holder = vendor_at};
	contract_compare_schemas(comparer, flow, &mine, &other);
}

static void compare_one_media(struct comparer *comparer, enum flow flow, enum contract_topic topic,
		const struct openapi_media *official, const struct openapi_media *vendor)
{
	if (official->broken || vendor->broken) {
		undecided(comparer, topic, official->broken ? &official->at : &vendor->at);
		return;
	}
	comparer->context.topic = topic;
	if (official->schema.node || vendor->schema.node)
		compare_schemas(comparer, flow, &official->schema, &official->at, &vendor->schema, &vendor->at);
	if (official->item.node || vendor->item.node)
		compare_schemas(comparer, flow, &official->item, &official->at, &vendor->item, &vendor->at);
}

static struct text missing_media_text(struct arena *arena, enum flow flow, struct str name)
{
	if (flow == FLOW_REQUEST)
		return text_printf(arena, "media type %.*s of the contract is not accepted",
				"mediatype %.*s van het contract wordt niet geaccepteerd", STR_FMT(name));
	return text_printf(arena, "media type %.*s of the contract is not offered",
			"mediatype %.*s van het contract wordt niet aangeboden", STR_FMT(name));
}

/* Is a range, such as all types, covered by one that the other side names? */
static const struct openapi_media *counterpart(const struct media_list *list, const struct openapi_media *media)
{
	const struct openapi_media *found = openapi_media_of(list->items, list->count, media->name);
	for (uint32_t i = 0; !found && i < list->count; i++)
		if (openapi_media_of(media, 1, list->items[i].name)) found = &list->items[i];
	return found;
}

void contract_compare_media(struct comparer *comparer, enum flow flow, enum contract_topic topic,
		const struct media_list *official, const struct media_list *vendor)
{
	struct arena *arena = comparer->arena;
	if (!contract_step(comparer, 1 + (uint64_t)official->count * vendor->count)) return;
	for (uint32_t i = 0; i < official->count; i++) {
		const struct openapi_media *media = &official->items[i], *other = counterpart(vendor, media);
		if (counterpart(official, media) != media) continue; /* said before */
		if (other)
			compare_one_media(comparer, flow, topic, media, other);
		else
			report(comparer, topic, CONTRACT_BREAKING, &media->at, vendor->at, media->name,
					missing_media_text(arena, flow, media->name), (struct text){{media->name, media->name}});
	}
	for (uint32_t i = 0; i < vendor->count; i++) {
		struct str name = vendor->items[i].name;
		if (counterpart(official, &vendor->items[i])) continue;
		report(comparer, topic, CONTRACT_EXTENSION, official->at, &vendor->items[i].at, name,
				text_printf(arena, "media type %.*s is not in the contract",
						"mediatype %.*s staat niet in het contract", STR_FMT(name)),
				TEXT("", ""));
	}
}

static struct media_list media_of_body(const struct openapi_body *body)
{
	return (struct media_list){body->media, body->media_count, &body->at};
}

static void compare_required_body(
		struct comparer *comparer, const struct openapi_body *official, const struct openapi_body *vendor)
{
	if (official->required == vendor->required) return;
	report(comparer, TOPIC_REQUEST, vendor->required ? CONTRACT_BREAKING : CONTRACT_TOLERATED, &official->at,
			&vendor->at, STR("required"),
			vendor->required
					? TEXT("a body is required, which a client may leave out by the contract",
							  "een body is verplicht, terwijl een client die volgens het contract mag weglaten")
					: TEXT("the body may be left out, which the contract requires of a client",
							  "de body mag ontbreken, terwijl het contract die van een client verlangt"),
			vendor->required ? TEXT("not required", "niet verplicht")
							 : TEXT("required: true", "verplicht (required: true)"));
}

void contract_compare_body(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_operation *vendor)
{
	const struct openapi_body *ours = official->body, *theirs = vendor->body;
	comparer->context.part = TEXT("request body", "body van het verzoek");
	if (ours && theirs && !ours->broken && !theirs->broken) {
		struct media_list mine = media_of_body(ours), other = media_of_body(theirs);
		compare_required_body(comparer, ours, theirs);
		contract_compare_media(comparer, FLOW_REQUEST, TOPIC_REQUEST, &mine, &other);
	} else if (ours && theirs) {
		undecided(comparer, TOPIC_REQUEST, ours->broken ? &ours->at : &theirs->at);
	} else if (ours) {
		report(comparer, TOPIC_REQUEST, CONTRACT_BREAKING, &ours->at, &vendor->at, STR("requestBody"),
				TEXT("no body is described, which a client may send by the contract",
						"er is geen body beschreven, terwijl een client die volgens het contract mag sturen"),
				TEXT("a requestBody", "een requestBody"));
	} else if (theirs) {
		report(comparer, TOPIC_REQUEST, theirs->required ? CONTRACT_BREAKING : CONTRACT_EXTENSION, &official->at,
				&theirs->at, STR("requestBody"),
				theirs->required ? TEXT("a body is required, of which the contract does not speak",
										   "een body is verplicht, waar het contract niet van spreekt")
								 : TEXT("a body is accepted, of which the contract does not speak",
										   "een body wordt geaccepteerd, waar het contract niet van spreekt"),
				TEXT("", ""));
	}
}

static const struct openapi_parameter *header_of(const struct openapi_response *response, struct str name)
{
	for (uint32_t i = 0; i < response->header_count; i++) {
		struct str other = response->headers[i].name;
		if (other.len == name.len && strncasecmp(other.ptr, name.ptr, name.len) == 0) return &response->headers[i];
	}
	return NULL;
}

static void report_missing_header(
		struct comparer *comparer, const struct openapi_parameter *header, const struct openapi_response *vendor)
{
	struct arena *arena = comparer->arena;
	struct str name = header->name;
	report(comparer, header->required ? TOPIC_HEADER : TOPIC_OPTIONAL,
			header->required ? CONTRACT_BREAKING : CONTRACT_TOLERATED, &header->at, &vendor->at, name,
			header->required
					? text_printf(arena, "header %.*s is missing, which the contract requires",
							  "header %.*s ontbreekt, terwijl het contract die verplicht", STR_FMT(name))
					: text_printf(arena,
							  "header %.*s of the contract is not described; the contract does not require it",
							  "header %.*s van het contract is niet beschreven; het contract verplicht die niet",
							  STR_FMT(name)),
			text_printf(arena, "a header %.*s", "een header %.*s", STR_FMT(name)));
}

static void compare_header(
		struct comparer *comparer, const struct openapi_parameter *official, const struct openapi_parameter *vendor)
{
	struct arena *arena = comparer->arena;
	struct str name = official->name;
	if (official->broken || vendor->broken) {
		undecided(comparer, TOPIC_HEADER, official->broken ? &official->at : &vendor->at);
		return;
	}
	if (official->required && !vendor->required)
		report(comparer, TOPIC_HEADER, CONTRACT_BREAKING, &official->at, &vendor->at, STR("required"),
				text_printf(arena, "header %.*s is not required, so it may be absent where a client counts on it",
						"header %.*s is niet verplicht, en kan dus ontbreken waar een client erop rekent",
						STR_FMT(name)),
				TEXT("required: true", "verplicht (required: true)"));
	struct context before = comparer->context;
	comparer->context.topic = TOPIC_HEADER;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		comparer->context.part.in[lang] = str_printf(
				arena, "%.*s, header %.*s", STR_FMT(before.part.in[lang]), STR_FMT(name));
	struct described mine = contract_described(official), other = contract_described(vendor);
	if (mine.schema->node) contract_compare_schemas(comparer, FLOW_RESPONSE, &mine, &other);
	comparer->context = before;
}

static void compare_headers(
		struct comparer *comparer, const struct openapi_response *official, const struct openapi_response *vendor)
{
	if (!contract_step(comparer, 1 + (uint64_t)official->header_count * vendor->header_count)) return;
	for (uint32_t i = 0; i < official->header_count; i++) {
		const struct openapi_parameter *header = &official->headers[i], *other = header_of(vendor, header->name);
		if (header_of(official, header->name) != header) continue; /* said before */
		if (other)
			compare_header(comparer, header, other);
		else
			report_missing_header(comparer, header, vendor);
	}
	for (uint32_t i = 0; i < vendor->header_count; i++) {
		struct str name = vendor->headers[i].name;
		if (header_of(official, name)) continue;
		report(comparer, TOPIC_HEADER, CONTRACT_EXTENSION, &official->at, &vendor->headers[i].at, name,
				text_printf(comparer->arena, "header %.*s is not in the contract",
						"header %.*s staat niet in het contract", STR_FMT(name)),
				TEXT("", ""));
	}
}

static void compare_response(
		struct comparer *comparer, const struct openapi_response *official, const struct openapi_response *vendor)
{
	if (official->broken || vendor->broken) {
		undecided(comparer, TOPIC_RESPONSE, official->broken ? &official->at : &vendor->at);
		return;
	}
	struct media_list mine = {official->media, official->media_count, &official->at};
	struct media_list other = {vendor->media, vendor->media_count, &vendor->at};
	compare_headers(comparer, official, vendor);
	contract_compare_media(comparer, FLOW_RESPONSE, TOPIC_RESPONSE, &mine, &other);
}

static void set_part(struct comparer *comparer, const struct openapi_response *response)
{
	struct str status = response->status;
	comparer->context.part = text_printf(comparer->arena, "response %.*s", "antwoord %.*s", STR_FMT(status));
}

/* The response about just these statuses; NULL when there is none. */
static const struct openapi_response *same_response(
		const struct openapi_operation *operation, const struct openapi_response *like)
{
	for (uint32_t i = 0; i < operation->response_count; i++)
		if (operation->responses[i].first == like->first && operation->responses[i].last == like->last)
			return &operation->responses[i];
	return NULL;
}

/* The first one that is about some of the statuses of a range. */
static const struct openapi_response *response_within(
		const struct openapi_operation *operation, const struct openapi_response *range)
{
	for (uint32_t i = 0; i < operation->response_count; i++) {
		const struct openapi_response *other = &operation->responses[i];
		if (other->first && other->first >= range->first && other->last <= range->last) return other;
	}
	return NULL;
}

/* A response of the vendor that is about one of the statuses of the contract's; a default is about all. */
static const struct openapi_response *vendor_response(
		const struct openapi_operation *vendor, const struct openapi_response *official)
{
	const struct openapi_response *found = same_response(vendor, official);
	if (!found && official->first) found = response_within(vendor, official);
	return found || !official->first ? found : openapi_response_of(vendor, official->first);
}

static void report_missing_status(
		struct comparer *comparer, const struct openapi_response *official, const struct openapi_operation *vendor)
{
	struct arena *arena = comparer->arena;
	struct str status = official->status;
	bool success = official->first >= 200 && official->first < 300;
	report(comparer, success ? TOPIC_RESPONSE : TOPIC_OPTIONAL, success ? CONTRACT_BREAKING : CONTRACT_TOLERATED,
			&official->at, &vendor->at, status,
			text_printf(arena, "status %.*s of the contract is not described",
					"status %.*s van het contract is niet beschreven", STR_FMT(status)),
			text_printf(arena, "a response %.*s", "een antwoord %.*s", STR_FMT(status)));
}

/* A status of the vendor's that the contract has neither itself, nor in a range, nor as a default. */
static void report_extra_status(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_response *vendor)
{
	struct arena *arena = comparer->arena;
	struct str status = vendor->status;
	bool success = vendor->first >= 200 && vendor->first < 300;
	report(comparer, TOPIC_RESPONSE, success ? CONTRACT_BREAKING : CONTRACT_EXTENSION, &official->at, &vendor->at,
			status,
			success ? text_printf(arena,
							  "may succeed with status %.*s, for which no client is prepared by the contract",
							  "kan slagen met status %.*s, waarop een client volgens het contract niet is voorbereid",
							  STR_FMT(status))
					: text_printf(arena, "status %.*s is not in the contract", "status %.*s staat niet in het contract",
							  STR_FMT(status)),
			TEXT("", ""));
}

void contract_compare_responses(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_operation *vendor)
{
	if (!contract_step(comparer, 1 + (uint64_t)official->response_count * vendor->response_count)) return;
	for (uint32_t i = 0; i < official->response_count; i++) {
		const struct openapi_response *response = &official->responses[i], *other = vendor_response(vendor, response);
		set_part(comparer, response);
		if (same_response(official, response) != response) continue; /* said before */
		if (other)
			compare_response(comparer, response, other);
		else if (response->first)
			report_missing_status(comparer, response, vendor);
	}
	for (uint32_t i = 0; i < vendor->response_count; i++) {
		const struct openapi_response *response = &vendor->responses[i];
		set_part(comparer, response);
		const struct openapi_response *own = response->first ? openapi_response_of(official, response->first) : NULL;
		if (own && !own->first) compare_response(comparer, own, response);
		if (response->first && !own && !response_within(official, response))
			report_extra_status(comparer, official, response);
	}
}
