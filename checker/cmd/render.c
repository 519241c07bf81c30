/* SPDX-License-Identifier: EUPL-1.2 */
/* keur render: reports of a run that is over. */
#include "cmd/sinks.h"
#include "report/read.h"
#include "rule/run.h"

int cmd_render(const struct app *app, const struct options *options)
{
	struct sinks sinks;
	struct run run;
	struct err err;
	if (options->argument_count != 1) {
		app_complain(app->lang, "name one report to render; see keur render --help",
				"noem één rapport om weer te geven; zie keur render --help");
		return EXIT_USAGE;
	}
	if (!sinks_find(&sinks, app, options)) return EXIT_USAGE;
	if (sinks_need_trace(&sinks)) {
		app_complain(app->lang, "format %s is written by keur check only: a JSON report does not hold what it tells",
				"formaat %s schrijft alleen keur check: in een JSON-rapport staat niet wat het vertelt", "svrl");
		return EXIT_USAGE;
	}
	err_init(&err, app->arena);
	int status = EXIT_RULES;
	if (!report_read(&run, options->arguments[0], sinks_schema(app), &err))
		app_fail(app, &err);
	else
		status = sinks_write(&sinks, app, options, &run) ? EXIT_CONFORMANT : EXIT_UNDETERMINED;
	run_free(&run);
	return status;
}
