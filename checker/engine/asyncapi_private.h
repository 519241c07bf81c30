/* SPDX-License-Identifier: EUPL-1.2 */
/* Functions on AsyncAPI documents, by the files they are in. For asyncapi_*.c only. */
#ifndef KEUR_ENGINE_ASYNCAPI_PRIVATE_H
#define KEUR_ENGINE_ASYNCAPI_PRIVATE_H

#include "engine/function.h"

/* Each pair compiles the options of a function of the table in function.h, and evaluates it. */
bool asyncapi_document_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err);
enum function_result asyncapi_document_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
bool asyncapi_payload_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err);
enum function_result asyncapi_payload_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
bool asyncapi_values_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err);
enum function_result asyncapi_values_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
enum function_result asyncapi_message_examples_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
bool asyncapi_security_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err);
enum function_result asyncapi_security_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
enum function_result asyncapi_message_id_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);
enum function_result asyncapi_operation_id_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err);

#endif
