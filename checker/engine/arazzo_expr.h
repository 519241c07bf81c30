/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Runtime expressions of Arazzo ("$response.body#/id"), read by the grammar of 1.1 of which 1.0 is a part, and texts
 * with expressions in braces.
 *
 * Beyond the grammar: members and elements behind a value (".name", "[0]", "['name']") as conditions have them, and
 * "$workflows.<id>.steps.<id>.outputs.<name>", and "$x-keur.<name>" (docs/scenarios.md). Everything borrows from the
 * text, which outlives it.
 */
#ifndef KEUR_ENGINE_ARAZZO_EXPR_H
#define KEUR_ENGINE_ARAZZO_EXPR_H

#include "base/err.h"

enum expression_kind {
	EXPRESSION_URL,
	EXPRESSION_METHOD,
	EXPRESSION_STATUS,
	EXPRESSION_REQUEST_HEADER,
	EXPRESSION_REQUEST_QUERY,
	EXPRESSION_REQUEST_PATH,
	EXPRESSION_REQUEST_BODY,
	EXPRESSION_RESPONSE_HEADER,
	EXPRESSION_RESPONSE_BODY,
	EXPRESSION_MESSAGE, /* of AsyncAPI */
	EXPRESSION_INPUTS,
	EXPRESSION_OUTPUTS,
	EXPRESSION_STEPS,
	EXPRESSION_WORKFLOW_INPUTS,
	EXPRESSION_WORKFLOW_OUTPUTS,
	EXPRESSION_WORKFLOW_STEPS,
	EXPRESSION_SOURCE,
	EXPRESSION_COMPONENT,
	EXPRESSION_SELF,
	EXPRESSION_PAIR,        /* ours: request and answer as one XML document */
	EXPRESSION_COUNTERPART, /* ours: base URL at which the service can ask keur */
	EXPRESSION_FRESH,       /* ours: a value that was not given out before */
	EXPRESSION_UNUSABLE,    /* none, or names what is not there, in a scenario that is read leniently */
};

struct expression {
	enum expression_kind kind;
	struct str text;    /* all of it */
	struct str owner;   /* step, workflow, source description, or sort of component */
	struct str step;    /* WORKFLOW_STEPS */
	struct str name;    /* header, parameter, input, output, component, or what the source description has */
	struct str pointer; /* RFC 6901, behind "#"; ptr NULL: none */
	struct str access;  /* ".name[0]" behind it; may be empty */
	uint32_t index;     /* STEPS: number of the step in its workflow; the one who compiles sets it */
	struct text why;    /* UNUSABLE */
};

/* What was expected at a byte offset of the text. */
struct expression_fault {
	size_t offset;
	struct text expected;
};

/* Does it start as a runtime expression does ("$inputs", "$response" ...)? Such a text is one, or wrong. */
bool expression_starts(struct str text);

/* Reads all of `text`. False and `fault` when it is none. */
bool expression_parse(struct str text, struct expression *out, struct expression_fault *fault);

/* How much of `text`, which starts with "$", is an expression inside a condition: up to white space or an operator. */
size_t expression_extent(struct str text);

/* Takes one step off `access`: a name, or an index as text. False at the end, or when it is malformed. */
bool expression_step(struct str *access, struct str *name, bool *is_index);

/* A text with expressions in braces; one part that is no literal and `whole`: the value itself, with its type. */
struct template_part {
	bool literal;
	struct str text;
	struct expression expression;
};

struct template
{
	struct template_part *parts;
	uint32_t count;
	bool whole;
	bool constant; /* no expressions */
	bool xml;      /* values are escaped for XML where they are put in */
};

/*
 * Reads `text` as a value: all of it one expression, or a text with "{$...}" in it. In arena. False and `fault` when
 * an expression is malformed.
 */
bool template_parse(struct arena *arena, struct str text, struct template *out, struct expression_fault *fault);

/* The same where a text is never one expression as a whole: conditions of regex, jsonpath and xpath. */
bool template_parse_embedded(
		struct arena *arena, struct str text, struct template *out, struct expression_fault *fault);

#endif
