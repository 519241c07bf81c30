/* How a service is reached. */
#include "rule/session.h"

#include "fetch/fetch.h"
#include "fetch/replay.h"

static void take(struct recorder *recorder, struct exchange *exchange)
{
	struct session *session = (struct session *)recorder;
	exchange->number = evidence_add(session->evidence, exchange, session->arena)->number;
}

struct session *session_new(struct arena *arena, const struct session_options *options, const struct service *service)
{
	struct session *session = arena_zalloc(arena, sizeof *session);
	*session = (struct session){.recorder = {take},
			.options = options,
			.arena = arena,
			.evidence = evidence_new(arena),
			.service = service};
	return session;
}

static struct transport *replay(struct session *session, struct err *err)
{
	if (session->replay) return session->replay;
	const struct secrets *secrets = session_secrets(session, err);
	if (!secrets) return NULL;
	session->replay = replay_new(session->arena, session->options->recording, secrets, session->evidence, err);
	return session->replay;
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
	struct http_options http = options->http;
	http.recorder = &session->recorder;
	if (claim->auth.kind != AUTH_NONE || claim->auth.certificate.len) {
		http.auths = &claim->auth;
		http.auth_count = 1;
	}
	struct http_client *client = http_client_new(session->arena, &http, err);
	return client ? http_client_transport(client) : NULL;
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

bool session_add_secrets(struct secrets *secrets, const struct service *service, struct err *err)
{
	for (uint32_t i = 0; i < service->secret_count; i++)
		if (!secrets_add(secrets, service->secrets[i].label, service->secrets[i].value, err)) return false;
	for (uint32_t i = 0; i < service->claim_count; i++) {
		const struct http_auth *auth = &service->claims[i].auth;
		if (auth->kind != AUTH_API_KEY) continue;
		if (auth->in_query)
			secrets_hide_query(secrets, auth->name);
		else
			secrets_hide_header(secrets, auth->name);
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
