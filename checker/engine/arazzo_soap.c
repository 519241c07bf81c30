/* SPDX-License-Identifier: EUPL-1.2 */
/* Compiling steps that ask by SOAP, and the prefixes of a scenario. */
#include "engine/arazzo_compile.h"

enum { NAMESPACES_MAX = 100 };

static bool version_read(struct loading *loading, const struct node *version, bool *is_1_2)
{
	*is_1_2 = version && str_eq(node_text(version), STR("1.2"));
	if (!version || *is_1_2 || str_eq(node_text(version), STR("1.1"))) return true;
	return expected_error(loading, version, TEXT("\"1.1\" or \"1.2\"", "\"1.1\" of \"1.2\""));
}

bool soap_request(struct loading *loading, const struct node *at)
{
	struct arazzo_step *step = loading->step;
	struct soap_call *soap = arena_zalloc(loading->arena, sizeof *soap);
	step->soap = soap;
	step->method = STR("POST");
	if (!shape_check(loading, at, SHAPE_SOAP) || !version_read(loading, node_member(at, STR("version")), &soap->is_1_2))
		return false;
	if (!request_text(loading, node_member(at, STR("action")), &soap->action) ||
			!request_text(loading, node_member(at, STR("header")), &soap->header))
		return false;
	soap->header.xml = true;
	const struct node *body = node_member(step->node, STR("requestBody"));
	if (!body || !node_member(body, STR("payload")))
		return AT_ERROR(loading, at, "expected \"requestBody\" with a \"payload\" beside x-keur-soap, found none",
				"verwacht werd \"requestBody\" met een \"payload\" naast x-keur-soap, maar die is er niet");
	return request_target(loading, at, false);
}

static bool is_prefix(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
		if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '-' || c == '.'))) return false;
	}
	return text.len > 0 && !str_starts(text, STR("xml")) && !str_eq(text, STR("SOAP-ENV"));
}

/* What an attribute xmlns:... can hold as it is. */
static bool is_uri(const struct node *node)
{
	if (node->kind != NODE_STRING || node->len == 0) return false;
	for (uint32_t i = 0; i < node->len; i++)
		if ((unsigned char)node->text[i] <= ' ' || strchr("\"<>&'", node->text[i])) return false;
	return true;
}

static bool name_read(struct loading *loading, const struct node *member, struct xpath_name *out)
{
	if (!is_prefix(node_key(member)))
		return KEY_ERROR(loading, member,
				"expected a prefix of letters, digits, \"-\", \".\" and \"_\", other than xml... and SOAP-ENV, found \"%.*s\"",
				"verwacht werd een voorvoegsel van letters, cijfers, \"-\", \".\" en \"_\", anders dan xml... en SOAP-ENV, "
				"gevonden \"%.*s\"",
				STR_FMT(node_key(member)));
	if (!is_uri(member))
		return expected_error(loading, member,
				TEXT("the URI of a namespace, without spaces, quotes, <, > and &",
						"de URI van een namespace, zonder spaties, aanhalingstekens, <, > en &"));
	*out = (struct xpath_name){str_copy(loading->arena, node_key(member)), str_copy(loading->arena, node_text(member))};
	return true;
}

bool namespaces_read(struct loading *loading)
{
	struct arazzo_document *part = loading->part;
	const struct node *map = node_member(part->doc->root, STR("x-keur-namespaces"));
	if (!map) return true;
	if (map->kind != NODE_OBJECT || map->len > NAMESPACES_MAX)
		return expected_error(loading, map,
				TEXT("an object of at most 100 prefixes and their namespaces",
						"een object van hoogstens 100 voorvoegsels en hun namespaces"));
	struct xpath_name *names = arena_zalloc(loading->arena, (map->len + 1) * sizeof *names);
	for (uint32_t i = 0; i < map->len; i++)
		if (!name_read(loading, &map->children[i], &names[i])) return false;
	part->names = (struct xpath_names){names, map->len};
	return true;
}
