/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether a response is whole, where libcurl does not tell. */
#include "fetch/http_private.h"

enum { NO_CONTENT = 204, NOT_MODIFIED = 304 };

static const char *const fault_content[LANG_COUNT] = {
		"status 204 or 304 has no body (RFC 9110 section 6.4.1), and one was announced or came",
		"bij status 204 of 304 hoort geen inhoud (RFC 9110 sectie 6.4.1), en die was aangekondigd of kwam"};

/* Of 304 the length is that of what was not sent again (section 8.6). */
static bool announces_body(uint32_t status, const struct http_fields *fields)
{
	const struct http_field *length = http_field_find(fields, STR("content-length"));
	if (status != NO_CONTENT) return false;
	return (length && !str_eq(length->value, STR("0"))) || http_field_find(fields, STR("transfer-encoding"));
}

/*
 * A connection of HTTP/2 that breaks the rules ends, and with it, in libcurl, the response, as if that were all of it.
 * It also ends, rightly, behind the last response when the server said GOAWAY before. The two look alike, so that then
 * a length or the end of a coding has to show that the body is whole.
 *
 * In HTTP/1 the end of the connection is the end of a body without length, and in TLS only a closure alert tells that
 * it is (RFC 9112 section 9.8). What TLS says is known of OpenSSL alone.
 */
static bool is_known_whole(const struct once *once, const struct http_fields *fields)
{
	const struct exchange *exchange = once->exchange;
	if (str_eq(exchange->request.method, STR("HEAD"))) return true;
	if (http_field_find(fields, STR("content-length"))) return true;
	if (once->coding.count > 0 && once->coding.stages[0].started) return true;
	if (str_starts(exchange->response.version, STR("HTTP/2"))) return http_is_kept(once);
	if (http_field_find(fields, STR("transfer-encoding"))) return true;
	return once->closed || exchange->tls.version.len == 0;
}

bool http_is_whole(struct once *once)
{
	struct http_fields fields = {once->head.fields.items, (uint32_t)once->head.fields.count};
	uint32_t status = once->exchange->response.status;
	bool empty = status == NO_CONTENT || status == NOT_MODIFIED;
	if (!coding_end(&once->coding)) return false;
	if (empty && (once->excess || announces_body(status, &fields))) {
		once->head.fault = fault_content;
		return false;
	}
	once->cut = !empty && !is_known_whole(once, &fields);
	return !once->cut;
}
