/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * WSDL 1.1: what a service says of itself, as constructs with their places. Messages, port types, bindings (SOAP 1.1,
 * SOAP 1.2, HTTP) and services of a document and of all that it imports (wsdl:import) from its own folder; types are
 * left to XML Schema. Names are resolved: a binding knows its port type, an input its message.
 *
 * Const after reading. Nothing is fetched: what an import names outside the folder, or on the network, is a problem of
 * the model and is not read.
 */
#ifndef KEUR_ENGINE_WSDL_H
#define KEUR_ENGINE_WSDL_H

#include "engine/wsdl_node.h"

#define WSDL_SPACE "http://schemas.xmlsoap.org/wsdl/"
struct wsdl_part {
	struct str name;
	struct wsdl_name element, type; /* local.ptr NULL: not given */
	struct wsdl_at at;
};

struct wsdl_message {
	struct wsdl_name name;
	struct wsdl_part *parts;
	uint32_t part_count;
	struct wsdl_at at;
};

/* An input, output or fault of an operation. */
struct wsdl_io {
	struct str name; /* ptr NULL: not given */
	struct wsdl_name message_name;
	const struct wsdl_message *message; /* NULL: leads nowhere */
	struct str action;                  /* wsam:Action, else wsaw:Action; ptr NULL: not given */
	struct wsdl_at at;
};

struct wsdl_operation {
	struct str name;
	const struct wsdl_io *input, *output; /* NULL: there is none */
	struct wsdl_io *faults;
	uint32_t fault_count;
	struct wsdl_at at;
};

struct wsdl_port_type {
	struct wsdl_name name;
	struct wsdl_operation *operations;
	uint32_t operation_count;
	struct wsdl_at at;
};

/* A part of a message that travels as SOAP header. */
struct wsdl_header {
	const struct wsdl_message *message; /* NULL: leads nowhere */
	struct str part, use;
	struct wsdl_at at;
};

/* How a binding writes a message: the body with its headers, or a fault. */
struct wsdl_body {
	struct str name; /* of a fault */
	struct str use, space, encoding;
	struct str parts; /* names; ptr NULL: all */
	struct wsdl_header *headers;
	uint32_t header_count;
	struct wsdl_at at; /* node NULL: the binding has no such element */
};

struct wsdl_binding_operation {
	struct str name;
	const struct wsdl_operation *operation; /* of the port type; NULL: it has none of that name */
	struct str style, action, location;     /* soapAction; location of HTTP; ptr NULL: not given */
	struct wsdl_body input, output, *faults;
	uint32_t fault_count;
	struct wsdl_at at, soap_at;
};

enum wsdl_kind { WSDL_SOAP_11, WSDL_SOAP_12, WSDL_HTTP_GET, WSDL_HTTP_POST, WSDL_OTHER, WSDL_KINDS };

struct wsdl_binding {
	struct wsdl_name name;
	const struct wsdl_port_type *type; /* NULL: leads nowhere */
	enum wsdl_kind kind;
	struct str style, transport; /* ptr NULL: not given */
	struct wsdl_binding_operation *operations;
	uint32_t operation_count;
	struct str *policies; /* assertions of WS-Policy that are not optional, as {space}local */
	struct wsdl_at *policy_at;
	uint32_t policy_count;
	struct wsdl_at at, soap_at;
};

struct wsdl_port {
	struct str name, address;
	const struct wsdl_binding *binding; /* NULL: leads nowhere */
	struct wsdl_at at;
};

/* A name that leads nowhere, or an import that was not read. */
struct wsdl_problem {
	bool import; /* what it would have brought is not known */
	struct text message;
	struct wsdl_at at;
};

struct wsdl {
	struct arena *arena;
	const struct doc **docs; /* the document itself first, then imports as they are met */
	uint32_t doc_count;
	struct wsdl_message *messages;
	struct wsdl_port_type *port_types;
	struct wsdl_binding *bindings;
	struct wsdl_port *ports; /* of all services */
	uint32_t message_count, port_type_count, binding_count, port_count;
	struct wsdl_problem *problems; /* at most LIMIT_DIAGNOSTICS */
	uint32_t problem_count;
	bool whole; /* every import was read */
};

#endif
