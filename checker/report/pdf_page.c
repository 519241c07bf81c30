/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages of a certificate: texts in boxes, blocks, tables that go on overleaf. */
#include "base/ascii.h"
#include "base/utf8.h"
#include "report/page.h"
#include "report/pdf_private.h"

/* The foot of a page, where no row comes: on the last page a line of text stands in it. */
#define FOOT 34.0
#define CELL_GAP 8.0
#define ROW_GAP 7.0

enum { CELL_LINES = 5, LINE_CHARACTERS = 160 };

/* The first family that is installed counts; the others serve the characters that it has not. */
static const char *const font_names[PDF_STYLE_COUNT] = {
		[PDF_TITLE] = "DejaVu Sans,Noto Sans,sans-serif Bold 20",
		[PDF_HEADING] = "DejaVu Sans,Noto Sans,sans-serif Bold 12",
		[PDF_LEAD] = "DejaVu Sans,Noto Sans,sans-serif Bold 14",
		[PDF_STRONG] = "DejaVu Sans,Noto Sans,sans-serif Bold 9",
		[PDF_BODY] = "DejaVu Sans,Noto Sans,sans-serif 9",
		[PDF_SMALL] = "DejaVu Sans,Noto Sans,sans-serif 8",
		[PDF_CODE] = "DejaVu Sans Mono,Noto Sans Mono,monospace 7.2",
};

void pdf_begin(struct pdf *it, cairo_surface_t *surface)
{
	const struct drawing *api = it->api;
	it->cr = api->cairo_create(surface);
	it->map = api->pango_cairo_font_map_new();
	/* One unit of the page is a point. */
	api->pango_cairo_font_map_set_resolution((PangoCairoFontMap *)it->map, 72);
	it->context = api->pango_font_map_create_context(it->map);
	/* Which font serves a character that several have depends on the language: never on that of the locale. */
	api->pango_context_set_language(
			it->context, api->pango_language_from_string(it->options->lang == LANG_NL ? "nl" : "en"));
	api->pango_cairo_update_context(it->cr, it->context);
	/* Widths of paper, not of pixels. */
	api->pango_context_set_round_glyph_positions(it->context, FALSE);
	for (int i = 0; i < PDF_STYLE_COUNT; i++)
		it->fonts[i] = api->pango_font_description_from_string(font_names[i]);
	/* A ligature is one character to whoever searches or copies. */
	it->attributes = api->pango_attr_list_new();
	api->pango_attr_list_insert(it->attributes, api->pango_attr_font_features_new("liga=0, clig=0"));
	/* A hyphen that is not in a URL leads elsewhere. */
	api->pango_attr_list_insert(it->attributes, api->pango_attr_insert_hyphens_new(FALSE));
	it->page = 1;
	it->y = PDF_MARGIN;
	api->cairo_tag_begin(it->cr, "Document", NULL);
}

void pdf_end(struct pdf *it)
{
	it->api->cairo_tag_end(it->cr, "Document");
	it->api->cairo_show_page(it->cr);
	for (int i = 0; i < PDF_STYLE_COUNT; i++)
		it->api->pango_font_description_free(it->fonts[i]);
	it->api->pango_attr_list_unref(it->attributes);
	it->api->g_object_unref(it->context);
	it->api->g_object_unref(it->map);
	it->api->cairo_destroy(it->cr);
}

/* Cut off well past the lines that it may take, so that a text of megabytes costs no more than one that fits. */
struct str pdf_clean(struct arena *arena, struct str text, size_t most)
{
	struct strbuf out;
	size_t at = 0;
	strbuf_init(&out, 1 << 16);
	for (size_t count = 0; at < text.len && count < most; count++) {
		uint32_t code = 0xFFFD;
		char bytes[4];
		size_t len = utf8_decode(str_skip(text, at), &code);
		bool blank = code == '\n' || code == '\r' || code == '\t';
		strbuf_add(&out, (struct str){bytes, utf8_encode(blank ? ' ' : harmless(code), bytes)});
		at += len ? len : 1;
	}
	if (at < text.len) strbuf_add(&out, STR("\xE2\x80\xA6"));
	return strbuf_take(&out, arena);
}

static PangoLayout *lay_out(struct pdf *it, enum pdf_style style, struct str text, double width, int lines)
{
	const struct drawing *api = it->api;
	PangoLayout *layout = api->pango_layout_new(it->context);
	struct str shown = pdf_clean(it->arena, text, (size_t)lines * LINE_CHARACTERS);
	api->pango_layout_set_font_description(layout, it->fonts[style]);
	/* A name in Arabic stands where all names stand. */
	api->pango_layout_set_auto_dir(layout, FALSE);
	api->pango_layout_set_attributes(layout, it->attributes);
	api->pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	api->pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	api->pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	api->pango_layout_set_height(layout, -lines);
	api->pango_layout_set_text(layout, shown.ptr, (int)shown.len);
	return layout;
}

static double height_of(const struct pdf *it, PangoLayout *layout)
{
	int width, height;
	it->api->pango_layout_get_size(layout, &width, &height);
	return (double)height / PANGO_SCALE;
}

double pdf_measure(struct pdf *it, enum pdf_style style, struct str text, double width, int lines)
{
	PangoLayout *layout = lay_out(it, style, text, width, lines);
	double height = height_of(it, layout);
	it->api->g_object_unref(layout);
	return height;
}

double pdf_text(struct pdf *it, enum pdf_style style, struct str text, double x, double y, double width, int lines)
{
	PangoLayout *layout = lay_out(it, style, text, width, lines);
	double height = height_of(it, layout);
	it->api->cairo_save(it->cr);
	/* Accents can be stacked out of any line, and one character be wider than a column. */
	it->api->cairo_rectangle(it->cr, x - 2, y - 2, width + 4, height + 4);
	it->api->cairo_clip(it->cr);
	it->api->cairo_move_to(it->cr, x, y);
	it->api->pango_cairo_show_layout(it->cr, layout);
	it->api->cairo_restore(it->cr);
	it->api->g_object_unref(layout);
	return height;
}

bool pdf_room(struct pdf *it, double height)
{
	if (!it->full && it->y + height <= PDF_HEIGHT - PDF_MARGIN - FOOT) return true;
	if (it->full || it->page == PDF_PAGES) {
		/* What comes after what was left out is left out too, so that no order is broken. */
		it->full = true;
		it->left_out++;
		return false;
	}
	it->api->cairo_show_page(it->cr);
	it->page++;
	it->y = PDF_MARGIN;
	return true;
}

void pdf_block(struct pdf *it, const char *tag, enum pdf_style style, struct str text, double gap, int lines)
{
	double height = pdf_measure(it, style, text, PDF_INNER, lines);
	if (!pdf_room(it, gap + height)) return;
	if (it->y > PDF_MARGIN) it->y += gap;
	it->api->cairo_tag_begin(it->cr, tag, NULL);
	it->y += pdf_text(it, style, text, PDF_MARGIN, it->y, PDF_INNER, lines);
	it->api->cairo_tag_end(it->cr, tag);
}

/* A digest is compared sign by sign, and stands in one line. */
static enum pdf_style style_of(struct str text, int column, bool header)
{
	if (header || column == 0) return PDF_STRONG;
	bool digest = text.len == 2 * 32;
	for (size_t i = 0; digest && i < text.len; i++)
		digest = ascii_is_one_of(text.ptr[i], "0123456789abcdef");
	return digest ? PDF_CODE : PDF_BODY;
}

static double row_height(struct pdf *it, const struct pdf_table *table, const struct str *cells, bool header)
{
	double most = 0;
	for (int i = 0; i < table->columns; i++) {
		double height = pdf_measure(
				it, style_of(cells[i], i, header), cells[i], table->widths[i] - CELL_GAP, CELL_LINES);
		if (height > most) most = height;
	}
	return most + ROW_GAP;
}

/* A line above the row, drawn with its first cell: what stands in no tag would be read aloud as well. */
static void draw_line(struct pdf *it, const struct pdf_table *table, double y)
{
	it->api->cairo_set_source_rgb(it->cr, 0.75, 0.75, 0.75);
	it->api->cairo_rectangle(it->cr, PDF_MARGIN, y, table->width, 0.6);
	it->api->cairo_fill(it->cr);
	it->api->cairo_set_source_rgb(it->cr, 0, 0, 0);
}

static void draw_row(struct pdf *it, const struct pdf_table *table, const struct str *cells, double height, bool header)
{
	double x = PDF_MARGIN;
	it->api->cairo_tag_begin(it->cr, "TR", NULL);
	for (int i = 0; i < table->columns; i++) {
		const char *tag = header || i == 0 ? "TH" : "TD";
		if (header || i == 0) strbuf_add_char(&it->scopes, header ? 'C' : 'R');
		it->api->cairo_tag_begin(it->cr, tag, NULL);
		if (i == 0) draw_line(it, table, it->y);
		pdf_text(it, style_of(cells[i], i, header), cells[i], x, it->y + ROW_GAP / 2, table->widths[i] - CELL_GAP,
				CELL_LINES);
		it->api->cairo_tag_end(it->cr, tag);
		x += table->widths[i];
	}
	it->api->cairo_tag_end(it->cr, "TR");
	it->y += height;
}

static void draw_header(struct pdf *it, const struct pdf_table *table)
{
	if (!table->row_headers) draw_row(it, table, table->headers, row_height(it, table, table->headers, true), true);
}

void pdf_table_open(struct pdf *it, const struct pdf_table *table)
{
	double height = table->row_headers ? 0 : row_height(it, table, table->headers, true);
	/* No header at the foot of a page without a row of some lines below it. */
	if (!pdf_room(it, height + 40)) {
		it->left_out--;
		return;
	}
	it->api->cairo_tag_begin(it->cr, "Table", NULL);
	it->in_table = true;
	draw_header(it, table);
}

void pdf_table_row(struct pdf *it, const struct pdf_table *table, const struct str cells[PDF_COLUMNS])
{
	double height = row_height(it, table, cells, false);
	int page = it->page;
	/* A table ends with its page: a tag that stands on two pages cannot be told as one row after another. */
	bool ends = !it->full && it->in_table && it->y + height > PDF_HEIGHT - PDF_MARGIN - FOOT;
	if (ends) pdf_table_close(it);
	if (!pdf_room(it, height)) return;
	if (it->page > page) {
		it->api->cairo_tag_begin(it->cr, "Table", NULL);
		it->in_table = true;
		draw_header(it, table);
	}
	draw_row(it, table, cells, height, false);
}

void pdf_table_close(struct pdf *it)
{
	if (it->in_table) it->api->cairo_tag_end(it->cr, "Table");
	it->in_table = false;
}
