/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where an OpenAPI document holds data instead of description: what stands in an example, a default or an enumeration
 * means nothing to the description, even where it has members called `$ref`, `type` or `properties`.
 */
#ifndef KEUR_DOC_OPENAPI_DATA_H
#define KEUR_DOC_OPENAPI_DATA_H

#include "doc/node.h"

/*
 * Is `member` data, and so everything below it? `parent` is the name of the object that holds it, `grandparent` that of
 * the one above; empty for elements and the root. Names in maps such as `properties` and `responses` are never data.
 */
bool openapi_is_data(struct str grandparent, struct str parent, const struct node *member);

#endif
