/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The SVRL report (ISO/IEC 19757-3:2016, annex D): what every Schematron schema of the run did on every target. One
 * schematron-output for the whole run; each active-pattern says in `documents` what it was tried on.
 *
 * It needs the trace of a live run, which the JSON report does not hold.
 */
#include "base/limits.h"
#include "doc/strmap.h"
#include "report/escape.h"
#include "report/report.h"
#include "report/words.h"
#include "rule/preflight.h"

struct svrl {
	struct strbuf *out;
	enum lang lang;
	const struct run *run;
	struct arena *arena; /* work space */
};

static void add_attribute(const struct svrl *it, const char *name, struct str value)
{
	if (!value.ptr) return;
	strbuf_printf(it->out, " %s=\"", name);
	escape_xml(it->out, value);
	strbuf_add_char(it->out, '"');
}

static void add_attribute_if(const struct svrl *it, const char *name, struct str value)
{
	if (value.len) add_attribute(it, name, value);
}

/* Ids have to be names; what is none is left out, or told otherwise. */
static bool is_name(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool start = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
		if (!start && (i == 0 || !((c >= '0' && c <= '9') || c == '-' || c == '.'))) return false;
	}
	return text.len > 0;
}

static void add_id(const struct svrl *it, struct str id)
{
	if (is_name(id)) add_attribute(it, "id", id);
}

static void add_document(const struct svrl *it, const char *name, struct str path)
{
	struct strbuf uri;
	strbuf_init(&uri, SIZE_MAX / 2);
	escape_uri(&uri, shown_path(path));
	add_attribute(it, name, strbuf_str(&uri));
	strbuf_release(&uri);
}

static void add_text(const struct svrl *it, const char *indent, struct text text)
{
	strbuf_printf(it->out, "%s<svrl:text xml:lang=\"%s\">", indent, it->lang == LANG_NL ? "nl" : "en");
	escape_xml(it->out, text_in(text, it->lang));
	strbuf_add(it->out, STR("</svrl:text>\n"));
}

static void add_error(const struct svrl *it, struct str path, struct text why)
{
	strbuf_add(it->out, STR("\t<svrl:error location=\"/\""));
	add_document(it, "document", path);
	strbuf_add_char(it->out, '>');
	escape_xml(it->out, text_in(why, it->lang));
	strbuf_add(it->out, STR("</svrl:error>\n"));
}

static uint32_t count_traces(const struct target_result *target)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < target->standard_count; i++)
		count += target->standards[i].trace_count;
	return count;
}

/* Why no schema was run on a target: what stood in the way, or none of those chosen is about it. */
static void add_untried(const struct svrl *it, const struct target_result *target)
{
	for (uint32_t i = 0; i < target->preflight_count; i++) {
		const struct preflight *told = &target->preflight[i];
		if (told->level != LEVEL_BLOCKING && told->kind != PREFLIGHT_ARTEFACT) continue;
		add_error(it, target->path, told->message);
		return;
	}
	add_error(it, target->path,
			TEXT("no Schematron schema of this run is about this document",
					"geen Schematron-schema van deze run gaat over dit document"));
}

static void add_errors(const struct svrl *it)
{
	for (uint32_t i = 0; i < it->run->target_count; i++) {
		const struct target_result *target = &it->run->targets[i];
		if (target->skipped) continue;
		if (!count_traces(target)) add_untried(it, target);
		for (uint32_t j = 0; j < target->standard_count; j++)
			for (uint32_t k = 0; k < target->standards[j].trace_count; k++) {
				const struct schematron_trace *trace = target->standards[j].traces[k];
				if (trace->undecided.in[LANG_EN].len) add_error(it, target->path, trace->undecided);
			}
	}
}

static void add_heads(const struct svrl *it, const struct schematron_head *const *heads, uint32_t count)
{
	struct strmap seen = {0};
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t j = 0; j < heads[i]->namespace_count; j++) {
			const struct schematron_namespace *one = &heads[i]->namespaces[j];
			struct str key = str_printf(it->arena, "%.*s %.*s", STR_FMT(one->prefix), STR_FMT(one->uri));
			if (!strmap_put(&seen, key, 0)) continue;
			strbuf_add(it->out, STR("\t<svrl:ns-prefix-in-attribute-values"));
			add_attribute(it, "prefix", one->prefix);
			add_attribute(it, "uri", one->uri);
			strbuf_add(it->out, STR("/>\n"));
		}
	strmap_release(&seen);
}

/* Diagnostics and properties, in this order, each in the element of its kind. */
static void add_notes(const struct svrl *it, const struct schematron_event *event, bool property)
{
	const char *name = property ? "property" : "diagnostic";
	for (uint32_t i = 0; i < event->note_count; i++) {
		const struct schematron_note *note = &event->notes[i];
		if (note->label->property != property) continue;
		strbuf_printf(it->out, "\t\t<svrl:%s-reference", name);
		add_attribute(it, name, note->label->id);
		add_attribute_if(it, "role", note->label->role);
		if (property) add_attribute_if(it, "scheme", note->label->scheme);
		strbuf_add(it->out, STR(">\n"));
		add_text(it, "\t\t\t", note->text);
		strbuf_printf(it->out, "\t\t</svrl:%s-reference>\n", name);
	}
}

static void add_result(const struct svrl *it, const struct schematron_event *event)
{
	const char *name = event->kind == SCHEMATRON_FAILED ? "failed-assert" : "successful-report";
	strbuf_printf(it->out, "\t<svrl:%s", name);
	add_id(it, event->label->id);
	add_attribute(it, "location", event->location);
	add_attribute(it, "test", event->label->text);
	add_attribute_if(it, "role", event->label->role);
	add_attribute_if(it, "flag", event->label->flag);
	strbuf_add(it->out, STR(">\n"));
	add_notes(it, event, false);
	add_notes(it, event, true);
	add_text(it, "\t\t", event->message);
	strbuf_printf(it->out, "\t</svrl:%s>\n", name);
}

static void add_event(const struct svrl *it, const struct target_result *target, const struct schematron_event *event)
{
	const struct schematron_label *label = event->label;
	if (event->kind == SCHEMATRON_PATTERN) {
		strbuf_add(it->out, STR("\t<svrl:active-pattern"));
		add_id(it, label->id);
		add_document(it, "documents", event->document.len ? event->document : target->path);
		add_attribute_if(it, "name", label->text);
		add_attribute_if(it, "role", label->role);
		strbuf_add(it->out, STR("/>\n"));
	} else if (event->kind == SCHEMATRON_FIRED) {
		strbuf_add(it->out, STR("\t<svrl:fired-rule"));
		add_id(it, label->id);
		add_attribute(it, "context", label->text);
		add_attribute_if(it, "role", label->role);
		add_attribute_if(it, "flag", label->flag);
		strbuf_add(it->out, STR("/>\n"));
	} else {
		add_result(it, event);
	}
}

/* The schemas of the run, each once; how many. False: more happened than is kept. */
static bool find_heads(const struct run *run, const struct schematron_head **heads, uint32_t *count)
{
	bool whole = true;
	*count = 0;
	for (uint32_t i = 0; i < run->target_count; i++)
		for (uint32_t j = 0; j < run->targets[i].standard_count; j++)
			for (uint32_t k = 0; k < run->targets[i].standards[j].trace_count; k++) {
				const struct schematron_trace *trace = run->targets[i].standards[j].traces[k];
				uint32_t at = 0;
				while (at < *count && heads[at] != trace->head)
					at++;
				if (at == *count) heads[(*count)++] = trace->head;
				whole = whole && !trace->cut;
			}
	return whole;
}

/* Title, phase and version are those of the schema, when there is one. */
static void open_output(const struct svrl *it, const struct schematron_head *const *heads, uint32_t count)
{
	strbuf_add(it->out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
							"<svrl:schematron-output xmlns:svrl=\"http://purl.oclc.org/dsdl/svrl\""));
	if (count == 1) {
		add_attribute_if(it, "title", heads[0]->title);
		add_attribute_if(it, "phase", heads[0]->phase);
		add_attribute_if(it, "schemaVersion", heads[0]->version);
	}
	strbuf_add(it->out, STR(">\n"));
}

static void add_targets(const struct svrl *it)
{
	for (uint32_t i = 0; i < it->run->target_count; i++)
		for (uint32_t j = 0; j < it->run->targets[i].standard_count; j++)
			for (uint32_t k = 0; k < it->run->targets[i].standards[j].trace_count; k++) {
				const struct schematron_trace *trace = it->run->targets[i].standards[j].traces[k];
				for (uint32_t m = 0; m < trace->count; m++)
					add_event(it, &it->run->targets[i], &trace->events[m]);
			}
}

static uint32_t count_all(const struct run *run)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < run->target_count; i++)
		count += count_traces(&run->targets[i]);
	return count;
}

bool report_svrl(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct svrl it = {.out = out, .lang = options->lang, .run = run};
	uint32_t count = count_all(run);
	if (!count)
		return err_set(err, ERR_USAGE, (struct loc){0},
				"%s tells what Schematron schemas did, and none was run: name one with --ruleset, or a standard that has one",
				"%s vertelt wat Schematron-schema's deden, en er is er geen uitgevoerd: noem er een met --ruleset, of een "
				"standaard die er een heeft",
				"svrl");
	it.arena = arena_new();
	const struct schematron_head **heads = arena_alloc(it.arena, count * sizeof *heads);
	bool whole = find_heads(run, heads, &count);
	if (whole) {
		open_output(&it, heads, count);
		add_errors(&it);
		add_heads(&it, heads, count);
		add_targets(&it);
		strbuf_add(out, STR("</svrl:schematron-output>\n"));
	}
	arena_free(it.arena);
	if (whole) return report_fits(out, "svrl", err);
	return err_set(err, ERR_LIMIT, (struct loc){0},
			"the report is too large for format %s: rules were tried on more than %d nodes of one document",
			"het rapport is te groot voor formaat %s: regels zijn op meer dan %d knopen van één document beproefd",
			"svrl", LIMIT_SCHEMATRON_EVENTS);
}
