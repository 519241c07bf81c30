/* SPDX-License-Identifier: EUPL-1.2 */
/* What the readers of WSDL share. */
#ifndef KEUR_ENGINE_WSDL_PRIVATE_H
#define KEUR_ENGINE_WSDL_PRIVATE_H

#include "base/vec.h"
#include "doc/strmap.h"
#include "engine/wsdl.h"

#define SOAP_11_SPACE "http://schemas.xmlsoap.org/wsdl/soap/"
#define SOAP_12_SPACE "http://schemas.xmlsoap.org/wsdl/soap12/"
#define HTTP_SPACE "http://schemas.xmlsoap.org/wsdl/http/"

/* A model that is being read. Names lead to numbers: the constructs move while their lists grow. */
struct wsdl_reader {
	struct wsdl *wsdl;
	struct arena *arena;
	const struct doc *doc; /* that is being read */
	struct str space;      /* its target namespace */
	struct strmap messages, port_types, bindings, operations;
	struct {
		struct wsdl_problem *items;
		size_t count, capacity;
	} problems;
};

/* How many children of `parent` are elements of WSDL of that name. */
uint32_t wsdl_count(const xmlNode *parent, const char *local);

/* A problem at a place; past the ceiling it is dropped. `import`: something was not read. */
void wsdl_remark(struct wsdl_reader *reader, struct wsdl_at at, bool import, struct text message);

/* Of the QName in an attribute that leads nowhere: a problem, unless an import was not read that may hold it. */
void wsdl_remark_name(struct wsdl_reader *reader, const xmlNode *node, const char *attribute, struct wsdl_name name);

/* Read the bindings of reader->doc, when all messages and port types are known, and then the ports of its services. */
void wsdl_read_bindings(struct wsdl_reader *reader);
void wsdl_read_ports(struct wsdl_reader *reader);

/* Adds a binding's name, so that ports find it. */
void wsdl_remember(struct wsdl_reader *reader, struct strmap *map, struct wsdl_name name, uint32_t number);

/* The message of that name, or NULL. */
const struct wsdl_message *wsdl_message_find(const struct wsdl_reader *reader, struct wsdl_name name);

/* Key of an operation of a port type in reader->operations. */
struct str wsdl_operation_key(struct arena *arena, uint32_t port_type, struct str name);

/* <definitions> of a document. */
static inline const xmlNode *wsdl_definitions(const struct doc *doc)
{
	return doc->xml->root;
}

static inline struct wsdl_at wsdl_here(const struct wsdl_reader *reader, const xmlNode *node)
{
	return (struct wsdl_at){reader->doc, node};
}

#endif
