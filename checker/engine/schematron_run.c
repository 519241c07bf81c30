/* SPDX-License-Identifier: EUPL-1.2 */
/* Runs the patterns of a schema on a document, and states what came of each assertion. */
#include "engine/schematron_run.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "doc/uri_path.h"

static void add_event(struct schematron_run *run, struct schematron_event event)
{
	if (run->detail == SCHEMATRON_FACTS) return;
	if (run->events.count < LIMIT_SCHEMATRON_EVENTS)
		*vec_push(&run->events) = event;
	else
		run->trace->cut = true;
}

static struct text why_text(struct schematron_run *run, enum kit_result result, struct str source, const xmlNode *node)
{
	struct str path = node ? xml_path(run->arena, node) : STR("/");
	struct str shown = utf8_shown(run->arena, source, 0);
	if (run->scene.over)
		return text_printf(run->arena,
				"the rules take more than the ceiling on work for this document (%llu steps); where each node walks over all "
				"others, xsl:key and key() look up instead",
				"de regels vragen meer dan het plafond aan werk voor dit document (%llu stappen); waar elke knoop alle andere "
				"afloopt, zoeken xsl:key en key() op",
				(unsigned long long)run->scene.ceiling);
	if (result == KIT_LIMIT)
		return text_printf(run->arena, "\"%.*s\" takes more steps on %.*s than one expression may",
				"\"%.*s\" vraagt op %.*s meer stappen dan één expressie mag", STR_FMT(shown), STR_FMT(path));
	return text_printf(run->arena, "\"%.*s\" could not be evaluated on %.*s", "\"%.*s\" was niet te evalueren op %.*s",
			STR_FMT(shown), STR_FMT(path));
}

static void set_undecided(struct schematron_run *run, const struct schematron_assertion *assertion, struct text why)
{
	struct fact *fact = &run->facts->items[assertion->rule];
	if (!fact->undecided) fact->why = why;
	fact->undecided = true;
	if (run->trace && !run->trace->undecided.in[LANG_EN].len) run->trace->undecided = text_copy(run->keep, why);
}

static void set_rule_undecided(struct schematron_run *run, const struct schematron_rule *rule, struct text why)
{
	for (uint32_t i = 0; i < rule->assertion_count; i++)
		set_undecided(run, &rule->assertions[i], why);
}

/* Diagnostics are added to the message, in the languages that they are for. */
static struct text with_diagnostics(struct schematron_run *run, const struct schematron_assertion *assertion,
		struct text message, const struct schematron_note *notes)
{
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (uint32_t i = 0; i < assertion->reference_count; i++) {
			const struct schematron_reference *reference = &assertion->references[i];
			struct str note = notes[i].text.in[lang];
			if (reference->label.property || !(reference->langs & 1u << lang) || !note.len) continue;
			message.in[lang] = str_printf(run->arena, "%.*s%s%.*s", STR_FMT(message.in[lang]),
					message.in[lang].len ? " — " : "", STR_FMT(note));
		}
	return message;
}

static struct text say_something(
		struct schematron_run *run, const struct schematron_assertion *assertion, struct text message)
{
	if (message.in[LANG_EN].len && message.in[LANG_NL].len) return message;
	struct text none = text_printf(run->arena, assertion->report ? "reported: %.*s" : "does not hold: %.*s",
			assertion->report ? "gemeld: %.*s" : "gaat niet op: %.*s",
			STR_FMT(utf8_shown(run->arena, assertion->label.text, 0)));
	for (int lang = 0; lang < LANG_COUNT; lang++)
		if (!message.in[lang].len) message.in[lang] = message.in[!lang].len ? message.in[!lang] : none.in[lang];
	return message;
}

static void add_violation(struct schematron_run *run, const struct schematron_assertion *assertion, const xmlNode *node)
{
	struct fact *fact = &run->facts->items[assertion->rule];
	const struct doc *doc = run->document->doc;
	if (fact->violations++ >= LIMIT_RESULTS_PER_RULE) {
		fact->cut = true;
		if (run->trace && !run->trace->undecided.in[LANG_EN].len)
			run->trace->undecided = text_printf(run->keep,
					"more than %d results of one assertion: the others are not told",
					"meer dan %d resultaten van één assertion: de overige worden niet verteld", LIMIT_RESULTS_PER_RULE);
		return;
	}
	struct arena *arena = run->detail == SCHEMATRON_FACTS ? run->arena : run->keep;
	struct schematron_note *notes = arena_alloc(arena, assertion->reference_count * sizeof *notes);
	for (uint32_t i = 0; i < assertion->reference_count; i++)
		notes[i] = (struct schematron_note){
				&assertion->references[i].label, run_message(run, arena, &assertion->references[i].message, node)};
	struct text message = run_message(run, arena, &assertion->message, node);
	struct str path = xml_path(arena, node);
	add_event(run, (struct schematron_event){.kind = assertion->report ? SCHEMATRON_REPORTED : SCHEMATRON_FAILED,
						   .label = &assertion->label,
						   .location = run->detail != SCHEMATRON_FACTS ? xml_location(arena, node) : path,
						   .message = message,
						   .notes = notes,
						   .note_count = assertion->reference_count});
	*vec_push(&run->results) = (struct result){.rule = assertion->rule,
			.severity = assertion->severity,
			.message = say_something(run, assertion, with_diagnostics(run, assertion, message, notes)),
			.found = {"", 0},
			.doc = doc,
			.pointer = path,
			.start = xml_offset(doc, node),
			.end = xml_offset_end(doc, node)};
}

static void judge(struct schematron_run *run, const struct schematron_rule *rule, const xmlNode *node)
{
	run->scene.current = node;
	for (uint32_t i = 0; i < rule->let_count; i++)
		run_let(run, rule->first_let + i, node);
	for (uint32_t i = 0; i < rule->assertion_count; i++) {
		const struct schematron_assertion *assertion = &rule->assertions[i];
		struct fact *fact = &run->facts->items[assertion->rule];
		enum kit_result result = run_test(run, assertion->test, node);
		fact->applies = true;
		fact->selected++;
		if (result == KIT_LIMIT || result == KIT_FAILED) {
			if (!fact->undecided) set_undecided(run, assertion, why_text(run, result, assertion->label.text, node));
		} else if ((result == KIT_TRUE) == assertion->report) {
			add_violation(run, assertion, node);
		}
	}
}

static int by_number(const void *a, const void *b)
{
	const struct fired *left = a, *right = b;
	return (left->number > right->number) - (left->number < right->number);
}

static void sort_fired(struct schematron_run *run)
{
	for (size_t i = 1; i < run->fired.count; i++) {
		if (run->fired.items[i - 1].number <= run->fired.items[i].number) continue;
		qsort(run->fired.items, run->fired.count, sizeof *run->fired.items, by_number);
		return;
	}
}

/* Once the context of a rule cannot be evaluated, no later rule of the pattern can be: it might have matched first. */
static void match_rules(struct schematron_run *run, const struct schematron_pattern *pattern)
{
	enum kit_result why;
	struct text text = {0};
	run->epoch++;
	run->fired.count = 0;
	for (uint32_t i = 0; i < pattern->rule_count; i++) {
		const struct schematron_rule *rule = &pattern->rules[i];
		if (!text.in[LANG_EN].len && !run_match(run, &rule->context, i, &why))
			text = why_text(run, why, rule->label.text, NULL);
		if (text.in[LANG_EN].len) set_rule_undecided(run, rule, text);
	}
	sort_fired(run);
}

static void run_pattern(struct schematron_run *run, const struct schematron_pattern *pattern, bool named)
{
	add_event(run, (struct schematron_event){.kind = SCHEMATRON_PATTERN,
						   .label = &pattern->label,
						   .document = named && run->keep ? str_copy(run->keep, run->document->doc->source->name)
														  : (struct str){NULL, 0}});
	run->scene.current = (const xmlNode *)run->document->doc->xml->doc;
	match_rules(run, pattern);
	for (size_t i = 0; i < run->fired.count; i++) {
		const struct fired *fired = &run->fired.items[i];
		const struct schematron_rule *rule = &pattern->rules[fired->rule];
		if (run->detail == SCHEMATRON_EVENTS_AND_RULES)
			add_event(run, (struct schematron_event){.kind = SCHEMATRON_FIRED, .label = &rule->label});
		size_t before = run->events.count;
		if (run->detail == SCHEMATRON_EVENTS)
			add_event(run, (struct schematron_event){.kind = SCHEMATRON_FIRED, .label = &rule->label});
		judge(run, rule, fired->node);
		/* Without the list of fired rules only those are kept that results belong to. */
		if (run->detail == SCHEMATRON_EVENTS && run->events.count == before + 1) run->events.count = before;
	}
}

static void close_doc(void *doc)
{
	doc_close(doc);
}

static void pattern_undecided(struct schematron_run *run, const struct schematron_pattern *pattern, struct text why)
{
	for (uint32_t i = 0; i < pattern->rule_count; i++)
		set_rule_undecided(run, &pattern->rules[i], why);
}

/* A document that a pattern names: in the folder of the one that is checked, or below. */
static const struct doc *open_named(struct schematron_run *run, struct str name, struct text *why)
{
	struct err err;
	struct str path;
	struct str base = run->document->doc->source->name;
	struct str folder = {base.ptr, base.len - path_base(base).len};
	struct str file, fragment;
	err_init(&err, run->arena);
	uri_split(name, &file, &fragment);
	bool near = uri_to_path(file, base, run->arena, &path) == URI_FILE && !str_starts(path, STR("../")) &&
				path.ptr[0] != '/' + (folder.len && folder.ptr[0] == '/') * 1000;
	if (folder.len) near = near && str_starts(path, folder);
	if (!near) {
		*why = text_printf(run->arena, "document %.*s is not in the folder of the document that is checked",
				"document %.*s staat niet in de map van het getoetste document", STR_FMT(name));
		return NULL;
	}
	struct doc *doc = doc_open_any(path.ptr, &err);
	if (doc && doc->format == DOC_XML) {
		arena_on_free(run->arena, close_doc, doc);
		return doc;
	}
	*why = doc ? text_printf(run->arena, "document %.*s is not XML", "document %.*s is geen XML", STR_FMT(name))
			   : err.message;
	doc_close(doc);
	return NULL;
}

static void run_on_named(struct schematron_run *run, uint32_t index, struct str name)
{
	const struct schematron_pattern *pattern = &run->schema->patterns[index];
	struct run_document *outer = run->document, document;
	struct schematron_scene scene = run->scene;
	struct text why;
	const struct doc *doc = open_named(run, name, &why);
	if (!doc) {
		pattern_undecided(run, pattern, why);
		return;
	}
	run_open(run, &document, doc);
	for (uint32_t i = 0; i < run->schema->let_count; i++)
		if (run->schema->lets[i].pattern == index && !run->schema->lets[i].of_rule)
			run_let(run, i, (const xmlNode *)doc->xml->doc);
	run_pattern(run, pattern, true);
	run_close(run, &document);
	run->document = outer;
	run->scene.limit = scene.limit;
	run->scene.keys = scene.keys;
}

/* Names in a set or in a text, each of a document. */
static void run_documents(struct schematron_run *run, uint32_t index, uint32_t *room)
{
	const struct schematron_pattern *pattern = &run->schema->patterns[index];
	const xmlNode *root = (const xmlNode *)run->document->doc->xml->doc;
	enum kit_result why;
	struct strbuf names;
	run->scene.current = root;
	xmlXPathObject *value = kit_value(run->kit, pattern->documents, root, &why);
	if (!value) {
		pattern_undecided(run, pattern, why_text(run, why, run->schema->exprs[pattern->documents].source, root));
		return;
	}
	strbuf_init(&names, LIMIT_SCHEMATRON_VALUE_BYTES);
	const xmlNodeSet *set = value->type == XPATH_NODESET ? value->nodesetval : NULL;
	for (int i = 0; set && i < set->nodeNr; i++) {
		strbuf_add(&names, xml_value(set->nodeTab[i], &run->kit->text));
		strbuf_add_char(&names, ' ');
		strbuf_clear(&run->kit->text);
	}
	if (value->type != XPATH_NODESET) set_text(value, &names);
	run->xml->object_free(value);
	struct str rest = strbuf_str(&names);
	while (rest.len) {
		size_t length = 0;
		while (length < rest.len && !memchr(" \t\r\n", rest.ptr[length], 4))
			length++;
		if (length && *room == 0)
			pattern_undecided(run, pattern,
					text_printf(run->arena, "patterns name more than %d documents",
							"patronen noemen meer dan %d documenten", LIMIT_SCHEMATRON_DOCUMENTS));
		else if (length)
			run_on_named(run, index, str_copy(run->arena, (struct str){rest.ptr, length}));
		if (length && *room) --*room;
		rest = str_skip(rest, length + 1);
	}
	strbuf_release(&names);
}

static void run_patterns(struct schematron_run *run, const struct doc *doc)
{
	struct run_document document;
	uint32_t room = LIMIT_SCHEMATRON_DOCUMENTS;
	run_open_lists(run);
	run_open(run, &document, doc);
	for (uint32_t i = 0; i < run->schema->let_count; i++)
		if (!run->schema->lets[i].of_rule) run_let(run, i, (const xmlNode *)doc->xml->doc);
	for (uint32_t i = 0; i < run->schema->pattern_count; i++) {
		if (run->schema->patterns[i].documents != SCHEMATRON_NONE)
			run_documents(run, i, &room);
		else
			run_pattern(run, &run->schema->patterns[i], false);
	}
	run_close(run, &document);
	run_close_lists(run);
}

static void all_undecided(struct schematron_run *run, struct text why)
{
	for (uint32_t i = 0; i < run->schema->head.rule_count; i++) {
		run->facts->items[i].undecided = true;
		run->facts->items[i].why = why;
	}
}

static void release(struct schematron_run *run)
{
	for (uint32_t i = 0; i < run->schema->let_count; i++)
		if (run->scene.variables[i]) run->xml->object_free(run->scene.variables[i]);
	free(run->scene.variables);
	vec_release(&run->fired);
	vec_release(&run->results);
	vec_release(&run->events);
}

static void *keep(struct arena *arena, const void *items, size_t size)
{
	return size ? arena_copy(arena, items, size) : NULL;
}

void schematron_check(const struct schematron *schema, const struct doc *doc, const struct schematron_given *given,
		struct arena *arena, struct facts *facts, enum schematron_detail detail, struct arena *keeper,
		struct schematron_trace *trace)
{
	struct err err;
	struct schematron_run run = {.schema = schema,
			.given = given,
			.arena = arena,
			.facts = facts,
			.detail = detail,
			.keep = keeper,
			.trace = detail == SCHEMATRON_FACTS ? NULL : trace};
	size_t size = (schema->let_count + 1) * sizeof *run.scene.variables;
	err_init(&err, arena);
	*facts = (struct facts){.items = arena_zalloc(arena, (schema->head.rule_count + 1) * sizeof *facts->items)};
	run.scene.variables = mem_resize(NULL, size, 1);
	memset(run.scene.variables, 0, size);
	if (run.trace) *run.trace = (struct schematron_trace){.head = &schema->head};
	run.api = schematron_api(&err);
	run.xml = xml_load(&err);
	run.kit = run.api ? kit_take(schema, &run.scene, &err) : NULL;
	if (run.kit) {
		run_patterns(&run, doc);
		kit_return(run.kit);
	} else {
		all_undecided(&run, err.message);
	}
	facts->result_count = (uint32_t)run.results.count;
	facts->results = keep(arena, run.results.items, run.results.count * sizeof *run.results.items);
	if (run.trace) {
		run.trace->count = (uint32_t)run.events.count;
		run.trace->events = keep(keeper, run.events.items, run.events.count * sizeof *run.events.items);
	}
	release(&run);
}
