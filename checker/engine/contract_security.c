/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a caller has to show: security requirements as one expression of schemes and scopes, in which schemes are what
 * they are and not what they are called.
 */
#include "base/limits.h"
#include "engine/contract_private.h"
#include "engine/contract_scope.h"

enum { MOST_ALTERNATIVES = 100, MOST_SCHEMES = 50 };

struct security {
	const struct openapi *openapi;
	const struct scope *asked; /* NULL: nothing */
	const struct spot *at;     /* the list; without one the operation */
	bool silent;               /* nothing is said of it, neither here nor for the document */
	bool odd;                  /* no list as OpenAPI has it, or a very long one */
};

static struct str lower(struct arena *arena, struct str text)
{
	char *copy = arena_copy(arena, text.ptr ? text.ptr : "", text.len);
	for (size_t i = 0; i < text.len; i++)
		if (copy[i] >= 'A' && copy[i] <= 'Z') copy[i] = (char)(copy[i] - 'A' + 'a');
	return (struct str){copy, text.len};
}

/* What a scheme is: "http bearer", "apiKey header X-Key". */
static struct str scheme_text(struct arena *arena, const struct openapi *openapi, struct str name)
{
	const struct node *components = node_member(openapi->refs->main->root, STR("components"));
	const struct node *scheme = node_member(node_member(components, STR("securitySchemes")), name);
	const struct target *target = scheme ? refs_target(openapi->refs, scheme) : NULL;
	if (target) scheme = target->node;
	struct str type = node_string_member(scheme, STR("type"));
	if (str_eq(type, STR("http")))
		return str_printf(arena, "http %.*s", STR_FMT(lower(arena, node_string_member(scheme, STR("scheme")))));
	if (str_eq(type, STR("apiKey"))) {
		struct str in = node_string_member(scheme, STR("in")), field = node_string_member(scheme, STR("name"));
		if (str_eq(in, STR("header"))) field = lower(arena, field);
		return str_printf(arena, "apiKey %.*s %.*s", STR_FMT(in), STR_FMT(field));
	}
	return type.len ? type : name;
}

/* All schemes of one alternative, each with its scopes. */
static bool read_alternative(
		struct arena *arena, const struct openapi *openapi, const struct node *node, const struct scope **out)
{
	const struct scope *all = NULL;
	if (node->kind != NODE_OBJECT || node->len > MOST_SCHEMES) return false;
	for (uint32_t i = 0; i < node->len; i++) {
		const struct scope *scopes = NULL;
		const struct node *member = &node->children[i];
		if (node_is_repeated(node, member)) continue;
		if (!scope_parse_list(arena, member, &scopes)) return false;
		all = scope_both(arena, all, scope_name(arena, scheme_text(arena, openapi, node_key(member))));
		all = scope_both(arena, all, scopes);
	}
	*out = all;
	return true;
}

static void read_list(struct arena *arena, struct security *security)
{
	const struct node *list = security->at->node;
	security->odd = list->kind != NODE_ARRAY || list->len > MOST_ALTERNATIVES;
	for (uint32_t i = 0; !security->odd && i < list->len; i++) {
		const struct scope *one = NULL;
		security->odd = !read_alternative(arena, security->openapi, &list->children[i], &one);
		security->asked = i ? scope_either(arena, security->asked, one) : one;
		if (!security->asked) return;
	}
}

/* Of the operation, else of the document. */
static struct security security_of(
		struct arena *arena, const struct openapi *openapi, const struct openapi_operation *operation)
{
	const struct doc *main = openapi->refs->main;
	struct target root = {main, main->root, STR("")};
	const struct spot *at = spot_of_target(arena, &operation->at);
	const struct spot *list = spot_member(arena, at, STR("security"));
	if (!list) list = spot_member(arena, spot_of_target(arena, &root), STR("security"));
	struct security security = {.openapi = openapi, .at = list ? list : at, .silent = list == NULL};
	if (list) read_list(arena, &security);
	return security;
}

static struct str asked_text(struct arena *arena, const struct scope *asked)
{
	return asked ? scope_text(arena, asked) : STR("-");
}

static void report(struct comparer *comparer, const struct security *official, const struct security *vendor,
		enum contract_grade grade, struct text message)
{
	struct str expected = asked_text(comparer->arena, official->asked);
	struct difference difference = {.topic = TOPIC_SECURITY,
			.grade = grade,
			.official = official->at,
			.vendor = vendor->at,
			.message = message,
			.expected = {{expected, expected}},
			.found = asked_text(comparer->arena, vendor->asked)};
	contract_report(comparer, NULL, &difference);
}

static void judge(struct comparer *comparer, const struct security *official, const struct security *vendor)
{
	enum scope_relation more = scope_implies(comparer->arena, official->asked, vendor->asked);
	enum scope_relation less = scope_implies(comparer->arena, vendor->asked, official->asked);
	if (more == SCOPE_UNDECIDED || (more == SCOPE_IMPLIES && less == SCOPE_UNDECIDED)) {
		contract_undecided(comparer, TOPIC_SECURITY, NULL, vendor->at,
				TEXT("the expression of scopes has too many alternatives",
						"de uitdrukking met scopes heeft te veel alternatieven"));
	} else if (more == SCOPE_DIFFERS && official->silent) {
		report(comparer, official, vendor, CONTRACT_EXTENSION,
				TEXT("asks for credentials, of which the contract says nothing here",
						"vraagt om inloggegevens, waarover het contract hier niets zegt"));
	} else if (more == SCOPE_DIFFERS) {
		report(comparer, official, vendor, CONTRACT_BREAKING,
				TEXT("a client with the rights that the contract asks for may be refused",
						"een client met de rechten die het contract vraagt kan geweigerd worden"));
	} else if (less == SCOPE_DIFFERS) {
		report(comparer, official, vendor, CONTRACT_TOLERATED,
				TEXT("asks for fewer rights than the contract", "vraagt minder rechten dan het contract"));
	}
}

void contract_compare_security(
		struct comparer *comparer, const struct openapi_operation *official, const struct openapi_operation *vendor)
{
	struct security ours = security_of(comparer->arena, comparer->official, official);
	struct security theirs = security_of(comparer->arena, comparer->vendor, vendor);
	contract_step(comparer, 1);
	if (ours.odd || theirs.odd)
		contract_undecided(comparer, TOPIC_SECURITY, NULL, ours.odd ? ours.at : theirs.at,
				TEXT("\"security\" is no list of requirements, or a very long one",
						"\"security\" is geen lijst van eisen, of een heel lange"));
	else
		judge(comparer, &ours, &theirs);
}
