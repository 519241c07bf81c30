/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON Schemas from files: a schema, and the local files that it refers to by relative reference.
 *
 * A reference is first looked for as a file beside the one that holds it. Where the schema names itself with a URI
 * (`$id`), references that start with the folder of that URI are looked for below the folder of the schema's file.
 * Nothing is fetched.
 */
#ifndef KEUR_ENGINE_SCHEMA_FILES_H
#define KEUR_ENGINE_SCHEMA_FILES_H

#include "engine/schema.h"

/* A file that was read: the schema itself first. */
struct schema_file {
	struct str path; /* as messages name it */
	struct str uri;
	const struct doc *doc;
};

struct schema_set {
	const struct schema *schema;
	const struct schema_file *files;
	uint32_t file_count;
};

/*
 * Reads and compiles the schema at `path`. `options` without `base`, `document` and `resolver`, which are set here.
 * Everything lives in the arena. NULL and `err`: ERR_IO, ERR_SYNTAX or ERR_LIMIT of a file, ERR_RULES of a schema.
 */
struct schema_set *schema_set_load(
		struct arena *arena, const char *path, const struct schema_options *options, struct err *err);

#endif
