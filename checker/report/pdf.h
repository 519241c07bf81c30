/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The certificate on paper: one or two pages of A4 in plain language, as tagged PDF.
 *
 * What service, which standards and versions, the decision, until when, what deviates and who accepted that; then the
 * digest of the report and, when it is known where the certificate can be looked up, that place as a QR code. Names and
 * texts of others are wrapped and, past what a cell holds, shortened with "…"; rows past the second page are counted on
 * it. The same run and options give the same bytes where the same fonts are installed: no clock and no chance is in it.
 */
#ifndef KEUR_REPORT_PDF_H
#define KEUR_REPORT_PDF_H

#include "rule/result.h"

struct pdf_options {
	enum lang lang;
	struct str link;                    /* http(s), where the certificate can be looked up or verified; empty: none */
	struct str number;                  /* of the certificate; empty: it has none */
	struct str issuer;                  /* who signs it; empty: it is a report, and says that it is no certificate */
	struct str valid_from, valid_until; /* days, "2027-11-25"; shown when not empty */
};

/*
 * Writes it. run->digest must be there (report_seal()); run->started is the day that it names and the time of the
 * document. False with ERR_IO when pango, cairo or, with a link, libqrencode are not there; with ERR_LIMIT when it is
 * too large; `out` then holds nothing of use.
 */
bool pdf_write(const struct run *run, const struct pdf_options *options, struct strbuf *out, struct err *err);

#endif
