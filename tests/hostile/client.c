/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Asks one hostile server for one answer, compares it with a description, and says in one line what came of it.
 *
 *	client <URL> <file with the issuer> [--secret] [--inside]
 *
 * Time is bounded tighter than in real use, sizes are the defaults. --secret sends a credential, which belongs to that
 * host alone; --inside refuses private addresses but for that host.
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "engine/openapi_check.h"
#include "fetch/http.h"

enum { CONNECT_MS = 1500, IDLE_MS = 1000, TOTAL_MS = 4000 };

static const char description[] = "openapi: 3.0.3\n"
								  "paths:\n"
								  "  /:\n"
								  "    get:\n"
								  "      responses:\n"
								  "        '200':\n"
								  "          description: a\n"
								  "          content:\n"
								  "            application/json:\n"
								  "              schema:\n"
								  "                type: object\n"
								  "                properties:\n"
								  "                  n: {type: number, multipleOf: 7}\n"
								  "                  p: {type: string, pattern: '^(a+)+\\1b$'}\n"
								  "                  list: {type: array, items: {type: integer}}\n"
								  "            application/xml: {schema: {type: object}}\n"
								  "        '204': {description: b}\n";

/* Each rule that was broken, how often and with the first message, or could not be evaluated. */
static void print_contract(const struct facts *facts)
{
	bool printed[CONTRACT_RULES] = {false};
	for (uint32_t i = 0; i < facts->result_count; i++) {
		const struct result *result = &facts->results[i];
		const struct fact *fact = &facts->items[result->rule];
		if (printed[result->rule]) continue;
		printed[result->rule] = true;
		printf(" | %.*s %u%s: %.*s", STR_FMT(openapi_rule_names[result->rule]), fact->violations, fact->cut ? "+" : "",
				(int)(result->message.in[LANG_EN].len < 200 ? result->message.in[LANG_EN].len : 200),
				result->message.in[LANG_EN].ptr);
	}
	for (int i = 0; i < CONTRACT_RULES; i++)
		if (facts->items[i].undecided)
			printf(" | %.*s undecided: %.*s", STR_FMT(openapi_rule_names[i]), STR_FMT(facts->items[i].why.in[LANG_EN]));
}

static bool compare(const struct exchange *exchange, struct arena *arena)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("description"), str_of(description), &err);
	struct openapi *openapi = doc ? openapi_new(arena, refs_new(arena, doc), &err) : NULL;
	struct openapi_check_options options = {.base = STR("")};
	if (!openapi) return false;
	struct openapi_check *check = openapi_check_new(arena, openapi, &options);
	openapi_check_exchange(check, exchange);
	print_contract(openapi_check_facts(check));
	doc_close(doc);
	return true;
}

static void print_usage(const struct timespec *start)
{
	struct rusage usage;
	struct timespec now;
	getrusage(RUSAGE_SELF, &usage);
	clock_gettime(CLOCK_MONOTONIC, &now);
	long ms = (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
	printf(" # %ld ms, %ld KiB\n", ms, usage.ru_maxrss);
}

static int ask(struct http_options *options, const char *url, struct arena *arena)
{
	struct err err;
	struct timespec start;
	err_init(&err, arena);
	clock_gettime(CLOCK_MONOTONIC, &start);
	struct http_client *client = http_client_new(arena, options, &err);
	if (!client) {
		printf("no client: %.*s\n", STR_FMT(err.message.in[LANG_EN]));
		return 1;
	}
	struct transport *transport = http_client_transport(client);
	struct http_request request = {.method = STR("GET"), .url = str_of(url)};
	const struct exchange *exchange = transport->send(transport, &request, STR("hostile"), arena);
	if (exchange->failure) {
		printf("%s: %.*s", failure_names[exchange->failure], STR_FMT(exchange->why.in[LANG_EN]));
		if (exchange->why.in[LANG_NL].len == 0) printf(" NO DUTCH");
	} else {
		bool shown = exchange->response.body.len < 20;
		printf("%u, %.*s, %zu bytes %.*s", exchange->response.status, STR_FMT(exchange->response.version),
				exchange->response.body.len, shown ? (int)exchange->response.body.len : 0, exchange->response.body.ptr);
		if (!compare(exchange, arena)) return 1;
	}
	print_usage(&start);
	return 0;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	if (argc < 3) {
		fprintf(stderr, "usage: client <URL> <issuer> [--secret] [--inside]\n");
		return 2;
	}
	struct str here = str_of(argv[1]);
	struct http_auth auth = {.kind = AUTH_BEARER, .base = here, .secret = STR("geheim")};
	struct http_options options = {.ca_file = str_of(argv[2]), .connect_ms = CONNECT_MS, .idle_ms = IDLE_MS};
	options.total_ms = TOTAL_MS;
	for (int i = 3; i < argc; i++) {
		if (strcmp(argv[i], "--secret") == 0) {
			options.auths = &auth;
			options.auth_count = 1;
		}
		if (strcmp(argv[i], "--inside") == 0) {
			options.public_only = true;
			options.inside = &here;
			options.inside_count = 1;
		}
	}
	int status = ask(&options, argv[1], arena);
	arena_free(arena);
	return status;
}
