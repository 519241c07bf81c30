/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which versions of TLS an endpoint accepts, as exchanges: so that they are evidence, recorded and replayed like any
 * other. The request has the method TLS-HELLO and the version as its body; the response, when the server decided, a
 * JSON body {"accepted": bool, "suite": name}.
 */
#ifndef KEUR_RULE_PROBE_TLS_H
#define KEUR_RULE_PROBE_TLS_H

#include "rule/session.h"

#define TLS_HELLO "TLS-HELLO"

/* Asks for each version; nothing when the endpoint is not https, or was never reached. */
void probe_tls(struct session *session, struct transport *transport, struct str endpoint, struct arena *scratch);

/* Is it one of those exchanges? */
bool probe_is_tls(const struct exchange *exchange);

#endif
