/* SPDX-License-Identifier: EUPL-1.2 */
/* TLS versions as evidence. */
#include "rule/probe_tls.h"

#include "fetch/origin.h"
#include "fetch/tls_probe.h"

bool probe_is_tls(const struct exchange *exchange)
{
	return str_eq(exchange->request.method, STR(TLS_HELLO));
}

static struct http_request request_for(struct str url, enum tls_version version)
{
	return (struct http_request){
			.method = STR(TLS_HELLO), .url = url, .body = str_of(tls_version_names[version]), .anonymous = true};
}

/* The address that answered before, so that all evidence is of one machine. */
static struct str address_of(const struct session *session, struct str url)
{
	for (size_t i = 0; i < session->evidence->kept.count; i++) {
		const struct exchange *exchange = session->evidence->kept.items[i];
		if (exchange->address.len && str_starts(exchange->request.url, url)) return exchange->address;
	}
	return (struct str){NULL, 0};
}

static void keep(struct session *session, const struct http_request *request, const struct tls_offer *offer,
		struct arena *scratch)
{
	static struct http_field json = {{"Content-Type", 12}, {"application/json", 16}};
	struct exchange exchange = {.request = *request, .step = STR("probe/tls"), .timing = {-1, -1, -1, -1, -1, -1, 0}};
	if (offer->answer == TLS_UNDECIDED) {
		exchange.failure = FAILURE_OTHER;
		exchange.why = offer->why;
	} else {
		bool accepted = offer->answer == TLS_ACCEPTED;
		struct str body = str_printf(
				scratch, "{\"accepted\":%s,\"suite\":\"%.*s\"}", accepted ? "true" : "false", STR_FMT(offer->suite));
		exchange.response = (struct http_response){
				.status = 200, .fields = {&json, 1}, .body = body, .wire_bytes = body.len};
	}
	session->recorder.take(&session->recorder, &exchange);
}

static void probe_network(struct session *session, const struct origin *origin, struct str url, struct arena *scratch)
{
	struct tls_target target = {.address = address_of(session, url),
			.port = origin->port,
			.host = origin->host,
			.public_only = session->options->http.public_only};
	if (!target.address.ptr || session->options->http.proxy.len) return;
	struct tls_probe probe = tls_probe(&target, scratch);
	for (int version = 0; version < TLS_VERSION_COUNT; version++) {
		struct http_request request = request_for(url, (enum tls_version)version);
		keep(session, &request, &probe.offers[version], scratch);
	}
}

void probe_tls(struct session *session, struct transport *transport, struct str endpoint, struct arena *scratch)
{
	struct origin origin;
	struct text why;
	if (!str_starts(endpoint, STR("https://")) || !origin_of(endpoint, &origin, &why, scratch)) return;
	size_t end = strlen("https://") + str_find(str_skip(endpoint, strlen("https://")), '/');
	struct str url = str_printf(scratch, "%.*s/", (int)end, endpoint.ptr);
	for (size_t i = 0; i < session->evidence->kept.count; i++)
		if (probe_is_tls(session->evidence->kept.items[i]) &&
				str_eq(session->evidence->kept.items[i]->request.url, url))
			return;
	if (!session->options->recording) {
		probe_network(session, &origin, url, scratch);
		return;
	}
	/* Where it was not asked then (behind a proxy), it is not asked now. */
	struct str recorded = session->options->recording->source->bytes;
	if (str_find_str(recorded, STR("\"" TLS_HELLO "\"")) == recorded.len) return;
	for (int version = 0; version < TLS_VERSION_COUNT; version++) {
		struct http_request request = request_for(url, (enum tls_version)version);
		transport->send(transport, &request, STR("probe/tls"), scratch);
	}
}
