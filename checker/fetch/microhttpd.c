/* SPDX-License-Identifier: EUPL-1.2 */
/* Loads libmicrohttpd and looks up what keur uses of it. */
#include "fetch/microhttpd.h"

#include <pthread.h>

#include "base/shared.h"

static struct microhttpd_api api;
static bool loaded;
static char reason[SHARED_REASON]; /* why not */

static void load(void)
{
	const struct shared_symbol wanted[] = {
			{"MHD_start_daemon", &api.start},
			{"MHD_stop_daemon", &api.stop},
			{"MHD_run", &api.run},
			{"MHD_get_timeout", &api.timeout},
			{"MHD_get_daemon_info", &api.daemon_info},
			{"MHD_get_connection_info", &api.connection_info},
			{"MHD_get_connection_values", &api.values},
			{"MHD_create_response_from_buffer", &api.response},
			{"MHD_add_response_header", &api.response_field},
			{"MHD_queue_response", &api.respond},
			{"MHD_destroy_response", &api.response_end},
	};
	void *library = shared_open("libmicrohttpd.so.12", reason);
	loaded = library && shared_find_all(library, wanted, sizeof wanted / sizeof *wanted, reason);
}

const struct microhttpd_api *microhttpd_load(struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load);
	if (loaded) return &api;
	err_set(err, ERR_IO, (struct loc){0},
			"listening for requests takes libmicrohttpd, which cannot be used here (%s); install it: apt-get install "
			"libmicrohttpd12",
			"luisteren naar verzoeken gaat met libmicrohttpd, en dat is hier niet bruikbaar (%s); installeer het: apt-get "
			"install libmicrohttpd12",
			reason);
	return NULL;
}
