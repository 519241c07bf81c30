/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A JSON Schema for whole documents that belongs to a rule set: a file, read and compiled when it is first needed.
 *
 * What the schema itself cannot say well, its author can: beside the keywords of a schema, `x-message: {en: ..., nl:
 * ...}` takes the place of every violation of that schema, however many, at the value that it applies to; in it,
 * `{{property}}` is the name of that value. As with the errorMessage of ajv-errors, schemas that it refers to by `$ref`
 * keep their own messages, and inner messages win.
 * May be used by several threads.
 */
#ifndef KEUR_ENGINE_DOCUMENT_SCHEMA_H
#define KEUR_ENGINE_DOCUMENT_SCHEMA_H

#include "engine/schema.h"
#include "engine/schema_version.h"

struct document_schema;

/* A schema in the file at `path`. Nothing is read yet; memory and file go with the arena. */
struct document_schema *document_schema_new(struct arena *arena, struct str path, const struct schema_options *options);

/* The same for one variant of a file with several, and there for the schema at `pointer`. */
struct document_schema *document_schema_part(struct arena *arena, struct str path, struct str pointer,
		const struct schema_options *options, struct schema_variant variant);

/*
 * Checks `value`, all violations. The sink gets what schema_check() reports, messages of the schema's author put in
 * place: those have the keyword "x-message", no operand, and `expected` empty. Errors: ERR_UNDECIDED, or that of a file
 * that cannot be read or is no schema; the result is SCHEMA_UNDECIDED then.
 */
enum schema_result document_schema_check(struct document_schema *schema, const struct view *view,
		const struct node *value, struct schema_sink *sink, struct arena *arena, struct err *err);

#endif
