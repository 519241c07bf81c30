/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Annotations of GitHub Actions: one workflow command for each finding, worst first, for GitHub shows only the first
 * ten of a kind; then the decisions as plain lines.
 */
#include "base/utf8.h"
#include "report/escape.h"
#include "report/report.h"
#include "report/words.h"

enum annotation { ANNOTATION_ERROR, ANNOTATION_WARNING, ANNOTATION_NOTICE, ANNOTATION_NONE };

struct github {
	struct strbuf *out;
	enum lang lang;
	enum annotation now; /* those of this kind are written */
};

static enum annotation annotation_of(struct verdict verdict)
{
	if (verdict_is_open(verdict)) return ANNOTATION_ERROR;
	if (verdict.outcome != OUTCOME_FAIL) return ANNOTATION_NONE;
	if (verdict.disposition == DISPOSITION_WAIVED || verdict.obligation == OBLIGATION_MAY) return ANNOTATION_NOTICE;
	return verdict.obligation == OBLIGATION_MUST ? ANNOTATION_ERROR : ANNOTATION_WARNING;
}

static void open_command(const struct github *it)
{
	static const char *const names[] = {"error", "warning", "notice"};
	strbuf_printf(it->out, "::%s ", names[it->now]);
}

/* Of a URL there is no file to annotate. */
static void add_place(const struct github *it, const struct loc *loc, const struct excerpt *excerpt)
{
	if (!loc->file.len || is_web_url(loc->file) || str_eq(loc->file, STR("-"))) return;
	strbuf_add(it->out, STR("file="));
	escape_github_property(it->out, loc->file);
	if (loc->line) strbuf_printf(it->out, ",line=%u,col=%u", loc->line, loc->column);
	if (loc->line && excerpt->length && !excerpt->continues) {
		struct str span = {excerpt->text.ptr + excerpt->start, excerpt->length};
		strbuf_printf(it->out, ",endColumn=%zu", loc->column + utf8_count(span));
	}
	strbuf_add_char(it->out, ',');
}

static void add_message(const struct github *it, const struct text *text, const char *en, const char *nl)
{
	struct str value = text_in(*text, it->lang);
	if (!value.len) return;
	strbuf_printf(it->out, "%%0A%s: ", it->lang == LANG_NL ? nl : en);
	escape_github(it->out, value);
}

static void add_title(
		const struct github *it, const struct standard_result *standard, const struct requirement_result *result)
{
	struct strbuf name;
	strbuf_init(&name, SIZE_MAX / 2);
	requirement_name(&name, standard->ruleset, result->requirement);
	strbuf_add(it->out, STR("title="));
	escape_github_property(it->out, strbuf_str(&name));
	strbuf_printf(it->out, " (%s)::", text_in(obligation_capitals[result->verdict.obligation], it->lang).ptr);
	strbuf_release(&name);
}

static void add_finding(const struct github *it, const struct target_result *target,
		const struct standard_result *standard, const struct requirement_result *result, const struct finding *finding)
{
	struct text found = {{finding->found, finding->found}};
	/* What an exchange shows stands in no file: it is told at the description, or else at the target. */
	struct loc loc = finding->exchange ? finding->basis.line ? finding->basis : (struct loc){.file = target->path}
									   : finding->loc;
	struct excerpt none = {.text = {"", 0}};
	open_command(it);
	add_place(it, &loc, finding->exchange ? &none : &finding->excerpt);
	add_title(it, standard, result);
	escape_github(it->out, text_in(finding->message, it->lang));
	if (finding->exchange) {
		strbuf_add(it->out, STR(" ("));
		escape_github(it->out, finding->loc.file);
		strbuf_add_char(it->out, ')');
	}
	add_message(it, &finding->expected, "expected", "verwacht");
	add_message(it, &found, "found", "gevonden");
	add_message(it, &result->requirement->fix, "fix", "herstel");
	strbuf_add_char(it->out, '\n');
}

static void add_requirement(const struct github *it, const struct target_result *target,
		const struct standard_result *standard, const struct requirement_result *result)
{
	struct excerpt none = {.text = {"", 0}};
	struct loc loc = {.file = target->path};
	if (annotation_of(result->verdict) != it->now) return;
	for (uint32_t i = 0; i < result->finding_count && result->verdict.outcome == OUTCOME_FAIL; i++)
		add_finding(it, target, standard, result, &result->findings[i]);
	if (result->verdict.outcome == OUTCOME_FAIL || target->blocked) return;
	open_command(it);
	add_place(it, &loc, &none);
	add_title(it, standard, result);
	escape_github(it->out, text_in(outcome_words[result->verdict.outcome], it->lang));
	strbuf_add(it->out, STR(": "));
	escape_github(it->out, text_in(result->reason, it->lang));
	strbuf_add_char(it->out, '\n');
}

static void add_preflight(const struct github *it, const struct target_result *target)
{
	static const enum annotation levels[LEVEL_COUNT] = {ANNOTATION_ERROR, ANNOTATION_WARNING, ANNOTATION_NOTICE};
	for (uint32_t i = 0; i < target->preflight_count; i++) {
		const struct preflight *preflight = &target->preflight[i];
		if (levels[preflight->level] != it->now) continue;
		open_command(it);
		add_place(it, &preflight->loc, &preflight->excerpt);
		strbuf_printf(it->out, "title=%s::", it->lang == LANG_NL ? "controle vooraf" : "pre-flight");
		escape_github(it->out, text_in(preflight->message, it->lang));
		strbuf_add_char(it->out, '\n');
	}
}

static void add_target(const struct github *it, const struct target_result *target)
{
	add_preflight(it, target);
	for (uint32_t i = 0; i < target->standard_count; i++)
		for (uint32_t j = 0; j < target->standards[i].requirement_count; j++)
			add_requirement(it, target, &target->standards[i], &target->standards[i].requirements[j]);
}

/* A plain line, which could start with "::" only if a path did. */
static void add_decision(
		const struct github *it, const struct target_result *target, const struct standard_result *standard)
{
	strbuf_add(it->out, STR("keur: "));
	escape_github(it->out, shown_path(target->path));
	strbuf_add(it->out, STR(": "));
	if (standard) {
		escape_github(it->out, standard->ruleset->id);
		strbuf_add_char(it->out, ' ');
		escape_github(it->out, standard->ruleset->version);
		strbuf_add(it->out, STR(": "));
	}
	strbuf_add(it->out, text_in(decision_words[standard ? standard->decision : target->decision], it->lang));
	strbuf_add_char(it->out, '\n');
}

bool report_github(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct github it = {out, options->lang, ANNOTATION_ERROR};
	for (; it.now < ANNOTATION_NONE; it.now++)
		for (uint32_t i = 0; i < run->target_count; i++)
			if (!run->targets[i].skipped) add_target(&it, &run->targets[i]);
	for (uint32_t i = 0; i < run->target_count; i++) {
		const struct target_result *target = &run->targets[i];
		for (uint32_t j = 0; j < target->standard_count && !target->skipped; j++)
			add_decision(&it, target, &target->standards[j]);
		bool open = !target->standard_count || target->unknown_claims;
		if (open && !target->skipped) add_decision(&it, target, NULL);
	}
	return report_fits(out, "github", err);
}
