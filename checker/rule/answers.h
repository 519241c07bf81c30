/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What people found of requirements that no program can judge (mode manual or attested): the answers file,
 * docs/certificate.md.
 *
 * Read strictly, as a service descriptor is. An answer becomes the outcome of its requirement, and its mode stays what
 * it was, so that nobody takes it for something that was tested. It never changes what checks found.
 */
#ifndef KEUR_RULE_ANSWERS_H
#define KEUR_RULE_ANSWERS_H

#include "doc/doc.h"
#include "rule/result.h"

struct answer {
	struct str requirement; /* "nlgov-adr/core/naming-language" */
	enum outcome outcome;   /* pass, fail or notApplicable */
	struct given given;
	struct loc loc, requirement_loc;
};

struct answers {
	const struct doc *doc;
	struct str name, version; /* of the service that they are about */
	struct loc service_loc;
	struct answer *items;
	uint32_t count;
};

/* Reads an opened file; NULL with ERR_RULES at the fault. Days after `today` are one. Lives in the arena, or in `doc`.
 */
const struct answers *answers_read(struct arena *arena, const struct doc *doc, struct str today, struct err *err);

/* Are all of them about this target, and about requirements that people judge? ERR_RULES at the one that is not. The
 * standards have been found, and need not be judged. */
bool answers_fit(const struct answers *answers, const struct target_result *target, struct err *err);

/* Gives each answered requirement of the standard its outcome. */
void answers_apply(const struct answers *answers, struct target_result *target, struct standard_result *standard);

/* The file, as one more document that the target was judged by. */
void answers_document(const struct answers *answers, struct target_result *target);

#endif
