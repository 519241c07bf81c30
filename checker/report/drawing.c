/* SPDX-License-Identifier: EUPL-1.2 */
/* Loads the libraries of drawing. */
#include "report/drawing.h"

#include <pthread.h>

#include "base/shared.h"

#define SYMBOL(api, function)                                                                                          \
	{                                                                                                                  \
#function, &(api).function                                                                                     \
	}

static struct drawing drawing;
static struct qr qr;
static bool drawing_loaded, qr_loaded;
static char drawing_reason[SHARED_REASON], qr_reason[SHARED_REASON]; /* why not */

/* Those of cairo and GLib are found through pango, which is linked with them. */
static void load_drawing(void)
{
	const struct shared_symbol wanted[] = {
			SYMBOL(drawing, cairo_pdf_surface_create_for_stream),
			SYMBOL(drawing, cairo_pdf_surface_restrict_to_version),
			SYMBOL(drawing, cairo_pdf_surface_set_metadata),
			SYMBOL(drawing, cairo_surface_finish),
			SYMBOL(drawing, cairo_surface_status),
			SYMBOL(drawing, cairo_surface_destroy),
			SYMBOL(drawing, cairo_create),
			SYMBOL(drawing, cairo_destroy),
			SYMBOL(drawing, cairo_status),
			SYMBOL(drawing, cairo_status_to_string),
			SYMBOL(drawing, cairo_tag_begin),
			SYMBOL(drawing, cairo_tag_end),
			SYMBOL(drawing, cairo_move_to),
			SYMBOL(drawing, cairo_rectangle),
			SYMBOL(drawing, cairo_fill),
			SYMBOL(drawing, cairo_clip),
			SYMBOL(drawing, cairo_save),
			SYMBOL(drawing, cairo_restore),
			SYMBOL(drawing, cairo_set_source_rgb),
			SYMBOL(drawing, cairo_show_page),
			SYMBOL(drawing, pango_cairo_font_map_new),
			SYMBOL(drawing, pango_cairo_font_map_set_resolution),
			SYMBOL(drawing, pango_cairo_update_context),
			SYMBOL(drawing, pango_cairo_show_layout),
			SYMBOL(drawing, pango_font_map_create_context),
			SYMBOL(drawing, pango_context_set_language),
			SYMBOL(drawing, pango_language_from_string),
			SYMBOL(drawing, pango_font_description_from_string),
			SYMBOL(drawing, pango_font_description_free),
			SYMBOL(drawing, pango_layout_new),
			SYMBOL(drawing, pango_layout_set_font_description),
			SYMBOL(drawing, pango_layout_set_auto_dir),
			SYMBOL(drawing, pango_layout_set_text),
			SYMBOL(drawing, pango_layout_set_width),
			SYMBOL(drawing, pango_layout_set_height),
			SYMBOL(drawing, pango_layout_set_wrap),
			SYMBOL(drawing, pango_layout_set_ellipsize),
			SYMBOL(drawing, pango_layout_get_size),
			SYMBOL(drawing, pango_layout_set_attributes),
			SYMBOL(drawing, pango_attr_list_new),
			SYMBOL(drawing, pango_attr_list_insert),
			SYMBOL(drawing, pango_attr_list_unref),
			SYMBOL(drawing, pango_attr_font_features_new),
			SYMBOL(drawing, pango_attr_insert_hyphens_new),
			SYMBOL(drawing, pango_context_set_round_glyph_positions),
			SYMBOL(drawing, g_object_unref),
	};
	void *library = shared_open("libpangocairo-1.0.so.0", drawing_reason);
	drawing_loaded = library && shared_find_all(library, wanted, sizeof wanted / sizeof *wanted, drawing_reason);
}

static void load_qr(void)
{
	const struct shared_symbol wanted[] = {
			SYMBOL(qr, QRcode_encodeString8bit),
			SYMBOL(qr, QRcode_free),
	};
	void *library = shared_open("libqrencode.so.4", qr_reason);
	qr_loaded = library && shared_find_all(library, wanted, sizeof wanted / sizeof *wanted, qr_reason);
}

const struct drawing *drawing_load(struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load_drawing);
	if (drawing_loaded) return &drawing;
	err_set(err, ERR_IO, (struct loc){0},
			"a PDF takes pango and cairo 1.16 or newer, which cannot be used here (%s); install them: apt-get install "
			"libpangocairo-1.0-0 fonts-dejavu-core; other formats do without",
			"voor een PDF zijn pango en cairo 1.16 of nieuwer nodig, en die zijn hier niet bruikbaar (%s); installeer "
			"ze: apt-get install libpangocairo-1.0-0 fonts-dejavu-core; andere formaten kunnen zonder",
			drawing_reason);
	return NULL;
}

const struct qr *qr_load(struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load_qr);
	if (qr_loaded) return &qr;
	err_set(err, ERR_IO, (struct loc){0},
			"a PDF with --link shows it as a QR code, which takes libqrencode; it cannot be used here (%s); install it: "
			"apt-get install libqrencode4, or leave out --link",
			"een PDF met --link toont die als QR-code, en daarvoor is libqrencode nodig; dat is hier niet bruikbaar (%s); "
			"installeer het: apt-get install libqrencode4, of laat --link weg",
			qr_reason);
	return NULL;
}
