/* SPDX-License-Identifier: EUPL-1.2 */
/* Bindings and services of a WSDL. */
#include "base/limits.h"
#include "engine/wsdl_private.h"

#define WSP_SPACE "http://www.w3.org/ns/ws-policy"
#define WSP_OLD_SPACE "http://schemas.xmlsoap.org/ws/2004/09/policy"
#define WSU_SPACE "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"

static const char *space_of_kind(enum wsdl_kind kind)
{
	static const char *const spaces[WSDL_KINDS] = {[WSDL_SOAP_11] = SOAP_11_SPACE,
			[WSDL_SOAP_12] = SOAP_12_SPACE,
			[WSDL_HTTP_GET] = HTTP_SPACE,
			[WSDL_HTTP_POST] = HTTP_SPACE,
			[WSDL_OTHER] = "urn:none"};
	return spaces[kind];
}

static const xmlNode *extension_of(const xmlNode *parent, const struct wsdl_binding *binding, const char *local)
{
	return wsdl_find(parent->children, space_of_kind(binding->kind), local);
}

/* Which protocol, by the extension that the binding begins with. */
static void read_kind(struct wsdl_reader *reader, const xmlNode *node, struct wsdl_binding *binding)
{
	static const enum wsdl_kind kinds[] = {WSDL_SOAP_11, WSDL_SOAP_12, WSDL_HTTP_GET};
	binding->kind = WSDL_OTHER;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && binding->kind == WSDL_OTHER; i++) {
		const xmlNode *extension = wsdl_find(node->children, space_of_kind(kinds[i]), "binding");
		if (!extension) continue;
		binding->kind = kinds[i];
		binding->soap_at = wsdl_here(reader, extension);
		binding->style = wsdl_attribute(reader->arena, extension, NULL, "style");
		binding->transport = wsdl_attribute(reader->arena, extension, NULL, "transport");
		struct str verb = wsdl_attribute(reader->arena, extension, NULL, "verb");
		if (kinds[i] == WSDL_HTTP_GET && str_eq(verb, STR("POST"))) binding->kind = WSDL_HTTP_POST;
	}
}

static struct wsdl_header read_header(struct wsdl_reader *reader, const xmlNode *node)
{
	struct str message = wsdl_attribute(reader->arena, node, NULL, "message");
	struct wsdl_name name = wsdl_qname(node, message.ptr ? message : STR(""), reader->arena);
	struct wsdl_header header = {.message = wsdl_message_find(reader, name),
			.part = wsdl_attribute(reader->arena, node, NULL, "part"),
			.use = wsdl_attribute(reader->arena, node, NULL, "use"),
			.at = wsdl_here(reader, node)};
	if (!header.part.ptr) header.part = STR("");
	if (!header.message) wsdl_remark_name(reader, node, "message", name);
	return header;
}

static void read_extension(struct wsdl_reader *reader, const xmlNode *node, struct wsdl_body *body)
{
	body->use = wsdl_attribute(reader->arena, node, NULL, "use");
	body->space = wsdl_attribute(reader->arena, node, NULL, "namespace");
	body->encoding = wsdl_attribute(reader->arena, node, NULL, "encodingStyle");
	body->parts = wsdl_attribute(reader->arena, node, NULL, "parts");
	body->at = wsdl_here(reader, node);
}

/* An input or output of a binding: soap:body and soap:header; NULL leaves it empty. */
static void read_body(
		struct wsdl_reader *reader, const struct wsdl_binding *binding, const xmlNode *node, struct wsdl_body *body)
{
	const char *space = space_of_kind(binding->kind);
	if (!node) return;
	uint32_t count = 0;
	for (const xmlNode *child = node->children; child; child = child->next)
		count += wsdl_is(child, space, "header");
	body->headers = arena_alloc(reader->arena, count * sizeof *body->headers);
	for (const xmlNode *child = node->children; child; child = child->next) {
		if (wsdl_is(child, space, "header")) body->headers[body->header_count++] = read_header(reader, child);
		if (wsdl_is(child, space, "body") && !body->at.node) read_extension(reader, child, body);
	}
}

static void read_fault(
		struct wsdl_reader *reader, const struct wsdl_binding *binding, const xmlNode *node, struct wsdl_body *fault)
{
	const xmlNode *extension = extension_of(node, binding, "fault");
	*fault = (struct wsdl_body){.name = wsdl_attribute(reader->arena, node, NULL, "name")};
	if (extension) read_extension(reader, extension, fault);
	if (!fault->name.ptr) fault->name = STR("");
	if (!fault->at.node) fault->at = wsdl_here(reader, node);
}

static const struct wsdl_operation *operation_of(
		struct wsdl_reader *reader, const struct wsdl_binding *binding, const xmlNode *node, struct str name)
{
	if (!binding->type) return NULL;
	uint32_t type = (uint32_t)(binding->type - reader->wsdl->port_types);
	const uint32_t *number = strmap_get(&reader->operations, wsdl_operation_key(reader->arena, type, name));
	if (number) return &binding->type->operations[*number];
	wsdl_remark(reader, wsdl_here(reader, node), false,
			text_printf(reader->arena, "the port type of this binding has no operation \"%.*s\"",
					"het port type van deze binding heeft geen operatie \"%.*s\"", STR_FMT(name)));
	return NULL;
}

static void read_operation(struct wsdl_reader *reader, const struct wsdl_binding *binding, const xmlNode *node,
		struct wsdl_binding_operation *operation)
{
	struct arena *arena = reader->arena;
	struct str name = wsdl_attribute(arena, node, NULL, "name");
	*operation = (struct wsdl_binding_operation){.name = name.ptr ? name : STR(""),
			.faults = arena_alloc(arena, wsdl_count(node, "fault") * sizeof *operation->faults),
			.at = wsdl_here(reader, node)};
	operation->operation = operation_of(reader, binding, node, operation->name);
	const xmlNode *extension = extension_of(node, binding, "operation");
	operation->soap_at = wsdl_here(reader, extension ? extension : node);
	if (extension) {
		operation->style = wsdl_attribute(arena, extension, NULL, "style");
		operation->action = wsdl_attribute(arena, extension, NULL, "soapAction");
		operation->location = wsdl_attribute(arena, extension, NULL, "location");
	}
	if (!operation->style.ptr) operation->style = binding->style;
	read_body(reader, binding, wsdl_find(node->children, WSDL_SPACE, "input"), &operation->input);
	read_body(reader, binding, wsdl_find(node->children, WSDL_SPACE, "output"), &operation->output);
	for (const xmlNode *child = node->children; child; child = child->next)
		if (wsdl_is(child, WSDL_SPACE, "fault"))
			read_fault(reader, binding, child, &operation->faults[operation->fault_count++]);
}

static bool is_policy_space(const xmlNode *node)
{
	const char *space = node->ns && node->ns->href ? (const char *)node->ns->href : "";
	return strcmp(space, WSP_SPACE) == 0 || strcmp(space, WSP_OLD_SPACE) == 0;
}

static bool is_optional(struct wsdl_reader *reader, const xmlNode *node)
{
	struct str value = wsdl_attribute(reader->arena, node, WSP_SPACE, "Optional");
	if (!value.ptr) value = wsdl_attribute(reader->arena, node, WSP_OLD_SPACE, "Optional");
	return str_eq(value, STR("true")) || str_eq(value, STR("1"));
}

struct policies {
	struct {
		struct wsdl_at *items;
		size_t count, capacity;
	} found;
};

/* Assertions within Policy, All and ExactlyOne; what they hold themselves is part of them. */
static void find_assertions(struct wsdl_reader *reader, const xmlNode *policy, struct policies *policies)
{
	for (const xmlNode *child = policy->children; child; child = child->next) {
		if (child->type != XML_ELEMENT_NODE || policies->found.count >= LIMIT_WSDL_POLICIES) continue;
		if (is_policy_space(child))
			find_assertions(reader, child, policies);
		else if (!is_optional(reader, child))
			*vec_push(&policies->found) = wsdl_here(reader, child);
	}
}

/* Policy of that wsu:Id in the same document; only those are known without fetching. */
static const xmlNode *policy_named(struct wsdl_reader *reader, struct str id)
{
	uint32_t steps = 0;
	const xmlNode *child = wsdl_definitions(reader->doc)->children;
	for (; child && steps < LIMIT_WSDL_SIBLINGS; child = child->next, steps++)
		if (child->type == XML_ELEMENT_NODE && is_policy_space(child) &&
				str_eq(wsdl_attribute(reader->arena, child, WSU_SPACE, "Id"), id))
			return child;
	return NULL;
}

static void read_policies(struct wsdl_reader *reader, const xmlNode *node, struct wsdl_binding *binding)
{
	struct policies policies = {0};
	uint32_t references = 0;
	for (const xmlNode *child = node->children; child; child = child->next) {
		if (child->type != XML_ELEMENT_NODE || !is_policy_space(child)) continue;
		struct str uri = wsdl_attribute(reader->arena, child, NULL, "URI");
		const xmlNode *policy = child;
		if (uri.len && uri.ptr[0] == '#')
			policy = references++ < LIMIT_WSDL_POLICIES ? policy_named(reader, str_skip(uri, 1)) : NULL;
		if (policy) find_assertions(reader, policy, &policies);
	}
	binding->policy_count = (uint32_t)policies.found.count;
	binding->policies = arena_alloc(reader->arena, policies.found.count * sizeof *binding->policies);
	binding->policy_at = arena_alloc(reader->arena, policies.found.count * sizeof *binding->policy_at);
	for (size_t i = 0; i < policies.found.count; i++) {
		const xmlNode *found = policies.found.items[i].node;
		struct wsdl_name name = {
				found->ns ? str_of((const char *)found->ns->href) : STR(""), str_of((const char *)found->name)};
		binding->policies[i] = wsdl_clark(reader->arena, name);
		binding->policy_at[i] = policies.found.items[i];
	}
	vec_release(&policies.found);
}

static void read_binding(struct wsdl_reader *reader, const xmlNode *node, struct wsdl_binding *binding)
{
	struct arena *arena = reader->arena;
	struct str name = wsdl_attribute(arena, node, NULL, "name"), type = wsdl_attribute(arena, node, NULL, "type");
	struct wsdl_name type_name = wsdl_qname(node, type.ptr ? type : STR(""), arena);
	*binding = (struct wsdl_binding){.name = {reader->space, name.ptr ? name : STR("")},
			.operations = arena_alloc(arena, wsdl_count(node, "operation") * sizeof *binding->operations),
			.at = wsdl_here(reader, node)};
	const uint32_t *number = type_name.space.ptr ? strmap_get(&reader->port_types, wsdl_clark(arena, type_name)) : NULL;
	binding->type = number ? &reader->wsdl->port_types[*number] : NULL;
	if (!binding->type) wsdl_remark_name(reader, node, "type", type_name);
	read_kind(reader, node, binding);
	read_policies(reader, node, binding);
	for (const xmlNode *child = node->children; child; child = child->next)
		if (wsdl_is(child, WSDL_SPACE, "operation"))
			read_operation(reader, binding, child, &binding->operations[binding->operation_count++]);
}

void wsdl_read_bindings(struct wsdl_reader *reader)
{
	struct wsdl *wsdl = reader->wsdl;
	for (const xmlNode *child = wsdl_definitions(reader->doc)->children; child; child = child->next) {
		if (!wsdl_is(child, WSDL_SPACE, "binding")) continue;
		read_binding(reader, child, &wsdl->bindings[wsdl->binding_count]);
		wsdl_remember(reader, &reader->bindings, wsdl->bindings[wsdl->binding_count].name, wsdl->binding_count);
		wsdl->binding_count++;
	}
}

static void read_port(struct wsdl_reader *reader, const xmlNode *node, struct wsdl_port *port)
{
	struct arena *arena = reader->arena;
	struct str name = wsdl_attribute(arena, node, NULL, "name"), binding = wsdl_attribute(arena, node, NULL, "binding");
	struct wsdl_name binding_name = wsdl_qname(node, binding.ptr ? binding : STR(""), arena);
	const uint32_t *number = binding_name.space.ptr ? strmap_get(&reader->bindings, wsdl_clark(arena, binding_name))
													: NULL;
	*port = (struct wsdl_port){.name = name.ptr ? name : STR(""),
			.binding = number ? &reader->wsdl->bindings[*number] : NULL,
			.at = wsdl_here(reader, node)};
	if (!port->binding) wsdl_remark_name(reader, node, "binding", binding_name);
	const xmlNode *address = port->binding ? extension_of(node, port->binding, "address") : NULL;
	port->address = address ? wsdl_attribute(arena, address, NULL, "location") : (struct str){NULL, 0};
}

void wsdl_read_ports(struct wsdl_reader *reader)
{
	struct wsdl *wsdl = reader->wsdl;
	uint32_t count = wsdl->port_count;
	const xmlNode *child = wsdl_definitions(reader->doc)->children;
	for (const xmlNode *service = child; service; service = service->next)
		if (wsdl_is(service, WSDL_SPACE, "service")) count += wsdl_count(service, "port");
	struct wsdl_port *ports = arena_alloc(reader->arena, count * sizeof *ports);
	if (wsdl->port_count) memcpy(ports, wsdl->ports, wsdl->port_count * sizeof *ports);
	wsdl->ports = ports;
	for (const xmlNode *service = child; service; service = service->next) {
		if (!wsdl_is(service, WSDL_SPACE, "service")) continue;
		for (const xmlNode *port = service->children; port; port = port->next)
			if (wsdl_is(port, WSDL_SPACE, "port")) read_port(reader, port, &wsdl->ports[wsdl->port_count++]);
	}
}
