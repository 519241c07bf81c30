/* What the files of schematron_xpath share: functions of XPath 1.0, and names of later ones. */
#ifndef KEUR_ENGINE_SCHEMATRON_GRAMMAR_H
#define KEUR_ENGINE_SCHEMATRON_GRAMMAR_H

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

#endif
