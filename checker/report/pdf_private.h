/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of report/pdf share: pages that are filled from top to bottom, each text in its tag. */
#ifndef KEUR_REPORT_PDF_PRIVATE_H
#define KEUR_REPORT_PDF_PRIVATE_H

#include "report/drawing.h"
#include "report/pdf.h"

/* Points of 1/72 inch; A4. */
#define PDF_WIDTH 595.276
#define PDF_HEIGHT 841.89
#define PDF_MARGIN 48.0
#define PDF_INNER (PDF_WIDTH - 2 * PDF_MARGIN)

enum { PDF_PAGES = 2, PDF_COLUMNS = 4 };

enum pdf_style { PDF_TITLE, PDF_HEADING, PDF_LEAD, PDF_STRONG, PDF_BODY, PDF_SMALL, PDF_CODE, PDF_STYLE_COUNT };

struct pdf {
	const struct drawing *api;
	struct arena *arena;
	const struct run *run;
	const struct pdf_options *options;
	cairo_t *cr;
	PangoFontMap *map;
	PangoContext *context;
	PangoFontDescription *fonts[PDF_STYLE_COUNT];
	double y; /* where the next block begins */
	int page; /* from 1 */
	bool full, in_table;
	uint32_t left_out;    /* rows and paragraphs that there was no room for */
	struct strbuf scopes; /* of each cell that is a header, in order: C of a column, R of a row */
	PangoAttrList *attributes;
	const char *heading; /* tag of a heading: below that of the target, where there are several */
};

/* Columns of a table: where each begins and how wide it is, and the words of its header. */
struct pdf_table {
	int columns;
	double widths[PDF_COLUMNS];
	struct str headers[PDF_COLUMNS];
	bool row_headers; /* no header row: the first cell of each row is the header of it */
	double width;     /* of the whole */
};

/* A text in the language of the certificate, from two formats with the same arguments. */
#define pdf_say(it, ...) text_in(text_printf((it)->arena, __VA_ARGS__), (it)->options->lang)

/* Fonts and first page on a surface; pdf_end() ends what was begun, also after it failed. */
void pdf_begin(struct pdf *it, cairo_surface_t *surface);
void pdf_end(struct pdf *it);

/* A text of others for one line: line ends and tabs as spaces, control characters, marks of direction and stray bytes
 * as U+FFFD; past `most` characters "…". In the arena, with a NUL behind it. */
struct str pdf_clean(struct arena *arena, struct str text, size_t most);

/*
 * A text with its top left corner at x, y, inside an open tag, and its height: at most `lines` lines, the last of them
 * ended by "…" when there is more. It goes through pdf_clean(), and nothing is drawn outside its box.
 */
double pdf_text(struct pdf *it, enum pdf_style style, struct str text, double x, double y, double width, int lines);

/* The height that it would have. */
double pdf_measure(struct pdf *it, enum pdf_style style, struct str text, double width, int lines);

/* A block over the whole width with a tag of its own ("H1", "P"), `gap` below the one before. */
void pdf_block(struct pdf *it, const char *tag, enum pdf_style style, struct str text, double gap, int lines);

/* Makes room of that height, on the next page if need be. False when there is none; then it is counted. */
bool pdf_room(struct pdf *it, double height);

/* A table is opened, given rows, and closed; where a page ends it goes on, with its header, as another one. */
void pdf_table_open(struct pdf *it, const struct pdf_table *table);
void pdf_table_row(struct pdf *it, const struct pdf_table *table, const struct str cells[PDF_COLUMNS]);
void pdf_table_close(struct pdf *it);

/* The link as a QR code with its top right corner at x, y; its size, 0 when there is none or it does not fit. False
 * with ERR_IO. */
bool pdf_qr(struct pdf *it, double right, double y, double *size, struct err *err);

/* A URL as cairo takes it in the attributes of a tag, which it copies into the document as they are. */
struct str pdf_uri(struct arena *arena, struct str url);

/*
 * Adds to the document what cairo cannot say: its language, and that viewers show its title; for tables that a cell is
 * the header of its column or row; a text for the QR code. An update at the end of the file (ISO 32000-1, 7.5.6).
 */
void pdf_amend(struct strbuf *out, const struct pdf *pdf, struct str alt);

#endif
