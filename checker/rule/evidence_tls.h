/* SPDX-License-Identifier: EUPL-1.2 */
/* Which versions of TLS an endpoint accepts, by the exchanges of rule/probe_tls. */
#ifndef KEUR_RULE_EVIDENCE_TLS_H
#define KEUR_RULE_EVIDENCE_TLS_H

#include "fetch/evidence.h"

/*
 * {"TLSv1.0": false, ...}: the versions of which it was found out, in the arena; empty when of none. `gap` says why it
 * was not found out of all of them; it stays empty when it was, and for an endpoint that is not https.
 */
struct str evidence_tls(const struct evidence *evidence, struct str endpoint, struct arena *arena, struct text *gap);

#endif
