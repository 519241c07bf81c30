/* Engines of the table that have a file of their own. "json-schema": one rule, that a document is valid against a
 * schema. */
#ifndef KEUR_RULE_CHECK_PRIVATE_H
#define KEUR_RULE_CHECK_PRIVATE_H

#include "rule/check.h"

/* As struct check_engine has them. Formats are asserted; the draft is that of `$schema`, else 2020-12. */
bool check_schema_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_schema_run(const struct check *check, const struct check_context *context, struct facts *facts);

#endif
