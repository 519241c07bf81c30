/*
 * One file with the schemas of several versions: objects in it with `x-since: n` or `x-until: n` are there for the
 * versions from n on, or up to n, only.
 */
#ifndef KEUR_ENGINE_SCHEMA_VERSION_H
#define KEUR_ENGINE_SCHEMA_VERSION_H

#include "doc/node.h"

/*
 * The tree at `root` for a version: a copy, in the arena, without the members and elements that the version has not.
 * What `x-since` and `x-until` hold beside whole numbers does not count.
 */
const struct node *schema_version(struct arena *arena, const struct node *root, unsigned version);

#endif
