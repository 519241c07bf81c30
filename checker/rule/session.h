/*
 * The conversation with one service: how it is reached, what was said, and what of it may not be told on.
 *
 * One session serves one target and one thread. Its transport is the network (fetch/http) or a recording
 * (fetch/replay); every exchange is kept as evidence in the target's arena, numbered from 1.
 */
#ifndef KEUR_RULE_SESSION_H
#define KEUR_RULE_SESSION_H

#include "doc/ref.h"
#include "fetch/evidence.h"
#include "fetch/har.h"
#include "fetch/http.h"
#include "fetch/secrets.h"
#include "rule/service.h"

/* Told while requests are made; called by the thread of the target. */
struct session_progress {
	void (*tell)(struct session_progress *progress, struct str target, uint32_t done, uint32_t total);
};

/* How services are reached: the command line's, the same for all targets, and shared by threads. */
struct session_options {
	struct http_options http; /* policy; credentials and recorder are filled in for each claim */
	const struct doc
			*recording; /* a HAR file: answers come from there, and nothing goes over the network; NULL: none */
	bool offline;       /* nothing goes over the network, and nothing was recorded */
	struct secret_reader *secrets;
	struct session_progress *progress; /* NULL: nobody is told */
};

struct session {
	struct recorder recorder;
	const struct session_options *options;
	struct arena *arena; /* the target's */
	struct evidence *evidence;
	const struct service *service; /* NULL: no descriptor */
	struct transport *replay;      /* of a recording: one for all claims, since each answer is given once */
};

/* Starts a session in the arena; `service` may be NULL and outlives it. */
struct session *session_new(struct arena *arena, const struct session_options *options, const struct service *service);

/*
 * A transport with the credentials of a claim, in the arena. NULL and `err` when there can be none: ERR_USAGE, ERR_IO
 * (libcurl is missing), ERR_UNDECIDED (offline).
 */
struct transport *session_transport(struct session *session, const struct claim *claim, struct err *err);

/*
 * A loader of what `$ref` names at URLs, in the arena: asked for without credentials, kept as evidence. The transport
 * is opened at the first of them, so that documents without them cost nothing. NULL when nothing may be asked: offline,
 * without a recording.
 */
struct doc_loader *session_loader(struct session *session, struct arena *arena);

/*
 * All that may not be told on: the secrets of the descriptor, and the tokens that were made of them in this session. In
 * the arena, sealed. NULL with ERR_LIMIT.
 */
const struct secrets *session_secrets(struct session *session, struct err *err);

/* Adds the secrets of a descriptor, and the fields that carry them; false with ERR_LIMIT. */
bool session_add_secrets(struct secrets *secrets, const struct service *service, struct err *err);

#endif
