/* SPDX-License-Identifier: EUPL-1.2 */
/* oasSecurityDefined: schemes and scopes that security requirements ask for must exist. */
#include "engine/function_private.h"
#include "engine/oas_model.h"
#include "engine/oas_private.h"

struct security_options {
	bool is_v2;
};

bool oas_security_defined_compile(
		struct arena *arena, struct source *source, const struct node *node, void **compiled, struct err *err)
{
	static const char *const names[] = {"oasVersion", NULL};
	struct options options = {arena, source, node, "oasSecurityDefined", "{ \"oasVersion\": 3 }", err};
	if (!options_object(&options, names, false)) return false;
	const struct node *version = node_member(node, STR("oasVersion"));
	double number = version && version->kind == NODE_NUMBER ? node_double(version) : 3;
	if ((version && version->kind != NODE_NUMBER) || (number != 2 && number != 3))
		return option_fail(&options, "oasVersion", version, "must be 2 or 3", "moet 2 of 3 zijn");
	struct security_options *out = arena_zalloc(arena, sizeof *out);
	out->is_v2 = number == 2;
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

/* Schemes are looked up in the document as it is written, as Spectral does. */
static bool is_scope_defined(bool is_v2, const struct node *scheme, struct str scope)
{
	if (is_v2) return node_member(node_member(scheme, STR("scopes")), scope) != NULL;
	const struct node *flows = node_member(scheme, STR("flows"));
	for (uint32_t i = 0; oas_is_object(flows) && i < flows->len; i++)
		if (node_member(node_member(&flows->children[i], STR("scopes")), scope)) return true;
	return false;
}

static struct text unknown_scheme(const struct subject *subject, bool is_v2)
{
	bool global = subject->where && subject->where->depth == 2;
	const char *place = is_v2 ? "securityDefinitions" : "components.securitySchemes";
	return global ? text_printf(subject->arena,
							"API \"security\" values must match a scheme defined in the \"%s\" object.",
							"De waarden van \"security\" van de API moeten een schema noemen dat in \"%s\" staat.",
							place)
				  : text_printf(subject->arena,
							"Operation \"security\" values must match a scheme defined in the \"%s\" object.",
							"De waarden van \"security\" van de operatie moeten een schema noemen dat in \"%s\" staat.",
							place);
}

static void check_scopes(const struct subject *subject, bool is_v2, const struct node *scopes, struct str name,
		const struct node *scheme, struct violation_sink *sink)
{
	for (uint32_t i = 0; i < scopes->len; i++) {
		struct str scope = node_text(view_value(subject->view, &scopes->children[i]));
		if (is_scope_defined(is_v2, scheme, scope)) continue;
		oas_report(sink, oas_below(subject->arena, "si", name, (unsigned)i),
				text_printf(subject->arena, "\"%.*s\" must be listed among scopes.",
						"\"%.*s\" moet bij de scopes staan.", STR_FMT(scope)));
	}
}

enum function_result oas_security_defined_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{
	(void)err;
	bool is_v2 = ((const struct security_options *)compiled)->is_v2;
	const struct node *root = subject->view->doc->root;
	if (!is_requirement(subject->view, subject->value) || !oas_is_object(root)) return FUNCTION_DONE;
	const struct node *schemes = is_v2 ? node_member(root, STR("securityDefinitions"))
									   : node_member(node_member(root, STR("components")), STR("securitySchemes"));
	for (uint32_t i = 0; i < subject->value->len; i++) {
		const struct node *member = oas_live_member(subject->value, i);
		if (!member) continue;
		const struct node *scheme = node_member(schemes, node_key(member));
		if (scheme)
			check_scopes(subject, is_v2, view_value(subject->view, member), node_key(member), scheme, sink);
		else
			oas_report(sink, oas_below(subject->arena, "s", node_key(member)), unknown_scheme(subject, is_v2));
	}
	return FUNCTION_DONE;
}
