/* SPDX-License-Identifier: EUPL-1.2 */
/* The place where a certificate can be looked up, as a QR code and as a link. */
#include <stdio.h>

#include "report/escape.h"
#include "report/pdf_private.h"

/* A telephone reads codes of this many modules from paper of this size; more, and they become too fine. */
enum { MOST_URL = 400 };
#define QR_SIZE 92.0
#define QUIET 4 /* modules of white around it, as ISO/IEC 18004 asks */

struct str pdf_uri(struct arena *arena, struct str url)
{
	struct strbuf escaped, out;
	strbuf_init(&escaped, 1 << 16);
	strbuf_init(&out, 1 << 16);
	escape_uri(&escaped, url);
	for (size_t i = 0; i < escaped.len; i++) {
		char c = escaped.ptr[i];
		/* Ends a string, of cairo's attributes or of PDF. */
		if (c == '(' || c == ')' || c == '\'' || c == '\\' || c == '"')
			strbuf_printf(&out, "%%%02X", (unsigned char)c);
		else
			strbuf_add_char(&out, c);
	}
	strbuf_release(&escaped);
	return strbuf_take(&out, arena);
}

static void draw_modules(struct pdf *it, const QRcode *code, double x, double y, double module)
{
	const struct drawing *api = it->api;
	for (int row = 0; row < code->width; row++)
		for (int from = 0; from < code->width; from++) {
			int to = from;
			/* Neighbours as one rectangle: no hair lines between them, and fewer bytes. */
			while (to < code->width && code->data[row * code->width + to] & 1)
				to++;
			if (to == from) continue;
			api->cairo_rectangle(it->cr, x + from * module, y + row * module, (to - from) * module, module);
			from = to;
		}
	api->cairo_fill(it->cr);
}

bool pdf_qr(struct pdf *it, double right, double y, double *size, struct err *err)
{
	struct str link = it->options->link;
	*size = 0;
	if (!is_web_url(link) || link.len > MOST_URL) return true;
	const struct qr *qr = qr_load(err);
	if (!qr) return false;
	struct str uri = pdf_uri(it->arena, link);
	QRcode *code = qr->QRcode_encodeString8bit(uri.ptr, 0, QR_ECLEVEL_M);
	if (!code) return true;
	double module = QR_SIZE / (code->width + 2 * QUIET);
	it->api->cairo_tag_begin(it->cr, "Figure", NULL);
	draw_modules(it, code, right - QR_SIZE + QUIET * module, y + QUIET * module, module);
	it->api->cairo_tag_end(it->cr, "Figure");
	qr->QRcode_free(code);
	*size = QR_SIZE;
	return true;
}
