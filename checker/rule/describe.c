/* Fetching descriptions. */
#include "rule/describe.h"

static const struct exchange *get(struct transport *transport, struct str url, struct arena *arena)
{
	struct http_field accept = {STR("Accept"), STR("application/json, application/yaml, */*;q=0.5")};
	struct http_request request = {.method = STR("GET"), .url = url, .fields = {&accept, 1}};
	return transport->send(transport, &request, STR("preflight/description"), arena);
}

static bool fail_status(const struct exchange *exchange, struct str url, struct err *err)
{
	struct loc loc = {.file = url};
	if (exchange->failure != FAILURE_NONE) return err_set_text(err, ERR_IO, loc, TEXT("", ""), exchange->why);
	return err_set(err, ERR_IO, loc, "expected the OpenAPI document with status 200, found status %u",
			"verwacht het OpenAPI-document met status 200, gevonden status %u", exchange->response.status);
}

bool describe_url(
		struct transport *transport, struct str url, struct arena *arena, struct description *out, struct err *err)
{
	const struct exchange *exchange = get(transport, url, arena);
	out->last = exchange;
	if (exchange->failure != FAILURE_NONE || exchange->response.status != 200) return fail_status(exchange, url, err);
	out->doc = doc_of(url, exchange->response.body, err);
	return out->doc != NULL;
}

/* No document there; anything else (no connection, a refusal) is not a matter of the place. */
static bool is_absent(const struct exchange *exchange)
{
	uint32_t status = exchange->response.status;
	return exchange->failure == FAILURE_NONE && (status == 404 || status == 405 || status == 406 || status == 410);
}

bool describe_endpoint(
		struct transport *transport, struct str endpoint, struct arena *arena, struct description *out, struct err *err)
{
	static const char *const places[] = {
			"openapi.json", "openapi.yaml", "schema/openapi.yaml", "schema/openapi.json", NULL};
	for (size_t i = 0; places[i]; i++) {
		struct err why;
		err_init(&why, arena);
		struct str url = str_printf(arena, "%.*s/%s", STR_FMT(endpoint), places[i]);
		if (describe_url(transport, url, arena, out, &why)) return true;
		if (!is_absent(out->last)) return err_set_text(err, why.code, why.loc, TEXT("", ""), why.message);
	}
	return err_set(err, ERR_IO, (struct loc){.file = endpoint},
			"no OpenAPI document at %s below the endpoint, nor at openapi.yaml or schema/; publish it there, or name it "
			"under `openapi` in the descriptor",
			"geen OpenAPI-document op %s onder het endpoint, noch op openapi.yaml of schema/; publiceer het daar, of noem "
			"het onder `openapi` in de descriptor",
			"openapi.json");
}
