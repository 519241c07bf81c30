/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiling values: what is literal stays as it is in the document. */
#include "base/limits.h"
#include "engine/arazzo_compile.h"
#include "engine/jsonpath.h"

bool fault_error(struct loading *loading, const struct node *at, const struct expression_fault *fault)
{
	struct str text = node_text(at), rest = str_skip(text, fault->offset);
	bool long_rest = rest.len > 40;
	if (long_rest) rest.len = 40;
	while (long_rest && rest.len > 0 && ((unsigned char)rest.ptr[rest.len] & 0xC0) == 0x80)
		rest.len--;
	if (rest.len == 0)
		return AT_ERROR(loading, at, "\"%.*s\": expected %s%.0s, found the end of the text",
				"\"%.*s\": verwacht werd %.0s%s, gevonden het einde van de tekst", STR_FMT(text),
				BOTH(fault->expected));
	return AT_ERROR(loading, at, "\"%.*s\": at character %zu expected %s%.0s, found \"%.*s\"",
			"\"%.*s\": bij teken %zu verwacht werd %.0s%s, gevonden \"%.*s\"", STR_FMT(text), fault->offset + 1,
			BOTH(fault->expected), STR_FMT(rest));
}

static bool bind_step(struct loading *loading, const struct node *at, struct expression *expression)
{
	if (!loading->workflow) return true;
	const uint32_t *index = strmap_get(&loading->workflow->step_index, expression->owner);
	if (!index)
		return AT_ERROR(loading, at, "\"%.*s\": workflow \"%.*s\" has no step \"%.*s\"",
				"\"%.*s\": workflow \"%.*s\" heeft geen stap \"%.*s\"", STR_FMT(expression->text),
				STR_FMT(loading->workflow->id), STR_FMT(expression->owner));
	expression->index = *index;
	return true;
}

static bool bind_workflow(struct loading *loading, const struct node *at, struct expression *expression)
{
	const uint32_t *index = strmap_get(&loading->part->workflow_index, expression->owner);
	if (!index)
		return AT_ERROR(loading, at, "\"%.*s\": there is no workflow \"%.*s\" in this document",
				"\"%.*s\": dit document heeft geen workflow \"%.*s\"", STR_FMT(expression->text),
				STR_FMT(expression->owner));
	if (expression->kind != EXPRESSION_WORKFLOW_STEPS) return true;
	const struct arazzo_workflow *workflow = &loading->part->workflows[*index];
	const uint32_t *step = strmap_get(&workflow->step_index, expression->step);
	if (!step)
		return AT_ERROR(loading, at, "\"%.*s\": workflow \"%.*s\" has no step \"%.*s\"",
				"\"%.*s\": workflow \"%.*s\" heeft geen stap \"%.*s\"", STR_FMT(expression->text),
				STR_FMT(workflow->id), STR_FMT(expression->step));
	expression->index = *step;
	return true;
}

static bool bind(struct loading *loading, const struct node *at, struct expression *expression)
{
	switch (expression->kind) {
	case EXPRESSION_STEPS:
		return bind_step(loading, at, expression);
	case EXPRESSION_WORKFLOW_INPUTS:
	case EXPRESSION_WORKFLOW_OUTPUTS:
	case EXPRESSION_WORKFLOW_STEPS:
		return bind_workflow(loading, at, expression);
	case EXPRESSION_SOURCE:
		if (source_find(loading->part, expression->owner)) return true;
		return AT_ERROR(loading, at, "\"%.*s\": there is no source description \"%.*s\"",
				"\"%.*s\": er is geen bronbeschrijving \"%.*s\"", STR_FMT(expression->text),
				STR_FMT(expression->owner));
	case EXPRESSION_COMPONENT:
		if (node_member(node_member(loading->part->components, expression->owner), expression->name)) return true;
		return AT_ERROR(loading, at, "\"%.*s\": components has no such member",
				"\"%.*s\": components heeft dat onderdeel niet", STR_FMT(expression->text));
	default:
		return true;
	}
}

bool expression_forgiven(struct loading *loading, struct str text, struct expression *expression)
{
	struct text why;
	if (!forgiven(loading, &why)) return false;
	*expression = (struct expression){.kind = EXPRESSION_UNUSABLE, .text = text, .why = why};
	return true;
}

bool expression_bind(struct loading *loading, const struct node *at, struct expression *expression)
{
	if (expression->kind == EXPRESSION_COUNTERPART && loading->workflow) loading->workflow->asks_counterpart = true;
	if (bind(loading, at, expression)) return true;
	/* A component is part of the step itself, which would be another one without it. */
	return expression->kind != EXPRESSION_COMPONENT && expression_forgiven(loading, expression->text, expression);
}

bool template_bind(struct loading *loading, const struct node *at, struct template *template)
{
	for (uint32_t i = 0; i < template->count; i++)
		if (!template->parts[i].literal && !expression_bind(loading, at, &template->parts[i].expression)) return false;
	return true;
}

bool expression_compile(struct loading *loading, const struct node *node, struct expression *out)
{
	struct expression_fault fault = {0};
	if (node->kind != NODE_STRING)
		return expected_error(loading, node, TEXT("a runtime expression", "een runtime-expressie"));
	if (!expression_parse(node_text(node), out, &fault))
		return fault_error(loading, node, &fault) || expression_forgiven(loading, node_text(node), out);
	return expression_bind(loading, node, out);
}

/* A text of which a part is no expression has no value at all. */
static bool text_forgiven(struct loading *loading, const struct node *node, struct plan *out)
{
	struct template_part part = {.text = node_text(node)};
	if (!expression_forgiven(loading, part.text, &part.expression)) return false;
	out->kind = PLAN_TEMPLATE;
	out->text = (struct template){.count = 1, .whole = true};
	out->text.parts = (struct template_part *)(void *)arena_copy(loading->arena, &part, sizeof part);
	return true;
}

static bool string_compile(struct loading *loading, const struct node *node, struct plan *out)
{
	struct expression_fault fault = {0};
	if (!template_parse(loading->arena, node_text(node), &out->text, &fault))
		return fault_error(loading, node, &fault) || text_forgiven(loading, node, out);
	if (out->text.constant) return true;
	out->kind = PLAN_TEMPLATE;
	return template_bind(loading, node, &out->text);
}

static bool is_selector(const struct loading *loading, const struct node *node)
{
	return loading->part->is_1_1 && node->kind == NODE_OBJECT && node_member(node, STR("context")) &&
		   node_member(node, STR("selector")) && node_member(node, STR("type"));
}

static bool selector_kind(
		struct loading *loading, const struct node *type, struct str text, bool draft, struct selector *selector)
{
	struct str name;
	const struct node *at = node_member(type, STR("type"));
	if (!expression_type(loading, type, &name, &draft)) return false;
	if (str_eq(name, STR("jsonpointer"))) {
		selector->pointer = str_starts(text, STR("#")) ? str_skip(text, 1) : text;
		if (selector->pointer.len == 0 || selector->pointer.ptr[0] == '/') return true;
		return expected_error(
				loading, at ? at : type, TEXT("a JSON Pointer as selector", "een JSON Pointer als selector"));
	}
	if (str_eq(name, STR("jsonpath"))) {
		selector->path = selector_path(loading, text, draft, &selector->unusable);
		if (!selector->path) add_remark(loading, type, selector->unusable);
		return true;
	}
	if (!str_eq(name, STR("xpath")))
		return expected_error(loading, type, TEXT("jsonpath, jsonpointer or xpath", "jsonpath, jsonpointer of xpath"));
	xpath_admit(loading, type, type, &text, &selector->unusable);
	if (selector->unusable.in[LANG_EN].len == 0) selector->xpath = text;
	return true;
}

static bool selector_compile(struct loading *loading, const struct node *node, struct plan *out)
{
	struct selector *selector = arena_zalloc(loading->arena, sizeof *selector);
	if (!shape_check(loading, node, SHAPE_SELECTOR)) return false;
	if (!expression_compile(loading, node_member(node, STR("context")), &selector->context)) return false;
	out->kind = PLAN_SELECTOR;
	out->selector = selector;
	return selector_kind(
			loading, node_member(node, STR("type")), node_string_member(node, STR("selector")), false, selector);
}

static bool container_compile(struct loading *loading, const struct node *node, struct plan *out)
{
	bool literal = true;
	struct plan *children = arena_zalloc(loading->arena, (node->len + 1) * sizeof *children);
	for (uint32_t i = 0; i < node->len; i++) {
		if (!plan_compile(loading, &node->children[i], &children[i])) return false;
		literal &= children[i].kind == PLAN_LITERAL;
	}
	if (literal) return true;
	out->kind = PLAN_CONTAINER;
	out->children = children;
	return true;
}

bool plan_compile(struct loading *loading, const struct node *node, struct plan *out)
{
	*out = (struct plan){.kind = PLAN_LITERAL, .node = node};
	if (node->kind == NODE_STRING) return string_compile(loading, node, out);
	if (is_selector(loading, node)) return selector_compile(loading, node, out);
	return !node_is_container(node) || container_compile(loading, node, out);
}

static bool is_key(struct str key)
{
	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && c != '.' && c != '-' && c != '_') return false;
	}
	return key.len > 0;
}

static bool output_compile(struct loading *loading, const struct node *node, struct output *out)
{
	out->name = node_key(node);
	if (!is_key(out->name))
		return KEY_ERROR(loading, node,
				"\"%.*s\": expected a name of letters, digits, \".\", \"-\" and \"_\" for an output",
				"\"%.*s\": verwacht werd een naam van letters, cijfers, \".\", \"-\" en \"_\" voor uitvoer",
				STR_FMT(out->name));
	if (node->kind == NODE_OBJECT && loading->part->is_1_1) {
		out->value = (struct plan){.node = node};
		return selector_compile(loading, node, &out->value);
	}
	if (node->kind != NODE_STRING || !expression_starts(node_text(node)))
		return expected_error(loading, node, TEXT("a runtime expression", "een runtime-expressie"));
	return plan_compile(loading, node, &out->value);
}

bool outputs_compile(struct loading *loading, const struct node *map, struct output **out, uint32_t *count)
{
	uint32_t total = map ? map->len : 0;
	*out = arena_zalloc(loading->arena, (total + 1) * sizeof **out);
	*count = total;
	for (uint32_t i = 0; i < total; i++)
		if (!output_compile(loading, &map->children[i], &(*out)[i])) return false;
	return true;
}
