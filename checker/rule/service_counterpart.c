/* Reading `counterpart` of service descriptors. */
#include "rule/service_counterpart.h"

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
