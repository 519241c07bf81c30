/* SPDX-License-Identifier: EUPL-1.2 */
/* Showing findings. */
#include "report/text_finding.h"

#include "base/utf8.h"
#include "report/words.h"

enum { TAB_STOP = 4 };

/* One line of source as shown, and the columns where the span lies in it. */
struct shown {
	struct strbuf text;
	unsigned width, from, to;
};

static void add_character(struct shown *shown, uint32_t code)
{
	char bytes[4];
	if (code == '\t') {
		unsigned spaces = TAB_STOP - shown->width % TAB_STOP;
		strbuf_add_repeat(&shown->text, ' ', spaces);
		shown->width += spaces;
		return;
	}
	code = harmless(code);
	size_t size = utf8_encode(code, bytes);
	strbuf_add(&shown->text, (struct str){bytes, size});
	shown->width += character_width(code);
}

static void show_line(const struct excerpt *excerpt, struct shown *shown)
{
	struct str rest = excerpt->text;
	size_t end = excerpt->start + excerpt->length;
	if (excerpt->cut_before) add_character(shown, 0x2026);
	while (rest.len) {
		uint32_t code = 0xFFFD;
		size_t at = (size_t)(rest.ptr - excerpt->text.ptr), len = utf8_decode(rest, &code);
		if (at <= excerpt->start) shown->from = shown->width;
		add_character(shown, code);
		if (at < end) shown->to = shown->width;
		rest = str_skip(rest, len ? len : 1);
	}
	if (excerpt->cut_after) add_character(shown, 0x2026);
}

void text_excerpt(const struct page *page, const struct excerpt *excerpt, uint32_t line)
{
	struct shown shown = {.width = 0};
	if (!excerpt->text.len || !excerpt->length) return;
	strbuf_init(&shown.text, 64 * (size_t)EXCERPT_BYTES);
	show_line(excerpt, &shown);
	page_tone(page, TONE_FAINT);
	strbuf_printf(page->out, "    %6u | ", line);
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, strbuf_str(&shown.text));
	strbuf_add(page->out, STR("\n           | "));
	strbuf_add_repeat(page->out, ' ', shown.from);
	page_tone(page, TONE_BAD);
	strbuf_add_repeat(page->out, '^', shown.to > shown.from ? shown.to - shown.from : 1);
	if (excerpt->continues) strbuf_add(page->out, STR("..."));
	page_tone(page, TONE_PLAIN);
	strbuf_add_char(page->out, '\n');
	strbuf_release(&shown.text);
}

static void add_loc(const struct page *page, const struct loc *loc)
{
	page_clean(page, shown_path(loc->file), "");
	if (loc->line) strbuf_printf(page->out, ":%u:%u", loc->line, loc->column);
}

/* File, line, column, pointer, and the end of the line. */
static void add_place(const struct page *page, const struct loc *loc)
{
	add_loc(page, loc);
	if (loc->pointer.len) {
		strbuf_add(page->out, STR(" ("));
		page_clean(page, loc->pointer, "");
		strbuf_add_char(page->out, ')');
	}
	strbuf_add_char(page->out, '\n');
}

static void add_labelled(const struct page *page, const char *en, const char *nl, struct str value)
{
	if (!value.len) return;
	page_say(page, "    %s: ", "    %s: ", page->lang == LANG_NL ? nl : en);
	page_clean(page, value, "              ");
	strbuf_add_char(page->out, '\n');
}

static struct str unquoted(struct str value)
{
	bool quoted = value.len > 1 && (value.ptr[0] == '"' || value.ptr[0] == '\'') &&
				  value.ptr[value.len - 1] == value.ptr[0];
	return quoted ? (struct str){value.ptr + 1, value.len - 2} : value;
}

/* What was found stands above the carets already. */
static bool is_underlined(const struct finding *finding)
{
	const struct excerpt *excerpt = &finding->excerpt;
	if (excerpt->continues || !excerpt->length) return false;
	struct str span = {excerpt->text.ptr + excerpt->start, excerpt->length};
	return str_eq(unquoted(finding->found), unquoted(span));
}

/* By its number it is found in the evidence. */
static void add_exchange(const struct page *page, const struct finding *finding)
{
	if (finding->exchange) page_say(page, "    exchange: %u\n", "    uitwisseling: %u\n", finding->exchange);
	if (!finding->basis.line) return;
	if (finding->exchange)
		page_say(page, "    held against: ", "    gelegd naast: ");
	else if (finding->by_contract)
		page_say(page, "    in the contract: ", "    in het contract: ");
	else
		page_say(page, "    by the schema: ", "    volgens het schema: ");
	add_place(page, &finding->basis);
}

void text_finding(const struct page *page, const struct finding *finding, const struct finding *before)
{
	strbuf_add(page->out, STR("  "));
	page_tone(page, TONE_BOLD);
	add_loc(page, &finding->loc);
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, STR("  "));
	page_clean(page, text_in(finding->message, page->lang), "    ");
	strbuf_add_char(page->out, '\n');
	text_excerpt(page, &finding->excerpt, finding->loc.line);
	struct str expected = text_in(finding->expected, page->lang);
	struct str message = text_in(finding->message, page->lang);
	bool schema = finding->basis.line && !finding->exchange;
	bool said = schema && str_find_str(message, expected) < message.len;
	if (!said && (!before || !str_eq(expected, text_in(before->expected, page->lang))))
		add_labelled(page, "expected", "verwacht", expected);
	if (!is_underlined(finding)) add_labelled(page, "found", "gevonden", finding->found);
	if (finding->loc.pointer.len || !finding->exchange)
		add_labelled(page, "at", "op", finding->loc.pointer.len ? finding->loc.pointer : STR("/"));
	add_exchange(page, finding);
	if (!finding->referrer.line) return;
	page_say(page, "    reached through $ref at ", "    bereikt via $ref op ");
	add_place(page, &finding->referrer);
}

/* What is said of a reference holds the reference: showing the line as well would say it twice. */
static bool quotes_source(enum preflight_kind kind)
{
	return kind >= PREFLIGHT_DANGLING_REF && kind <= PREFLIGHT_REF_LIMIT;
}

void text_preflight(const struct page *page, const struct preflight *preflight)
{
	static const enum tone tones[LEVEL_COUNT] = {TONE_BAD, TONE_WARN, TONE_FAINT};
	static const struct text names[LEVEL_COUNT] = {{{STR("blocking"), STR("blokkerend")}},
			{{STR("problem"), STR("probleem")}}, {{STR("note"), STR("opmerking")}}};
	strbuf_add(page->out, STR("  "));
	page_tone(page, tones[preflight->level]);
	strbuf_add(page->out, text_in(names[preflight->level], page->lang));
	page_tone(page, TONE_PLAIN);
	strbuf_add(page->out, STR("  "));
	add_loc(page, &preflight->loc);
	strbuf_add(page->out, STR(": "));
	page_clean(page, text_in(preflight->message, page->lang), "    ");
	strbuf_add_char(page->out, '\n');
	if (!quotes_source(preflight->kind)) text_excerpt(page, &preflight->excerpt, preflight->loc.line);
}

void text_given(const struct page *page, const struct given *given)
{
	page_say(page, "  answered on %.*s by ", "  beantwoord op %.*s door ", STR_FMT(given->date));
	page_clean(page, given->by, "");
	strbuf_add(page->out, STR(": "));
	page_clean(page, given->evidence, "    ");
	if (given->note.len) strbuf_add(page->out, STR("; "));
	page_clean(page, given->note, "    ");
	strbuf_add_char(page->out, '\n');
}
