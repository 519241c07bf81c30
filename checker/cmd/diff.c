/* stub */
#include "cmd/options.h"
int cmd_diff(const struct app *app, const struct options *options)
{
	(void)app, (void)options;
	return 0;
}
