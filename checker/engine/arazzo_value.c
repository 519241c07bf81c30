/* SPDX-License-Identifier: EUPL-1.2 */
/* What runtime expressions and compiled values stand for while a scenario is played. */
#include "base/limits.h"
#include "base/vec.h"
#include "doc/pointer.h"
#include "engine/arazzo_play.h"
#include "engine/jsonpath.h"
#include "engine/soap_pair.h"
#include "engine/xpath.h"
#include "fetch/xml_body.h"

struct value value_undecided(struct text why)
{
	return (struct value){.state = VALUE_UNDECIDED, .why = why};
}

static struct value there(const struct node *node)
{
	return (struct value){.state = node ? VALUE_THERE : VALUE_ABSENT, .node = node};
}

static struct value text_value(struct play *play, struct str text)
{
	return text.ptr ? there(node_text_new(play->arena, text)) : there(NULL);
}

/* ".name[0]" below a value. */
static struct value below_access(struct value value, struct str access)
{
	struct str name;
	bool is_index;
	while (value.state == VALUE_THERE && access.len > 0) {
		if (!expression_step(&access, &name, &is_index)) return there(NULL);
		bool fits = value.node->kind == (is_index ? NODE_ARRAY : NODE_OBJECT);
		value.node = fits ? pointer_child(value.node, name) : NULL;
		if (!value.node) value.state = VALUE_ABSENT;
	}
	return value;
}

static struct value below(struct value value, const struct expression *expression)
{
	if (value.state != VALUE_THERE) return value;
	if (expression->pointer.ptr) {
		const struct node *node = pointer_get(value.node, expression->pointer);
		return (struct value){node ? VALUE_THERE : VALUE_ABSENT, node, value.why, false};
	}
	return below_access(value, expression->access);
}

static bool is_json(struct str type)
{
	return str_eq(type, STR("application/json")) || str_eq(type, STR("text/json")) || str_ends(type, STR("+json"));
}

static bool is_xml(struct str type)
{
	return type.len == 0 || str_ends(type, STR("/xml")) || str_ends(type, STR("+xml"));
}

static struct value read_body(struct play *play, const struct http_response *response)
{
	struct str type = http_media_type(&response->fields, play->arena), body = response->body;
	struct text why = {0};
	struct err err;
	if (response->body.len == 0) return there(NULL);
	const struct node *json = is_json(type) || type.len == 0 ? node_of_json(play->arena, response->body, &why) : NULL;
	if (json) return there(json);
	err_init(&err, play->arena);
	if (is_xml(type) && !xml_body(&response->fields, response->body, play->arena, &body, &err))
		return value_undecided(err.message);
	struct value value = text_value(play, body);
	if (is_json(type))
		value.why = text_printf(play->arena, "the body is no JSON: %s%.0s", "de inhoud is geen JSON: %.0s%s",
				why.in[LANG_EN].ptr, why.in[LANG_NL].ptr);
	return value;
}

struct value body_value(struct play *play, struct attempt *attempt)
{
	if (attempt->body_read) return attempt->body;
	attempt->body = read_body(play, &attempt->exchange->response);
	attempt->body_read = true;
	return attempt->body;
}

static struct value sent_value(const struct attempt *attempt, enum openapi_in in, struct str name)
{
	for (uint32_t i = 0; i < attempt->sent_count; i++)
		if (attempt->sent[i].in == in && str_eq(attempt->sent[i].name, name)) return there(attempt->sent[i].value);
	return there(NULL);
}

static struct value request_value(struct play *play, const struct attempt *attempt, const struct expression *expression)
{
	const struct http_request *request = attempt->exchange && attempt->exchange->request.url.ptr
												 ? &attempt->exchange->request
												 : &attempt->request;
	switch (expression->kind) {
	case EXPRESSION_URL:
		return text_value(play, request->url);
	case EXPRESSION_METHOD:
		return text_value(play, request->method);
	case EXPRESSION_REQUEST_HEADER:
		return text_value(play, http_field_value(&request->fields, expression->name, play->arena));
	case EXPRESSION_REQUEST_QUERY:
		return sent_value(attempt, IN_QUERY, expression->name);
	case EXPRESSION_REQUEST_PATH:
		return sent_value(attempt, IN_PATH, expression->name);
	default:
		return below(there(attempt->payload), expression);
	}
}

static struct value exchange_value(struct play *play, struct frame *frame, const struct expression *expression)
{
	struct attempt *attempt = frame->attempt;
	if (!attempt || !attempt->exchange)
		return value_undecided(text_printf(play->arena, "%.*s: no request was sent", "%.*s: er is geen verzoek gedaan",
				STR_FMT(expression->text)));
	if (expression->kind != EXPRESSION_STATUS && expression->kind != EXPRESSION_RESPONSE_HEADER &&
			expression->kind != EXPRESSION_RESPONSE_BODY)
		return request_value(play, attempt, expression);
	const struct exchange *exchange = attempt->exchange;
	if (exchange->failure != FAILURE_NONE) return value_undecided(exchange->why);
	if (expression->kind == EXPRESSION_STATUS) return there(node_number_new(play->arena, exchange->response.status));
	if (expression->kind == EXPRESSION_RESPONSE_HEADER)
		return text_value(play, http_field_value(&exchange->response.fields, expression->name, play->arena));
	return below(body_value(play, attempt), expression);
}

/* Names may hold dots: the longest name that is there counts, and the rest leads into its value. */

static struct value dotted(const void *holder, struct str name,
		struct value (*find)(const void *holder, struct str name, bool *known), bool *known)
{
	struct str head = name;
	for (;;) {
		struct value value = find(holder, head, known);
		if (*known) return below_access(value, str_skip(name, head.len));
		while (head.len > 0 && head.ptr[head.len - 1] != '.')
			head.len--;
		if (head.len == 0) return there(NULL);
		head.len--;
	}
}

static struct value find_member(const void *object, struct str name, bool *known)
{
	const struct node *member = node_member(object, name);
	*known = member != NULL;
	return there(member);
}

static struct value inputs_value(const struct node *inputs, const struct expression *expression)
{
	bool known;
	struct value value = dotted(inputs, expression->name, find_member, &known);
	value = below(value, expression);
	value.input = value.state == VALUE_ABSENT;
	return value;
}

struct outputs {
	const struct output *outputs;
	const struct value *values;
	uint32_t count;
};

static struct value find_output(const void *holder, struct str name, bool *known)
{
	const struct outputs *outputs = holder;
	for (uint32_t i = 0; i < outputs->count; i++) {
		if (!str_eq(outputs->outputs[i].name, name)) continue;
		*known = true;
		return outputs->values[i];
	}
	*known = false;
	return there(NULL);
}

static struct value outputs_value(
		struct play *play, const struct outputs *outputs, const struct expression *expression, struct str whose)
{
	bool known;
	struct value value = dotted(outputs, expression->name, find_output, &known);
	if (known) return below(value, expression);
	return value_undecided(text_printf(play->arena, "%.*s: \"%.*s\" has no such output",
			"%.*s: \"%.*s\" heeft die uitvoer niet", STR_FMT(expression->text), STR_FMT(whose)));
}

/* What is not there after a step that did not succeed, is not known. */
static struct value step_value(struct play *play, const struct frame *frame, const struct expression *expression)
{
	const struct arazzo_step *step = &frame->workflow->steps[expression->index];
	const struct step_state *state = &frame->steps[expression->index];
	struct outputs outputs = {step->outputs, state->outputs, step->output_count};
	if (!state->played || !state->outputs)
		return value_undecided(text_printf(play->arena, "%.*s: step \"%.*s\" was not played to its end",
				"%.*s: stap \"%.*s\" is niet tot het einde uitgevoerd", STR_FMT(expression->text), STR_FMT(step->id)));
	struct value value = outputs_value(play, &outputs, expression, step->name);
	if (value.state != VALUE_ABSENT || state->state == SCENARIO_SUCCEEDED) return value;
	return value_undecided(text_printf(play->arena, "%.*s is not there: step \"%.*s\" did not succeed",
			"%.*s is er niet: stap \"%.*s\" is niet gelukt", STR_FMT(expression->text), STR_FMT(step->id)));
}

static struct value frame_outputs(struct play *play, const struct frame *frame, const struct expression *expression)
{
	struct outputs outputs = {frame->workflow->outputs, frame->outputs, frame->workflow->output_count};
	if (!frame->outputs)
		return value_undecided(text_printf(play->arena, "%.*s: workflow \"%.*s\" did not succeed",
				"%.*s: workflow \"%.*s\" is niet gelukt", STR_FMT(expression->text), STR_FMT(frame->workflow->name)));
	return outputs_value(play, &outputs, expression, frame->workflow->name);
}

static struct value workflow_value(struct play *play, struct frame *frame, const struct expression *expression)
{
	const struct arazzo_document *document = frame->workflow->document;
	const uint32_t *index = strmap_get(&document->workflow_index, expression->owner);
	const struct frame *other = index ? play->latest[document->workflows[*index].number] : NULL;
	if (!other)
		return value_undecided(text_printf(play->arena, "%.*s: workflow \"%.*s\" was not played",
				"%.*s: workflow \"%.*s\" is niet uitgevoerd", STR_FMT(expression->text), STR_FMT(expression->owner)));
	if (expression->kind == EXPRESSION_WORKFLOW_INPUTS) return inputs_value(other->inputs, expression);
	if (expression->kind == EXPRESSION_WORKFLOW_STEPS) return step_value(play, other, expression);
	return frame_outputs(play, other, expression);
}

static struct value source_value(struct play *play, struct frame *frame, const struct expression *expression)
{
	const struct arazzo_source *source = NULL;
	const struct arazzo_document *document = frame->workflow->document;
	for (uint32_t i = 0; i < document->source_count; i++)
		if (str_eq(document->sources[i].name, expression->owner)) source = &document->sources[i];
	bool operation = source && source->api && openapi_by_id(source->api, expression->name);
	if (source && !operation) {
		const struct node *field = node_member(source->node, expression->name);
		if (field) return there(field);
	}
	return text_value(play, expression->name);
}

struct value expression_value(struct play *play, struct frame *frame, const struct expression *expression)
{
	switch (expression->kind) {
	case EXPRESSION_INPUTS:
		return inputs_value(frame->inputs, expression);
	case EXPRESSION_OUTPUTS:
		if (frame->called) return frame_outputs(play, frame->called, expression);
		return value_undecided(text_printf(play->arena, "%.*s: no workflow was called",
				"%.*s: er is geen workflow aangeroepen", STR_FMT(expression->text)));
	case EXPRESSION_STEPS:
		return step_value(play, frame, expression);
	case EXPRESSION_WORKFLOW_INPUTS:
	case EXPRESSION_WORKFLOW_OUTPUTS:
	case EXPRESSION_WORKFLOW_STEPS:
		return workflow_value(play, frame, expression);
	case EXPRESSION_SOURCE:
		return source_value(play, frame, expression);
	case EXPRESSION_PAIR:
		return frame->attempt ? pair_value(play, frame->attempt) : there(NULL);
	case EXPRESSION_COUNTERPART:
		if (play->options->counterpart) return text_value(play, play->options->counterpart->base);
		return value_undecided(counterpart_lacking());
	case EXPRESSION_FRESH: {
		struct str fresh = run_value(play->options->values, expression->name, play->arena);
		if (fresh.ptr) return text_value(play, fresh);
		return value_undecided(text_printf(play->arena, "%.*s: this run has no mark to make it from",
				"%.*s: deze run heeft geen kenmerk om dit van te maken", STR_FMT(expression->text)));
	}
	case EXPRESSION_SELF:
		return text_value(play, frame->workflow->document->self);
	case EXPRESSION_UNUSABLE:
		return value_undecided(expression->why);
	case EXPRESSION_MESSAGE:
	case EXPRESSION_COMPONENT:
		return value_undecided(text_printf(
				play->arena, "%.*s has no value here", "%.*s heeft hier geen waarde", STR_FMT(expression->text)));
	default:
		return exchange_value(play, frame, expression);
	}
}

static struct value not_there(struct play *play, const struct expression *expression)
{
	return value_undecided(text_printf(play->arena, "%.*s is not there", "%.*s is er niet", STR_FMT(expression->text)));
}

/* What stands in XML is escaped for it; a character that XML does not have cannot be sent. */
static struct value put_value(struct strbuf *out, const struct template *template, struct value value)
{
	struct strbuf text;
	if (!template->xml) {
		node_print_text(out, value.node);
		return value;
	}
	strbuf_init(&text, LIMIT_SCENARIO_VALUE_BYTES);
	node_print_text(&text, value.node);
	bool ok = xml_escape(out, strbuf_str(&text));
	out->overflow |= text.overflow;
	strbuf_release(&text);
	if (ok) return value;
	return value_undecided(
			TEXT("a value holds a character that XML does not have", "een waarde heeft een teken dat XML niet kent"));
}

struct value template_value(struct play *play, struct frame *frame, const struct template *template)
{
	struct strbuf out;
	struct value value = there(NULL);
	if (template->whole) return expression_value(play, frame, &template->parts[0].expression);
	strbuf_init(&out, LIMIT_SCENARIO_VALUE_BYTES);
	for (uint32_t i = 0; i < template->count && value.state != VALUE_UNDECIDED; i++) {
		const struct template_part *part = &template->parts[i];
		if (part->literal) {
			strbuf_add(&out, part->text);
			continue;
		}
		value = expression_value(play, frame, &part->expression);
		if (value.state == VALUE_ABSENT) value = not_there(play, &part->expression);
		if (value.state == VALUE_THERE) value = put_value(&out, template, value);
	}
	if (out.overflow)
		value = value_undecided(text_printf(play->arena, "a text of more than %d bytes",
				"een tekst van meer dan %d bytes", LIMIT_SCENARIO_VALUE_BYTES));
	else if (value.state != VALUE_UNDECIDED)
		value = text_value(play, str_copy(play->arena, strbuf_str(&out)));
	strbuf_release(&out);
	return value;
}

struct selection {
	struct {
		struct node *items;
		size_t count, capacity;
	} found;
};

static bool add_match(void *context, uint32_t number, const struct match *match)
{
	struct selection *selection = context;
	(void)number;
	*vec_push(&selection->found) = node_as(match->where->node, (struct str){NULL, 0});
	return true;
}

/* One match is the value, more are a list, none is nothing. */
static struct value select_path(struct play *play, const struct jsonpath *path, const struct node *root)
{
	struct selection selection = {0};
	struct view view = {play->scenario->doc, NULL};
	struct step top = {.node = root, .held = root};
	struct jsonpath_report report = {0};
	jsonpath_select(path, &view, &top, add_match, &selection, &report);
	struct value value = there(NULL);
	if (report.undecided)
		value = value_undecided(TEXT("the JSONPath could not be evaluated to its end",
				"het JSONPath kon niet tot het einde worden uitgevoerd"));
	else if (selection.found.count > 0)
		value = there(
				node_container_new(play->arena, NODE_ARRAY, selection.found.items, (uint32_t)selection.found.count));
	if (value.node && selection.found.count == 1) value.node = &value.node->children[0];
	vec_release(&selection.found);
	return value;
}

/* Nothing where there is no XML, as in a body that is no JSON. */
static struct value select_xpath(
		struct play *play, const struct xpath_names *names, struct str text, const struct node *context)
{
	struct err err;
	struct str found;
	err_init(&err, play->arena);
	if (context->kind != NODE_STRING) return there(NULL);
	struct arena *work = arena_new();
	xmlDoc *doc = xml_parse(work, node_text(context), &err);
	bool evaluated = doc && xpath_text(text, doc, names, play->arena, &found, &err);
	arena_free(work);
	if (evaluated) return text_value(play, found);
	if (err.code != ERR_SYNTAX) return value_undecided(err.message);
	return (struct value){.state = VALUE_ABSENT, .why = err.message};
}

static struct value selector_value(struct play *play, struct frame *frame, const struct selector *selector)
{
	struct value context = expression_value(play, frame, &selector->context);
	if (context.state != VALUE_THERE) return context;
	if (selector->path) return select_path(play, selector->path, context.node);
	if (selector->xpath.ptr)
		return select_xpath(play, &frame->workflow->document->names, selector->xpath, context.node);
	if (selector->pointer.ptr) return there(pointer_get(context.node, selector->pointer));
	return value_undecided(selector->unusable);
}

/* Members that hold an input which was not given are left out. */
static struct value container_value(struct play *play, struct frame *frame, const struct plan *plan)
{
	const struct node *node = plan->node;
	struct value value = there(node);
	struct node *items = mem_resize(NULL, node->len + 1, sizeof *items);
	uint32_t count = 0;
	for (uint32_t i = 0; i < node->len && value.state == VALUE_THERE; i++) {
		struct str key = node->kind == NODE_OBJECT ? node_key(&node->children[i]) : (struct str){NULL, 0};
		struct value child = plan_value(play, frame, &plan->children[i]);
		if (child.state == VALUE_ABSENT && child.input) continue;
		if (child.state == VALUE_ABSENT && plan->children[i].kind == PLAN_TEMPLATE)
			child = not_there(play, &plan->children[i].text.parts[0].expression);
		if (child.state == VALUE_ABSENT)
			child = value_undecided(TEXT("what is selected is not there", "wat geselecteerd wordt, is er niet"));
		if (child.state == VALUE_UNDECIDED)
			value = child;
		else
			items[count++] = node_as(child.node, key);
	}
	if (value.state == VALUE_THERE)
		value.node = node_container_new(play->arena, (enum node_kind)node->kind, items, count);
	free(items);
	return value;
}

struct value plan_value(struct play *play, struct frame *frame, const struct plan *plan)
{
	switch (plan->kind) {
	case PLAN_LITERAL:
		return there(plan->node);
	case PLAN_TEMPLATE:
		return template_value(play, frame, &plan->text);
	case PLAN_SELECTOR:
		return selector_value(play, frame, plan->selector);
	default:
		return container_value(play, frame, plan);
	}
}
