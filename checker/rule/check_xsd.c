/* SPDX-License-Identifier: EUPL-1.2 */
/* An XML document against a set of XML Schemas. */
#include "rule/check_private.h"

bool check_xsd_compile(struct arena *arena, struct check *check, const char *path,
		const struct spectral_options *options, struct err *err)
{
	(void)options;
	check->xsd = xsd_load(arena, path, check->root.ptr ? check->root : STR(""), err);
	check->rules = xsd_rules;
	check->rule_count = sizeof xsd_rules / sizeof *xsd_rules;
	return check->xsd != NULL;
}

void check_xsd_run(const struct check *check, const struct check_context *context, struct facts *facts)
{
	xsd_check(check->xsd, context->xml, context->arena, facts);
}
