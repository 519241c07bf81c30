/* SPDX-License-Identifier: EUPL-1.2 */
/* What a Schematron schema did on a document, as SVRL tells it (ISO/IEC 19757-3:2016, annex D). */
#ifndef KEUR_ENGINE_SCHEMATRON_TRACE_H
#define KEUR_ENGINE_SCHEMATRON_TRACE_H

#include "base/err.h"

/* Attributes of a pattern, rule or assertion as they are written; empty where there are none. */
struct schematron_label {
	struct str id, text, role, flag;
};

/* A diagnostic or property that an assertion refers to. */
struct schematron_note_label {
	bool property;
	struct str id, lang, role, scheme;
};

/* What happened, in the order of SVRL. */
enum schematron_event_kind {
	SCHEMATRON_PATTERN, /* a pattern was tried */
	SCHEMATRON_FIRED,   /* a rule on a node */
	SCHEMATRON_FAILED,  /* an assert did not hold */
	SCHEMATRON_REPORTED /* a report did */
};

struct schematron_note {
	const struct schematron_note_label *label;
	struct text text;
};

struct schematron_event {
	enum schematron_event_kind kind;
	const struct schematron_label *label; /* of the schema */
	struct str document; /* SCHEMATRON_PATTERN: which it was tried on, when another than the main one */
	struct str location; /* of results: XPath */
	struct text message;
	struct schematron_note *notes;
	uint32_t note_count;
};

/* Kept when asked for. */
struct schematron_trace {
	const struct schematron_head *head;
	struct schematron_event *events;
	uint32_t count;
	bool cut;              /* more happened than LIMIT_SCHEMATRON_EVENTS */
	struct text undecided; /* not empty: something could not be evaluated, or not be told, and the first reason */
};

#endif
