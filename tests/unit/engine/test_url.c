/* SPDX-License-Identifier: EUPL-1.2 */
/* URLs: what the URL standard accepts without a base, and what it does not. */
#include "engine/url.h"

#include "support/fixture.h"

static void test_valid(void **state)
{
	(void)state;
	static const char *const urls[] = {"http://a", "HTTPS://a.nl:443/x?y#z", "  https://a  ", "http:a", "http:\\\\a",
			"http://u:p@a:80/", "http://1.2.3.4", "http://0x7f.1", "http://[::1]:80/", "http://[1:2:3:4:5:6:7:8]",
			"http://[::ffff:1.2.3.4]", "http://[1::]", "http://a_b.c", "http://%61", "mailto:a b", "urn:x",
			"a:", "file:///x", "file:x", "file://host/x", "x://", "x://h%zz:1", "http://a:", "http://caf\xC3\xA9",
			"data:,{}", "a.b:c", "http://1.2.3.4."};
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
		if (!url_is_valid(str_of(urls[i]))) fail_msg("should be valid: %s", urls[i]);
}

static void test_invalid(void **state)
{
	(void)state;
	static const char *const urls[] = {"", "/v1", "//a", "a.nl/v1", "1a:b", "http://", "https:", "http://:80",
			"http://a:b", "http://a:65536", "http://a b", "http://a<b", "http://%zz", "http://%20", "http://[::1",
			"http://[1:2]", "http://[::1::]", "http://[1:2:3:4:5:6:7:8:9]", "http://[:1]", "http://[]",
			"http://1.2.3.256", "http://1.2.3.4.5", "http://256.1.1.1", "http://a.1", "http://u@", "file://a:80/",
			"x://:80", "x://a b", "http://a:8o"};
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
		if (url_is_valid(str_of(urls[i]))) fail_msg("should be invalid: %s", urls[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(test_valid),
			cmocka_unit_test(test_invalid),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
