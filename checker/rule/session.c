/* SPDX-License-Identifier: EUPL-1.2 */
/* How a service is reached. */
#include "rule/session.h"

#include "engine/owned.h"

#include <time.h>

#include "base/limits.h"
#include "fetch/fetch.h"
#include "fetch/replay.h"

enum { WAIT_MS = 100 }; /* between looks at whether the end was asked for */

static void take(struct recorder *recorder, struct exchange *exchange)
{
	struct session *session = (struct session *)recorder;
	exchange->number = evidence_add(session->evidence, exchange, session->evidence->arena)->number;
}

struct session *session_new(struct arena *arena, struct arena *scratch, const struct session_options *options,
		const struct service *service)
{
	struct session *session = arena_zalloc(arena, sizeof *session);
	*session = (struct session){.recorder = {take},
			.options = options,
			.arena = arena,
			.scratch = scratch,
			.evidence = evidence_new(options->keeps ? arena : scratch),
			.owned = owned_new(scratch),
			.service = service};
	session->values.mark = options->recording ? run_mark_of(options->recording->root) : options->mark;
	session->values.scope = service ? service->name : STR("");
	return session;
}

const struct evidence *session_evidence(const struct session *session)
{
	if (session->values.used) session->evidence->mark = session->values.mark;
	if (session->options->keeps) return session->evidence;
	struct evidence *tally = arena_zalloc(session->arena, sizeof *tally);
	*tally = (struct evidence){
			.arena = session->arena, .count = session->evidence->count, .incomplete = session->evidence->incomplete};
	return tally;
}

bool session_stopped(const struct session_options *options)
{
	return options->stop && atomic_load(&options->stop->stopped);
}

struct text session_interruption(const struct session *session, struct arena *arena)
{
	if (!session_stopped(session->options)) return TEXT("", "");
	if (!session->left)
		return TEXT(
				"the run was interrupted before everything was asked; scenarios that had begun were cleaned up after",
				"de run is afgebroken voordat alles gevraagd was; scenario's die begonnen waren zijn opgeruimd");
	return text_printf(arena,
			"the run was interrupted before everything was asked, and %u clean-up steps did not succeed: test data may be "
			"left behind at the service",
			"de run is afgebroken voordat alles gevraagd was, en %u opruimstappen zijn niet gelukt: er kunnen "
			"testgegevens bij de dienst zijn achtergebleven",
			session->left);
}

void session_tell(const struct session *session, int64_t done, int64_t expected)
{
	struct session_news news = {.target = session->target, .done = done, .expected = expected};
	struct session_progress *progress = session->options->progress;
	if (progress) progress->tell(progress, &news);
}

/* A transport that ends when it is asked to: it cuts waits short, and after a while refuses to clean up further. */
struct carrier {
	struct transport transport;
	struct transport *inner;
	struct session *session;
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Has cleaning up after an interruption taken too long? */
static bool is_over(struct session *session)
{
	if (!session_stopped(session->options)) return false;
	if (session->stopped_ms == 0) session->stopped_ms = now_ms();
	return now_ms() - session->stopped_ms > LIMIT_CLEANUP_MS;
}

static const struct exchange *send(
		struct transport *transport, const struct http_request *request, struct str step, struct arena *arena)
{
	struct carrier *carrier = (struct carrier *)transport;
	struct session *session = carrier->session;
	if (session->options->stop) atomic_store(&session->options->stop->asks, true);
	if (!is_over(session)) return carrier->inner->send(carrier->inner, request, step, arena);
	struct exchange *exchange = arena_zalloc(arena, sizeof *exchange);
	*exchange = (struct exchange){.step = step,
			.request = *request,
			.timing = {-1, -1, -1, -1, -1, -1, 0},
			.failure = FAILURE_OTHER,
			.why = TEXT("not sent: the run was interrupted, and cleaning up took too long",
					"niet verstuurd: de run is afgebroken, en het opruimen duurde te lang")};
	take(&session->recorder, exchange);
	return exchange;
}

static void wait(struct transport *transport, uint32_t milliseconds)
{
	const struct carrier *carrier = (const struct carrier *)transport;
	while (milliseconds > 0 && !session_stopped(carrier->session->options)) {
		uint32_t part = milliseconds < WAIT_MS ? milliseconds : WAIT_MS;
		carrier->inner->wait(carrier->inner, part);
		milliseconds -= part;
	}
}

static struct transport *stoppable(struct session *session, struct transport *inner)
{
	struct carrier *carrier = arena_zalloc(session->scratch, sizeof *carrier);
	*carrier = (struct carrier){.transport = {send, wait}, .inner = inner, .session = session};
	return &carrier->transport;
}

static struct transport *replay(struct session *session, struct err *err)
{
	if (session->replay) return session->replay;
	const struct secrets *secrets = session_secrets(session, err);
	if (!secrets) return NULL;
	session->replay = replay_new(session->scratch, session->options->recording, secrets, session->evidence, err);
	return session->replay;
}

/* The usual credentials, where there are any, and those of other clients; with mutual TLS they all show the same
 * certificate, which is of the caller's system. */
static struct http_auth *auths_of(struct session *session, const struct claim *claim, uint32_t *count)
{
	struct http_auth *auths = arena_zalloc(session->scratch, (claim->client_count + 1) * sizeof *auths);
	if (claim->auth.kind != AUTH_NONE || claim->auth.certificate.len) auths[(*count)++] = claim->auth;
	for (uint32_t i = 0; i < claim->client_count; i++) {
		struct http_auth *auth = &auths[(*count)++];
		*auth = claim->clients[i];
		auth->certificate = claim->auth.certificate;
		auth->key = claim->auth.key;
		auth->key_password = claim->auth.key_password;
	}
	return auths;
}

struct transport *session_transport(struct session *session, const struct claim *claim, struct err *err)
{
	const struct session_options *options = session->options;
	if (options->recording) return replay(session, err);
	if (options->offline) {
		err_set(err, ERR_UNDECIDED, claim->endpoint_loc,
				"nothing is fetched with --offline%s; run again without it, or with --replay",
				"met --offline wordt niets opgehaald%s; draai opnieuw zonder die optie, of met --replay", "");
		return NULL;
	}
	if (session_stopped(options)) {
		err_set(err, ERR_UNDECIDED, claim->endpoint_loc, "nothing was asked of this service: the run was interrupted%s",
				"aan deze dienst is niets gevraagd: de run is afgebroken%s", "");
		return NULL;
	}
	struct http_options http = options->http;
	http.recorder = &session->recorder;
	http.auths = auths_of(session, claim, &http.auth_count);
	struct http_client *client = http_client_new(session->scratch, &http, err);
	return client ? stoppable(session, http_client_transport(client)) : NULL;
}

struct lazy_loader {
	struct doc_loader loader;
	struct session *session;
	struct arena *arena;
	struct doc_loader *opened; /* NULL: not yet */
};

/* That nothing can be asked is no fault of the document. */
static struct doc *load(struct doc_loader *self, struct str url, struct err *err)
{
	static const struct claim anonymous = {.auth = {.kind = AUTH_NONE}};
	struct lazy_loader *lazy = (struct lazy_loader *)self;
	struct err why;
	err_init(&why, lazy->arena);
	if (!lazy->opened) {
		struct transport *transport = session_transport(lazy->session, &anonymous, &why);
		if (!transport) {
			err_set_text(err, ERR_IO, (struct loc){.file = url}, (struct text){0}, why.message);
			return NULL;
		}
		lazy->opened = fetch_loader_new(lazy->arena, transport, STR("preflight/reference"));
	}
	return lazy->opened->load(lazy->opened, url, err);
}

struct doc_loader *session_loader(struct session *session, struct arena *arena)
{
	if (session->options->offline && !session->options->recording) return NULL;
	struct lazy_loader *lazy = arena_zalloc(arena, sizeof *lazy);
	*lazy = (struct lazy_loader){.loader = {load}, .session = session, .arena = arena};
	return &lazy->loader;
}

/* The value of an API key goes by its place too, whatever its form. */
static void hide_key(struct secrets *secrets, const struct http_auth *auth)
{
	if (auth->kind != AUTH_API_KEY) return;
	if (auth->in_query)
		secrets_hide_query(secrets, auth->name);
	else
		secrets_hide_header(secrets, auth->name);
}

bool session_add_secrets(struct secrets *secrets, const struct service *service, struct err *err)
{
	for (uint32_t i = 0; i < service->secret_count; i++)
		if (!secrets_add(secrets, service->secrets[i].label, service->secrets[i].value, err)) return false;
	for (uint32_t i = 0; i < service->claim_count; i++) {
		const struct claim *claim = &service->claims[i];
		hide_key(secrets, &claim->auth);
		for (uint32_t k = 0; k < claim->client_count; k++)
			hide_key(secrets, &claim->clients[k]);
	}
	return true;
}

const struct secrets *session_secrets(struct session *session, struct err *err)
{
	struct secrets *secrets = secrets_new(session->arena);
	if (session->service && !session_add_secrets(secrets, session->service, err)) return NULL;
	for (size_t i = 0; i < session->evidence->kept.count; i++)
		if (!secrets_learn(secrets, session->evidence->kept.items[i], err)) return NULL;
	secrets_seal(secrets);
	return secrets;
}
