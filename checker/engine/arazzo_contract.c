/* SPDX-License-Identifier: EUPL-1.2 */
/* What of a scenario its OpenAPI documents are held to: x-keur-passive, and which document a step is of. */
#include "base/vec.h"
#include "engine/arazzo_compile.h"
#include "engine/openapi_check.h"

static const struct {
	const char *name;
	enum openapi_rule rule;
} passives[] = {{"operation", CONTRACT_OPERATION}, {"status", CONTRACT_STATUS}, {"content-type", CONTRACT_CONTENT_TYPE},
		{"headers", CONTRACT_HEADER}, {"body", CONTRACT_BODY}};

static uint32_t passive_of(const struct node *name)
{
	for (size_t i = 0; name->kind == NODE_STRING && i < sizeof passives / sizeof *passives; i++)
		if (str_eq(node_text(name), str_of(passives[i].name))) return 1u << passives[i].rule;
	return 0;
}

bool passive_compile(struct loading *loading)
{
	const struct text expected = TEXT("a list of: operation, status, content-type, headers, body",
			"een lijst van: operation, status, content-type, headers, body");
	const struct node *list = node_member(loading->scenario->doc->root, STR("x-keur-passive"));
	loading->part = loading->parts.items[0];
	if (!list) return true;
	if (list->kind != NODE_ARRAY) return expected_error(loading, list, expected);
	for (uint32_t i = 0; i < list->len; i++) {
		uint32_t bit = passive_of(&list->children[i]);
		if (!bit) return expected_error(loading, &list->children[i], expected);
		loading->scenario->passive |= bit;
	}
	return true;
}

static void release_map(void *map)
{
	strmap_release(map);
}

static uint32_t api_number(const struct scenario *scenario, const struct openapi *api)
{
	uint32_t i = 0;
	while (i < scenario->api_count && scenario->apis[i] != api)
		i++;
	return i;
}

static void map_steps(struct scenario *scenario, const struct arazzo_workflow *workflow)
{
	for (uint32_t i = 0; i < workflow->step_count; i++) {
		const struct arazzo_step *step = &workflow->steps[i];
		if (step->source && step->source->api)
			strmap_put(&scenario->step_apis, step->name, api_number(scenario, step->source->api));
	}
}

void apis_list(struct loading *loading)
{
	struct scenario *scenario = loading->scenario;
	struct {
		const struct openapi **items;
		size_t count, capacity;
	} apis = {0};
	for (uint32_t p = 0; p < scenario->part_count; p++)
		for (uint32_t i = 0; i < scenario->parts[p]->source_count; i++)
			if (scenario->parts[p]->sources[i].api) *vec_push(&apis) = scenario->parts[p]->sources[i].api;
	scenario->api_count = (uint32_t)apis.count;
	scenario->apis = arena_alloc(loading->arena, (apis.count + 1) * sizeof *scenario->apis);
	if (apis.count) memcpy(scenario->apis, apis.items, apis.count * sizeof *scenario->apis);
	vec_release(&apis);
	arena_on_free(loading->arena, release_map, &scenario->step_apis);
	for (uint32_t p = 0; p < scenario->part_count; p++)
		for (uint32_t w = 0; w < scenario->parts[p]->workflow_count; w++)
			map_steps(scenario, &scenario->parts[p]->workflows[w]);
}

uint32_t scenario_api_of(const struct scenario *scenario, struct str step)
{
	const uint32_t *number = strmap_get(&scenario->step_apis, step);
	return number ? *number : UINT32_MAX;
}
