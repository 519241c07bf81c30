/* SPDX-License-Identifier: EUPL-1.2 */
/* A session in which the service, or a consumer, asks keur. Part of rule/session. */
#ifndef KEUR_RULE_SESSION_LISTEN_H
#define KEUR_RULE_SESSION_LISTEN_H

#include "engine/stub.h"
#include "rule/session.h"

/*
 * Begins to listen where the descriptor says, or opens what a recording has of that; session->counterpart is NULL when
 * there is neither. False with ERR_IO when it cannot listen.
 */
bool session_listen(struct session *session, struct err *err);

/* From now on keur answers as `book` says, afresh; NULL: 404 to everything. Of a recording it changes nothing. */
void session_answer(struct session *session, const struct stub_book *book);

/*
 * Listens to a consumer: for so many seconds, to so many requests, until one to /keur/stop, or until the run is
 * interrupted. Of a recording nothing is waited for.
 */
void session_hear(struct session *session, uint32_t seconds, uint32_t requests);

/* Nobody can ask any more; what came and was not awaited becomes evidence. Empty, or what is missing of it. */
struct text session_hear_out(struct session *session);

#endif
