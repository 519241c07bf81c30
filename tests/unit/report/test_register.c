/* SPDX-License-Identifier: EUPL-1.2 */
/* The register: what an entry is worth, its names, groups, feed and badge; hostile text in all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "report/register_private.h"

#define HOSTILE STR("</title><script>x</script>\"\xE2\x80\xAE../")

static struct str products[] = {{"http://standaarden.overheid.nl/owms/terms/a_b", 45}};
static struct certificate_standard standards[] = {
		{.id = {"nlgov-adr", 9}, .version = {"2.1", 3}}, {.id = {"nlgov-adr", 9}, .version = {"2.1", 3}}};

static struct certificate sample(const char *name, const char *version)
{
	return (struct certificate){.attempt = 1,
			.decision = DECISION_CONFORMANT,
			.issued = STR("2026-11-25T10:00:00Z"),
			.valid_until = STR("2027-11-24"),
			.product = {.name = str_of(name),
					.version = str_of(version),
					.vendor = STR("Dorpsoft"),
					.products = products,
					.product_count = 1},
			.standards = standards,
			.standard_count = 2};
}

static struct digest digest_like(char c)
{
	struct digest digest = {""};
	memset(digest.hex, c, 64);
	return digest;
}

static void test_status(void **state)
{
	(void)state;
	struct certificate certificate = sample("A", "1");
	struct withdrawal withdrawal = {.date = STR("2026-12-01")};
	assert_int_equal(register_status_of(&certificate, NULL, STR("2027-11-24")), REGISTER_VALID);
	assert_int_equal(register_status_of(&certificate, NULL, STR("2027-11-25")), REGISTER_EXPIRED);
	assert_int_equal(register_status_of(&certificate, &withdrawal, STR("2027-11-25")), REGISTER_WITHDRAWN);
	assert_int_equal(register_status_of(&certificate, &withdrawal, STR("2026-11-25")), REGISTER_WITHDRAWN);
	certificate.decision = DECISION_CONFORMANT_WITH_DEVIATIONS;
	assert_int_equal(register_status_of(&certificate, NULL, STR("2026-11-25")), REGISTER_DEVIATIONS);
}

static void test_slug(void **state)
{
	(void)state;
	static const struct {
		const char *name, *version, *wanted;
	} cases[] = {{"Zaakregister", "4.2.0", "zaakregister-4-2-0-aaaaaaaaaaaaaaaa"},
			{"../../etc/passwd", "..", "etc-passwd-aaaaaaaaaaaaaaaa"}, {"\xC3\xA9\n\xFF", "/", "aaaaaaaaaaaaaaaa"},
			{"0123456789012345678901234567890123456789012345678901234567890", "1",
					"012345678901234567890123456789012345678901234567-aaaaaaaaaaaaaaaa"}};
	struct arena *arena = arena_new();
	struct digest digest = digest_like('a');
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct certificate certificate = sample(cases[i].name, cases[i].version);
		assert_string_equal(register_slug(arena, &certificate, &digest).ptr, cases[i].wanted);
	}
	arena_free(arena);
}

static void test_product_name(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_string_equal(register_product_name(arena, products[0]).ptr, "a b");
	assert_string_equal(register_product_name(arena, STR("http://x/y#caf%C3%A9%2")).ptr, "caf\xC3\xA9%2");
	assert_string_equal(register_product_name(arena, STR("http://x/")).ptr, "x/");
	arena_free(arena);
}

static void test_sorted_and_grouped(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct certificate a = sample("A", "2"), b = sample("A", "1"), c = sample("B", "1");
	struct register_entry entries[] = {{.certificate = &c, .digest = digest_like('c')},
			{.certificate = &a, .digest = digest_like('a')}, {.certificate = &b, .digest = digest_like('b')}};
	struct register_book book = {.entries = entries, .count = 3};
	struct register_pointers pointers;
	register_sort(&book);
	assert_ptr_equal(entries[0].certificate, &b);
	assert_ptr_equal(entries[2].certificate, &c);
	assert_true(register_is_kin(&entries[0], &entries[1]));
	assert_false(register_is_kin(&entries[1], &entries[2]));
	/* Claimed twice by each, and listed once. */
	register_by_standard(arena, &book, &pointers);
	assert_int_equal(pointers.count, 3);
	assert_int_equal(register_group_end(&pointers, 0), 3);
	register_by_digest(arena, &book, &pointers);
	assert_int_equal(register_group_end(&pointers, 0), 1);
	arena_free(arena);
}

static void test_hostile(void **state)
{
	(void)state;
	struct certificate certificate = sample("", "1");
	certificate.product.name = HOSTILE;
	certificate.product.catalogue = STR("javascript:alert(1)");
	struct register_entry entry = {.certificate = &certificate, .digest = digest_like('a'), .slug = STR("a")};
	struct register_book book = {.entries = &entry, .count = 1, .day = STR("2026-11-25"), .lang = LANG_NL};
	struct strbuf out;
	struct err err = {0};
	strbuf_init(&out, 1 << 20);
	register_badge(&book, &entry, &out);
	assert_null(strstr(out.ptr, "<script>x"));
	assert_null(strstr(out.ptr, "\xE2\x80\xAE"));
	assert_non_null(strstr(out.ptr, "geldig t/m 2027-11-24, 0/0 getoetst"));
	strbuf_clear(&out);
	assert_true(register_page(&book, 0, &out, &err));
	assert_true(register_index(&book, &out, &err));
	assert_null(strstr(out.ptr, "<script>x"));
	assert_null(strstr(out.ptr, "\xE2\x80\xAE"));
	assert_null(strstr(out.ptr, "href=\"javascript"));
	strbuf_clear(&out);
	assert_true(register_feed(&book, &out, &err));
	assert_true(register_is_feed(strbuf_str(&out)));
	assert_false(register_is_feed(STR("{\"certificates\":[]}\n")));
	strbuf_release(&out);
	/* What does not fit is said, and not cut off. */
	struct arena *arena = arena_new();
	err_init(&err, arena);
	strbuf_init(&out, 100);
	assert_false(register_feed(&book, &out, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	strbuf_release(&out);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_status), cmocka_unit_test(test_slug),
			cmocka_unit_test(test_product_name), cmocka_unit_test(test_sorted_and_grouped),
			cmocka_unit_test(test_hostile)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
