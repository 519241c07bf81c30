/* Stub. */
#include "engine/asyncapi_private.h"
bool asyncapi_values_compile(
		struct arena *arena, struct source *source, const struct node *options, void **compiled, struct err *err)
{ (void)arena,(void)source,(void)options,(void)compiled,(void)err; return true; }
enum function_result asyncapi_values_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{ (void)compiled,(void)subject,(void)sink,(void)err; return FUNCTION_DONE; }
enum function_result asyncapi_message_examples_evaluate(
		const void *compiled, const struct subject *subject, struct violation_sink *sink, struct err *err)
{ (void)compiled,(void)subject,(void)sink,(void)err; return FUNCTION_DONE; }
