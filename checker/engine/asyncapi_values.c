/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * asyncapiSchemaValues and asyncapiMessageExamples: the default and the examples of a schema against that schema, and
 * the examples of a message against the schemas of its payload and its headers.
 *
 * The schemas of a document are compiled together, once; those that traits of a message are merged into, by themselves.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "engine/asyncapi_private.h"
#include "engine/function_private.h"
#include "engine/oas_model.h"
#include "engine/schema_report.h"
#include "engine/schema_set.h"

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
		return option_fail(
				&options, "type", type, "must be \"default\" or \"examples\"", "moet \"default\" of \"examples\" zijn");
	*compiled = out;
	return true;
}

/* Schemas that examples go with, in all documents of a target. */
struct roots {
	const struct node **items;
	size_t count, capacity;
};

static void add_root(struct roots *roots, const struct node *node)
{
	if (oas_is_object(node)) *vec_push(roots) = node;
}

/* Every node once, or as often as YAML aliases show it, which has a ceiling. */
static void collect(struct roots *roots, const struct node *root)
{
	struct roots stack = {0};
	*vec_push(&stack) = root;
	while (stack.count > 0) {
		const struct node *at = stack.items[--stack.count];
		bool examples = oas_is_object(at) && node_member(at, STR("examples"));
		if (examples || (oas_is_object(at) && node_member(at, STR("default")))) add_root(roots, at);
		if (examples) add_root(roots, node_member(at, STR("payload")));
		if (examples) add_root(roots, node_member(at, STR("headers")));
		for (uint32_t i = 0; i < node_count(at); i++)
			if (node_is_container(&at->children[i])) *vec_push(&stack) = &at->children[i];
	}
	vec_release(&stack);
}

static struct schema_options options_for(const struct subject *subject)
{
	return (struct schema_options){
			.draft = SCHEMA_DRAFT7, .formats = true, .nullable = true, .ref_siblings = true, .refs = subject->refs};
}

static struct schema_set *set_of_documents(const struct subject *subject, struct arena *arena)
{
	struct roots roots = {0};
	struct schema_options options = options_for(subject);
	for (uint32_t i = 0; i < subject->refs->doc_count; i++)
		collect(&roots, subject->refs->docs[i]->root);
	struct schema_set *set = schema_set_new(arena, &options, roots.items, roots.count);
	vec_release(&roots);
	return set;
}

/* What is kept while one document is checked. */
struct kept {
	struct schema_set *set; /* NULL: not asked for yet */
	uint32_t merged;        /* members written to merge traits */
	uint64_t steps;         /* that checking values has taken */
};

enum { MOST_STEPS = 2 * LIMIT_WALK_STEPS };

static struct kept *kept_of(const struct subject *subject)
{
	static const char owner;
	void **slot = session_slot(subject->session, &owner);
	struct kept *kept = slot ? *slot : NULL;
	if (kept) return kept;
	kept = arena_zalloc(slot ? subject->session->arena : subject->arena, sizeof *kept);
	if (slot) *slot = kept;
	return kept;
}

static struct arena *arena_of(const struct subject *subject)
{
	return subject->session ? subject->session->arena : subject->arena;
}

/* What became of a schema; one that is in no document, or that a rule set of somebody else selects, goes by itself. */
static const struct schema_entry *find_schema(const struct subject *subject, const struct node *node)
{
	struct kept *kept = kept_of(subject);
	if (!kept->set) kept->set = set_of_documents(subject, arena_of(subject));
	const struct schema_entry *entry = schema_set_find(kept->set, node);
	if (entry) return entry;
	struct schema_options options = options_for(subject);
	return schema_set_find(schema_set_new(arena_of(subject), &options, &node, 1), node);
}

/* Values that are checked against one schema. */
struct check {
	const struct subject *subject; /* NULL: not made yet */
	struct violation_sink *sink;
	struct err *err;
	const struct schema_entry *entry; /* NULL: the schema is no object */
	bool always;                      /* then: it is `true` */
};

static struct check check_new(
		const struct subject *subject, const struct node *schema, struct violation_sink *sink, struct err *err)
{
	struct check check = {.subject = subject, .sink = sink, .err = err, .always = schema->kind == NODE_TRUE};
	if (oas_is_object(schema)) check.entry = find_schema(subject, schema);
	return check;
}

/* The schema cannot be used: told where it was to be, as Spectral does. */
static void report_fault(const struct check *check, struct str below)
{
	struct arena *arena = check->subject->arena;
	struct text fault = check->entry ? check->entry->fault
									 : TEXT("expected an object or true", "verwacht werd een object of true");
	oas_report(check->sink, below,
			(struct text){{
					str_printf(arena, "schema is invalid: %.*s", STR_FMT(fault.in[LANG_EN])),
					str_printf(arena, "het schema is ongeldig: %.*s", STR_FMT(fault.in[LANG_NL])),
			}});
}

/* The value `below` the subject, called `name`, against the schema. */
static enum function_result check_value(
		const struct check *check, const struct node *value, struct str name, struct str below)
{
	const struct subject *subject = check->subject;
	const struct schema_entry *entry = check->entry;
	if (check->always) return FUNCTION_DONE;
	/* a reference that leads nowhere is told by itself; Spectral loses circular schemas in the same way */
	if (entry && (entry->missing || (subject->as_spectral && entry->circular))) return FUNCTION_DONE;
	if (!entry || !entry->schema) {
		report_fault(check, below);
		return FUNCTION_DONE;
	}
	struct kept *kept = kept_of(subject);
	if (kept->steps > MOST_STEPS) {
		err_set(check->err, ERR_UNDECIDED, (struct loc){0},
				"checking the examples of this document takes more than %d steps",
				"toetsen van de voorbeelden in dit document kost meer dan %d stappen", MOST_STEPS);
		return FUNCTION_UNDECIDED;
	}
	struct schema_report report;
	schema_report_init(&report, subject->arena, name, below);
	enum schema_result result = schema_check(
			entry->schema, subject->view, value, SCHEMA_ALL, &report.sink, subject->arena, check->err);
	kept->steps += report.sink.steps;
	schema_report_finish(&report, check->sink);
	return result == SCHEMA_UNDECIDED ? FUNCTION_UNDECIDED : FUNCTION_DONE;
}

/* Spectral passes texts over. */
static bool is_checked(const struct subject *subject, const struct node *value)
{
	return !subject->as_spectral || value->kind != NODE_STRING;
}

static enum function_result check_examples(const struct check *check, const struct node *examples)
{
	enum function_result worst = FUNCTION_DONE;
	struct arena *arena = check->subject->arena;
	for (uint32_t i = 0; i < examples->len; i++) {
		const struct node *value = view_value(check->subject->view, &examples->children[i]);
		if (!is_checked(check->subject, value)) continue;
		struct str below = oas_below(arena, "si", STR("examples"), (unsigned)i);
		if (check_value(check, value, str_printf(arena, "%u", (unsigned)i), below) != FUNCTION_DONE)
			worst = FUNCTION_UNDECIDED;
	}
	return worst;
}

enum function_result asyncapi_values_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	const struct values_options *options = compiled;
	if (!oas_is_object(subject->value) || !subject->refs) return FUNCTION_DONE;
	const struct node *examples = view_member(subject->view, subject->value, STR("examples"));
	const struct node *fallback = view_member(subject->view, subject->value, STR("default"));
	if (options->examples ? !examples : !fallback) return FUNCTION_DONE;
	if (examples && !oas_is_array(examples)) {
		oas_report(sink, STR(""),
				TEXT("must be an object containing \"default\" or an \"examples\" array",
						"moet een object zijn met \"default\" of een lijst \"examples\""));
		return FUNCTION_DONE;
	}
	if (!options->examples && !is_checked(subject, fallback)) return FUNCTION_DONE;
	struct check check = check_new(subject, subject->value, sink, err);
	return options->examples ? check_examples(&check, examples)
							 : check_value(&check, fallback, STR("default"), STR("/default"));
}

/* What merging is about, and what it has cost. */
struct merging {
	const struct view *view;
	struct arena *arena;
	uint32_t *members; /* written so far, for all messages */
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

/* Writes a member with the value that the view shows: a copy of a reference is not known as one. */
static void write_value(struct members *members, const struct node *member, const struct node *value)
{
	struct node out = *value;
	out.key = member->key;
	out.key_len = member->key_len;
	out.key_start = member->key_start;
	out.key_hash = member->key_hash;
	*vec_push(members) = out;
}

static const struct node *merge(
		struct merging *merging, const struct node *target, const struct node *patch, int depth);

/* Members of the target, with what the patch makes of them. */
static void write_target(struct merging *merging, struct members *members, const struct node *target,
		const struct node *patch, int depth)
{
	for (uint32_t i = 0; i < target->len; i++) {
		const struct node *member = oas_live_member(target, i);
		if (!member) continue;
		const struct node *value = view_value(merging->view, member);
		const struct node *change = view_member(merging->view, patch, node_key(member));
		if (change && change->kind == NODE_NULL) continue;
		write_value(members, member, change ? merge(merging, value, change, depth + 1) : value);
	}
}

/* Members of the patch that the target has not. */
static void write_new(
		struct merging *merging, struct members *members, const struct node *target, const struct node *patch)
{
	for (uint32_t i = 0; i < patch->len; i++) {
		const struct node *member = oas_live_member(patch, i);
		bool is_new = member && member->kind != NODE_NULL && !node_member(target, node_key(member));
		if (is_new) write_value(members, member, view_value(merging->view, member));
	}
}

/*
 * JSON Merge Patch, RFC 7396 section 2: members of objects one by one, null for those that go; anything else takes the
 * place of what was there. What the target has not at all is taken over as it is.
 */
static const struct node *merge(struct merging *merging, const struct node *target, const struct node *patch, int depth)
{
	if (!oas_is_object(patch) || !oas_is_object(target)) return patch;
	if (depth > LIMIT_MERGE_DEPTH || *merging->members > LIMIT_MERGED_MEMBERS) {
		merging->too_much = true;
		return target;
	}
	struct members members = {0};
	write_target(merging, &members, target, patch, depth);
	write_new(merging, &members, target, patch);
	*merging->members += (uint32_t)members.count + 1;
	struct node *out = arena_alloc(merging->arena, sizeof *out);
	*out = *target;
	node_adopt(out, merging->arena, members.items, (uint32_t)members.count, nothing, NULL);
	vec_release(&members);
	return out;
}

/* What the examples of a message are checked with. */
struct message {
	const struct subject *subject;
	struct merging merging;
	const struct node *examples;
	struct violation_sink *sink;
	struct err *err;
};

/* A member of the message after its traits were merged into it, in order; as the document has it when none has it. */
static const struct node *merged_member(struct message *message, struct str key)
{
	const struct view *view = message->subject->view;
	const struct node *traits = view_member(view, message->subject->value, STR("traits"));
	const struct node *member = view_member(view, message->subject->value, key);
	for (uint32_t i = 0; oas_is_array(traits) && i < traits->len; i++) {
		const struct node *trait = view_value(view, &traits->children[i]);
		const struct node *change = oas_is_object(trait) ? view_member(view, trait, key) : NULL;
		if (change) member = change->kind == NODE_NULL ? NULL : merge(&message->merging, member, change, 0);
	}
	return member;
}

/* One half of all examples: their payload, or their headers. */
static enum function_result check_half(struct message *message, struct str half)
{
	const struct subject *subject = message->subject;
	enum function_result worst = FUNCTION_DONE;
	const struct node *schema = merged_member(message, half);
	struct check check = {0};
	if (!schema || schema->kind == NODE_NULL) return FUNCTION_DONE;
	for (uint32_t i = 0; i < message->examples->len; i++) {
		const struct node *example = view_value(subject->view, &message->examples->children[i]);
		const struct node *value = oas_is_object(example) ? view_member(subject->view, example, half) : NULL;
		if (!value) continue;
		if (!check.subject) check = check_new(subject, schema, message->sink, message->err);
		struct str below = oas_below(subject->arena, "sis", STR("examples"), (unsigned)i, half);
		if (check_value(&check, value, half, below) != FUNCTION_DONE) worst = FUNCTION_UNDECIDED;
	}
	return worst;
}

static enum function_result check_message(struct message *message)
{
	message->examples = merged_member(message, STR("examples"));
	if (!oas_is_array(message->examples)) return FUNCTION_DONE;
	enum function_result payload = check_half(message, STR("payload"));
	enum function_result headers = check_half(message, STR("headers"));
	if (!message->merging.too_much) return payload == FUNCTION_DONE ? headers : payload;
	err_set(message->err, ERR_UNDECIDED, (struct loc){0}, "merging the traits of messages takes more than %d members",
			"de traits van berichten samenvoegen kost meer dan %d leden", LIMIT_MERGED_MEMBERS);
	return FUNCTION_UNDECIDED;
}

enum function_result asyncapi_message_examples_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)compiled;
	if (!oas_is_object(subject->value) || !subject->refs) return FUNCTION_DONE;
	struct message message = {.subject = subject,
			.merging = {subject->view, arena_of(subject), &kept_of(subject)->merged, false},
			.sink = sink,
			.err = err};
	return check_message(&message);
}
