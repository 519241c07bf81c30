/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * cairo, pango and libqrencode, loaded at their first use: only a PDF certificate needs them, and loading them with all
 * that they bring takes longer than a whole run that does without.
 *
 * The functions keep their meaning of their libraries' own manuals. Loading is safe from any thread, and what is loaded
 * stays.
 */
#ifndef KEUR_REPORT_DRAWING_H
#define KEUR_REPORT_DRAWING_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include "base/err.h"

/* Each has the type that its library's header declares, so that a wrong call does not compile. */
#define DRAWING(function) __typeof__(function) *function /* NOLINT(bugprone-macro-parentheses): it declares */

struct drawing {
	DRAWING(cairo_pdf_surface_create_for_stream);
	DRAWING(cairo_pdf_surface_restrict_to_version);
	DRAWING(cairo_pdf_surface_set_metadata);
	DRAWING(cairo_surface_finish);
	DRAWING(cairo_surface_status);
	DRAWING(cairo_surface_destroy);
	DRAWING(cairo_create);
	DRAWING(cairo_destroy);
	DRAWING(cairo_status);
	DRAWING(cairo_status_to_string);
	DRAWING(cairo_tag_begin);
	DRAWING(cairo_tag_end);
	DRAWING(cairo_move_to);
	DRAWING(cairo_rectangle);
	DRAWING(cairo_fill);
	DRAWING(cairo_clip);
	DRAWING(cairo_save);
	DRAWING(cairo_restore);
	DRAWING(cairo_set_source_rgb);
	DRAWING(cairo_show_page);
	DRAWING(pango_cairo_font_map_new);
	DRAWING(pango_cairo_font_map_set_resolution);
	DRAWING(pango_cairo_update_context);
	DRAWING(pango_cairo_show_layout);
	DRAWING(pango_font_map_create_context);
	DRAWING(pango_context_set_language);
	DRAWING(pango_language_from_string);
	DRAWING(pango_font_description_from_string);
	DRAWING(pango_font_description_free);
	DRAWING(pango_layout_new);
	DRAWING(pango_layout_set_font_description);
	DRAWING(pango_layout_set_auto_dir);
	DRAWING(pango_layout_set_text);
	DRAWING(pango_layout_set_width);
	DRAWING(pango_layout_set_height);
	DRAWING(pango_layout_set_wrap);
	DRAWING(pango_layout_set_ellipsize);
	DRAWING(pango_layout_get_size);
	DRAWING(pango_layout_set_attributes);
	DRAWING(pango_attr_list_new);
	DRAWING(pango_attr_list_insert);
	DRAWING(pango_attr_list_unref);
	DRAWING(pango_attr_font_features_new);
	DRAWING(pango_attr_insert_hyphens_new);
	DRAWING(pango_context_set_round_glyph_positions);
	DRAWING(g_object_unref);
};

struct qr {
	DRAWING(QRcode_encodeString8bit);
	DRAWING(QRcode_free);
};

/* NULL, with ERR_IO that says what to install, when they are not there or too old to write tagged PDF. */
const struct drawing *drawing_load(struct err *err);
const struct qr *qr_load(struct err *err);

#endif
