/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading `counterpart` of service descriptors. */
#include "rule/service_counterpart.h"

#include "base/limits.h"

enum { CONSUMER_SECONDS = 60 };

static const char *const counterpart_fields[] = {"listen", "url", NULL};

/* What is wrong with an address to listen on is known before the run. */
static bool check_listen(const struct fields *fields, const struct listener_options *options)
{
	bool privileged, every;
	const struct node *node = node_member(fields->object, STR("listen"));
	if (!listener_is_address(options->listen, &privileged, &every))
		return fields_fail(fields, node,
				"field 'listen': expected an address and a port in numbers, such as 127.0.0.1:8099, found '%.*s'",
				"veld 'listen': verwacht een adres en een poort in cijfers, zoals 127.0.0.1:8099, gevonden '%.*s'",
				STR_FMT(options->listen));
	if (privileged)
		return fields_fail(fields, node,
				"field 'listen': a port below 1024 takes rights that keur should not have; choose a higher one, with a "
				"proxy in front if need be%s",
				"veld 'listen': een poort onder 1024 vraagt rechten die keur niet hoort te hebben; kies een hogere, zo nodig "
				"met een proxy ervoor%s",
				"");
	if (every && !options->url.len)
		return fields_fail(fields, node,
				"field 'listen': %.*s is every address of this machine, which nobody can call; name one, or say in `url` how "
				"the service reaches it",
				"veld 'listen': %.*s is elk adres van deze machine, en dat kan niemand aanroepen; noem er een, of zeg in `url` "
				"hoe de dienst erbij komt",
				STR_FMT(options->listen));
	return true;
}

bool service_counterpart_read(
		const struct fields *descriptor, const struct node *node, struct listener_options *options, struct loc *loc)
{
	struct fields fields = *descriptor;
	fields.what = "counterpart";
	if (!node) return true;
	*loc = source_loc(fields.doc->source, node->start);
	loc->file = str_copy(fields.arena, loc->file);
	return fields_open(&fields, node, counterpart_fields) && fields_string(&fields, "listen", true, &options->listen) &&
		   fields_string(&fields, "url", false, &options->url) && check_listen(&fields, options);
}

static bool read_count(const struct fields *fields, const char *name, uint32_t most, uint32_t *out)
{
	const struct node *node = NULL;
	if (!fields_value(fields, name, NODE_NUMBER, false, &node)) return false;
	if (!node || (str_to_u32(node_text(node), out) && *out > 0 && *out <= most)) return true;
	return fields_fail(fields, node, "field '%s': expected a whole number from 1 to %u",
			"veld '%s': verwacht een geheel getal van 1 tot en met %u", name, most);
}

bool service_consumer_read(const struct fields *claim, bool consumer, uint32_t *seconds, uint32_t *requests)
{
	static const char *const names[] = {"seconds", "requests", NULL};
	const struct node *node = NULL;
	struct fields fields = *claim;
	*seconds = CONSUMER_SECONDS;
	*requests = LIMIT_INBOUND_REQUESTS;
	if (!fields_value(claim, "consumer", NODE_OBJECT, false, &node)) return false;
	if (!node) return true;
	if (!consumer)
		return fields_fail(claim, node, "field 'consumer': only a claim with role: consumer has it%s",
				"veld 'consumer': alleen een claim met role: consumer heeft dit%s", "");
	fields.what = "consumer";
	return fields_open(&fields, node, names) && read_count(&fields, "seconds", LIMIT_LISTEN_SECONDS, seconds) &&
		   read_count(&fields, "requests", LIMIT_INBOUND_REQUESTS, requests);
}
