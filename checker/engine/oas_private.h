/* SPDX-License-Identifier: EUPL-1.2 */
/* Functions on OpenAPI documents that have a file of their own. For oas_*.c only. */
#ifndef KEUR_ENGINE_OAS_PRIVATE_H
#define KEUR_ENGINE_OAS_PRIVATE_H

#include "engine/function.h"

/* Each pair compiles the options of a function of the table in function.h, and evaluates it. */
bool oas_document_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err);
enum function_result oas_document_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
bool oas_example_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err);
enum function_result oas_example_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
enum function_result oas_path_param_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
bool oas_security_defined_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err);
enum function_result oas_security_defined_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
bool oas_server_variables_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err);
enum function_result oas_server_variables_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);

#endif
