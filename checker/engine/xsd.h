/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * XML Schema 1.0 by libxml2, with in front of it what it lacks: schema sets as they are published.
 *
 * A set is an entry (a schema, or a WSDL document for the schemas in its `types`) and all that this includes and
 * imports. libxml2 keeps of the documents of one namespace only the one that is imported first; here they are merged,
 * in memory. Slips of official sets (wrong case, back-slashes, a file that is missing) are got over and remarked. No
 * file outside the folder of the set is opened, and nothing is fetched. xs:redefine is refused.
 */
#ifndef KEUR_ENGINE_XSD_H
#define KEUR_ENGINE_XSD_H

#include "doc/digest.h"
#include "engine/fact.h"

struct xsd;

/* A file of the set. */
struct xsd_file {
	struct str name; /* as messages name it */
	struct digest digest;
	size_t size;
};

/* A slip of the set that was got over. */
struct xsd_remark {
	struct loc loc;
	struct text message;
};

/* The only rule: an XML document is valid. */
extern const struct str xsd_rules[1];

/*
 * Reads and compiles the set of which the entry is the file at `path`. `root` is its folder; when it is empty, it is at
 * most LIMIT_XSD_CLIMB folders above the entry. A set that is compiled already in this process is shared. It lives as
 * long as the arena. NULL: ERR_IO, ERR_SYNTAX or ERR_LIMIT of a file, ERR_RULES of a schema that is not sound,
 * ERR_UNDECIDED where libxml2 gave up.
 */
const struct xsd *xsd_load(struct arena *arena, const char *path, struct str root, struct err *err);

/* Its files, the entry first. */
const struct xsd_file *xsd_files(const struct xsd *xsd, uint32_t *count);
/* The slips that were got over. */
const struct xsd_remark *xsd_remarks(const struct xsd *xsd, uint32_t *count);

/* Does the set have documents of this target namespace? Empty: of none. */
bool xsd_has_namespace(const struct xsd *xsd, struct str namespace);

/*
 * States the fact of the one rule on an XML document: every violation (at most LIMIT_RESULTS_PER_RULE), or undecided
 * where libxml2 gives up. Of a SOAP 1.1 or 1.2 envelope each child of the body is judged, the details of a fault, and
 * headers of a namespace of the set. Facts live in `arena`. Any number of threads may ask, each with its own document.
 */
void xsd_check(const struct xsd *xsd, const struct doc *doc, struct arena *arena, struct facts *facts);

#endif
