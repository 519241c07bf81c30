/* The table of reporters. */
#include "report/report.h"

const struct reporter reporters[] = {
		{"text",
				{{STR("for people: findings with their place, what to do, the decision"),
						STR("voor mensen: bevindingen met hun plaats, wat te doen, het oordeel")}},
				report_text},
		{"json",
				{{STR("for programs: everything, canonical JSON with digests (docs/report.md)"),
						STR("voor programma's: alles, canonieke JSON met digests (docs/report.md)")}},
				report_json},
		{.name = NULL},
};

const struct reporter *reporter_find(struct str name)
{
	for (const struct reporter *reporter = reporters; reporter->name; reporter++)
		if (str_eq(name, str_of(reporter->name))) return reporter;
	return NULL;
}
