/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether a check can run: what it needs is looked for when it first does. */
#ifndef KEUR_RULE_CHECK_READINESS_H
#define KEUR_RULE_CHECK_READINESS_H

enum check_readiness {
	CHECK_READY,
	CHECK_LACKS,  /* an artefact of it is absent or different */
	CHECK_BROKEN, /* its file, or a list, cannot be used */
};

#endif
