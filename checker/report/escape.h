/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Texts of others, for each notation that a report may be written in: what a vendor controls (names, messages, URLs,
 * bodies) stays text there. Bytes that are no UTF-8 become U+FFFD, and so does what a notation cannot hold.
 */
#ifndef KEUR_REPORT_ESCAPE_H
#define KEUR_REPORT_ESCAPE_H

#include "base/str.h"

/* Text or attribute value of XML 1.0: characters outside production [2] become U+FFFD, line ends and tabs are kept. */
void escape_xml(struct strbuf *out, struct str text);

/* Text or quoted attribute value of HTML; control characters and marks of direction become U+FFFD as well. */
void escape_html(struct strbuf *out, struct str text);

/* One field of CSV (RFC 4180), in quotes; what a spreadsheet would take for a formula gets an apostrophe before it. */
void escape_csv(struct strbuf *out, struct str text);

/* The message of a workflow command of GitHub: %, CR and LF are encoded, other control characters become U+FFFD. */
void escape_github(struct strbuf *out, struct str text);

/* A property of one: also : and , are encoded. */
void escape_github_property(struct strbuf *out, struct str text);

/* A path or URL as a URI reference: an absolute path as file:, what a URI cannot hold percent-encoded. */
void escape_uri(struct strbuf *out, struct str path);

/* Is it a URL that a reader may be led to: http or https? */
bool is_web_url(struct str url);

#endif
