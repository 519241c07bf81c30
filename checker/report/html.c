/*
 * The HTML report: one file that asks for nothing from elsewhere, in two languages, of which a reader sees the one that
 * is chosen in it (without script too). Style sheet and script are rules/report/1/report.css and report.js; the page's
 * own security policy lets the browser run and apply nothing but these, by their digests.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/io.h"
#include "base/limits.h"
#include "fetch/base64.h"
#include "report/html_private.h"

void html_raw(const struct html *it, const char *markup)
{
	strbuf_add(it->out, str_of(markup));
}

void html_text(const struct html *it, struct str text)
{
	escape_html(it->out, text);
}

static void add_said(const struct html *it, const char *open, struct str text)
{
	html_raw(it, open);
	html_text(it, text);
	html_raw(it, "</span>");
}

void html_say(const struct html *it, const char *en, const char *nl, ...)
{
	const char *formats[LANG_COUNT] = {[LANG_EN] = en, [LANG_NL] = nl};
	static const char *const opens[LANG_COUNT] = {[LANG_EN] = "<span lang=en>", [LANG_NL] = "<span lang=nl>"};
	for (int i = 0; i < LANG_COUNT; i++) {
		enum lang lang = i ? LANG_EN : LANG_NL;
		va_list args, again;
		va_start(args, nl);
		va_copy(again, args);
		int needed = vsnprintf(NULL, 0, formats[lang], args);
		char *text = mem_resize(NULL, (size_t)needed + 1, 1);
		vsnprintf(text, (size_t)needed + 1, formats[lang], again);
		add_said(it, opens[lang], (struct str){text, (size_t)needed});
		free(text);
		va_end(again);
		va_end(args);
	}
}

void html_both(const struct html *it, struct text text)
{
	struct str en = text_in(text, LANG_EN), nl = text_in(text, LANG_NL);
	if (str_eq(en, nl)) {
		html_text(it, en);
		return;
	}
	add_said(it, "<span lang=nl>", nl);
	add_said(it, "<span lang=en>", en);
}

void html_link(const struct html *it, struct str url)
{
	if (!is_web_url(url)) {
		html_text(it, url);
		return;
	}
	html_raw(it, "<a class=\"utrecht-link utrecht-link--html-a\" rel=\"noreferrer\" href=\"");
	html_text(it, url);
	html_raw(it, "\">");
	html_text(it, url);
	html_raw(it, "</a>");
}

void html_standard(const struct html *it, const struct ruleset *ruleset)
{
	html_text(it, ruleset->id);
	html_raw(it, " ");
	html_text(it, ruleset->version);
}

static void add_badge(const struct html *it, const char *kind, struct text word)
{
	strbuf_printf(it->out, "<span class=\"utrecht-badge-status utrecht-badge-status--%s\">", kind);
	html_both(it, word);
	html_raw(it, "</span>");
}

void html_outcome(const struct html *it, const struct requirement_result *result)
{
	static const struct text words[OUTCOME_COUNT] = {[OUTCOME_PASS] = {{STR("Met"), STR("Voldoet")}},
			[OUTCOME_FAIL] = {{STR("Not met"), STR("Voldoet niet")}},
			[OUTCOME_NOT_APPLICABLE] = {{STR("Not applicable"), STR("Niet van toepassing")}},
			[OUTCOME_INCONCLUSIVE] = {{STR("Undecided"), STR("Niet te beslissen")}},
			[OUTCOME_NOT_TESTED] = {{STR("Not tested"), STR("Niet getoetst")}},
			[OUTCOME_ERROR] = {{STR("Could not be tested"), STR("Fout bij toetsen")}}};
	static const char *const kinds[OUTCOME_COUNT] = {"success", "danger", "neutral", "warning", "neutral", "warning"};
	enum outcome outcome = result->verdict.outcome;
	bool mild = outcome == OUTCOME_FAIL &&
				(result->verdict.obligation != OBLIGATION_MUST || result->verdict.disposition == DISPOSITION_WAIVED);
	if (outcome == OUTCOME_FAIL && result->requirement->remarks) {
		add_badge(it, "neutral", TEXT("Remarks", "Opmerkingen"));
		return;
	}
	add_badge(it, mild ? "warning" : kinds[outcome], words[outcome]);
	if (result->verdict.disposition == DISPOSITION_WAIVED)
		add_badge(it, "info", TEXT("Deviation accepted", "Afwijking aanvaard"));
}

void html_decision(const struct html *it, enum decision decision)
{
	static const char *const kinds[DECISION_COUNT] = {"success", "info", "warning", "danger"};
	add_badge(it, kinds[decision], decision_words[decision]);
}

void html_id(const struct html *it, uint32_t target, uint32_t standard, uint32_t requirement)
{
	strbuf_printf(it->out, "r%u-%u-%u", it->numbers[target], standard + 1, requirement + 1);
}

void html_item(const struct html *it, const char *en, const char *nl)
{
	html_raw(it, "<div class=\"utrecht-data-list__item\"><dt class=\"utrecht-data-list__item-key\">");
	html_say(it, "%s%.0s", "%.0s%s", en, nl);
	html_raw(it, "</dt><dd class=\"utrecht-data-list__item-value\">");
}

void html_end_item(const struct html *it)
{
	html_raw(it, "</dd></div>\n");
}

struct html_counts html_count(const struct standard_result *standard)
{
	struct html_counts counts = {.total = standard->requirement_count};
	for (uint32_t i = 0; i < standard->requirement_count; i++) {
		struct verdict verdict = standard->requirements[i].verdict;
		counts.of[verdict.obligation][verdict.outcome]++;
		counts.waived += verdict.disposition == DISPOSITION_WAIVED;
	}
	return counts;
}

/* 'sha256-...' as a policy names it. */
static void add_source(const struct html *it, struct str text)
{
	struct digest digest = digest_of(text);
	char bytes[32];
	for (int i = 0; i < 32; i++) {
		char pair[3] = {digest.hex[2 * i], digest.hex[2 * i + 1], '\0'};
		bytes[i] = (char)strtoul(pair, NULL, 16);
	}
	html_raw(it, "'sha256-");
	base64_encode(it->out, (struct str){bytes, sizeof bytes}, BASE64);
	html_raw(it, "'");
}

struct assets {
	struct str style, script;
};

static void add_policy(const struct html *it, const struct assets *assets)
{
	html_raw(it, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
	add_source(it, assets->style);
	if (it->options->theme.len) html_raw(it, " ");
	if (it->options->theme.len) add_source(it, it->options->theme);
	html_raw(it, "; script-src ");
	add_source(it, assets->script);
	html_raw(it, "; img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">\n");
}

/* The title of the page in one language: an attribute or the element cannot hold two. */
static void add_title(const struct html *it, enum lang lang)
{
	const struct run *run = it->run;
	const struct target_result *target = NULL;
	for (uint32_t i = 0; i < run->target_count && !target; i++)
		if (!run->targets[i].skipped) target = &run->targets[i];
	html_text(it, text_in(decision_words[run->decision], lang));
	html_raw(it, ": ");
	if (target && target->product.name.len) {
		html_text(it, target->product.name);
		html_raw(it, " ");
		html_text(it, target->product.version);
	} else if (target) {
		html_text(it, shown_path(target->path));
	}
	html_raw(it, lang == LANG_NL ? " - keuringsrapport" : " - conformance report");
}

/* The class that a theme of the NL Design System hangs its tokens on: "utrecht-theme", if it has one. */
static struct str theme_class(struct str css)
{
	static const struct str suffix = {"-theme", 6};
	for (size_t from = 0; from < css.len;) {
		size_t at = from + str_find_str(str_skip(css, from), suffix), start = at, end = at + suffix.len;
		if (at >= css.len) break;
		while (start > from && ascii_is_letter(css.ptr[start - 1]))
			start--;
		bool whole = end == css.len || !(ascii_is_alnum(css.ptr[end]) || ascii_is_one_of(css.ptr[end], "-_"));
		if (start > from && start < at && css.ptr[start - 1] == '.' && whole)
			return (struct str){css.ptr + start, end - start};
		from = end;
	}
	return (struct str){"", 0};
}

static void add_head(const struct html *it, const struct assets *assets)
{
	struct str theme = theme_class(it->options->theme);
	html_raw(it, "<!DOCTYPE html>\n<html lang=\"");
	html_raw(it, it->options->lang == LANG_NL ? "nl" : "en");
	html_raw(it, "\" class=\"utrecht-document keur-report");
	if (theme.len) html_raw(it, " ");
	html_text(it, theme);
	html_raw(it, "\" data-title-nl=\"");
	add_title(it, LANG_NL);
	html_raw(it, "\" data-title-en=\"");
	add_title(it, LANG_EN);
	html_raw(it, "\">\n<head>\n<meta charset=\"utf-8\">\n");
	add_policy(it, assets);
	html_raw(it, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
				 "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	add_title(it, it->options->lang);
	html_raw(it, "</title>\n<style>");
	strbuf_add(it->out, assets->style);
	html_raw(it, "</style>\n");
	if (it->options->theme.len) {
		html_raw(it, "<style>");
		strbuf_add(it->out, it->options->theme);
		html_raw(it, "</style>\n");
	}
	html_raw(it, "</head>\n");
}

static void add_choice(const struct html *it, enum lang lang, const char *code, const char *name)
{
	strbuf_printf(it->out,
			"<input class=\"keur-language__choice\" type=\"radio\" name=\"language\" id=\"language-%s\" value=\"%s\"%s>"
			"<label class=\"utrecht-form-label\" for=\"language-%s\" lang=\"%s\" data-always>%s</label>\n",
			code, code, it->options->lang == lang ? " checked" : "", code, code, name);
}

static void add_page_header(const struct html *it)
{
	html_raw(it,
			"<body class=\"utrecht-body\">\n<a class=\"utrecht-skip-link utrecht-skip-link--visible-on-focus\" href=\"#main\">");
	html_say(it, "Skip to the report", "Naar het rapport");
	html_raw(it, "</a>\n<header class=\"utrecht-page-header\"><div class=\"utrecht-page-header__content keur-bar\">\n"
				 "<p class=\"keur-brand\">keur</p>\n<fieldset class=\"keur-language\"><legend class=\"keur-hidden\">");
	html_say(it, "Language", "Taal");
	html_raw(it, "</legend>\n");
	add_choice(it, LANG_NL, "nl", "Nederlands");
	add_choice(it, LANG_EN, "en", "English");
	html_raw(it, "</fieldset>\n</div></header>\n<main class=\"utrecht-page-content\" id=\"main\" tabindex=\"-1\">\n");
}

static void add_page_footer(const struct html *it, const struct assets *assets)
{
	html_raw(it, "</main>\n<footer class=\"utrecht-page-footer\"><p class=\"utrecht-paragraph\">");
	html_say(it, "Made with keur %.*s. This page shows what the report in JSON says; that one counts.",
			"Gemaakt met keur %.*s. Deze pagina toont wat in het rapport in JSON staat; dat rapport telt.",
			STR_FMT(it->run->engine));
	html_raw(it, "</p></footer>\n<script>");
	strbuf_add(it->out, assets->script);
	html_raw(it, "</script>\n</body>\n</html>\n");
}

static int compare_exhibits(const void *a, const void *b)
{
	const struct exhibit *const *one = a, *const *other = b;
	return ((*one)->number > (*other)->number) - ((*one)->number < (*other)->number);
}

static void collect_exhibits(struct html *it)
{
	size_t count = 0;
	for (uint32_t i = 0; i < it->run->target_count; i++)
		count += it->run->targets[i].exhibit_count;
	it->exhibits = mem_resize(NULL, count + 1, sizeof *it->exhibits);
	it->shown = mem_resize(NULL, count + 1, sizeof *it->shown);
	memset(it->shown, 0, (count + 1) * sizeof *it->shown);
	for (uint32_t i = 0; i < it->run->target_count; i++)
		for (uint32_t j = 0; j < it->run->targets[i].exhibit_count; j++)
			it->exhibits[it->exhibit_count++] = &it->run->targets[i].exhibits[j];
	qsort(it->exhibits, count, sizeof *it->exhibits, compare_exhibits);
}

static void number_targets(struct html *it)
{
	it->numbers = mem_resize(NULL, (size_t)it->run->target_count + 1, sizeof *it->numbers);
	for (uint32_t i = 0, number = 0; i < it->run->target_count; i++)
		it->numbers[i] = it->run->targets[i].skipped ? 0 : ++number;
}

static bool read_assets(struct arena *arena, struct str folder, struct assets *assets, struct err *err)
{
	struct str style = str_printf(arena, "%.*s/report.css", STR_FMT(folder));
	struct str script = str_printf(arena, "%.*s/report.js", STR_FMT(folder));
	return io_read(arena, style.ptr, LIMIT_THEME_BYTES, &assets->style, err) &&
		   io_read(arena, script.ptr, LIMIT_THEME_BYTES, &assets->script, err);
}

bool report_html(const struct run *run, const struct report_options *options, struct strbuf *out, struct err *err)
{
	struct assets assets;
	struct html it = {.out = out, .run = run, .options = options, .left = LIMIT_HTML_FINDINGS};
	struct arena *arena = arena_new();
	bool ok = read_assets(arena, options->folder, &assets, err);
	if (ok) {
		collect_exhibits(&it);
		number_targets(&it);
		add_head(&it, &assets);
		add_page_header(&it);
		html_summary(&it);
		html_requirements(&it);
		html_sources(&it);
		add_page_footer(&it, &assets);
		free(it.exhibits);
		free(it.shown);
		free(it.numbers);
	}
	arena_free(arena);
	return ok && report_fits(out, "html", err);
}
