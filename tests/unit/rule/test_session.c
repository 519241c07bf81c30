/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents on disk that refer to URLs, and services that may not be asked. */
#include "../rule/bench.h"

#include "support/server.h"

#include "rule/shelf.h"

static bool answer_part(struct server *server, int fd, const char *request, int number)
{
	(void)number;
	server_reply(fd, strncmp(request, "GET /part.yaml ", 15) == 0 ? "200 OK" : "404 Not Found", "", server->data);
	return true;
}

/* Judges with this way of reaching services. */
static const struct target_result *judge_with(struct bench *bench, const struct session_options *session,
		const struct ruleset *const *rulesets, uint32_t count)
{
	const char *path = str_printf(bench->arena, "%s/a.yaml", bench->root).ptr;
	struct run_options options = {
			{.rulesets = rulesets, .count = count, .named = true, .session = session}, &path, 1, 1};
	if (bench->run.arena) run_free(&bench->run);
	assert_true(run_all(&bench->run, &options, &bench->err));
	return &bench->run.targets[0];
}

static const struct target_result *judge_referring(
		struct bench *bench, const struct session_options *session, uint16_t port, const char *path)
{
	struct str text = str_printf(bench->arena,
			"openapi: 3.0.3\ninfo: {title: T}\npaths:\n  /a: {$ref: 'http://127.0.0.1:%u%s#/a'}\n  /b: {$ref: "
			"'http://127.0.0.1:%u%s#/b'}\n",
			port, path, port, path);
	bench_file(bench, "a.yaml", text.ptr);
	const struct ruleset *ruleset = bench->ruleset;
	return judge_with(bench, session, &ruleset, 1);
}

static void references_of_a_document_on_disk_are_asked_once(void **state)
{
	struct bench *bench = *state;
	struct session_options session = {0};
	struct server server;
	assert_true(server_start(&server, "127.0.0.1", answer_part, "a: {summary: A}\nb: {summary: B}\n"));
	const struct target_result *target = judge_referring(bench, &session, server.port, "/part.yaml");
	assert_int_equal(target->preflight_count, 0);
	assert_int_equal(target->document_count, 2);
	assert_true(str_starts(target->documents[1].path, STR("http://127.0.0.1:")));
	assert_int_equal(server.requests, 1);
	assert_int_equal(target->evidence->count, 1);
	assert_int_equal(target->decision, DECISION_CONFORMANT);
	server_stop(&server);
}

static void what_is_not_there_is_undetermined(void **state)
{
	struct bench *bench = *state;
	struct session_options session = {0};
	struct server server;
	assert_true(server_start(&server, "127.0.0.1", answer_part, ""));
	const struct target_result *target = judge_referring(bench, &session, server.port, "/elsewhere.yaml");
	assert_int_equal(target->preflight_count, 2);
	assert_int_equal(target->preflight[0].kind, PREFLIGHT_REMOTE_REF);
	assert_int_equal(server.requests, 1);
	assert_int_equal(target->decision, DECISION_UNDETERMINED);
	server_stop(&server);
}

static void offline_nothing_is_asked(void **state)
{
	struct bench *bench = *state;
	struct session_options session = {.offline = true};
	struct server server;
	assert_true(server_start(&server, "127.0.0.1", answer_part, "a: {}\nb: {}\n"));
	const struct target_result *target = judge_referring(bench, &session, server.port, "/part.yaml");
	assert_int_equal(target->preflight_count, 2);
	assert_int_equal(target->preflight[0].kind, PREFLIGHT_REMOTE_REF);
	assert_int_equal(server.accepts, 0);
	assert_null(target->evidence);
	session = (struct session_options){.http = {.public_only = true}};
	target = judge_referring(bench, &session, server.port, "/part.yaml");
	assert_int_equal(target->preflight[0].kind, PREFLIGHT_REMOTE_REF);
	assert_non_null(strstr(target->preflight[0].message.in[LANG_EN].ptr, "loopback"));
	assert_int_equal(server.accepts, 0);
	server_stop(&server);
}

static void what_two_claims_meet_with_is_told_once(void **state)
{
	struct bench *bench = *state;
	const char *url = "http://127.0.0.1:1/v1";
	const struct ruleset *both[] = {bench->ruleset, bench->ruleset};
	struct session_options session = {.http = {.public_only = true}};
	struct run_options options = {{.rulesets = both, .count = 2, .named = true, .session = &session}, &url, 1, 1};
	assert_true(run_all(&bench->run, &options, &bench->err));
	const struct target_result *target = &bench->run.targets[0];
	assert_int_equal(target->standard_count, 2);
	assert_int_equal(target->preflight_count, 1);
	assert_int_equal(target->preflight[0].level, LEVEL_BLOCKING);
	assert_int_equal(target->decision, DECISION_UNDETERMINED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(
					references_of_a_document_on_disk_are_asked_once, bench_setup, bench_teardown),
			cmocka_unit_test_setup_teardown(what_is_not_there_is_undetermined, bench_setup, bench_teardown),
			cmocka_unit_test_setup_teardown(offline_nothing_is_asked, bench_setup, bench_teardown),
			cmocka_unit_test_setup_teardown(what_two_claims_meet_with_is_told_once, bench_setup, bench_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
