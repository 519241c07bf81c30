/* SPDX-License-Identifier: EUPL-1.2 */
/* asyncapiSecurity: schemes and scopes that the security of a server or an operation asks for must exist. */
#include "base/limits.h"
#include "doc/strmap.h"
#include "engine/asyncapi_private.h"
#include "engine/function_private.h"
#include "engine/oas_model.h"

struct security_options {
	struct text holder; /* of the security, to begin a message with */
};

bool asyncapi_security_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	static const char *const names[] = {"objectType", NULL};
	struct options options = {arena, source, node, "asyncapiSecurity", "{ \"objectType\": \"Operation\" }", err};
	if (!options_object(&options, names, false)) return false;
	const struct node *type = node_member(node, STR("objectType"));
	struct str name = type && type->kind == NODE_STRING ? node_text(type) : STR("");
	bool server = str_eq(name, STR("Server"));
	if (!server && !str_eq(name, STR("Operation")))
		return option_fail(&options, "objectType", type, "must be \"Server\" or \"Operation\"",
				"moet \"Server\" of \"Operation\" zijn");
	struct security_options *out = arena_zalloc(arena, sizeof *out);
	out->holder = server ? TEXT("Server", "Een server") : TEXT("Operation", "Een operatie");
	*compiled = out;
	return true;
}

/* Is the requirement an object whose members are arrays of strings? */
static bool is_requirement(const struct view *view, const struct node *value)
{
	if (!oas_is_object(value)) return false;
	for (uint32_t i = 0; i < value->len; i++) {
		const struct node *scopes = view_value(view, &value->children[i]);
		if (!oas_is_array(scopes)) return false;
		for (uint32_t j = 0; j < scopes->len; j++)
			if (view_value(view, &scopes->children[j])->kind != NODE_STRING) return false;
	}
	return true;
}

/* Scopes of all flows of a scheme of OAuth 2: each once, and the list for a reader. */
static void collect_scopes(const struct node *scheme, struct strmap *scopes, struct strbuf *list)
{
	static const char *const flows[] = {"implicit", "password", "clientCredentials", "authorizationCode"};
	for (size_t f = 0; f < sizeof flows / sizeof *flows; f++) {
		const struct node *flow = node_member(node_member(scheme, STR("flows")), str_of(flows[f]));
		const struct node *own = node_member(flow, STR("scopes"));
		for (uint32_t i = 0; oas_is_object(own) && i < own->len; i++) {
			if (!strmap_put(scopes, node_key(&own->children[i]), 0)) continue;
			strbuf_add(list, list->len ? STR(", ") : STR(""));
			strbuf_add(list, node_key(&own->children[i]));
		}
	}
}

static void check_scopes(const struct subject *subject, const struct node *scopes, struct str name,
		const struct node *scheme, struct violation_sink *sink)
{
	struct strmap known = {0};
	struct strbuf list;
	strbuf_init(&list, LIMIT_MESSAGE_BYTES);
	collect_scopes(scheme, &known, &list);
	for (uint32_t i = 0; i < scopes->len; i++) {
		if (strmap_get(&known, node_text(view_value(subject->view, &scopes->children[i])))) continue;
		oas_report(sink, oas_below(subject->arena, "si", name, (unsigned)i),
				text_printf(subject->arena,
						"Non-existing security scope for the specified security scheme. Available: [%.*s]",
						"Deze scope heeft het beveiligingsschema niet. Wel: [%.*s]", STR_FMT(strbuf_str(&list))));
	}
	strbuf_release(&list);
	strmap_release(&known);
}

/* Schemes are looked up in the document as it is written, as Spectral does. */
enum function_result asyncapi_security_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)err;
	const struct security_options *options = compiled;
	if (!is_requirement(subject->view, subject->value)) return FUNCTION_DONE;
	const struct node *schemes = node_member(
			node_member(subject->view->doc->root, STR("components")), STR("securitySchemes"));
	for (uint32_t i = 0; i < subject->value->len; i++) {
		const struct node *member = oas_live_member(subject->value, i);
		if (!member) continue;
		const struct node *scheme = node_member(schemes, node_key(member));
		struct str type = node_string_member(scheme, STR("type"));
		if (!scheme)
			oas_report(sink, oas_below(subject->arena, "s", node_key(member)),
					(struct text){{
							str_printf(subject->arena, "%.*s must not reference an undefined security scheme.",
									STR_FMT(options->holder.in[LANG_EN])),
							str_printf(subject->arena,
									"%.*s mag geen beveiligingsschema noemen dat niet beschreven is.",
									STR_FMT(options->holder.in[LANG_NL])),
					}});
		else if (str_eq(type, STR("oauth2")))
			check_scopes(subject, view_value(subject->view, member), node_key(member), scheme, sink);
	}
	return FUNCTION_DONE;
}
