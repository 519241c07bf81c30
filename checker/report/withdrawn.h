/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Certificates that were withdrawn by whoever gave them out: a file that says which, since when and why
 * (docs/certificate.md).
 *
 * A list of revoked signers (trust.h) takes all that somebody signed; this takes one certificate.
 */
#ifndef KEUR_REPORT_WITHDRAWN_H
#define KEUR_REPORT_WITHDRAWN_H

#include "doc/digest.h"
#include "doc/doc.h"

struct withdrawal {
	struct digest certificate; /* of its file */
	struct str date, by, reason;
};

struct withdrawn {
	struct withdrawal *items;
	uint32_t count;
};

/* Reads an opened file, strictly; NULL with ERR_RULES at the fault. Lives in the arena. */
const struct withdrawn *withdrawn_read(struct arena *arena, const struct doc *doc, struct err *err);

/* The withdrawal of the certificate with that digest, or NULL. */
const struct withdrawal *withdrawn_find(const struct withdrawn *withdrawn, const struct digest *certificate);

#endif
