/* SPDX-License-Identifier: EUPL-1.2 */
/* The register: what an entry is worth, how it is called, and its badge. */
#include "report/register.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "report/escape.h"

enum { SLUG_BYTES = 48, SLUG_DIGITS = 16 };

const struct text register_status_words[REGISTER_STATUS_COUNT] = {
		[REGISTER_VALID] = {{STR("valid"), STR("geldig")}},
		[REGISTER_DEVIATIONS] = {{STR("valid, with deviations"), STR("geldig, met afwijkingen")}},
		[REGISTER_EXPIRED] = {{STR("expired"), STR("verlopen")}},
		[REGISTER_WITHDRAWN] = {{STR("withdrawn"), STR("ingetrokken")}},
};

const char *const register_status_names[REGISTER_STATUS_COUNT] = {"valid", "withDeviations", "expired", "withdrawn"};

enum register_status register_status_of(
		const struct certificate *certificate, const struct withdrawal *withdrawal, struct str day)
{
	/* Whatever its date, as keur verify has it: who announces that a certificate ends no longer vouches for it. */
	if (withdrawal) return REGISTER_WITHDRAWN;
	if (str_compare(day, certificate->valid_until) > 0) return REGISTER_EXPIRED;
	return certificate->decision == DECISION_CONFORMANT ? REGISTER_VALID : REGISTER_DEVIATIONS;
}

/* Letters and digits in lower case, everything between them one hyphen. */
static void add_slug(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len && out->len < SLUG_BYTES; i++) {
		char c = text.ptr[i];
		if (ascii_is_letter(c))
			strbuf_add_char(out, (char)(c | 0x20));
		else if (ascii_is_alnum(c))
			strbuf_add_char(out, c);
		else if (out->len && out->ptr[out->len - 1] != '-')
			strbuf_add_char(out, '-');
	}
}

struct str register_slug(struct arena *arena, const struct certificate *certificate, const struct digest *digest)
{
	struct strbuf out;
	strbuf_init(&out, SLUG_BYTES + SLUG_DIGITS + 2);
	add_slug(&out, certificate->product.name);
	if (out.len && out.ptr[out.len - 1] != '-' && out.len < SLUG_BYTES) strbuf_add_char(&out, '-');
	add_slug(&out, certificate->product.version);
	if (out.len && out.ptr[out.len - 1] != '-') strbuf_add_char(&out, '-');
	strbuf_add(&out, (struct str){digest->hex, SLUG_DIGITS});
	return strbuf_take(&out, arena);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* OWMS writes the names of the list with "_" for a space, and percent-encodes what is not ASCII. */
struct str register_product_name(struct arena *arena, struct str uri)
{
	struct str name = uri;
	struct strbuf out;
	for (size_t at = 0; at + 1 < uri.len; at++)
		if (uri.ptr[at] == '/' || uri.ptr[at] == '#') name = str_skip(uri, at + 1);
	strbuf_init(&out, name.len + 1);
	for (size_t i = 0; i < name.len; i++) {
		int high = name.ptr[i] == '%' && i + 2 < name.len ? hex_value(name.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex_value(name.ptr[i + 2]) : -1;
		strbuf_add_char(&out, low >= 0 ? (char)(high * 16 + low) : name.ptr[i] == '_' ? ' ' : name.ptr[i]);
		if (low >= 0) i += 2;
	}
	return strbuf_take(&out, arena);
}

static int compare_entries(const void *a, const void *b)
{
	const struct register_entry *one = a, *other = b;
	const struct certificate *c = one->certificate, *d = other->certificate;
	int order = str_compare(c->product.name, d->product.name);
	if (!order) order = str_compare(c->product.vendor, d->product.vendor);
	if (!order) order = str_compare(c->product.version, d->product.version);
	if (!order) order = str_compare(c->issued, d->issued);
	return order ? order : strcmp(one->digest.hex, other->digest.hex);
}

void register_sort(struct register_book *book)
{
	if (book->count) qsort(book->entries, book->count, sizeof *book->entries, compare_entries);
}

bool register_is_kin(const struct register_entry *a, const struct register_entry *b)
{
	return str_eq(a->certificate->product.name, b->certificate->product.name) &&
		   str_eq(a->certificate->product.vendor, b->certificate->product.vendor);
}

bool register_is_feed(struct str bytes)
{
	return str_starts(bytes, STR("{\"certificates\":[")) &&
		   str_ends(bytes, STR("\"register\":{\"name\":\"keur-register\",\"version\":1}}\n"));
}

static const char *badge_color(enum register_status status)
{
	/* White on each of these has a contrast of 4.5 or more. */
	static const char *const colors[REGISTER_STATUS_COUNT] = {"#1a6b2d", "#0b57a4", "#5c6068", "#a31515"};
	return colors[status];
}

static struct str badge_text(struct arena *arena, const struct register_book *book, const struct register_entry *entry)
{
	bool nl = book->lang == LANG_NL;
	struct str status = text_in(register_status_words[entry->status], book->lang);
	struct str date = entry->status == REGISTER_WITHDRAWN ? entry->withdrawal->date : entry->certificate->valid_until;
	const char *word = entry->status >= REGISTER_EXPIRED ? nl ? "op" : "on" : nl ? "t/m" : "until";
	if (entry->status == REGISTER_EXPIRED) word = nl ? "na" : "after";
	return str_printf(arena, "%.*s %s %.*s, %u/%u %s", STR_FMT(status), word, STR_FMT(date), entry->tested,
			entry->total, nl ? "getoetst" : "tested");
}

void register_badge(const struct register_book *book, const struct register_entry *entry, struct strbuf *out)
{
	enum { LEFT = 44, DIGIT = 7, PAD = 12 };
	struct arena *arena = arena_new();
	struct str text = badge_text(arena, book, entry);
	unsigned width = (unsigned)text.len * DIGIT, whole = LEFT + width + PAD;
	/* textLength makes the text fit, whatever font is there. */
	strbuf_printf(out,
			"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"24\" viewBox=\"0 0 %u 24\" role=\"img\" "
			"aria-labelledby=\"t\">\n<title id=\"t\">keur: ",
			whole, whole);
	escape_html(out, entry->certificate->product.name);
	strbuf_add_char(out, ' ');
	escape_html(out, entry->certificate->product.version);
	strbuf_add(out, STR(", "));
	escape_html(out, text);
	strbuf_printf(out,
			"</title>\n<rect width=\"%u\" height=\"24\" rx=\"3\" fill=\"%s\"/>\n"
			"<path d=\"M3 0h%dv24H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z\" fill=\"#2b2f36\"/>\n"
			"<g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"12\">\n"
			"<text x=\"7\" y=\"16\">keur</text>\n<text x=\"%d\" y=\"16\" textLength=\"%u\" lengthAdjust=\"spacingAndGlyphs\">",
			whole, badge_color(entry->status), LEFT - 3, LEFT + PAD / 2, width);
	escape_html(out, text);
	strbuf_add(out, STR("</text>\n</g>\n</svg>\n"));
	arena_free(arena);
}
