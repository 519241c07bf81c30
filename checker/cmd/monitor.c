/* keur monitor. */
#include "cmd/app.h"

int cmd_monitor(const struct app *app, const struct options *options)
{
	(void)app;
	(void)options;
	return EXIT_USAGE;
}
