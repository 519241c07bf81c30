/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What cairo cannot say of a PDF, as an update at its end: objects that are meant to say more are written again, with a
 * table of where they are now, and the bytes before stay as they were.
 *
 * Objects are found by the table that cairo wrote, and known by how it begins them. Should another release of cairo
 * write them otherwise, nothing is added: the document is good without, only a little less told to a screen reader.
 */
#include "base/utf8.h"
#include "report/pdf_private.h"

struct amending {
	struct str text; /* what cairo wrote; a copy, since the buffer grows */
	struct strbuf *out, table;
	struct str said, scopes, alt;
	size_t at_scope;
};

/* A text string of PDF (7.9.2.2): UTF-16 with its mark, in hexadecimal, so that nothing in it can end it. */
static void add_text(struct strbuf *out, struct str text)
{
	strbuf_add(out, STR("<FEFF"));
	for (size_t at = 0; at < text.len;) {
		uint32_t code = 0xFFFD;
		size_t len = utf8_decode(str_skip(text, at), &code);
		at += len ? len : 1;
		if (code >= 0x10000)
			strbuf_printf(out, "%04X%04X", 0xD800 + ((code - 0x10000) >> 10), 0xDC00 + (code & 0x3FF));
		else
			strbuf_printf(out, "%04X", code);
	}
	strbuf_add_char(out, '>');
}

/* Writes an object again, with `more` as its first members; and where it stands now. */
static void write_again(struct amending *it, uint32_t number, struct str body, struct str more)
{
	strbuf_printf(&it->table, "%u 1\n%010zu 00000 n \n", number, it->out->len);
	strbuf_printf(it->out, "%u 0 obj\n<< %.*s", number, STR_FMT(more));
	strbuf_add(it->out, body);
	strbuf_add(it->out, STR("\nendobj\n"));
}

static void add_contents(struct amending *it, const char *key, struct strbuf *more)
{
	strbuf_add(more, str_of(key));
	add_text(more, it->alt);
}

/* Which members an object lacks; empty: none. */
static void find_more(struct amending *it, struct str body, struct strbuf *more)
{
	if (str_starts(body, STR(" /Type /Catalog"))) {
		strbuf_add(more, it->said);
	} else if (str_starts(body, STR(" /Type /Page "))) {
		strbuf_add(more, STR("/Tabs /S"));
	} else if (str_starts(body, STR(" /Type /Annot\n   /Subtype /Link"))) {
		add_contents(it, "/Contents ", more);
	} else if (str_starts(body, STR(" /Type /StructElem\n   /S /Figure"))) {
		add_contents(it, "/Alt ", more);
	} else if (str_starts(body, STR(" /Type /StructElem\n   /S /TH")) && it->at_scope < it->scopes.len) {
		bool column = it->scopes.ptr[it->at_scope++] == 'C';
		strbuf_printf(more, "/A << /O /Table /Scope /%s >>", column ? "Column" : "Row");
	}
}

static void amend_object(struct amending *it, uint32_t number, size_t at, struct strbuf *more)
{
	char start[32];
	snprintf(start, sizeof start, "%u 0 obj\n<<", number);
	struct str body = str_skip(it->text, at);
	if (!str_starts(body, str_of(start))) return;
	body = str_skip(body, strlen(start));
	/* Texts of others have no line ends by now, so that none of them can end an object. */
	body.len = str_find_str(body, STR("\nendobj"));
	strbuf_clear(more);
	find_more(it, body, more);
	/* A date begins with D: (7.9.4); cairo 1.16 leaves that out. */
	struct str date = STR("\n   /CreationDate (");
	size_t day = str_starts(body, STR(" /Producer ")) ? str_find_str(body, date) : body.len;
	struct str rest = str_skip(body, day + date.len);
	if (rest.len && *rest.ptr != 'D') {
		strbuf_add(more, STR("/CreationDate (D:"));
		size_t end = str_find(rest, ')') + 1;
		strbuf_add(more, (struct str){rest.ptr, end});
		strbuf_add(more, (struct str){body.ptr, day});
		body = str_skip(rest, end);
	}
	if (more->len) write_again(it, number, body, strbuf_str(more));
}

static size_t last_of(struct str text, struct str needle)
{
	size_t last = text.len;
	for (size_t from = 0, at; (at = from + str_find_str(str_skip(text, from), needle)) < text.len; from = at + 1)
		last = at;
	return last;
}

/* Every object of the table at `xref`; false when it is none that we know. */
static bool amend_objects(struct amending *it, size_t xref, uint32_t *count)
{
	static const struct str head = {"xref\n0 ", 7};
	struct str table = str_skip(it->text, xref);
	struct strbuf more;
	if (!str_starts(table, head)) return false;
	table = str_skip(table, head.len);
	size_t end = str_find(table, '\n');
	if (!str_to_u32((struct str){table.ptr, end}, count)) return false;
	table = str_skip(table, end + 1);
	if (table.len / 20 < *count) return false;
	strbuf_init(&more, 1 << 16);
	for (uint32_t i = 1; i < *count; i++) {
		uint32_t at;
		struct str row = {table.ptr + (size_t)i * 20, 10};
		if (str_to_u32(row, &at) && at < it->text.len) amend_object(it, i, at, &more);
	}
	strbuf_release(&more);
	return it->table.len > 0;
}

static void amend(struct amending *it)
{
	struct str start = STR("startxref\n"), trailer = STR("\ntrailer\n<< ");
	struct str rest = str_skip(it->text, last_of(it->text, start) + start.len);
	struct str members = str_skip(it->text, last_of(it->text, trailer) + trailer.len);
	uint32_t xref, count;
	rest.len = str_find(rest, '\n');
	members.len = str_find_str(members, STR(">>"));
	if (!str_to_u32(rest, &xref) || !members.len) return;
	if (!amend_objects(it, xref, &count)) return;
	size_t at = it->out->len;
	strbuf_add(it->out, STR("xref\n"));
	strbuf_add(it->out, strbuf_str(&it->table));
	strbuf_printf(it->out, "trailer\n<< %.*s   /Prev %u\n>>\nstartxref\n%zu\n%%%%EOF\n", STR_FMT(members), xref, at);
}

void pdf_amend(struct strbuf *out, const struct pdf *pdf, struct str alt)
{
	struct amending it = {.out = out, .scopes = strbuf_str(&pdf->scopes), .alt = alt};
	it.said = pdf->options->lang == LANG_NL ? STR("/Lang (nl) /ViewerPreferences << /DisplayDocTitle true >>")
											: STR("/Lang (en) /ViewerPreferences << /DisplayDocTitle true >>");
	it.text = str_copy(pdf->arena, strbuf_str(out));
	strbuf_init(&it.table, 1 << 20);
	amend(&it);
	strbuf_release(&it.table);
}
