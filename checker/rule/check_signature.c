/* SPDX-License-Identifier: EUPL-1.2 */
/* The engine "xml-signature": the rules of engine/signature.h on an XML document. */
#include "engine/signature.h"
#include "rule/check_private.h"

bool check_signature_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err)
{
	(void)arena;
	(void)path;
	(void)options;
	(void)err;
	check->rules = signature_rules;
	check->rule_count = SIGNATURE_RULES;
	return true;
}

void check_signature_run(const struct check *check, const struct check_context *context, struct facts *facts)
{
	(void)check;
	signature_check(context->xml, context->arena, facts);
}
