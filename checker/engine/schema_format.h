/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Formats that `format` asserts, two tables of them: as their standards have them, and as ajv-formats makes of them,
 * which is what Spectral goes by. For schema_*.c only.
 */
#ifndef KEUR_ENGINE_SCHEMA_FORMAT_H
#define KEUR_ENGINE_SCHEMA_FORMAT_H

#include "engine/schema_program.h"

struct format {
	const char *name;
	enum schema_group group;
	bool (*check_text)(struct str text);
	bool (*check_number)(const struct node *number);
};

/* A table; it ends with a format without a name. */
extern const struct format schema_formats_of_ajv[];

/* Dates and times, RFC 3339: section 5.6, and appendix A for durations. */
bool format_is_date(struct str text);
bool format_is_time(struct str text);
bool format_is_date_time(struct str text);
bool format_is_duration(struct str text);

/* URIs (RFC 3986), IRIs (RFC 3987), references to them, and URI templates (RFC 6570). */
bool format_is_uri(struct str text);
bool format_is_uri_reference(struct str text);
bool format_is_iri(struct str text);
bool format_is_iri_reference(struct str text);
bool format_is_uri_template(struct str text);

/* What ajv-formats takes for a URL: HTTP or FTP to a host that the world can reach, no query without a path. */
bool format_is_url(struct str text);

/* IP addresses: dotted decimals; RFC 4291 section 2.2 without zones. */
bool format_is_ipv4(struct str text);
bool format_is_ipv6(struct str text);

/* Host names: RFC 1123 section 2.1 with A-labels that mean something; with U-labels RFC 5890 to 5893. */
bool format_is_hostname(struct str text);
bool format_is_idn_hostname(struct str text);

/* Mail addresses: Mailbox of RFC 5321 section 4.1.2, and with RFC 6531 section 3.3. */
bool format_is_email(struct str text);
bool format_is_idn_email(struct str text);

/*
 * Is it a label of an internationalised name (RFC 5891 section 4.2), as U-label or A-label in UTF-8? Sets its length
 * as an A-label, and whether it has characters that are written from right to left.
 */
bool format_is_idn_label(struct str label, size_t *length, bool *right_to_left);

/* May a label stand in a name that has labels of right-to-left script (RFC 5893 section 2)? */
bool format_is_bidi_label(struct str label);

/* JSON Pointers: RFC 6901 sections 3 and 6, and draft-bhutton-relative-json-pointer-00. */
bool format_is_pointer(struct str text);
bool format_is_pointer_fragment(struct str text);
bool format_is_relative_pointer(struct str text);

/* RFC 4122 section 3. */
bool format_is_uuid(struct str text);

/* base64 of RFC 4648 with padding, as OpenAPI's `byte`. */
bool format_is_byte(struct str text);

#endif
