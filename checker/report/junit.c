/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The JUnit report: one suite for each target and standard, one case for each requirement. It is red exactly when the
 * decision is not "conforms": a MUST that failed without waiver is a failure, one that should have been decided and was
 * not an error; everything else that is no pass is skipped, and says why.
 *
 * There is no one schema. What is written satisfies both that are common: that of Jenkins' xUnit plug-in, and the older
 * one of Ant's output, which wants every attribute, one failure for each case, and a time without zone.
 */
#include "report/escape.h"
#include "report/report.h"
#include "report/words.h"
#include "rule/preflight.h"

enum junit_kind { JUNIT_PASS, JUNIT_FAILURE, JUNIT_ERROR, JUNIT_SKIPPED };

struct junit {
	struct strbuf *out;
	enum lang lang;
	const struct run *run;
	struct str engine, link;
	uint32_t counts[4]; /* of the suite, by enum junit_kind */
};

static enum junit_kind kind_of(struct verdict verdict)
{
	if (verdict.outcome == OUTCOME_PASS) return JUNIT_PASS;
	if (verdict_is_open(verdict)) return JUNIT_ERROR;
	bool must = verdict.obligation == OBLIGATION_MUST && verdict.disposition != DISPOSITION_WAIVED;
	return verdict.outcome == OUTCOME_FAIL && must ? JUNIT_FAILURE : JUNIT_SKIPPED;
}

static void add_attribute(const struct junit *it, const char *name, struct str value)
{
	strbuf_printf(it->out, " %s=\"", name);
	escape_xml(it->out, value);
	strbuf_add_char(it->out, '"');
}

static void open_case(const struct junit *it, const struct target_result *target, struct str name)
{
	strbuf_add(it->out, STR("\t\t<testcase"));
	add_attribute(it, "classname", shown_path(target->path));
	add_attribute(it, "name", name);
	strbuf_add(it->out, STR(" time=\"0\""));
}

/* Line ends inside text need no reference, and read better without. */
static void add_text(const struct junit *it, struct str text)
{
	while (text.len) {
		struct str line = {text.ptr, str_find(text, '\n')};
		escape_xml(it->out, line);
		if (line.len < text.len) strbuf_add_char(it->out, '\n');
		text = str_skip(text, line.len + 1);
	}
}

static void add_labelled(const struct junit *it, const char *en, const char *nl, struct str value)
{
	if (!value.len) return;
	strbuf_printf(it->out, "\n  %s: ", it->lang == LANG_NL ? nl : en);
	add_text(it, value);
}

static void add_finding(const struct junit *it, const struct finding *finding)
{
	strbuf_add_char(it->out, '\n');
	add_text(it, shown_path(finding->loc.file));
	if (finding->loc.line) strbuf_printf(it->out, ":%u:%u", finding->loc.line, finding->loc.column);
	strbuf_add(it->out, STR(": "));
	add_text(it, text_in(finding->message, it->lang));
	add_labelled(it, "expected", "verwacht", text_in(finding->expected, it->lang));
	add_labelled(it, "found", "gevonden", finding->found);
	add_labelled(it, "at", "op", finding->loc.pointer);
	if (finding->exchange)
		strbuf_printf(it->out, "\n  %s: %u", it->lang == LANG_NL ? "uitwisseling" : "exchange", finding->exchange);
}

static void add_findings(const struct junit *it, const struct requirement_result *result)
{
	for (uint32_t i = 0; i < result->finding_count; i++)
		add_finding(it, &result->findings[i]);
	if (result->finding_count) add_labelled(it, "fix", "herstel", text_in(result->requirement->fix, it->lang));
	if (result->finding_count) add_labelled(it, "clause", "norm", result->requirement->clause);
	if (result->finding_count) strbuf_add_char(it->out, '\n');
}

/* "FAILED, MUST: waived until 2027-06-30 by CIO" */
static void add_message(const struct junit *it, const struct requirement_result *result)
{
	struct strbuf text;
	strbuf_init(&text, SIZE_MAX / 2);
	strbuf_add(&text, text_in(outcome_words[result->verdict.outcome], it->lang));
	strbuf_add(&text, STR(", "));
	strbuf_add(&text, text_in(obligation_capitals[result->verdict.obligation], it->lang));
	for (uint32_t i = 0; i < result->excuse_count; i++)
		strbuf_printf(&text,
				it->lang == LANG_NL ? "; ontheffing tot en met %.*s door %.*s" : "; waived until %.*s by %.*s",
				STR_FMT(result->excuses[i].until), STR_FMT(result->excuses[i].approved_by));
	struct str why = text_in(result->reason, it->lang);
	if (result->verdict.outcome == OUTCOME_FAIL && result->finding_count)
		why = text_in(result->findings[0].message, it->lang);
	strbuf_printf(&text, "%s%.*s", why.len ? ": " : "", STR_FMT(why));
	add_attribute(it, "message", strbuf_str(&text));
	strbuf_release(&text);
}

static void add_requirement(const struct junit *it, const struct target_result *target,
		const struct standard_result *standard, const struct requirement_result *result)
{
	static const char *const elements[] = {"", "failure", "error", "skipped"};
	enum junit_kind kind = kind_of(result->verdict);
	struct strbuf name;
	strbuf_init(&name, SIZE_MAX / 2);
	requirement_name(&name, standard->ruleset, result->requirement);
	open_case(it, target, strbuf_str(&name));
	strbuf_release(&name);
	if (kind == JUNIT_PASS) {
		strbuf_add(it->out, STR("/>\n"));
		return;
	}
	strbuf_printf(it->out, ">\n\t\t\t<%s", elements[kind]);
	if (kind != JUNIT_SKIPPED) add_attribute(it, "type", str_of(outcome_names[result->verdict.outcome]));
	add_message(it, result);
	strbuf_add_char(it->out, '>');
	add_findings(it, result);
	strbuf_printf(it->out, "</%s>\n\t\t</testcase>\n", elements[kind]);
}

/* A case that is no requirement, and red. */
static void add_error(
		struct junit *it, const struct target_result *target, struct str name, const char *type, struct str message)
{
	open_case(it, target, name);
	strbuf_add(it->out, STR(">\n\t\t\t<error"));
	add_attribute(it, "type", str_of(type));
	add_attribute(it, "message", message);
	strbuf_add(it->out, STR("/>\n\t\t</testcase>\n"));
	it->counts[JUNIT_ERROR]++;
}

static void add_preflight(struct junit *it, const struct target_result *target)
{
	struct str name = it->lang == LANG_NL ? STR("controle vooraf") : STR("pre-flight");
	for (uint32_t i = 0; i < target->preflight_count; i++) {
		const struct preflight *preflight = &target->preflight[i];
		if (preflight->level != LEVEL_BLOCKING) continue;
		add_error(it, target, name, preflight_names[preflight->kind], text_in(preflight->message, it->lang));
	}
}

static void add_cases(struct junit *it, const struct target_result *target, const struct standard_result *standard)
{
	add_preflight(it, target);
	for (uint32_t i = 0; standard && i < standard->requirement_count; i++) {
		add_requirement(it, target, standard, &standard->requirements[i]);
		it->counts[kind_of(standard->requirements[i].verdict)]++;
	}
	enum decision decision = standard ? standard->decision : target->decision;
	if (decision < DECISION_UNDETERMINED || it->counts[JUNIT_ERROR] || it->counts[JUNIT_FAILURE]) return;
	add_error(it, target, it->lang == LANG_NL ? STR("oordeel") : STR("decision"), decision_names[decision],
			text_in(decision_words[decision], it->lang));
}

static void add_property(const struct junit *it, const char *name, struct str value)
{
	if (!value.len) return;
	strbuf_add(it->out, STR("\t\t\t<property"));
	add_attribute(it, "name", str_of(name));
	add_attribute(it, "value", value);
	strbuf_add(it->out, STR("/>\n"));
}

static void add_properties(
		const struct junit *it, const struct target_result *target, const struct standard_result *standard)
{
	strbuf_add(it->out, STR("\t\t<properties>\n"));
	add_property(it, "decision", str_of(decision_names[standard ? standard->decision : target->decision]));
	add_property(it, "engine", it->engine);
	add_property(it, "product", target->product.name);
	add_property(it, "productVersion", target->product.version);
	add_property(it, "report", it->link);
	add_property(it, "reportDigest", str_of(it->run->digest.hex));
	strbuf_add(it->out, STR("\t\t</properties>\n"));
}

/* "2026-11-25T10:00:00Z" without its zone; of a run without a time the first there is. */
static void add_time(const struct junit *it)
{
	struct str started = it->run->started;
	if (started.len < 19) started = STR("1970-01-01T00:00:00");
	add_attribute(it, "timestamp", (struct str){started.ptr, 19});
}

static void add_suite_head(
		const struct junit *it, const struct target_result *target, const struct standard_result *standard, uint32_t id)
{
	struct strbuf name;
	strbuf_init(&name, SIZE_MAX / 2);
	strbuf_add(&name, shown_path(target->path));
	if (standard) strbuf_printf(&name, " - %.*s", STR_FMT(standard->ruleset->id));
	if (standard && standard->ruleset->version.len) strbuf_printf(&name, " %.*s", STR_FMT(standard->ruleset->version));
	strbuf_printf(it->out, "\t<testsuite id=\"%u\"", id);
	add_attribute(it, "name", strbuf_str(&name));
	add_attribute(it, "package", standard ? standard->ruleset->id : STR("keur"));
	add_attribute(it, "hostname", it->run->host.len ? it->run->host : STR("localhost"));
	add_time(it);
	uint32_t total = it->counts[JUNIT_PASS] + it->counts[JUNIT_FAILURE] + it->counts[JUNIT_ERROR] +
					 it->counts[JUNIT_SKIPPED];
	strbuf_printf(it->out, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\" time=\"0\">\n", total,
			it->counts[JUNIT_FAILURE], it->counts[JUNIT_ERROR], it->counts[JUNIT_SKIPPED]);
	strbuf_release(&name);
}

/* The head counts what is in the suite, so the cases are made first. */
static void add_suite(
		struct junit *it, const struct target_result *target, const struct standard_result *standard, uint32_t id)
{
	struct strbuf cases, *out = it->out;
	strbuf_init(&cases, out->ceiling);
	memset(it->counts, 0, sizeof it->counts);
	it->out = &cases;
	add_cases(it, target, standard);
	it->out = out;
	add_suite_head(it, target, standard, id);
	add_properties(it, target, standard);
	strbuf_add(out, strbuf_str(&cases));
	strbuf_add(out, STR("\t\t<system-out/>\n\t\t<system-err/>\n\t</testsuite>\n"));
	out->overflow = out->overflow || cases.overflow;
	strbuf_release(&cases);
}

bool report_junit(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct junit it = {.out = out,
			.lang = options->lang,
			.run = run,
			.engine = str_printf(run->arena, "keur %.*s", STR_FMT(run->engine)),
			.link = options->link};
	uint32_t id = 0;
	strbuf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"));
	for (uint32_t i = 0; i < run->target_count; i++) {
		const struct target_result *target = &run->targets[i];
		if (target->skipped) continue;
		bool red = false;
		for (uint32_t j = 0; j < target->standard_count; j++) {
			add_suite(&it, target, &target->standards[j], id++);
			red = red || it.counts[JUNIT_ERROR] || it.counts[JUNIT_FAILURE];
		}
		/* No standard at all, or one that is claimed and that keur does not have. */
		bool open = target->decision >= DECISION_UNDETERMINED && !red;
		if (!target->standard_count || open) add_suite(&it, target, NULL, id++);
	}
	strbuf_add(out, STR("</testsuites>\n"));
	return report_fits(out, "junit", err);
}
