/* SPDX-License-Identifier: EUPL-1.2 */
/* Formats by their standards: limits, and what the official tests leave out. */
#include "engine/schema_format.h"

#include "support/fixture.h"

static void expect(bool (*check)(struct str text), bool valid, const char *const *texts)
{
	for (; *texts; texts++)
		if (check(str_of(*texts)) != valid) fail_msg("should be %s: %s", valid ? "valid" : "invalid", *texts);
}

#define VALID(check, ...) expect(check, true, (const char *const[]){__VA_ARGS__, NULL})
#define INVALID(check, ...) expect(check, false, (const char *const[]){__VA_ARGS__, NULL})

static void test_times(void **state)
{
	(void)state;
	VALID(format_is_date, "2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31");
	INVALID(format_is_date, "2023-02-29", "1900-02-29", "2024-00-01", "2024-01-00", "2024-1-01", "2024-01-01 ", "");
	VALID(format_is_date_time, "2024-01-31T12:00:00Z", "2024-01-31t12:00:00.123456789+01:00",
			"1998-12-31T15:59:60-08:00");
	INVALID(format_is_date_time, "2024-01-31 12:00:00Z", "2024-01-31T12:00:00", "2024-01-31T12:00:00.Z",
			"2024-01-31T12:00:00+0100", "2024-01-31T24:00:00Z");
	VALID(format_is_duration, "P1Y", "PT1S", "P1W", "P1DT1M");
	INVALID(format_is_duration, "P", "PT", "P1Y1D", "P1W1D", "p1d", "P1DT");
}

static void test_uris(void **state)
{
	(void)state;
	VALID(format_is_uri, "urn:uuid:0", "http://[::1]:80/", "http://a:/", "http://u:p@a", "a:", "http://[v1.a:b]",
			"file:///");
	INVALID(format_is_uri, "", "a", "//a", "http://[::1", "http://[::1]x", "http://a:8o/", "http://u@v@a",
			"http://a/%zz", "http://caf\xC3\xA9", "http://a#b#c", "http://[v.a]", "http://[v1.%41]");
	VALID(format_is_uri_reference, "", "a", "?q", "#f", "//a", "./a:b", "a/b:c");
	INVALID(format_is_uri_reference, "1a:b", ":a", "a b", "\\");
	VALID(format_is_iri, "http://caf\xC3\xA9/\xE2\x82\xAC", "http://a?\xEE\x80\x80");
	INVALID(format_is_iri, "http://a/\xEE\x80\x80", "http://a/\xEF\xBF\xBE", "http://a/\xC3", "a\xC3\xA9:b");
	VALID(format_is_uri_template, "{a}{b*}{c:3}", "{?a,b}", "{%41.b}");
	INVALID(format_is_uri_template, "{a:0}", "{a", "a}", "{a-b}", "{ a}", "{a.}", "%", "<");
}

static void test_names(void **state)
{
	(void)state;
	char long_label[64 + 5];
	memset(long_label, 'a', 64);
	memcpy(long_label + 64, ".nl", 4);
	VALID(format_is_hostname, "a", "a.b.nl", "3com.nl", "ab--cd.nl", "xn--caf-dma.nl");
	INVALID(format_is_hostname, "", "a.", ".a", "a..b", "-a", "a-", "a_b", "caf\xC3\xA9.nl", "xn--", "xn--a",
			long_label);
	VALID(format_is_idn_hostname, "caf\xC3\xA9.nl", "gemeente\xE3\x80\x82nl", "xn--caf-dma.nl");
	INVALID(format_is_idn_hostname, "", "caf\xC3\xA9..nl", "ab--cd", "cafe\xCC\x81.nl", "a b", long_label);
	VALID(format_is_email, "a@b", "a.b+c@example.nl", "\"a b\"@example.nl", "\"a\\\"b\"@b", "a@[127.0.0.1]");
	INVALID(format_is_email, "", "@b", "a@", "a", ".a@b", "a.@b", "a..b@c", "\"a@b", "a@[1.2.3]", "a@b_c", "\xC3\xA9@b",
			"\"a\"b@c");
	VALID(format_is_idn_email, "caf\xC3\xA9@caf\xC3\xA9.nl");
	VALID(format_is_ipv4, "0.0.0.0", "255.255.255.255");
	INVALID(format_is_ipv4, "01.2.3.4", "1.2.3", "1.2.3.256");
	VALID(format_is_ipv6, "::", "1::8", "::ffff:1.2.3.4");
	INVALID(format_is_ipv6, ":", "1:2", "fe80::1%eth0");
}

static void test_others(void **state)
{
	(void)state;
	VALID(format_is_pointer, "", "/", "/a~0b/~1");
	INVALID(format_is_pointer, "a", "/~", "/~2");
	VALID(format_is_relative_pointer, "0", "1/a", "0#");
	INVALID(format_is_relative_pointer, "", "01", "-1", "1a", "#");
	VALID(format_is_uuid, "5b1ee0c6-0f1b-4e6a-9a43-1f7f3c2f8f10", "00000000-0000-0000-0000-000000000000");
	INVALID(format_is_uuid, "5b1ee0c6-0f1b-4e6a-9a43-1f7f3c2f8f1", "5b1ee0c60f1b4e6a9a431f7f3c2f8f10",
			"urn:uuid:5b1ee0c6-0f1b-4e6a-9a43-1f7f3c2f8f10", "5b1ee0c6-0f1b-4e6a-9a43-1f7f3c2f8f1g",
			"5b1ee0c-60f1b-4e6a-9a43-1f7f3c2f8f10");
	VALID(format_is_byte, "", "YQ==", "YWI=");
	INVALID(format_is_byte, "YQ=", "Y Q=", "YQ=a");
}

/* What a schema with one format says of a number. */
static bool check_number(const char *format, bool standard, const char *number)
{
	struct node value = {.kind = NODE_NUMBER, .text = number, .len = (uint32_t)strlen(number)};
	return schema_format_check(schema_format_find(str_of(format), standard), &value);
}

static void test_numbers(void **state)
{
	(void)state;
	assert_true(check_number("int32", true, "2147483647"));
	assert_false(check_number("int32", true, "2147483648"));
	assert_true(check_number("int64", true, "-9223372036854775808"));
	assert_false(check_number("int64", true, "9223372036854775808"));
	assert_true(check_number("int64", false, "9223372036854775808")); /* ajv counts doubles */
	assert_true(check_number("int64", true, "1e3"));
	assert_false(check_number("int64", true, "1.5"));
}

/* Every byte at every place: they are checked eight at a time. */
static void test_uuid_bytes(void **state)
{
	(void)state;
	char text[] = "0189abef-AF09-4def-a012-3456789abcde";
	for (size_t at = 0; at < sizeof text - 1; at++) {
		char kept = text[at];
		for (int byte = 0; byte < 256; byte++) {
			bool digit = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
			text[at] = (char)byte;
			assert_int_equal(format_is_uuid((struct str){text, sizeof text - 1}), kept == '-' ? byte == '-' : digit);
		}
		text[at] = kept;
	}
}

/* Where Spectral and the standards differ, both are kept. */
static void test_two_tables(void **state)
{
	(void)state;
	struct node value = {.kind = NODE_STRING, .text = "2024-01-31 12:00:00Z", .len = 20};
	assert_true(schema_format_check(schema_format_find(STR("date-time"), false), &value));
	assert_false(schema_format_check(schema_format_find(STR("date-time"), true), &value));
	assert_null(schema_format_find(STR("idn-email"), false));
	assert_non_null(schema_format_find(STR("idn-email"), true));
	assert_null(schema_format_find(STR("bsn"), true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_times), cmocka_unit_test(test_uris),
			cmocka_unit_test(test_names), cmocka_unit_test(test_others), cmocka_unit_test(test_numbers),
			cmocka_unit_test(test_two_tables), cmocka_unit_test(test_uuid_bytes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
