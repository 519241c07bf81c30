/* SPDX-License-Identifier: EUPL-1.2 */
/* What tests of the HTTP client share: a client, a recorder that keeps everything, and requests in one line. */
#ifndef KEUR_TESTS_CLIENT_H
#define KEUR_TESTS_CLIENT_H

#include "support/fixture.h"
#include "support/server.h"

#include "fetch/http.h"

enum { KEPT_EXCHANGES = 64 };

struct keeper {
	struct recorder recorder;
	struct exchange *taken[KEPT_EXCHANGES];
	uint32_t count;
};

static inline void keeper_take(struct recorder *recorder, struct exchange *exchange)
{
	struct keeper *keeper = (struct keeper *)recorder;
	if (keeper->count < KEPT_EXCHANGES) keeper->taken[keeper->count] = exchange;
	exchange->number = ++keeper->count;
}

struct session {
	struct arena *arena;
	struct http_options options;
	struct keeper keeper;
	struct transport *transport;
};

static inline void session_init(struct session *session)
{
	*session = (struct session){.arena = arena_new(), .keeper = {.recorder = {keeper_take}}};
	session->options.recorder = &session->keeper.recorder;
	session->options.total_ms = 20000;
}

static inline void session_open(struct session *session)
{
	struct err err;
	err_init(&err, session->arena);
	struct http_client *client = http_client_new(session->arena, &session->options, &err);
	if (!client) fail_msg("%.*s", STR_FMT(err.message.in[LANG_EN]));
	session->transport = http_client_transport(client);
}

static inline void session_close(struct session *session)
{
	arena_free(session->arena);
}

static inline const struct exchange *session_send(struct session *session, struct http_request request)
{
	if (!session->transport) session_open(session);
	return session->transport->send(session->transport, &request, STR("test"), session->arena);
}

static inline const struct exchange *session_get(struct session *session, const char *url)
{
	return session_send(session, (struct http_request){.method = STR("GET"), .url = str_of(url)});
}

/* GET of a path of a server on 127.0.0.1. */
static inline const struct exchange *session_get_path(
		struct session *session, const struct server *server, const char *path)
{
	return session_get(session, str_printf(session->arena, "http://127.0.0.1:%u%s", server->port, path).ptr);
}

/* The exchange ended this way, and says so in both languages. */
static inline void assert_failure(const struct exchange *exchange, enum http_failure failure, const char *words)
{
	if (exchange->failure != failure ||
			str_find_str(exchange->why.in[LANG_EN], str_of(words)) == exchange->why.in[LANG_EN].len)
		fail_msg("expected %s with \"%s\", got %s (status %u): %.*s", failure_names[failure], words,
				failure_names[exchange->failure], exchange->response.status, STR_FMT(exchange->why.in[LANG_EN]));
	assert_true(exchange->why.in[LANG_NL].len > 0);
	assert_int_equal(exchange->response.status, 0);
}

static inline void assert_status(const struct exchange *exchange, uint32_t status)
{
	if (exchange->failure) fail_msg("%s: %.*s", failure_names[exchange->failure], STR_FMT(exchange->why.in[LANG_EN]));
	assert_int_equal(exchange->response.status, status);
}

#endif
