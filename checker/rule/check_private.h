/* SPDX-License-Identifier: EUPL-1.2 */
/* Engines of the table that have files of their own; functions as struct check_engine has them. */
#ifndef KEUR_RULE_CHECK_PRIVATE_H
#define KEUR_RULE_CHECK_PRIVATE_H

#include "rule/check.h"

/* "json-schema": one rule, that a document is valid against a schema. Formats are asserted; the draft is that of
 * `$schema`, else 2020-12. */
bool check_schema_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_schema_run(const struct check *check, const struct check_context *context, struct facts *facts);

/* "xsd": one rule, that an XML document is valid against a set of XML Schemas; of a SOAP envelope what is in its body.
 */
bool check_xsd_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_xsd_run(const struct check *check, const struct check_context *context, struct facts *facts);

/* "xml-signature": the rules of engine/signature.h; it takes no file. */
bool check_signature_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_signature_run(const struct check *check, const struct check_context *context, struct facts *facts);

/* "schematron": each assertion is a rule, by its id, or by its place. */
bool check_schematron_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_schematron_run(const struct check *check, const struct check_context *context, struct facts *facts);

/* Of a check whose schema was loaded otherwise: names its rules. */
void check_take_schematron(struct arena *arena, struct check *check, const struct schematron *schema);

/* "contract": the rules of engine/openapi_check.h, over what was said with the service; with an artefact beside the
 * official document that it is, and by the interpretations of the rule set. */
bool check_contract_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_contract_run(const struct check *check, const struct check_context *context, struct facts *facts);

/* Reads the official OpenAPI document of a check, with what readings say of its broken parts; it ends with `arena`, or
 * with the artefact that it is and that checks share. NULL and `err` when it is none. */
const struct openapi *check_contract_open(
		struct arena *arena, const struct check *check, const char *path, struct err *err);

/* "contract-comparison": the rules of engine/contract.h, between the description and the official document that is the
 * file. */
bool check_comparison_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_comparison_run(const struct check *check, const struct check_context *context, struct facts *facts);

/* "wsdl": the rules of engine/wsdl_compare.h, of a WSDL beside the official one in the file. One that is not whole, or
 * in which names lead nowhere, is ERR_RULES: it is no measure. */
bool check_wsdl_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err);
void check_wsdl_run(const struct check *check, const struct check_context *context, struct facts *facts);

#endif
