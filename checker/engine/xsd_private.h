/* SPDX-License-Identifier: EUPL-1.2 */
/* A compiled schema set. */
#ifndef KEUR_ENGINE_XSD_PRIVATE_H
#define KEUR_ENGINE_XSD_PRIVATE_H

#include "engine/xsd.h"
#include "engine/xsd_api.h"

struct xsd {
	struct arena *arena;
	xmlSchema *schema;
	struct str *namespaces;
	uint32_t namespace_count;
	struct xsd_file *files;
	uint32_t file_count;
	struct xsd_remark *remarks;
	uint32_t remark_count;
};

/* Reads and compiles, into `xsd` with its arena. */
bool xsd_make(struct xsd *xsd, const char *path, struct str root, struct err *err);

/* What libxml2 says of a document, in words. */
struct xsd_words {
	struct text message, expected;
	struct str found;
	const xmlNode *node; /* the element or attribute at fault */
};

/* False: it adds nothing to what was said of the same place just before (`before` is the code of that, or 0). */
bool xsd_explain(const xmlError *error, int before, struct arena *arena, struct xsd_words *words);

#endif
