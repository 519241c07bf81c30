/* SPDX-License-Identifier: EUPL-1.2 */
/* What can be wrong with a target before any requirement is judged: most failures are set-up, and must read as such. */
#ifndef KEUR_RULE_PREFLIGHT_H
#define KEUR_RULE_PREFLIGHT_H

#include "doc/ref.h"
#include "rule/result.h"

/* Names as reports write them: "duplicateKey", "blocking". */
extern const char *const preflight_names[PREFLIGHT_COUNT];
extern const char *const level_names[LEVEL_COUNT];

/* Adds one finding; `loc` and `excerpt` are in the target's arena. A blocking one sets target->blocked. */
void preflight_add(struct target_result *target, const struct preflight *preflight);

/* The target could not be read: a finding of the error, with its line when the file can be read as text. */
void preflight_unreadable(struct target_result *target, const struct err *err);

/* Kind and version of the document. False when it is no description of an HTTP service: it has no `openapi` or
 * `swagger`, and not `info` with `paths` either, which is a description that lacks its version: a matter for the
 * requirements. */
bool preflight_kind(struct target_result *target, const struct doc *doc);

/* Remarks of the reader on documents that stand in target->documents from `first`. */
void preflight_remarks(struct target_result *target, const struct refs *refs, uint32_t first);

/* Likewise of one document, the `number`-th that the target has. */
void preflight_remarks_of(struct target_result *target, const struct doc *doc, uint32_t number);

/* References that could not be followed; `faults` too: those of which the document itself shows that they lead nowhere.
 */
void preflight_references(struct target_result *target, const struct refs *refs, bool faults);

#endif
