/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiling x-keur-token: how the token of one request differs from that of the client. */
#include "engine/arazzo_compile.h"
#include "fetch/auth.h"

/* Seconds from now, negative for the past. */
static bool seconds_of(struct loading *loading, const struct node *at, const char *name, bool *there, int64_t *out)
{
	const struct node *member = node_member(at, str_of(name));
	double value = member && member->kind == NODE_NUMBER ? node_double(member) : 0;
	*there = member != NULL;
	*out = (int64_t)value;
	/* Ten years either way is further than any leeway of a clock, and far from overflow. */
	bool whole = member && member->kind == NODE_NUMBER && node_is_integer(member) && value > -4e8 && value < 4e8;
	return !member || whole ||
		   expected_error(loading, member,
				   TEXT("a whole number of seconds from now, -86400 for yesterday",
						   "een geheel aantal seconden vanaf nu, -86400 voor gisteren"));
}

static bool without_of(struct loading *loading, const struct node *list, struct token_change *change)
{
	for (uint32_t i = 0; list && i < list->len; i++) {
		const struct node *item = &list->children[i];
		struct str name = item->kind == NODE_STRING ? node_text(item) : STR("");
		if (str_eq(name, STR("iat")))
			change->without_iat = true;
		else if (str_eq(name, STR("client_id")))
			change->without_client_id = true;
		else
			return expected_error(loading, item, TEXT("iat or client_id", "iat of client_id"));
	}
	return true;
}

/* A text of its own, and not that of an expression: what is wrong on purpose is the same in each run. */
static struct str member_text(const struct node *at, const char *name)
{
	const struct node *member = node_member(at, str_of(name));
	return member ? node_text(member) : (struct str){NULL, 0};
}

bool token_read(struct loading *loading, const struct node *node)
{
	const struct node *at = node_member(node, STR("x-keur-token"));
	struct token_change *change = arena_zalloc(loading->arena, sizeof *change);
	bool there;
	int64_t issued;
	if (!at) return true;
	if (!shape_check(loading, at, SHAPE_TOKEN) || !seconds_of(loading, at, "iat", &there, &issued) ||
			!seconds_of(loading, at, "exp", &change->expires, &change->lifetime) ||
			!without_of(loading, node_member(at, STR("without")), change))
		return false;
	if (loading->step->anonymous)
		return AT_ERROR(loading, at, "x-keur-token is for a request with a token, and this step is x-keur-anonymous",
				"x-keur-token is voor een verzoek met een token, en deze stap is x-keur-anonymous");
	const struct node *algorithm = node_member(at, STR("alg"));
	if (algorithm && !str_eq(node_text(algorithm), STR("none")))
		return expected_error(loading, algorithm, TEXT("none", "none"));
	change->age = -issued;
	change->is_unsigned = algorithm != NULL;
	change->client_id = member_text(at, "client-id");
	change->secret = member_text(at, "secret");
	loading->step->token = change;
	return true;
}
