/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How many siblings stand before or behind a node, or are children of its parent, by a name test. Asked of one sibling
 * after another, as rules do, libxml2 walks all of them each time; here only those since the last question are walked.
 */
#ifndef KEUR_ENGINE_SCHEMATRON_SIBLING_H
#define KEUR_ENGINE_SCHEMATRON_SIBLING_H

#include "engine/schematron_model.h"

/* How far it had come among the children of one parent. */
struct sibling_memo {
	const xmlNode *parent, *at;
	char test[XPATH_SIBLING_TEST];
	uint64_t before; /* that match, in front of `at` */
	uint64_t all;    /* that match */
};

/* Of one thread; zeroed to start, memos ends with free(). */
struct siblings {
	const struct schematron_namespace *namespaces; /* for prefixes in name tests */
	uint32_t namespace_count;
	struct sibling_memo *memos; /* NULL until they are needed */
};

/*
 * Of kind 'b' the siblings before `node` that the name test `text` (shorter than XPATH_SIBLING_TEST) is true of, of
 * kind 'f' those behind it, of kind 'a' all children of its parent; 0 where there are none by XPath. Adds to `*walked`
 * how many nodes were looked at.
 */
uint64_t sibling_count(struct siblings *siblings, char kind, const char *text, const xmlNode *node, uint64_t *walked);

/* Forgets all, before another document. */
void sibling_forget(struct siblings *siblings);

#endif
