/* SPDX-License-Identifier: EUPL-1.2 */
/* Parsing XPath 1.0 for libxml2: what the files that do it share. */
#ifndef KEUR_ENGINE_SCHEMATRON_XPATH_PRIVATE_H
#define KEUR_ENGINE_SCHEMATRON_XPATH_PRIVATE_H

#include "engine/schematron_xpath.h"

/* A function as Schematron may call it. */
struct xpath_function {
	const char *name;
	uint8_t least, most; /* arguments; most 255: any number */
	enum xpath_type type;
	bool of_context; /* without arguments it is about the context node */
	bool takes_set;  /* its first argument is a set of nodes */
};

/* NULL when there is none of that name. */
const struct xpath_function *xpath_function_find(struct str name);

/* Whether that is a function of XPath 2 or later, or of XSLT 2. */
bool xpath_is_newer(struct str name);

/* Whether that word is an operator there. */
bool xpath_is_newer_operator(struct str name);

/* The axis of that name, lasting; ptr NULL when there is none. */
struct str xpath_axis(struct str name);

struct parse {
	struct arena *arena;
	const struct xpath_scope *scope;
	struct str text;
	size_t at;
	struct strbuf out;
	unsigned depth, parts;
	bool risky, uses_current, uses_rule;
	struct xpath_fault *fault; /* filled when it failed */
	bool failed;
};

/* What is known of a part of an expression. */
struct part {
	enum xpath_type type;
	bool fixed, positional;
	bool single; /* a set of at most one node */
};

/* Fills the fault, unless it is filled; the formats take `what` as "%.*s". */
void parse_fail(struct parse *p, size_t offset, const char *en, const char *nl, struct str what);

/* The same of a construct of XPath 2 or later. */
void parse_fail_newer(struct parse *p, size_t offset, struct str what);

static inline bool parse_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What has not been read. */
struct str parse_rest(const struct parse *p);

/* The character `ahead` of the place, NUL behind the end. */
char parse_peek(const struct parse *p, size_t ahead);

/* White space. */
void parse_skip(struct parse *p);

/* Takes a token if it is there, white space in front of it. */
bool parse_take(struct parse *p, const char *token);

/* The same of an operator that is a word: it stands where no name can. */
bool parse_take_word(struct parse *p, const char *word);

/* Writes for libxml2. */
void parse_emit(struct parse *p, struct str text);

/* Puts `text` in front of what was written from `start` on; and makes a call of it that begins with `function`. */
void parse_splice(struct parse *p, size_t start, struct str text);
void parse_wrap(struct parse *p, size_t start, struct str function);

/* Counts a level of nesting, and parts; false at the ceiling. */
bool parse_enter(struct parse *p);
void parse_leave(struct parse *p);

/* A whole expression. */
struct part parse_expression(struct parse *p);

/* A text between quotes; predicates, as many as there are. */
void parse_literal(struct parse *p);
void parse_predicates(struct parse *p);

/* What keur-siblings() call gives the number of the nodes that `text` selects, in the arena; NULL when that is none of
 * preceding-sibling::, following-sibling:: and ../ with a name test and no more. */
const char *parse_siblings(struct arena *arena, struct str text);

/* Whether a step of a path begins here. */
bool parse_step_begins(struct parse *p);

/* Steps, the first of them from at most one node or not; `start` is where the path was begun in what is written.
 * Returns whether they lead to at most one node. */
bool parse_steps(struct parse *p, size_t start, bool single);

/* node, text, comment, processing-instruction. */
bool parse_is_node_type(struct str name);

#endif
