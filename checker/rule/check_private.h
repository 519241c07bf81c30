/* Engines of the table that have files of their own; functions as struct check_engine has them. */
#ifndef KEUR_RULE_CHECK_PRIVATE_H
#define KEUR_RULE_CHECK_PRIVATE_H

#include "rule/check.h"

/* "json-schema": one rule, that a document is valid against a schema. Formats are asserted; the draft is that of
 * `$schema`, else 2020-12. */
bool check_schema_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_schema_run(const struct check *check, const struct check_context *context, struct facts *facts);

/* "contract": the rules of engine/openapi_check.h, over what was said with the service. */
bool check_contract_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_contract_run(const struct check *check, const struct check_context *context, struct facts *facts);

/* "contract-comparison": the rules of engine/contract.h, between the description and the official document that is the
 * file. */
bool check_comparison_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_comparison_run(const struct check *check, const struct check_context *context, struct facts *facts);

#endif
