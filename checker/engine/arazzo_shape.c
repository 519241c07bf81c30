/* SPDX-License-Identifier: EUPL-1.2 */
/* Which members the objects of Arazzo have, and of what kind they are. */
#include "engine/arazzo_compile.h"
#include "engine/js.h"

enum want { ANY, STRING, LIST, SOME, OBJECT, INTEGER, NUMBER, BOOLEAN, TYPE };

/* `flags`: required, of Arazzo 1.1 only. */
enum { REQUIRED = 1, SINCE_1_1 = 2 };

struct member {
	const char *name;
	enum want want;
	int flags;
};

struct shape {
	const struct member *members;
	bool extensible;
	const char *const *extensions; /* ours, without "x-keur-" */
};

static const struct member document_members[] = {{"arazzo", STRING, REQUIRED}, {"$self", STRING, SINCE_1_1},
		{"info", OBJECT, REQUIRED}, {"sourceDescriptions", SOME, REQUIRED}, {"workflows", SOME, REQUIRED},
		{"components", OBJECT, 0}, {NULL, ANY, 0}};
static const struct member info_members[] = {{"title", STRING, REQUIRED}, {"summary", STRING, 0},
		{"description", STRING, 0}, {"version", STRING, REQUIRED}, {NULL, ANY, 0}};
static const struct member source_members[] = {
		{"name", STRING, REQUIRED}, {"url", STRING, REQUIRED}, {"type", STRING, 0}, {NULL, ANY, 0}};
static const struct member workflow_members[] = {{"workflowId", STRING, REQUIRED}, {"summary", STRING, 0},
		{"description", STRING, 0}, {"inputs", ANY, 0}, {"dependsOn", LIST, 0}, {"steps", SOME, REQUIRED},
		{"successActions", LIST, 0}, {"failureActions", LIST, 0}, {"outputs", OBJECT, 0}, {"parameters", LIST, 0},
		{NULL, ANY, 0}};
static const struct member step_members[] = {{"stepId", STRING, REQUIRED}, {"description", STRING, 0},
		{"operationId", STRING, 0}, {"operationPath", STRING, 0}, {"workflowId", STRING, 0}, {"parameters", LIST, 0},
		{"requestBody", OBJECT, 0}, {"successCriteria", SOME, 0}, {"onSuccess", LIST, 0}, {"onFailure", LIST, 0},
		{"outputs", OBJECT, 0}, {"channelPath", STRING, SINCE_1_1}, {"timeout", INTEGER, SINCE_1_1},
		{"correlationId", ANY, SINCE_1_1}, {"action", STRING, SINCE_1_1}, {"dependsOn", SOME, SINCE_1_1},
		{NULL, ANY, 0}};
static const struct member parameter_members[] = {
		{"name", STRING, REQUIRED}, {"in", STRING, 0}, {"value", ANY, REQUIRED}, {NULL, ANY, 0}};
static const struct member success_members[] = {{"name", STRING, REQUIRED}, {"type", STRING, REQUIRED},
		{"workflowId", STRING, 0}, {"stepId", STRING, 0}, {"parameters", LIST, SINCE_1_1}, {"criteria", SOME, 0},
		{NULL, ANY, 0}};
static const struct member failure_members[] = {{"name", STRING, REQUIRED}, {"type", STRING, REQUIRED},
		{"workflowId", STRING, 0}, {"stepId", STRING, 0}, {"parameters", LIST, SINCE_1_1}, {"retryAfter", NUMBER, 0},
		{"retryLimit", INTEGER, 0}, {"criteria", LIST, 0}, {NULL, ANY, 0}};
static const struct member reusable_members[] = {{"reference", STRING, REQUIRED}, {"value", ANY, 0}, {NULL, ANY, 0}};
static const struct member criterion_members[] = {
		{"context", STRING, 0}, {"condition", STRING, REQUIRED}, {"type", TYPE, 0}, {NULL, ANY, 0}};
static const struct member type_members[] = {{"type", STRING, REQUIRED}, {"version", STRING, REQUIRED}, {NULL, ANY, 0}};
static const struct member selector_members[] = {
		{"context", STRING, REQUIRED}, {"selector", STRING, REQUIRED}, {"type", TYPE, REQUIRED}, {NULL, ANY, 0}};
static const struct member body_members[] = {
		{"contentType", STRING, 0}, {"payload", ANY, 0}, {"replacements", LIST, 0}, {NULL, ANY, 0}};
static const struct member replacement_members[] = {{"target", STRING, REQUIRED},
		{"targetSelectorType", TYPE, SINCE_1_1}, {"value", ANY, REQUIRED}, {NULL, ANY, 0}};
static const struct member components_members[] = {{"inputs", OBJECT, 0}, {"parameters", OBJECT, 0},
		{"successActions", OBJECT, 0}, {"failureActions", OBJECT, 0}, {NULL, ANY, 0}};
static const struct member request_members[] = {
		{"method", STRING, REQUIRED}, {"path", STRING, 0}, {"url", STRING, 0}, {NULL, ANY, 0}};
static const struct member soap_members[] = {{"action", STRING, REQUIRED}, {"version", STRING, 0},
		{"header", STRING, 0}, {"path", STRING, 0}, {"url", STRING, 0}, {NULL, ANY, 0}};
static const struct member token_members[] = {{"client-id", STRING, 0}, {"secret", STRING, 0}, {"iat", ANY, 0},
		{"exp", ANY, 0}, {"without", SOME, 0}, {"alg", STRING, 0}, {NULL, ANY, 0}};

static const struct member await_members[] = {{"method", STRING, REQUIRED}, {"path", STRING, REQUIRED},
		{"timeout", INTEGER, 0}, {"match", SOME, 0}, {"absent", BOOLEAN, 0}, {NULL, ANY, 0}};

static const char *const document_ours[] = {"passive", "namespaces", NULL};
static const char *const source_ours[] = {"type", NULL};
static const char *const workflow_ours[] = {
		"rule", "message", "expected", "cleanup", "optional", "requires", "anonymous", "client", NULL};
static const char *const step_ours[] = {"rule", "message", "expected", "cleanup", "anonymous", "client",
		"keep-redirect", "request", "failure", "soap", "token", "await", NULL};
static const char *const criterion_ours[] = {"rule", "message", "expected", "found", "aside", "when", NULL};
static const char *const none_ours[] = {NULL};

static const struct shape shapes[] = {
		[SHAPE_DOCUMENT] = {document_members, true, document_ours},
		[SHAPE_INFO] = {info_members, true, none_ours},
		[SHAPE_SOURCE] = {source_members, true, source_ours},
		[SHAPE_WORKFLOW] = {workflow_members, true, workflow_ours},
		[SHAPE_STEP] = {step_members, true, step_ours},
		[SHAPE_PARAMETER] = {parameter_members, true, none_ours},
		[SHAPE_SUCCESS_ACTION] = {success_members, true, none_ours},
		[SHAPE_FAILURE_ACTION] = {failure_members, true, none_ours},
		[SHAPE_REUSABLE] = {reusable_members, true, none_ours},
		[SHAPE_CRITERION] = {criterion_members, true, criterion_ours},
		[SHAPE_EXPRESSION_TYPE] = {type_members, true, none_ours},
		[SHAPE_SELECTOR] = {selector_members, true, none_ours},
		[SHAPE_BODY] = {body_members, true, none_ours},
		[SHAPE_REPLACEMENT] = {replacement_members, true, none_ours},
		[SHAPE_COMPONENTS] = {components_members, true, none_ours},
		[SHAPE_REQUEST] = {request_members, false, none_ours},
		[SHAPE_SOAP] = {soap_members, false, none_ours},
		[SHAPE_AWAIT] = {await_members, false, none_ours},
		[SHAPE_TOKEN] = {token_members, false, none_ours},
};

/* What an object is called. */
static struct text what_of(enum shape_name name)
{
	const struct text texts[] = {
			[SHAPE_DOCUMENT] = TEXT("an Arazzo document", "een Arazzo-document"),
			[SHAPE_INFO] = TEXT("an Info Object", "een Info-object"),
			[SHAPE_SOURCE] = TEXT("a source description", "een bronbeschrijving (sourceDescription)"),
			[SHAPE_WORKFLOW] = TEXT("a workflow", "een werkstroom (workflow)"),
			[SHAPE_STEP] = TEXT("a step", "een stap"),
			[SHAPE_PARAMETER] = TEXT("a Parameter Object", "een parameter-object"),
			[SHAPE_SUCCESS_ACTION] = TEXT("a success action", "een actie bij succes"),
			[SHAPE_FAILURE_ACTION] = TEXT("a failure action", "een actie bij falen"),
			[SHAPE_REUSABLE] = TEXT("a Reusable Object", "een herbruikbaar object"),
			[SHAPE_CRITERION] = TEXT("a criterion", "een criterium"),
			[SHAPE_EXPRESSION_TYPE] = TEXT("an Expression Type Object", "een object Expression Type"),
			[SHAPE_SELECTOR] = TEXT("a Selector Object", "een object Selector"),
			[SHAPE_BODY] = TEXT("a Request Body Object", "een object Request Body"),
			[SHAPE_REPLACEMENT] = TEXT("a Payload Replacement Object", "een object Payload Replacement"),
			[SHAPE_COMPONENTS] = TEXT("a Components Object", "een object Components"),
			[SHAPE_REQUEST] = TEXT("a request (x-keur-request)", "een verzoek (x-keur-request)"),
			[SHAPE_AWAIT] = TEXT("a request to wait for (x-keur-await)", "een verzoek om op te wachten (x-keur-await)"),
			[SHAPE_SOAP] = TEXT("a SOAP request (x-keur-soap)", "een SOAP-verzoek (x-keur-soap)"),
			[SHAPE_TOKEN] = TEXT("a token (x-keur-token)", "een token (x-keur-token)"),
	};
	return texts[name];
}

static struct text want_text(enum want want)
{
	const struct text texts[] = {
			[ANY] = TEXT("a value", "een waarde"),
			[STRING] = TEXT("a text", "een tekst"),
			[LIST] = TEXT("a list", "een lijst"),
			[SOME] = TEXT("a list with at least one item", "een lijst met minstens een onderdeel"),
			[OBJECT] = TEXT("an object", "een object (naam: waarde)"),
			[INTEGER] = TEXT("a whole number, 0 or more", "een geheel getal, 0 of hoger"),
			[NUMBER] = TEXT("a number, 0 or more", "een getal, 0 of hoger"),
			[BOOLEAN] = TEXT("true or false", "true of false"),
			[TYPE] = TEXT("a text or an Expression Type Object", "een tekst of een Expression Type Object"),
	};
	return texts[want];
}

static bool is_wanted(const struct node *node, enum want want)
{
	bool negative = node->kind == NODE_NUMBER && node->len > 0 && node->text[0] == '-';
	switch (want) {
	case STRING:
		return node->kind == NODE_STRING;
	case LIST:
		return node->kind == NODE_ARRAY;
	case SOME:
		return node->kind == NODE_ARRAY && node->len > 0;
	case OBJECT:
		return node->kind == NODE_OBJECT;
	case INTEGER:
		return node->kind == NODE_NUMBER && node_is_integer(node) && !negative;
	case NUMBER:
		return node->kind == NODE_NUMBER && !negative && node_double(node) == node_double(node);
	case BOOLEAN:
		return node->kind == NODE_TRUE || node->kind == NODE_FALSE;
	case TYPE:
		return node->kind == NODE_STRING || node->kind == NODE_OBJECT;
	default:
		return true;
	}
}

bool expected_error(struct loading *loading, const struct node *at, struct text expected)
{
	struct str found = js_found(loading->arena, at);
	struct text kind = node_kind_name(at->kind);
	return AT_ERROR(loading, at, "expected %s%.0s, found %s%.0s%s%.*s", "verwacht werd %.0s%s, gevonden %.0s%s%s%.*s",
			BOTH(expected), BOTH(kind), found.len ? " " : "", STR_FMT(found));
}

static bool is_ours(const struct shape *shape, struct str key)
{
	struct str name = str_skip(key, sizeof "x-keur-" - 1);
	for (const char *const *known = shape->extensions; *known; known++)
		if (str_eq(name, str_of(*known))) return true;
	return false;
}

static bool refuse_unknown(struct loading *loading, const struct shape *shape, const struct node *member)
{
	struct text what = what_of((enum shape_name)(shape - shapes));
	struct strbuf names;
	strbuf_init(&names, 1000);
	for (const struct member *known = shape->members; known->name; known++)
		strbuf_printf(&names, "%s%s", known == shape->members ? "" : ", ", known->name);
	for (const char *const *known = shape->extensions; *known; known++)
		strbuf_printf(&names, ", x-keur-%s", *known);
	KEY_ERROR(loading, member, "unknown member \"%.*s\" of %s%.0s; known are %.*s",
			"onbekend lid \"%.*s\" van %.0s%s; bekend zijn %.*s", STR_FMT(node_key(member)), BOTH(what),
			STR_FMT(strbuf_str(&names)));
	strbuf_release(&names);
	return false;
}

static bool check_member(struct loading *loading, const struct shape *shape, const struct node *member)
{
	struct str key = node_key(member);
	if (shape->extensible && str_starts(key, STR("x-")))
		return !str_starts(key, STR("x-keur-")) || is_ours(shape, key) || refuse_unknown(loading, shape, member);
	const struct member *known = shape->members;
	while (known->name && !str_eq(key, str_of(known->name)))
		known++;
	if (!known->name) return refuse_unknown(loading, shape, member);
	if ((known->flags & SINCE_1_1) && !loading->part->is_1_1)
		return KEY_ERROR(loading, member, "\"%.*s\" is of Arazzo 1.1, and this document says 1.0",
				"\"%.*s\" hoort bij Arazzo 1.1, en dit document zegt 1.0", STR_FMT(key));
	if (is_wanted(member, known->want)) return true;
	struct text want = want_text(known->want);
	return expected_error(loading, member,
			text_printf(loading->arena, "%s%.0s in \"%.*s\"", "%.0s%s bij \"%.*s\"", BOTH(want), STR_FMT(key)));
}

bool shape_check(struct loading *loading, const struct node *node, enum shape_name name)
{
	const struct shape *shape = &shapes[name];
	struct text what = what_of(name);
	if (node->kind != NODE_OBJECT) return expected_error(loading, node, what);
	for (uint32_t i = 0; i < node->len; i++)
		if (!check_member(loading, shape, &node->children[i])) return false;
	for (const struct member *known = shape->members; known->name; known++)
		if ((known->flags & REQUIRED) && !node_member(node, str_of(known->name)))
			return AT_ERROR(loading, node, "expected member \"%s\" of %s%.0s, found none",
					"verwacht werd lid \"%s\" van %.0s%s, maar dat is er niet", known->name, BOTH(what));
	return true;
}
