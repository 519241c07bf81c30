/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The conversation with one service: how it is reached, what was said, and what of it may not be told on.
 *
 * One session serves one target and one thread. Its transport is the network (fetch/http) or a recording
 * (fetch/replay); every exchange is kept as evidence in the target's arena, numbered from 1. */
#ifndef KEUR_RULE_SESSION_H
#define KEUR_RULE_SESSION_H

#include <stdatomic.h>

#include "doc/ref.h"
#include "fetch/counterpart.h"
#include "fetch/evidence.h"
#include "fetch/har.h"
#include "fetch/http.h"
#include "fetch/secrets.h"
#include "rule/service.h"

/* What came since the news before: `expected` may be less than nothing, when a scenario goes another way. */
struct session_news {
	struct str target;      /* empty: of none in particular */
	int64_t done, expected; /* steps */
	uint32_t targets, ended;
};

/* Told while requests are made; called by the threads of targets, several at a time. */
struct session_progress {
	void (*tell)(struct session_progress *progress, const struct session_news *news);
};

/* The end, asked for from outside (a signal): what has begun is cleaned up, and nothing else is begun. */
struct session_stop {
	atomic_bool asks;    /* set by a session that is about to ask the network: from here on there may be something to
							clean up */
	atomic_bool stopped; /* set by whoever wants the end */
};

/* How services are reached: the command line's, the same for all targets, and shared by threads. */
struct session_options {
	struct http_options http; /* policy; credentials and recorder are filled in for each claim */
	const struct doc
			*recording;   /* a HAR file: answers come from there, and nothing goes over the network; NULL: none */
	bool offline;         /* nothing goes over the network, and nothing was recorded */
	bool keeps;           /* exchanges outlive judging, as run_evidence() wants them; else only their number does */
	struct run_mark mark; /* of this run, unless answers come from a recording, which has its own */
	struct secret_reader *secrets;
	struct session_progress *progress; /* NULL: nobody is told */
	struct session_stop *stop;         /* NULL: nobody interrupts */
};

struct session {
	struct recorder recorder;
	const struct session_options *options;
	struct arena *arena;   /* the target's */
	struct arena *scratch; /* ends when the target has been judged, and connections with it */
	struct str target;     /* its name, for progress */
	struct arena *answers; /* of the stub that answers now; NULL: none */
	uint32_t left;         /* steps that were to clean up after an interruption, and did not succeed */
	int64_t stopped_ms;    /* when the interruption was noticed; 0: it was not */
	struct evidence *evidence;
	struct run_values values;        /* that scenarios put into messages */
	struct owned *owned;             /* what scenarios made at the service */
	const struct service *service;   /* NULL: no descriptor */
	struct listener *listener;       /* NULL: nobody can ask keur, or answers come from a recording */
	struct counterpart *counterpart; /* NULL: nobody can */
	struct transport *replay;        /* of a recording: one for all claims, since each answer is given once */
};

/* Starts a session in the arena; `service` may be NULL and outlives it. */
struct session *session_new(struct arena *arena, struct arena *scratch, const struct session_options *options,
		const struct service *service);

/* The evidence as it outlives the session: whole, or without its exchanges. */
const struct evidence *session_evidence(const struct session *session);

/* Has the run been interrupted? */
bool session_stopped(const struct session_options *options);

/* What to tell of a service that was not asked to the end because of that; empty: it was not interrupted. */
struct text session_interruption(const struct session *session, struct arena *arena);

/* Tells of steps that were played, and that are expected. */
void session_tell(const struct session *session, int64_t done, int64_t expected);

/*
 * A transport with the credentials of a claim, in the scratch arena. NULL and `err` when there can be none: ERR_USAGE,
 * ERR_IO (libcurl is missing), ERR_UNDECIDED (offline, interrupted).
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
