/* SPDX-License-Identifier: EUPL-1.2 */
/* Addresses: public ones, and all others, in every disguise. */
#include "support/fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "fetch/address.h"

static const char *const *special(const char *text)
{
	struct sockaddr_storage storage = {0};
	struct sockaddr_in *v4 = (struct sockaddr_in *)&storage;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&storage;
	bool is_v6 = strchr(text, ':') != NULL;
	storage.ss_family = is_v6 ? AF_INET6 : AF_INET;
	assert_int_equal(inet_pton(storage.ss_family, text, is_v6 ? (void *)&v6->sin6_addr : (void *)&v4->sin_addr), 1);
	return address_special((struct sockaddr *)&storage);
}

static void public_addresses_may_be_asked(void **state)
{
	(void)state;
	const char *const all[] = {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
			"126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
			"192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
			"223.255.255.255", "2001:200::1", "2a00:1450::1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (special(all[i])) fail_msg("%s: %s", all[i], special(all[i])[LANG_EN]);
}

static void other_addresses_may_not(void **state)
{
	(void)state;
	const char *const all[] = {"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255",
			"127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1",
			"192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
			"239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::2", "::127.0.0.1", "::ffff:127.0.0.1",
			"::ffff:10.0.0.1", "::ffff:0:0", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1",
			"2001::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1", "4000::1", "5f00::1", "fc00::1",
			"fdff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1"};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!special(all[i])) fail_msg("%s was let through", all[i]);
}

static void what_is_special_is_told(void **state)
{
	(void)state;
	assert_string_equal(special("127.0.0.1")[LANG_EN], "loopback");
	assert_string_equal(special("::ffff:127.0.0.1")[LANG_NL], "de eigen machine");
	assert_string_equal(special("fe80::1")[LANG_EN], "link-local");
	struct sockaddr other = {.sa_family = AF_UNIX};
	assert_non_null(address_special(&other));
}

static void an_address_has_a_text(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr = {htonl(0x7f000001)}};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	assert_str(address_text((struct sockaddr *)&v4, arena), "127.0.0.1");
	assert_str(address_text((struct sockaddr *)&v6, arena), "::1");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test(public_addresses_may_be_asked),
			cmocka_unit_test(other_addresses_may_not),
			cmocka_unit_test(what_is_special_is_told),
			cmocka_unit_test(an_address_has_a_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
