/* SPDX-License-Identifier: EUPL-1.2 */
/* Registering and compiling workflows. */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/arazzo_compile.h"

static void release_map(void *map)
{
	strmap_release(map);
}

static bool is_identifier(struct str id)
{
	for (size_t i = 0; i < id.len; i++)
		if ((unsigned char)id.ptr[i] < ' ' || strchr("{}#", id.ptr[i])) return false;
	return id.len > 0;
}

static bool id_read(struct loading *loading, const struct node *node, const char *member, struct strmap *index,
		uint32_t number, struct str *id)
{
	const struct node *value = node_member(node, str_of(member));
	if (!value || value->kind != NODE_STRING || !is_identifier(node_text(value)))
		return value ? expected_error(loading, value, TEXT("an identifier: a text", "een identificatie: een tekst"))
					 : AT_ERROR(loading, node, "expected member \"%s\", found none",
							   "verwacht werd lid \"%s\", maar dat is er niet", member);
	*id = node_text(value);
	return strmap_put(index, *id, number) ||
		   AT_ERROR(loading, value, "%s \"%.*s\" is there twice", "%s \"%.*s\" is er twee keer", member, STR_FMT(*id));
}

static bool step_register(struct loading *loading, struct arazzo_workflow *workflow, uint32_t i)
{
	struct arazzo_step *step = &workflow->steps[i];
	step->node = &node_member(workflow->node, STR("steps"))->children[i];
	step->rule = NO_RULE;
	if (++loading->step_total > LIMIT_SCENARIO_STEPS)
		return err_set(loading->err, ERR_LIMIT, source_loc(loading->part->doc->source, step->node->start),
				"more than %d steps in a scenario", "meer dan %d stappen in een scenario", LIMIT_SCENARIO_STEPS);
	if (!id_read(loading, step->node, "stepId", &workflow->step_index, i, &step->id)) return false;
	step->name = str_printf(loading->arena, "%.*s/%.*s", STR_FMT(workflow->name), STR_FMT(step->id));
	return true;
}

static bool names_rules(const struct node *node)
{
	const struct node *criteria = node_member(node, STR("successCriteria"));
	if (node_member(node, STR("x-keur-rule"))) return true;
	for (uint32_t i = 0; criteria && i < node_count(criteria); i++)
		if (node_member(&criteria->children[i], STR("x-keur-rule"))) return true;
	return false;
}

static bool workflow_register(struct loading *loading, struct arazzo_workflow *workflow)
{
	if (!shape_check(loading, workflow->node, SHAPE_WORKFLOW)) return false;
	if (!id_read(loading, workflow->node, "workflowId", &loading->part->workflow_index, workflow->index, &workflow->id))
		return false;
	const struct node *steps = node_member(workflow->node, STR("steps"));
	workflow->document = loading->part;
	workflow->number = loading->workflow_total++;
	workflow->name = str_printf(loading->arena, "%.*s%.*s", STR_FMT(loading->part->prefix), STR_FMT(workflow->id));
	workflow->step_count = steps->len;
	workflow->steps = arena_zalloc(loading->arena, steps->len * sizeof *workflow->steps);
	loading->scenario->named |= names_rules(workflow->node);
	arena_on_free(loading->arena, release_map, &workflow->step_index);
	for (uint32_t i = 0; i < steps->len; i++) {
		if (!step_register(loading, workflow, i)) return false;
		loading->scenario->named |= names_rules(workflow->steps[i].node);
	}
	return true;
}

bool workflows_register(struct loading *loading)
{
	struct arazzo_document *part = loading->part;
	const struct node *list = node_member(part->doc->root, STR("workflows"));
	part->workflow_count = list->len;
	part->workflows = arena_zalloc(loading->arena, list->len * sizeof *part->workflows);
	arena_on_free(loading->arena, release_map, &part->workflow_index);
	for (uint32_t i = 0; i < list->len; i++) {
		part->workflows[i].node = &list->children[i];
		part->workflows[i].index = i;
		if (!workflow_register(loading, &part->workflows[i])) return false;
	}
	return true;
}

/* x-keur-default of inputs: texts with what is known before any request, such as {$x-keur.counterpart}. */
static bool defaults_check(struct loading *loading, struct arazzo_workflow *workflow, const struct node *properties)
{
	for (uint32_t i = 0; properties && i < node_count(properties); i++) {
		const struct node *schema = schema_resolved(loading->part->doc, &properties->children[i]);
		const struct node *text = node_member(schema, STR("x-keur-default"));
		struct expression_fault fault = {0};
		struct template template;
		if (!text) continue;
		if (text->kind != NODE_STRING) return expected_error(loading, text, TEXT("a text", "een tekst"));
		if (!template_parse(loading->arena, node_text(text), &template, &fault))
			return fault_error(loading, text, &fault);
		for (uint32_t k = 0; k < template.count; k++)
			if (!template.parts[k].literal && !str_starts(template.parts[k].expression.text, STR("$x-keur.")))
				return expected_error(loading, text,
						TEXT("no other expressions than $x-keur. ones", "geen andere expressies dan $x-keur."));
			else if (template.parts[k].expression.kind == EXPRESSION_COUNTERPART)
				workflow->may_ask_counterpart = true;
	}
	return true;
}

static bool inputs_compile(struct loading *loading, struct arazzo_workflow *workflow)
{
	const struct doc *doc = loading->part->doc;
	const struct schema_options options = {
			.draft = SCHEMA_2020_12, .formats = true, .unicode = true, .document = doc->root};
	workflow->input_schema = node_member(workflow->node, STR("inputs"));
	if (!workflow->input_schema) return true;
	if (!defaults_check(
				loading, workflow, node_member(schema_resolved(doc, workflow->input_schema), STR("properties"))))
		return false;
	workflow->schema = schema_compile(loading->arena, doc->source, workflow->input_schema, &options, loading->err);
	return workflow->schema != NULL;
}

static bool depends_compile(struct loading *loading, struct arazzo_workflow *workflow)
{
	const struct node *list = node_member(workflow->node, STR("dependsOn"));
	if (!list) return true;
	if (!count_parts(loading, list, list->len)) return false;
	workflow->depends = arena_alloc(loading->arena, (list->len + 1) * sizeof *workflow->depends);
	for (uint32_t i = 0; i < list->len; i++) {
		const struct arazzo_workflow *other;
		const struct node *item = &list->children[i];
		if (item->kind != NODE_STRING) return expected_error(loading, item, TEXT("a workflowId", "een workflowId"));
		if (!workflow_find(loading, item, node_text(item), &other, &workflow->unusable)) return false;
		for (uint32_t k = 0; other && k < workflow->depend_count; k++)
			if (workflow->depends[k] == other)
				return AT_ERROR(loading, item, "\"%.*s\" is in \"dependsOn\" twice",
						"\"%.*s\" staat twee keer in \"dependsOn\"", STR_FMT(node_text(item)));
		if (other)
			workflow->depends[workflow->depend_count++] = other;
		else
			add_remark(loading, item, workflow->unusable);
	}
	return true;
}

static bool requires_check(struct loading *loading, struct arazzo_workflow *workflow)
{
	const struct node *list = node_member(workflow->node, STR("x-keur-requires"));
	workflow->requires = list;
	if (!list) return true;
	bool sound = list->kind == NODE_ARRAY;
	for (uint32_t i = 0; sound && i < list->len; i++)
		sound = list->children[i].kind == NODE_STRING;
	return sound || expected_error(loading, list, TEXT("a list of names of inputs", "een lijst met namen van invoer"));
}

static bool workflow_compile(struct loading *loading, struct arazzo_workflow *workflow)
{
	struct text text;
	loading->workflow = workflow;
	return inputs_compile(loading, workflow) && depends_compile(loading, workflow) &&
		   requires_check(loading, workflow) &&
		   flag_of(loading, workflow->node, "x-keur-cleanup", &workflow->cleanup) &&
		   flag_of(loading, workflow->node, "x-keur-optional", &workflow->optional) &&
		   text_of(loading, workflow->node, "x-keur-message", &text) && steps_compile(loading) &&
		   outputs_compile(
				   loading, node_member(workflow->node, STR("outputs")), &workflow->outputs, &workflow->output_count);
}

bool workflows_compile(struct loading *loading)
{
	struct arazzo_document *part = loading->part;
	for (uint32_t i = 0; i < part->workflow_count; i++)
		if (!workflow_compile(loading, &part->workflows[i])) return false;
	loading->workflow = NULL;
	return true;
}

/* Depth-first over dependencies without recursion: a chain of them may be as long as the document. */
struct visit {
	const struct arazzo_workflow *workflow;
	uint32_t next;
};

static bool ring_from(struct loading *loading, const struct arazzo_workflow *start, char *state)
{
	struct {
		struct visit *items;
		size_t count, capacity;
	} stack = {0};
	bool sound = true;
	state[start->number] = 1;
	*vec_push(&stack) = (struct visit){start, 0};
	while (sound && stack.count > 0) {
		struct visit *top = &stack.items[stack.count - 1];
		if (top->next == top->workflow->depend_count) {
			state[top->workflow->number] = 2;
			stack.count--;
			continue;
		}
		const struct arazzo_workflow *other = top->workflow->depends[top->next++];
		if (state[other->number] == 1) {
			const struct doc *doc = top->workflow->document->doc;
			const struct node *at = node_member(top->workflow->node, STR("dependsOn"));
			sound = err_set(loading->err, ERR_RULES, source_loc(doc->source, at->start),
					"workflow \"%.*s\" depends on \"%.*s\", which depends on it",
					"workflow \"%.*s\" hangt af van \"%.*s\", en die weer ervan", STR_FMT(top->workflow->name),
					STR_FMT(other->name));
		} else if (state[other->number] == 0) {
			state[other->number] = 1;
			*vec_push(&stack) = (struct visit){other, 0};
		}
	}
	vec_release(&stack);
	return sound;
}

bool rings_check(struct loading *loading)
{
	char *state = arena_zalloc(loading->arena, loading->workflow_total + 1);
	for (size_t p = 0; p < loading->parts.count; p++) {
		const struct arazzo_document *part = loading->parts.items[p];
		for (uint32_t i = 0; i < part->workflow_count; i++)
			if (state[part->workflows[i].number] == 0 && !ring_from(loading, &part->workflows[i], state)) return false;
	}
	return true;
}
