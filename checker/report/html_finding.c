/* SPDX-License-Identifier: EUPL-1.2 */
/* Findings in the HTML report: where, what, and the exchange that shows it. */
#include "base/limits.h"
#include "report/html_private.h"

/* The line with its span marked. */
static void add_excerpt(const struct html *it, const struct excerpt *excerpt)
{
	struct str text = excerpt->text;
	if (!text.len) return;
	html_raw(it, "<pre class=k>");
	if (excerpt->cut_before) html_raw(it, "…");
	html_text(it, (struct str){text.ptr, excerpt->start});
	html_raw(it, "<mark>");
	html_text(it, (struct str){text.ptr + excerpt->start, excerpt->length});
	html_raw(it, "</mark>");
	html_text(it, str_skip(text, (size_t)excerpt->start + excerpt->length));
	if (excerpt->cut_after || excerpt->continues) html_raw(it, "…");
	html_raw(it, "</pre>");
}

static void add_loc(const struct html *it, const struct loc *loc)
{
	html_raw(it, "<code>");
	html_text(it, shown_path(loc->file));
	if (loc->line) strbuf_printf(it->out, ":%u:%u", loc->line, loc->column);
	html_raw(it, "</code>");
	if (!loc->pointer.len) return;
	html_raw(it, " <code>");
	html_text(it, loc->pointer);
	html_raw(it, "</code>");
}

static size_t find_exhibit(const struct html *it, uint32_t number)
{
	size_t low = 0, high = it->exhibit_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (it->exhibits[middle]->number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < it->exhibit_count && it->exhibits[low]->number == number ? low : it->exhibit_count;
}

static void add_answer(const struct html *it, const struct exhibit *exhibit)
{
	if (!exhibit->status) {
		html_both(it, exhibit->why);
		return;
	}
	strbuf_printf(it->out, "%u ", exhibit->status);
	html_text(it, exhibit->reason);
	html_raw(it, "\n");
	for (uint32_t i = 0; i < exhibit->fields.count; i++) {
		html_text(it, exhibit->fields.items[i].name);
		html_raw(it, ": ");
		html_text(it, exhibit->fields.items[i].value);
		html_raw(it, "\n");
	}
	if (exhibit->body.len) html_raw(it, "\n");
	html_text(it, exhibit->body);
	if (exhibit->cut) html_raw(it, "\n…");
}

static void add_exhibit(const struct html *it, const struct exhibit *exhibit)
{
	strbuf_printf(it->out, "<details class=\"keur-exchange\" id=\"x%u\"><summary>", exhibit->number);
	html_say(it, "Exchange %u", "Uitwisseling %u", exhibit->number);
	html_raw(it, "</summary><pre class=k>");
	html_text(it, exhibit->method);
	html_raw(it, " ");
	html_text(it, exhibit->url);
	if (exhibit->request_body.len) html_raw(it, "\n\n");
	html_text(it, exhibit->request_body);
	html_raw(it, "</pre><pre class=k>");
	add_answer(it, exhibit);
	html_raw(it, "</pre></details>");
}

/* Shown where it is named first, and led to from everywhere else. */
static void add_exchange(struct html *it, const struct finding *finding)
{
	if (!finding->exchange) return;
	size_t at = find_exhibit(it, finding->exchange);
	if (at == it->exhibit_count) {
		html_raw(it, "<p>");
		html_say(it, "Exchange %u in the evidence", "Uitwisseling %u in het bewijs", finding->exchange);
		html_raw(it, "</p>");
	} else if (it->shown[at]) {
		strbuf_printf(it->out, "<p><a class=\"utrecht-link utrecht-link--html-a\" href=\"#x%u\">", finding->exchange);
		html_say(it, "Exchange %u", "Uitwisseling %u", finding->exchange);
		html_raw(it, "</a></p>");
	} else {
		it->shown[at] = true;
		add_exhibit(it, it->exhibits[at]);
	}
}

static void add_also(const struct html *it, const char *en, const char *nl, const struct loc *loc)
{
	if (!loc->line) return;
	html_raw(it, "<p>");
	html_say(it, "%s%.0s: ", "%.0s%s: ", en, nl);
	add_loc(it, loc);
	html_raw(it, "</p>");
}

static void add_found(const struct html *it, struct str found)
{
	if (!found.len) return;
	html_raw(it, "<p>");
	html_say(it, "Found: ", "Gevonden: ");
	html_raw(it, "<code>");
	html_text(it, found);
	html_raw(it, "</code></p>");
}

/* What was found is marked in the line already. */
static bool is_marked(const struct finding *finding)
{
	const struct excerpt *excerpt = &finding->excerpt;
	if (!excerpt->length || excerpt->continues) return false;
	struct str span = {excerpt->text.ptr + excerpt->start, excerpt->length}, found = finding->found;
	bool quoted = found.len > 1 && found.ptr[0] == '"' && found.ptr[found.len - 1] == '"';
	if (quoted && span.ptr[0] != '"') found = (struct str){found.ptr + 1, found.len - 2};
	return str_eq(span, found);
}

static void add_place(struct html *it, const struct finding *finding)
{
	html_raw(it, "<li>");
	add_loc(it, &finding->loc);
	add_excerpt(it, &finding->excerpt);
	if (!is_marked(finding)) add_found(it, finding->found);
	add_also(it, "Held against", "Gelegd naast", &finding->basis);
	add_also(it, "Reached through", "Bereikt via", &finding->referrer);
	add_exchange(it, finding);
	html_raw(it, "</li>\n");
}

static bool is_same(struct text a, struct text b)
{
	return str_eq(a.in[LANG_EN], b.in[LANG_EN]) && str_eq(a.in[LANG_NL], b.in[LANG_NL]);
}

static bool says_the_same(const struct finding *a, const struct finding *b)
{
	return is_same(a->message, b->message) && is_same(a->expected, b->expected);
}

/* What was expected of the one before is not said again. */
static void add_what(const struct html *it, const struct finding *finding, const struct finding *before)
{
	html_raw(it, "<li><p class=m>");
	html_both(it, finding->message);
	html_raw(it, "</p>");
	if (finding->expected.in[LANG_EN].len && !(before && is_same(before->expected, finding->expected))) {
		html_raw(it, "<p>");
		html_say(it, "Expected: ", "Verwacht: ");
		html_both(it, finding->expected);
		html_raw(it, "</p>");
	}
	html_raw(it, "<ul class=p>");
}

static void add_rest(const struct html *it, const struct requirement_result *result, uint32_t shown)
{
	if (shown < result->finding_count) {
		html_raw(it, "<p class=\"utrecht-paragraph\">");
		html_say(it, "And %u more: this page shows at most %d findings; all of them are in the report in JSON.",
				"En nog %u: deze pagina toont hoogstens %d bevindingen; allemaal staan ze in het rapport in JSON.",
				result->finding_count - shown, LIMIT_HTML_FINDINGS);
		html_raw(it, "</p>\n");
	}
	if (!result->cut) return;
	html_raw(it, "<p class=\"utrecht-paragraph\">");
	html_say(it, "There are more than keur keeps of one rule: mend these and test again.",
			"Er zijn er meer dan keur van één regel bewaart: herstel deze en toets opnieuw.");
	html_raw(it, "</p>\n");
}

void html_findings(struct html *it, const struct requirement_result *result)
{
	uint32_t shown = result->finding_count < it->left ? result->finding_count : it->left;
	it->left -= shown;
	if (result->finding_count) {
		html_raw(it, "<p class=\"utrecht-paragraph\"><strong>");
		html_say(it, "Findings: %u", "Bevindingen: %u", result->finding_count);
		html_raw(it, "</strong></p>\n");
	}
	if (shown) html_raw(it, "<ol class=\"keur-findings\">\n");
	for (uint32_t i = 0; i < shown; i++) {
		const struct finding *finding = &result->findings[i], *before = i ? &result->findings[i - 1] : NULL;
		bool same = before && says_the_same(before, finding);
		if (!same && i) html_raw(it, "</ul></li>\n");
		if (!same) add_what(it, finding, before);
		add_place(it, finding);
	}
	if (shown) html_raw(it, "</ul></li>\n</ol>\n");
	add_rest(it, result, shown);
}
