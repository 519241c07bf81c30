/* SPDX-License-Identifier: EUPL-1.2 */
/* The clock beside libcurl's: what is overdue is cut off, what is not goes on. */
#include "support/fixture.h"

#include <sys/socket.h>
#include <unistd.h>

#include "fetch/http_watch.h"

static void an_overdue_request_loses_its_sockets(void **state)
{
	(void)state;
	int pair[2];
	char byte;
	struct http_watch *watch = http_watch_new();
	for (int i = 0; i < 2; i++) {
		assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
		http_watch_add(watch, pair[0]);
		http_watch_start(watch, 20);
		assert_int_equal(read(pair[0], &byte, 1), 0); /* waits until it is shut down */
		assert_true(http_watch_stop(watch));
		http_watch_remove(watch, pair[0]);
		close(pair[0]);
		close(pair[1]);
	}
	http_watch_free(watch);
}

static void what_is_over_in_time_or_closed_is_left_alone(void **state)
{
	(void)state;
	int pair[2];
	char byte = 'a';
	struct http_watch *watch = http_watch_new();
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	http_watch_add(watch, pair[0]);
	http_watch_start(watch, 10000);
	assert_false(http_watch_stop(watch));
	http_watch_remove(watch, pair[0]);
	http_watch_remove(watch, pair[0]);
	http_watch_start(watch, 1);
	usleep(50000);
	assert_true(http_watch_stop(watch));
	assert_int_equal(write(pair[1], &byte, 1), 1);
	assert_int_equal(read(pair[0], &byte, 1), 1);
	http_watch_free(watch);
	http_watch_free(NULL);
	close(pair[0]);
	close(pair[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(an_overdue_request_loses_its_sockets),
			cmocka_unit_test(what_is_over_in_time_or_closed_is_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
