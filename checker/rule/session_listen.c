/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom a service can ask, while it is tested: keur itself. */
#include "rule/session_listen.h"

enum { LOOK_MS = 100 };

/* The evidence says where keur was, for a replay is asked the same. */
static void tell_base(struct session *session)
{
	struct str name = session->service ? session->service->name : STR("");
	if (session->counterpart) evidence_add_base(session->evidence, name, session->counterpart->base);
}

bool session_listen(struct session *session, struct err *err)
{
	const struct session_options *options = session->options;
	const struct service *service = session->service;
	const atomic_bool *stop = options->stop ? &options->stop->stopped : NULL;
	if (options->recording) {
		session->counterpart = counterpart_of_recording(
				session->scratch, options->recording, service ? service->name : STR(""), session->evidence, err);
		tell_base(session);
		return err->code == ERR_NONE;
	}
	if (!service || !service->counterpart.listen.len || options->offline) return true;
	session->listener = listener_new(session->scratch, &service->counterpart, err);
	if (!session->listener) return false;
	session->counterpart = counterpart_of_listener(session->scratch, session->listener, session->evidence, stop);
	tell_base(session);
	return true;
}

/* A stub has an arena of its own: the thread that listens makes objects in it while this one plays. */
void session_answer(struct session *session, const struct stub_book *book)
{
	if (!session->listener) return;
	struct arena *before = session->answers;
	struct responder *responder = NULL;
	session->answers = NULL;
	if (book) {
		session->answers = arena_new();
		responder = stub_responder(stub_new(session->answers, book, session->counterpart->base));
	}
	listener_answer_by(session->listener, responder);
	arena_free(before);
}

struct text session_hear_out(struct session *session)
{
	struct text gap = {0};
	if (session->listener) {
		listener_stop(session->listener);
		session_answer(session, NULL);
		gap = listener_gap(session->listener, session->scratch);
	}
	if (session->counterpart) session->counterpart->finish(session->counterpart);
	return gap;
}

void session_hear(struct session *session, uint32_t seconds, uint32_t requests)
{
	if (!session->listener) return;
	/* From here on an interruption ends in order: what was heard until then is written. */
	if (session->options->stop) atomic_store(&session->options->stop->asks, true);
	uint32_t heard = listener_count(session->listener), most = heard + requests;
	for (uint64_t waited = 0; waited < (uint64_t)seconds * 1000 && !session_stopped(session->options);) {
		const struct exchange *exchange = listener_at(session->listener, heard, LOOK_MS);
		if (!exchange) {
			waited += LOOK_MS;
			continue;
		}
		heard++;
		struct str path = counterpart_path(session->counterpart->base, exchange->request.url);
		if (heard == most || str_eq(path, STR("/keur/stop"))) return;
	}
}
