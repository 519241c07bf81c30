/* SPDX-License-Identifier: EUPL-1.2 */
/* Inputs of a workflow: what is given, defaults of the schema, and whether that is enough. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/arazzo_play.h"

struct member_list {
	struct node *items;
	size_t count, capacity;
};

/* Test data is for all workflows: each takes what its schema names, all of it when that names nothing. */
static void take_given(const struct node *given, const struct node *properties, struct member_list *members)
{
	for (uint32_t i = 0; given && i < node_count(given); i++) {
		const struct node *member = &given->children[i];
		if (node_is_repeated(given, member)) continue;
		if (!properties || node_member(properties, node_key(member))) *vec_push(members) = *member;
	}
}

/* x-keur-default: a text with expressions, read when the scenario was. NULL when one of them has no value now. */
static const struct node *made_default(struct play *play, struct frame *frame, const struct node *schema)
{
	const struct node *text = node_member(schema, STR("x-keur-default"));
	struct expression_fault fault;
	struct template template;
	if (!text || text->kind != NODE_STRING || !template_parse(play->arena, node_text(text), &template, &fault))
		return NULL;
	struct value value = template_value(play, frame, &template);
	return value.state == VALUE_THERE ? value.node : NULL;
}

static void add_defaults(struct play *play, struct frame *frame, const struct node *given,
		const struct node *properties, struct member_list *members)
{
	for (uint32_t i = 0; properties && i < node_count(properties); i++) {
		const struct node *property = &properties->children[i];
		const struct node *schema = schema_resolved(frame->workflow->document->doc, property);
		const struct node *value = node_member(schema, STR("default"));
		if (node_member(given, node_key(property))) continue;
		if (!value) value = made_default(play, frame, schema);
		if (value) *vec_push(members) = node_as(value, node_key(property));
	}
}

static const struct node *missing_of(const struct node *list, const struct node *inputs)
{
	for (uint32_t i = 0; list && i < node_count(list); i++)
		if (list->children[i].kind == NODE_STRING && !node_member(inputs, node_text(&list->children[i])))
			return &list->children[i];
	return NULL;
}

static bool end(struct frame *frame, enum scenario_state state, struct text why)
{
	frame->state = state;
	frame->why = why;
	return false;
}

struct first_violation {
	struct schema_sink sink;
	struct text message;
	struct str place;
};

static void keep_first(struct schema_sink *sink, const struct schema_violation *violation)
{
	struct first_violation *first = (struct first_violation *)sink;
	if (first->message.in[LANG_EN].len > 0) return;
	first->message = violation->message;
	first->place = violation->instance;
}

static bool check(struct play *play, struct frame *frame)
{
	struct first_violation first = {.sink = {.report = keep_first}};
	struct view view = {frame->workflow->document->doc, NULL};
	struct err err;
	err_init(&err, play->arena);
	if (!frame->workflow->schema) return true;
	enum schema_result result = schema_check(
			frame->workflow->schema, &view, frame->inputs, SCHEMA_FIRST, &first.sink, play->arena, &err);
	if (result == SCHEMA_VALID) return true;
	if (result == SCHEMA_UNDECIDED) return end(frame, SCENARIO_UNDECIDED, err.message);
	struct str id = frame->workflow->id;
	return end(frame, SCENARIO_UNDECIDED,
			text_printf(play->arena, "test data of workflow \"%.*s\" is not as its inputs ask: %.*s%s%s%.0s",
					"testgegevens van workflow \"%.*s\" zijn niet zoals inputs vraagt: %.*s%s%.0s%s", STR_FMT(id),
					STR_FMT(first.place), first.place.len > 0 ? ": " : "",
					str_copy(play->arena, first.message.in[LANG_EN]).ptr,
					str_copy(play->arena, text_in(first.message, LANG_NL)).ptr));
}

bool inputs_prepare(struct play *play, struct frame *frame, const struct node *given, bool own)
{
	const struct arazzo_workflow *workflow = frame->workflow;
	const struct doc *doc = workflow->document->doc;
	const struct node *schema = schema_resolved(doc, workflow->input_schema);
	const struct node *properties = node_member(schema, STR("properties"));
	struct member_list members = {0};
	take_given(given, own ? NULL : properties, &members);
	add_defaults(play, frame, given, properties, &members);
	frame->inputs = node_container_new(play->arena, NODE_OBJECT, members.items, (uint32_t)members.count);
	vec_release(&members);
	if (workflow->asks_counterpart && !play->options->counterpart) {
		frame->untested = true;
		return end(frame, SCENARIO_SKIPPED, counterpart_lacking());
	}
	const struct node *asked = missing_of(workflow->requires, frame->inputs);
	const struct node *required = missing_of(node_member(schema, STR("required")), frame->inputs);
	if (asked || (required && workflow->optional)) {
		struct str name = node_text(asked ? asked : required);
		/* A counterpart would have given it: that it was not there is no verdict. */
		const struct node *property = schema_resolved(doc, node_member(properties, name));
		if (!play->options->counterpart && workflow->may_ask_counterpart &&
				node_member(property, STR("x-keur-default"))) {
			frame->untested = true;
			return end(frame, SCENARIO_SKIPPED, counterpart_lacking());
		}
		/* What a service sends is a duty of it whether or not it can send it to keur in this run: no verdict either. */
		frame->untested = workflow->asks_counterpart;
		if (frame->untested)
			return end(frame, SCENARIO_SKIPPED,
					text_printf(play->arena,
							"test data \"%.*s\" is not given, so nothing says that the service sends this to keur",
							"testgegeven \"%.*s\" is niet opgegeven, dus niets zegt dat de dienst dit aan keur stuurt",
							STR_FMT(name)));
		return end(frame, SCENARIO_SKIPPED,
				text_printf(play->arena, "test data \"%.*s\" is not given", "testgegeven \"%.*s\" is niet opgegeven",
						STR_FMT(name)));
	}
	if (required)
		return end(frame, SCENARIO_UNDECIDED,
				text_printf(play->arena, "workflow \"%.*s\" needs test data \"%.*s\", which is not given",
						"workflow \"%.*s\" heeft testgegeven \"%.*s\" nodig, en dat is niet opgegeven",
						STR_FMT(workflow->id), STR_FMT(node_text(required))));
	return check(play, frame);
}
