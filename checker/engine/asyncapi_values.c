/*
 * asyncapiSchemaValues and asyncapiMessageExamples: the default and the examples of a schema against that schema, and
 * the examples of a message against the schemas of its payload and its headers.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/asyncapi_private.h"
#include "engine/document_part.h"
#include "engine/function_private.h"
#include "engine/oas_model.h"
#include "engine/schema_report.h"

static const struct schema_options how = {
		.draft = SCHEMA_DRAFT7, .formats = true, .nullable = true, .ref_siblings = true};

struct values_options {
	bool examples; /* else the default */
};

bool asyncapi_values_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	static const char *const names[] = {"type", NULL};
	struct options options = {arena, source, node, "asyncapiSchemaValues", "{ \"type\": \"default\" }", err};
	if (!options_object(&options, names, false)) return false;
	const struct node *type = node_member(node, STR("type"));
	struct str name = type && type->kind == NODE_STRING ? node_text(type) : STR("");
	struct values_options *out = arena_zalloc(arena, sizeof *out);
	out->examples = str_eq(name, STR("examples"));
	if (!out->examples && !str_eq(name, STR("default")))
		return option_fail(&options, "type", type, "must be \"default\" or \"examples\"",
				"moet \"default\" of \"examples\" zijn");
	*compiled = out;
	return true;
}

/* Values that are checked against one schema. */
struct check {
	const struct subject *subject; /* NULL: not made yet */
	struct violation_sink *sink;
	struct err *err;
	const struct schema *schema; /* NULL: `fault` says why */
	struct err fault;
};

/* The compiled schema lives in `scratch`; messages do not. */
static struct check check_new(const struct subject *subject, struct arena *scratch, struct part schema,
		struct violation_sink *sink, struct err *err)
{
	struct check check = {.subject = subject, .sink = sink, .err = err};
	err_init(&check.fault, subject->arena);
	check.schema = part_schema(scratch, subject->view->refs, schema, &how, &check.fault);
	return check;
}

/* A schema that is none: Spectral says so where it was to be used. */
static enum function_result report_unsound(const struct check *check, struct str below)
{
	if (check->fault.code == ERR_UNDECIDED) {
		err_set_text(check->err, ERR_UNDECIDED, check->fault.loc, TEXT("", ""), check->fault.message);
		return FUNCTION_UNDECIDED;
	}
	oas_report(check->sink, below,
			(struct text){{
					str_printf(check->subject->arena, "schema is invalid: %.*s",
							STR_FMT(check->fault.message.in[LANG_EN])),
					str_printf(check->subject->arena, "het schema deugt niet: %.*s",
							STR_FMT(check->fault.message.in[LANG_NL])),
			}});
	return FUNCTION_DONE;
}

/* The value `below` the subject, called `name`, against the schema. */
static enum function_result check_value(
		const struct check *check, const struct node *value, struct str name, struct str below)
{
	struct arena *arena = check->subject->arena;
	struct schema_report report;
	if (!check->schema) return report_unsound(check, below);
	schema_report_init(&report, arena, name, below);
	enum schema_result result = schema_check(
			check->schema, check->subject->view, value, SCHEMA_ALL, &report.sink, arena, check->err);
	schema_report_finish(&report, check->sink);
	return result == SCHEMA_UNDECIDED ? FUNCTION_UNDECIDED : FUNCTION_DONE;
}

/* Spectral passes texts over. */
static bool is_checked(const struct node *value)
{
	return value && value->kind != NODE_STRING;
}

static enum function_result check_examples(const struct check *check, const struct node *examples)
{
	enum function_result worst = FUNCTION_DONE;
	struct arena *arena = check->subject->arena;
	for (uint32_t i = 0; i < examples->len; i++) {
		const struct node *value = view_value(check->subject->view, &examples->children[i]);
		if (!is_checked(value)) continue;
		struct str below = oas_below(arena, "si", STR("examples"), (unsigned)i);
		if (check_value(check, value, str_printf(arena, "%u", (unsigned)i), below) != FUNCTION_DONE)
			worst = FUNCTION_UNDECIDED;
		if (!check->schema) break;
	}
	return worst;
}

enum function_result asyncapi_values_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	const struct values_options *options = compiled;
	if (!oas_is_object(subject->value)) return FUNCTION_DONE;
	const struct node *examples = view_member(subject->view, subject->value, STR("examples"));
	const struct node *fallback = view_member(subject->view, subject->value, STR("default"));
	if (options->examples ? !examples : !fallback) return FUNCTION_DONE;
	if (examples && !oas_is_array(examples)) {
		oas_report(sink, STR(""),
				TEXT("must be an object containing \"default\" or an \"examples\" array",
						"moet een object zijn met \"default\" of een lijst \"examples\""));
		return FUNCTION_DONE;
	}
	if (!options->examples && !is_checked(fallback)) return FUNCTION_DONE;
	struct arena *scratch = arena_new();
	struct check check = check_new(subject, scratch, part_of_subject(subject), sink, err);
	enum function_result result = options->examples
										  ? check_examples(&check, examples)
										  : check_value(&check, fallback, STR("default"), STR("/default"));
	arena_free(scratch);
	return result;
}

/* What merging is about, and what it has cost. */
struct merging {
	const struct refs *refs;
	struct arena *arena;
	uint32_t members; /* written so far */
	bool too_much;
};

/* Members of an object while it is written. */
struct members {
	struct node *items;
	size_t count, capacity;
};

static void nothing(void *context, const struct node *first, const struct node *second)
{
	(void)context, (void)first, (void)second;
}

static struct part merge(struct merging *merging, struct part target, struct part patch, int depth);

/* A member of the target with what the patch makes of it. */
static void write_member(struct merging *merging, struct members *members, struct part target, struct part patch,
		const struct node *member, int depth)
{
	struct part change = part_member(merging->refs, patch, node_key(member));
	struct node out = *member;
	if (change.node && change.node->kind == NODE_NULL) return;
	if (change.node) {
		out = *merge(merging, part_member(merging->refs, target, node_key(member)), change, depth + 1).node;
		out.key = member->key;
		out.key_len = member->key_len;
		out.key_start = member->key_start;
		out.key_hash = member->key_hash;
	}
	*vec_push(members) = out;
}

/*
 * JSON Merge Patch, RFC 7396 section 2: members of objects one by one, null for those that go; anything else takes the
 * place of what was there. What the target has not at all is taken over as it is.
 */
static struct part merge(struct merging *merging, struct part target, struct part patch, int depth)
{
	if (!oas_is_object(patch.node) || !oas_is_object(target.node)) return patch;
	if (depth > LIMIT_MERGE_DEPTH || merging->members > LIMIT_MERGED_MEMBERS) {
		merging->too_much = true;
		return target;
	}
	struct members members = {0};
	for (uint32_t i = 0; i < target.node->len; i++) {
		const struct node *member = oas_live_member(target.node, i);
		if (member) write_member(merging, &members, target, patch, member, depth);
	}
	for (uint32_t i = 0; i < patch.node->len; i++) {
		const struct node *member = oas_live_member(patch.node, i);
		bool is_new = member && member->kind != NODE_NULL && !node_member(target.node, node_key(member));
		if (is_new) *vec_push(&members) = *member;
	}
	merging->members += (uint32_t)members.count + 1;
	struct node *out = arena_alloc(merging->arena, sizeof *out);
	*out = *target.node;
	node_adopt(out, merging->arena, members.items, (uint32_t)members.count, nothing, NULL);
	vec_release(&members);
	return (struct part){target.doc, out};
}

/* The member of a message after its traits were merged into it, in order; false when that is too much work. */
static bool merged_member(
		const struct subject *subject, struct arena *scratch, struct str key, struct part *member)
{
	const struct refs *refs = subject->view->refs;
	struct merging merging = {.refs = refs, .arena = scratch};
	struct part message = part_of_subject(subject);
	struct part traits = part_member(refs, message, STR("traits"));
	*member = part_member(refs, message, key);
	for (uint32_t i = 0; oas_is_array(traits.node) && i < traits.node->len; i++) {
		struct part change = part_member(refs, part_element(refs, traits, i), key);
		if (change.node && change.node->kind == NODE_NULL)
			member->node = NULL;
		else if (change.node)
			*member = merge(&merging, *member, change, 0);
	}
	return !merging.too_much;
}

static enum function_result report_too_much(struct err *err)
{
	err_set(err, ERR_UNDECIDED, (struct loc){0}, "merging the traits of this message takes more than %d members",
			"de traits van dit bericht samenvoegen kost meer dan %d leden", LIMIT_MERGED_MEMBERS);
	return FUNCTION_UNDECIDED;
}

/* What the examples of a message are checked with. */
struct message {
	const struct subject *subject;
	struct arena *scratch;
	struct part examples;
	struct violation_sink *sink;
	struct err *err;
};

/* One half of all examples: their payload, or their headers. */
static enum function_result check_half(const struct message *message, struct str half)
{
	const struct subject *subject = message->subject;
	const struct refs *refs = subject->view->refs;
	enum function_result worst = FUNCTION_DONE;
	struct part schema;
	struct check check = {0};
	if (!merged_member(subject, message->scratch, half, &schema)) return report_too_much(message->err);
	if (!schema.node || schema.node->kind == NODE_NULL) return FUNCTION_DONE;
	for (uint32_t i = 0; i < message->examples.node->len; i++) {
		struct part value = part_member(refs, part_element(refs, message->examples, i), half);
		if (!value.node) continue;
		if (!check.subject) check = check_new(subject, message->scratch, schema, message->sink, message->err);
		struct str below = oas_below(subject->arena, "sis", STR("examples"), (unsigned)i, half);
		if (check_value(&check, value.node, half, below) != FUNCTION_DONE) worst = FUNCTION_UNDECIDED;
	}
	return worst;
}

static enum function_result check_message(struct message *message)
{
	if (!merged_member(message->subject, message->scratch, STR("examples"), &message->examples))
		return report_too_much(message->err);
	if (!oas_is_array(message->examples.node)) return FUNCTION_DONE;
	enum function_result payload = check_half(message, STR("payload"));
	enum function_result headers = check_half(message, STR("headers"));
	return payload == FUNCTION_DONE ? headers : payload;
}

enum function_result asyncapi_message_examples_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled;
	if (!oas_is_object(subject->value)) return FUNCTION_DONE;
	struct message message = {.subject = subject, .scratch = arena_new(), .sink = sink, .err = err};
	enum function_result result = check_message(&message);
	arena_free(message.scratch);
	return result;
}
