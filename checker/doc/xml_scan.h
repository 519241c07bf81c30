/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One walk over the tags of an XML text, before libxml2 sees it: refuses what is past a ceiling or holds a DOCTYPE,
 * and notes where elements begin. What libxml2 then calls well-formed has exactly these elements, in this order.
 */
#ifndef KEUR_DOC_XML_SCAN_H
#define KEUR_DOC_XML_SCAN_H

#include "base/err.h"
#include "base/vec.h"

/* How much is read. Attributes of one element and depth have ceilings that are the same for all. */
struct xml_ceilings {
	uint32_t bytes;
	uint32_t nodes; /* elements, attributes, comments, instructions and CDATA sections */
	bool weighed;   /* LIMIT_XML_WEIGHT and LIMIT_XML_WORK hold too: XPath of anybody is evaluated on it */
};

/* Byte offsets of the "<" of elements, in document order; a vector (base/vec.h) of whoever asks. */
struct xml_starts {
	uint32_t *items;
	size_t count, capacity;
};

/*
 * The text is UTF-8. False with ERR_LIMIT, with ERR_SYNTAX where tags do not end, with ERR_UNDECIDED at a DOCTYPE;
 * places name no file. `starts` may be NULL; `*nodes` is what was counted against the ceiling.
 */
bool xml_scan(struct str bytes, const struct xml_ceilings *ceilings, struct xml_starts *starts, uint32_t *nodes,
		struct err *err);

/* Can this text stand in XML 1.0? UTF-8 without control characters. */
bool xml_is_text(struct str text);

/* Line and column of an offset, counted from the start. */
struct loc xml_place_in(struct str bytes, size_t offset);

#endif
