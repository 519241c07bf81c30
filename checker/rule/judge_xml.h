/* SPDX-License-Identifier: EUPL-1.2 */
/* XML documents: messages, metadata, feeds, WSDL. */
#ifndef KEUR_RULE_JUDGE_XML_H
#define KEUR_RULE_JUDGE_XML_H

#include "rule/judge_options.h"
#include "rule/result.h"

/*
 * Judges an opened XML document, which outlives the call, against the rule sets that have checks on it: of subject
 * "wsdl" when it is WSDL 1.1, else of subject "xml"; all of them when they were named.
 */
void judge_xml(struct target_result *target, const struct doc *doc, const struct judge_options *options);

#endif
