/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Official documents that break a rule themselves: a vendor who does what they do is not to blame. A requirement names
 * the artefacts that it is `tolerated-by`; the check is run over the document of the artefact that speaks of the same
 * service (of WSDL: the same target namespace; of other XML: the same root element), and what is found at the same
 * construct there does not count, and is told as a remark. Without the artefact everything counts, and that is told.
 */
#ifndef KEUR_RULE_TOLERANCE_H
#define KEUR_RULE_TOLERANCE_H

#include "rule/judge_private.h"

/* Marks the results of a check on judge->xml that an official document has as well (result->official, ->basis), when a
 * requirement on one of its rules is tolerated by an artefact. */
void tolerance_mark(const struct judge *judge, const struct check *check, struct facts *facts);

/* A remark on the first of the marked results of that requirement: both places. */
void tolerance_tell(const struct judge *judge, const struct requirement *requirement);

#endif
