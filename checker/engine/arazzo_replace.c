/* SPDX-License-Identifier: EUPL-1.2 */
/* Replacements in a payload: a copy with some places set, the rest shared with what it was made from. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/arazzo_play.h"
#include "engine/jsonpath.h"
#include "engine/xpath.h"

static const struct node *set(
		struct play *play, const struct node *node, struct str pointer, const struct node *value, int depth);

static uint32_t child_number(const struct node *container, struct str token)
{
	if (container->kind == NODE_OBJECT) {
		const struct node *member = node_member(container, token);
		return member ? (uint32_t)(member - container->children) : container->len;
	}
	uint32_t index;
	if (str_eq(token, STR("-"))) return container->len;
	return pointer_child(container, token) && str_to_u32(token, &index) ? index : UINT32_MAX;
}

/* The container with one child set; a member or "-" that is not there is added. */
static const struct node *set_child(struct play *play, const struct node *container, struct str token, struct str rest,
		const struct node *value, int depth)
{
	uint32_t number = child_number(container, token);
	if (number > container->len) return NULL;
	bool added = number == container->len;
	if (added && rest.len > 0) return NULL;
	const struct node *child = added ? value : set(play, &container->children[number], rest, value, depth + 1);
	if (!child) return NULL;
	struct node *items = mem_resize(NULL, container->len + 1, sizeof *items);
	if (container->len) memcpy(items, container->children, container->len * sizeof *items);
	items[number] = node_as(child, container->kind == NODE_OBJECT ? token : (struct str){NULL, 0});
	const struct node *made = node_container_new(
			play->arena, (enum node_kind)container->kind, items, container->len + (added ? 1 : 0));
	free(items);
	return made;
}

/* NULL when the place is not there. */
static const struct node *set(
		struct play *play, const struct node *node, struct str pointer, const struct node *value, int depth)
{
	struct str token;
	if (pointer.len == 0) return value;
	if (depth > LIMIT_DEPTH || !node_is_container(node)) return NULL;
	if (!pointer_next(&pointer, play->arena, &token)) return NULL;
	return set_child(play, node, token, pointer, value, depth);
}

struct places {
	struct arena *arena;
	struct {
		struct str *items;
		size_t count, capacity;
	} found;
};

static bool add_place(void *context, uint32_t number, const struct match *match)
{
	struct places *places = context;
	struct strbuf pointer;
	(void)number;
	strbuf_init(&pointer, LIMIT_SCENARIO_VALUE_BYTES);
	step_pointer(match->where, &pointer);
	*vec_push(&places->found) = strbuf_take(&pointer, places->arena);
	return places->found.count < LIMIT_SCENARIO_LIST;
}

static const struct node *set_everywhere(
		struct play *play, const struct replacement *replacement, const struct node *root, const struct node *value)
{
	struct places places = {.arena = play->arena};
	struct view view = {play->scenario->doc, NULL};
	struct step top = {.node = root, .held = root};
	struct jsonpath_report report = {0};
	jsonpath_select(replacement->path, &view, &top, add_place, &places, &report);
	bool whole = !report.undecided && places.found.count > 0 && places.found.count < LIMIT_SCENARIO_LIST;
	if (!whole) root = NULL;
	for (size_t i = 0; root && i < places.found.count; i++)
		root = set(play, root, places.found.items[i], value, 0);
	vec_release(&places.found);
	return root;
}

static const struct node *new_value(
		struct play *play, struct frame *frame, const struct replacement *replacement, struct text *why)
{
	struct value value = plan_value(play, frame, &replacement->value);
	*why = value.why;
	if (value.state == VALUE_ABSENT)
		*why = text_printf(play->arena, "the value for \"%.*s\" is not there", "de waarde voor \"%.*s\" is er niet",
				STR_FMT(replacement->target));
	return value.state == VALUE_THERE ? value.node : NULL;
}

static const struct node *replace_one(struct play *play, struct frame *frame, const struct replacement *replacement,
		const struct node *root, struct text *why)
{
	const struct node *value = new_value(play, frame, replacement, why);
	if (!value) return NULL;
	const struct node *made = replacement->path ? set_everywhere(play, replacement, root, value)
												: set(play, root, replacement->target, value, 0);
	if (!made)
		*why = text_printf(play->arena, "the payload has no place \"%.*s\" to set",
				"de inhoud heeft geen plaats \"%.*s\" om in te vullen", STR_FMT(replacement->target));
	return made;
}

static bool set_xml(struct play *play, struct frame *frame, const struct replacement *replacement, xmlDoc *doc,
		struct text *why, struct err *err)
{
	if (!replacement->xpath) {
		*why = TEXT("the other replacements of this payload are by XPath, and this one is not",
				"de andere vervangingen in deze inhoud zijn met XPath, en deze niet");
		return false;
	}
	const struct node *value = new_value(play, frame, replacement, why);
	if (!value) return false;
	if (node_is_container(value)) {
		*why = text_printf(play->arena, "\"%.*s\": a value in XML is a text, and no object or list",
				"\"%.*s\": een waarde in XML is een tekst, en geen object of lijst", STR_FMT(replacement->target));
		return false;
	}
	if (xpath_set(replacement->target, doc, &frame->workflow->document->names, node_text(value), err)) return true;
	*why = err->message;
	return false;
}

/* Read once, and written once. */
static const struct node *replace_in_xml(
		struct play *play, struct frame *frame, const struct step_body *body, struct str payload, struct text *why)
{
	struct err err;
	struct str made = {NULL, 0};
	err_init(&err, play->arena);
	struct arena *work = arena_new();
	xmlDoc *doc = xml_parse(work, payload, &err);
	bool sound = doc != NULL;
	if (!doc)
		*why = text_printf(play->arena, "the payload is no XML that can be read, in which places can be set: %s%.0s",
				"de inhoud is geen XML die te lezen is, waarin plaatsen zijn in te vullen: %.0s%s",
				err.message.in[LANG_EN].ptr, err.message.in[LANG_NL].ptr);
	for (uint32_t i = 0; sound && i < body->replacement_count; i++)
		sound = set_xml(play, frame, &body->replacements[i], doc, why, &err);
	if (sound && !xml_print(doc, str_starts(payload, STR("<?xml")), play->arena, &made, &err)) *why = err.message;
	arena_free(work);
	return made.ptr ? node_text_new(play->arena, made) : NULL;
}

const struct node *replacements_make(struct play *play, struct frame *frame, const struct step_body *body,
		const struct node *payload, bool as_text, struct text *why)
{
	for (uint32_t i = 0; i < body->replacement_count; i++) {
		*why = body->replacements[i].unusable;
		if (body->replacements[i].xpath && !body->replacements[0].xpath)
			*why = TEXT("the other replacements of this payload are not by XPath, and this one is",
					"de andere vervangingen in deze inhoud zijn niet met XPath, en deze wel");
		if (why->in[LANG_EN].len > 0) return NULL;
	}
	if (body->replacements[0].xpath) {
		if (payload->kind == NODE_STRING) return replace_in_xml(play, frame, body, node_text(payload), why);
		*why = TEXT("a body in XML is given as a text", "een inhoud in XML wordt als tekst gegeven");
		return NULL;
	}
	if (as_text) {
		struct text fault = {0};
		payload = node_of_json(play->arena, node_text(payload), &fault);
		if (!payload)
			*why = text_printf(play->arena, "the payload is no JSON, in which places can be set: %s%.0s",
					"de inhoud is geen JSON, waarin plaatsen zijn in te vullen: %.0s%s", fault.in[LANG_EN].ptr,
					fault.in[LANG_NL].ptr);
	}
	for (uint32_t i = 0; payload && i < body->replacement_count; i++)
		payload = replace_one(play, frame, &body->replacements[i], payload, why);
	return payload;
}
