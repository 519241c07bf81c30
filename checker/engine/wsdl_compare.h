/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A vendor's WSDL beside the official one, by what goes over the wire: operations, the elements and types of requests,
 * responses, faults and headers, SOAPAction, style, use, transport, policies that callers have to meet. No difference
 * are prefixes, order, documentation, addresses, and names of messages, ports, port types and bindings.
 *
 * The vendor provides the service: what it asks more of callers breaks them, and so does what it answers otherwise;
 * what it offers beside is an extension. Schemas of the elements are not compared, only their names.
 */
#ifndef KEUR_ENGINE_WSDL_COMPARE_H
#define KEUR_ENGINE_WSDL_COMPARE_H

#include "engine/fact.h"
#include "engine/wsdl.h"

enum wsdl_rule {
	WSDL_REFERENCES,        /* names of the vendor's own WSDL lead somewhere */
	WSDL_BINDING_LACKING,   /* a protocol of the official one is not offered */
	WSDL_BINDING_ADDED,     /* one that the official one has not */
	WSDL_SERVICE,           /* a binding with not one official operation is that of another service */
	WSDL_OPERATION_LACKING, /* a subset of the operations */
	WSDL_OPERATION_ADDED,
	WSDL_OPERATION_NAME, /* the same on the wire, by another name */
	WSDL_SOAP_ACTION,
	WSDL_ADDRESSING_ACTION, /* wsam:Action, where the official one gives it */
	WSDL_STYLE,             /* document or rpc */
	WSDL_TRANSPORT,
	WSDL_USE,      /* literal or encoded */
	WSDL_REQUEST,  /* what the body of a request holds */
	WSDL_RESPONSE, /* what that of a response holds, or whether there is one */
	WSDL_HEADER,   /* a header that callers must send, or no longer get */
	WSDL_HEADER_EXTRA,
	WSDL_FAULT, /* a fault with other content */
	WSDL_FAULT_LACKING,
	WSDL_FAULT_ADDED,
	WSDL_POLICY, /* an assertion that callers must meet */
	WSDL_RULES
};

/* Their names, such as "operation-lacking", and titles. */
extern const struct str wsdl_rule_names[WSDL_RULES];
extern const struct text wsdl_rule_titles[WSDL_RULES];

/* How heavy one is: what breaks callers is an error; a subset, and what they should know, a warning; what they can
 * ignore is for information. */
enum severity wsdl_rule_severity(enum wsdl_rule rule);

/*
 * States the facts of all rules, in `arena`. Where one of the two could not be read as a whole (wsdl->whole), rules
 * that it could change are undecided unless they are violated. `basis` of a result is the place in the official one;
 * its sources belong to this call's thread.
 */
void wsdl_compare(const struct wsdl *vendor, const struct wsdl *official, struct arena *arena, struct facts *facts);

#endif
