/* SPDX-License-Identifier: EUPL-1.2 */
/* What makes a finding the same one in another run: what it is about, and not the line where it happens to stand. */
#ifndef KEUR_REPORT_FINGERPRINT_H
#define KEUR_REPORT_FINGERPRINT_H

#include "rule/result.h"

/*
 * SHA-256 of the requirement, the rule, the document (by its path, or as "the target itself", which may have been
 * renamed) and the place in it: JSON Pointer, of an exchange its method and URL, below the endpoint, as well. Messages,
 * line numbers and numbers of exchanges do not count.
 */
struct digest fingerprint_of(const struct target_result *target, const struct standard_result *standard,
		const struct requirement *requirement, const struct finding *finding);

#endif
