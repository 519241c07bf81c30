/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256, as reports name what was tested and with which rules. */
#ifndef KEUR_DOC_DIGEST_H
#define KEUR_DOC_DIGEST_H

#include "base/str.h"

struct digest {
	char hex[65]; /* lower case, NUL-terminated; empty when not computed */
};

/* SHA-256. */
struct digest digest_of(struct str bytes);

/* Of two pieces taken as one. */
struct digest digest_of_two(struct str first, struct str second);

#endif
