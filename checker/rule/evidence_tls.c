/* SPDX-License-Identifier: EUPL-1.2 */
/* Versions of TLS out of the evidence. */
#include "rule/evidence_tls.h"

#include "rule/probe_tls.h"

/* Versions are asked of a host, with URL "https://host:port/", and hold for every path below it, the empty one too. */
static bool is_of_host(struct str endpoint, struct str url)
{
	struct str host = {url.ptr, url.len ? url.len - 1 : 0};
	return str_starts(endpoint, host) && (endpoint.len == host.len || endpoint.ptr[host.len] == '/');
}

static void add_gap(struct text *gap, const struct exchange *exchange, struct arena *arena)
{
	if (gap->in[LANG_EN].len) return;
	struct text why = text_copy(arena, exchange->why);
	*gap = text_printf(arena, "whether %.*s is accepted was not found out: %s%.0s",
			"of %.*s aanvaard wordt is niet vastgesteld: %.0s%s", STR_FMT(exchange->request.body), why.in[LANG_EN].ptr,
			text_in(why, LANG_NL).ptr);
}

struct str evidence_tls(const struct evidence *evidence, struct str endpoint, struct arena *arena, struct text *gap)
{
	struct str list = {"", 0};
	uint32_t asked = 0;
	*gap = TEXT("", "");
	for (size_t i = 0; i < evidence->kept.count; i++) {
		const struct exchange *exchange = evidence->kept.items[i];
		struct str body = exchange->response.body;
		if (!probe_is_tls(exchange) || !is_of_host(endpoint, exchange->request.url)) continue;
		asked++;
		if (!exchange->response.status) {
			add_gap(gap, exchange, arena);
			continue;
		}
		bool accepted = str_find_str(body, STR("\"accepted\":true")) < body.len;
		list = str_printf(arena, "%.*s%s\"%.*s\":%s", STR_FMT(list), list.len ? "," : "",
				STR_FMT(exchange->request.body), accepted ? "true" : "false");
	}
	/* A replay knows no more of the reason than this. */
	if (!asked && str_starts(endpoint, STR("https://")))
		*gap = TEXT(
				"which versions of TLS the endpoint accepts was not asked: behind a proxy (--proxy) that cannot be asked",
				"welke versies van TLS het endpoint aanvaardt is niet gevraagd: achter een proxy (--proxy) is dat niet te "
				"vragen");
	return list.len ? str_printf(arena, "{%.*s}", STR_FMT(list)) : list;
}
