/* SPDX-License-Identifier: EUPL-1.2 */
/* Comparing two OpenAPI documents: operations side by side. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/contract_digest.h"
#include "engine/contract_found.h"
#include "engine/contract_queue.h"
#include "engine/contract_shape.h"

/* A name as a constant, which STR() is not. */
#define NAME(text)                                                                                                     \
	{                                                                                                                  \
		(text), sizeof(text) - 1                                                                                       \
	}

const struct str contract_rule_names[CONTRACT_COMPARISONS] = {NAME("operations"), NAME("operations-tolerated"),
		NAME("operations-extension"), NAME("parameters"), NAME("parameters-tolerated"), NAME("parameters-extension"),
		NAME("requests"), NAME("requests-tolerated"), NAME("requests-extension"), NAME("responses"),
		NAME("responses-tolerated"), NAME("responses-extension"), NAME("headers"), NAME("headers-tolerated"),
		NAME("headers-extension"), NAME("security"), NAME("security-tolerated"), NAME("security-extension"),
		NAME("optional"), NAME("optional-tolerated"), NAME("optional-extension")};

bool contract_step(struct comparer *comparer, uint64_t steps)
{
	comparer->steps += steps;
	return comparer->steps <= LIMIT_CONTRACT_STEPS;
}

/* Method and path without the names of variables: "GET /zaken/{}". */
static struct str operation_key(struct arena *arena, const struct openapi_operation *operation)
{
	struct strbuf buf;
	strbuf_init(&buf, LIMIT_PATH_BYTES + 64);
	strbuf_add(&buf, operation->method);
	strbuf_add_char(&buf, ' ');
	struct str path = operation->path;
	for (size_t i = 0; i < path.len; i++) {
		strbuf_add_char(&buf, path.ptr[i]);
		if (path.ptr[i] == '{') i += str_find(str_skip(path, i + 1), '}');
	}
	struct str key = str_copy(arena, strbuf_str(&buf));
	strbuf_release(&buf);
	return key;
}

/* Operations of a model by their key, and by their path alone unless `paths` is NULL; of equal ones the first counts.
 */
static void index_operations(
		struct arena *arena, const struct openapi *openapi, struct strmap *map, struct strmap *paths)
{
	for (uint32_t i = 0; i < openapi->operation_count; i++) {
		struct str key = operation_key(arena, &openapi->operations[i]);
		struct str path = str_skip(key, openapi->operations[i].method.len);
		if (!strmap_get(map, key)) strmap_put(map, key, i);
		if (paths && !strmap_get(paths, path)) strmap_put(paths, path, i);
	}
}

/* Where the operations of a document stand. */
static const struct spot *paths_of(struct arena *arena, const struct openapi *openapi)
{
	const struct doc *main = openapi->refs->main;
	struct target root = {main, main->root, STR("")};
	const struct spot *at = spot_of_target(arena, &root), *paths = spot_member(arena, at, STR("paths"));
	return paths ? paths : at;
}

static void report_operation(struct comparer *comparer, enum contract_grade grade, const struct spot *official,
		const struct spot *vendor, struct str name, struct text message, struct text expected)
{
	struct difference difference = {.topic = TOPIC_OPERATION,
			.grade = grade,
			.official = official,
			.vendor = vendor,
			.at_key = true,
			.name = name,
			.message = message,
			.expected = expected};
	contract_report(comparer, NULL, &difference);
}

/* Where a missing method would stand: the path, when the vendor has it with another one; else all paths. */
static const struct spot *path_of(
		struct comparer *comparer, const struct strmap *known, const struct openapi_operation *operation)
{
	struct arena *arena = comparer->arena;
	const struct spot *paths = paths_of(arena, comparer->vendor);
	const uint32_t *other = strmap_get(known, str_skip(operation_key(arena, operation), operation->method.len));
	const struct spot *item = NULL;
	if (other) item = spot_member(arena, paths, comparer->vendor->operations[*other].path);
	return item ? item : paths;
}

static void report_missing(
		struct comparer *comparer, const struct strmap *paths, const struct openapi_operation *operation)
{
	struct arena *arena = comparer->arena;
	struct str path = operation->path, method = operation->method;
	const struct spot *at = spot_of_target(arena, &operation->at), *vendor = path_of(comparer, paths, operation);
	if (comparer->vendor->broken)
		contract_undecided(comparer, TOPIC_OPERATION, NULL, vendor,
				TEXT("the operation was not seen, and some paths of the document cannot be read",
						"de operatie is niet gezien, en sommige paden van het document zijn niet te lezen"));
	else
		report_operation(comparer, CONTRACT_BREAKING, at, vendor, operation->way,
				TEXT("operation of the contract is missing", "operatie van het contract ontbreekt"),
				text_printf(arena, "%.*s %.*s, with variables of any name",
						"%.*s %.*s, met variabelen van welke naam ook", STR_FMT(method), STR_FMT(path)));
}

static void compare_operations(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_operation *vendor)
{
	if (official->broken || vendor->broken) {
		const struct target *at = official->broken ? &official->at : &vendor->at;
		for (int topic = 0; topic < TOPIC_OPTIONAL; topic++)
			contract_undecided(comparer, (enum contract_topic)topic, NULL, spot_of_target(comparer->arena, at),
					TEXT("part of the operation cannot be read: a reference leads nowhere",
							"een deel van de operatie is niet te lezen: een verwijzing leidt nergens heen"));
		return;
	}
	contract_compare_parameters(comparer, official, vendor);
	contract_compare_body(comparer, official, vendor);
	contract_compare_responses(comparer, official, vendor);
	comparer->context.part = (struct text){{STR(""), STR("")}};
	contract_compare_security(comparer, official, vendor);
	contract_run_queue(comparer);
}

/* Without an operation that both have, nothing but that was compared, and the rest may not pass for it. */
static void nothing_in_common(struct facts *facts)
{
	for (uint32_t i = 0; i < CONTRACT_COMPARISONS; i++) {
		if (i / CONTRACT_GRADES == TOPIC_OPERATION || facts->items[i].undecided) continue;
		facts->items[i].applies = false;
		facts->items[i].why = TEXT(
				"the document has no operation of the contract", "het document heeft geen operatie van het contract");
	}
}

static void compare_all(struct comparer *comparer)
{
	bool any = false;
	struct strmap theirs = {0}, ours = {0}, paths = {0};
	const struct openapi *official = comparer->official, *vendor = comparer->vendor;
	index_operations(comparer->arena, official, &ours, NULL);
	index_operations(comparer->arena, vendor, &theirs, &paths);
	for (uint32_t i = 0; i < official->operation_count && contract_step(comparer, 1); i++) {
		const struct openapi_operation *operation = &official->operations[i];
		const uint32_t *other = strmap_get(&theirs, operation_key(comparer->arena, operation));
		comparer->context = (struct context){.operation = operation};
		any = any || other;
		if (other)
			compare_operations(comparer, operation, &vendor->operations[*other]);
		else
			report_missing(comparer, &paths, operation);
	}
	if (!any) nothing_in_common(comparer->facts);
	for (uint32_t i = 0; i < vendor->operation_count && contract_step(comparer, 1); i++) {
		const struct openapi_operation *operation = &vendor->operations[i];
		if (strmap_get(&ours, operation_key(comparer->arena, operation))) continue;
		comparer->context = (struct context){.operation = operation};
		report_operation(comparer, CONTRACT_EXTENSION, paths_of(comparer->arena, official),
				spot_of_target(comparer->arena, &operation->at), operation->way,
				TEXT("operation is not in the contract", "operatie staat niet in het contract"), TEXT("", ""));
	}
	strmap_release(&ours);
	strmap_release(&theirs);
	strmap_release(&paths);
}

/* Whatever was not reached is not known. */
static void tell_unfinished(struct comparer *comparer)
{
	for (uint32_t i = 0; i < CONTRACT_COMPARISONS; i++) {
		struct fact *fact = &comparer->facts->items[i];
		if (comparer->steps <= LIMIT_CONTRACT_STEPS || fact->undecided) continue;
		fact->undecided = true;
		fact->why = text_printf(comparer->arena, "comparing the documents takes more than %d steps",
				"het vergelijken van de documenten kost meer dan %d stappen", LIMIT_CONTRACT_STEPS);
	}
	if (!comparer->official->broken) return;
	contract_undecided(comparer, TOPIC_OPERATION, NULL, paths_of(comparer->arena, comparer->official),
			TEXT("some paths of the contract cannot be read", "sommige paden van het contract zijn niet te lezen"));
}

bool contract_takes(const struct openapi *openapi, struct text *why)
{
	if (openapi->version != OPENAPI_2_0) return true;
	*why = TEXT("Swagger 2.0 cannot be compared with a contract; convert the document to OpenAPI 3.0 or newer",
			"Swagger 2.0 is niet met een contract te vergelijken; zet het document om naar OpenAPI 3.0 of nieuwer");
	return false;
}

void contract_compare(
		struct arena *arena, const struct openapi *official, const struct openapi *vendor, struct facts *facts)
{
	struct comparer comparer = {.arena = arena, .official = official, .vendor = vendor, .facts = facts};
	struct text why;
	bool takes = contract_takes(official, &why) && contract_takes(vendor, &why);
	*facts = (struct facts){.items = arena_zalloc(arena, CONTRACT_COMPARISONS * sizeof *facts->items)};
	for (uint32_t i = 0; i < CONTRACT_COMPARISONS; i++) {
		facts->items[i] = (struct fact){.applies = true, .selected = 1, .undecided = !takes};
		if (!takes) facts->items[i].why = why;
	}
	comparer.shapes = shapes_new(&comparer);
	comparer.digests = digests_new(arena);
	comparer.queue = queue_new(arena);
	comparer.found = found_new(arena);
	if (takes) {
		compare_all(&comparer);
		comparer.context = (struct context){0};
		tell_unfinished(&comparer);
	}
	found_take(&comparer);
}
