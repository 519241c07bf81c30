/* SPDX-License-Identifier: EUPL-1.2 */
/* The ceilings of XML documents, schemas, WSDL, XPath and Schematron. Include base/limits.h. */
#ifndef KEUR_BASE_LIMITS_XML_H
#define KEUR_BASE_LIMITS_XML_H

enum {
	LIMIT_XML_BYTES = 8 << 20,   /* one XML text */
	LIMIT_XML_ATTRIBUTES = 1000, /* of one XML element; libxml2 2.9 compares each with each */
	LIMIT_XML_NODES = 20000, /* elements and attributes of one XML text; sets of nodes are compared each with each */
	LIMIT_XML_WORK = 10000,  /* that, times the elements and attributes, in millions (2^20) */
	LIMIT_XML_WEIGHT = 64 << 20, /* bytes of text of one XML text, each counted once for every element around it */
	LIMIT_XML_DEPTH = 250,       /* nested elements; libxml2 itself stops at 256 */
	LIMIT_XML_DOCUMENT_BYTES = 64 << 20, /* one XML document that is checked: message, WSDL, schema, metadata */
	LIMIT_XML_DOCUMENT_NODES = 4 << 20,  /* elements, attributes and the like of one */
	LIMIT_XSD_CLIMB = 3,                 /* folders above a schema that was named in which its set may lie */
	LIMIT_XSD_FILES = 1000,              /* files of one schema set */
	LIMIT_XSD_BYTES = 64 << 20,          /* of all of them */
	LIMIT_XSD_SOURCES = 2000,            /* schemas in them, each as often as namespaces include it */
	LIMIT_XSD_MODEL = 3000,              /* particles and attributes of one type, groups and bases filled in */
	LIMIT_XSD_COST = 100 << 20,          /* squares of those, all together: they are compared each with each */
	LIMIT_XSD_OPTIONAL = 8,      /* that many comparisons of particles that may be absent take as long as one such */
	LIMIT_XSD_DERIVATION = 1000, /* groups in groups, types on types */
	LIMIT_XSD_LINKS = 20000,     /* includes and imports in one set */
	LIMIT_XSD_REMARKS = 1000,    /* slips of one set that are told */
	LIMIT_XSD_NODES = 2 << 20,   /* elements in all of them */
	LIMIT_WSDL_DOCUMENTS = 100,  /* of one WSDL: itself and what it imports */
	LIMIT_WSDL_SIBLINGS = 1000,  /* elements that are looked through for one position or one policy */
	LIMIT_WSDL_POLICIES = 100,   /* assertions and references of policies of one binding */
	LIMIT_WSDL_TEXT_BYTES = 128 << 20,  /* what is written down of messages to compare two WSDLs */
	LIMIT_XPATH_STEPS = 200000,         /* operations of libxml2 in one evaluation of an XPath */
	LIMIT_XPATH_PARTS = 4000,           /* steps, operators and calls in one XPath of Schematron */
	LIMIT_SCHEMATRON_PARTS = 256 << 10, /* rules, assertions, variables, keys of one schema, all put in their places */
	LIMIT_SCHEMATRON_FILES = 200,       /* files of one schema */
	LIMIT_SCHEMATRON_EXPRESSION_BYTES = 64 << 10, /* one expression; lists of codes stand in them */
	LIMIT_SCHEMATRON_WORK_LEAST = 32 << 20,       /* steps that rules may take on a small document, */
	LIMIT_SCHEMATRON_WORK_NODE = 64,              /* and more for each node of it, */
	LIMIT_SCHEMATRON_WORK = 256 << 20,            /* but no more than this */
	LIMIT_SCHEMATRON_RISKY_STEPS = 30000,         /* of one evaluation that compares nodes each with each */
	LIMIT_SCHEMATRON_VALUE_BYTES = 16 << 20,      /* one text that an expression makes */
	LIMIT_SCHEMATRON_DOCUMENTS = 100,             /* documents that patterns name beside the one that is checked */
	LIMIT_SIGNATURE_BYTES = 16 << 20,             /* a document of which the signature is computed */
	LIMIT_SIGNATURE_WEIGHT = 64 << 20, /* namespaces and attributes in it, as often as they are looked through */
	LIMIT_SIGNATURE_CERTIFICATES = 8,  /* that a signature may be by */
	LIMIT_SIGNATURE_CERTIFICATE_BYTES = 64 << 10, /* of one, in base64 */
	LIMIT_SCHEMATRON_EVENTS = 4 << 20             /* what a report in SVRL tells of one schema on one document */
};

/* Of one evaluation of an XPath, about nanoseconds: allocations and what they may lead to (doc/xml_meter.h). */
#define LIMIT_XPATH_COST 1500000000ull

#endif
