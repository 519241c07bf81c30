/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * ISO Schematron (ISO/IEC 19757-3:2016, query binding xslt) on the XPath 1.0 of libxml2: a schema is compiled once, and
 * states facts about documents.
 *
 * Each assertion is a rule in keur's sense, by its id; one without id by its place: pattern, rule, assertion. Several
 * assertions with one id, such as those of an abstract pattern, are one rule. What cannot be evaluated is undecided;
 * what does not compile is an error in the schema. Work on a document is bounded by LIMIT_SCHEMATRON_WORK.
 */
#ifndef KEUR_ENGINE_SCHEMATRON_H
#define KEUR_ENGINE_SCHEMATRON_H

#include "doc/xml_doc.h"
#include "engine/fact.h"
#include "engine/schematron_trace.h"

struct schematron_name {
	struct str name;
	enum severity severity; /* the worst of its assertions, by role and flag */
	struct text title;      /* the text of its first assertion, without values */
};

struct schematron_namespace {
	struct str prefix, uri;
};

struct schematron_file {
	struct str path;
	const struct doc *doc; /* lives as long as the schema */
};

/* What is to be known of a schema. */
struct schematron_head {
	struct str title, version, phase; /* the phase that is active, "#ALL" for all patterns */
	const struct schematron_name *rules;
	uint32_t rule_count;
	const struct schematron_namespace *namespaces;
	uint32_t namespace_count;
	const struct schematron_file *files; /* the schema itself first */
	uint32_t file_count;
	const struct str *lists; /* names of variables that it wants to be given: <keur:list name="..."/> */
	uint32_t list_count;
};

/* A document that is the value of a variable. It belongs to the run, as the document that is checked does. */
struct schematron_list {
	struct str name;
	xmlDoc *doc;
};

/* What comes from outside. What is not given cannot be evaluated. */
struct schematron_given {
	const struct schematron_list *lists;
	uint32_t list_count;
	struct str today; /* $keur-today: "2026-11-25" */
};

struct schematron;

/*
 * Reads and compiles the schema at `path`, and what it includes from its folder, from below, or from a folder beside.
 * `phase`: empty or "#DEFAULT" for its own, "#ALL", or an id. NULL with ERR_RULES, ERR_SYNTAX, ERR_IO, ERR_LIMIT and
 * the place. It lives as long as `arena`; threads may share it.
 */
const struct schematron *schematron_load(struct arena *arena, const char *path, struct str phase, struct err *err);

/* Whether a document is a Schematron schema, by its root. */
bool schematron_is(const struct doc *doc);

/* Lives as long as the schema. */
const struct schematron_head *schematron_head(const struct schematron *schema);

/* How much of what happens is kept. */
enum schematron_detail { SCHEMATRON_FACTS, SCHEMATRON_EVENTS, SCHEMATRON_EVENTS_AND_RULES };

/*
 * Facts about each rule of the schema on an XML document, in `arena`. `trace`, in the arena `keep`, unless detail is
 * SCHEMATRON_FACTS; it holds on to the schema, and not to the document. `given` may be NULL.
 */
void schematron_check(const struct schematron *schema, const struct doc *doc, const struct schematron_given *given,
		struct arena *arena, struct facts *facts, enum schematron_detail detail, struct arena *keep,
		struct schematron_trace *trace);

#endif
