/* SPDX-License-Identifier: EUPL-1.2 */
/* Exhibits: only what findings name, without secrets, no longer than a reader needs. */
#include "base/limits.h"
#include "bench.h"
#include "rule/exhibit.h"

static struct exchange *add(struct bench *bench, struct evidence *evidence, const char *body, size_t len)
{
	struct http_field *fields = arena_alloc(bench->arena, sizeof *fields);
	*fields = (struct http_field){STR("Set-Cookie"), STR("id=s3cr3t-token; Path=/")};
	struct exchange exchange = {.request = {.method = STR("POST"), .url = STR("https://x/y?k=s3cr3t-token")},
			.response = {.status = 200, .reason = STR("OK"), .fields = {fields, 1}, .body = {body, len}}};
	exchange.request.body = STR("token=s3cr3t-token");
	return (struct exchange *)evidence_add(evidence, &exchange, bench->arena);
}

static void judged(struct bench *bench, struct target_result *target, uint32_t findings)
{
	struct requirement_result *result = arena_zalloc(bench->arena, sizeof *result);
	struct standard_result *standard = arena_zalloc(bench->arena, sizeof *standard);
	result->findings = arena_zalloc(bench->arena, findings * sizeof *result->findings);
	result->finding_count = findings;
	*standard = (struct standard_result){.requirements = result, .requirement_count = 1};
	*target = (struct target_result){.arena = bench->arena, .standards = standard, .standard_count = 1};
}

static const struct secrets *the_secrets(struct bench *bench)
{
	struct secrets *secrets = secrets_new(bench->arena);
	assert_true(secrets_add(secrets, STR("token"), STR("s3cr3t-token"), &bench->err));
	secrets_seal(secrets);
	return secrets;
}

static bool tells(struct str text)
{
	return str_find_str(text, STR("s3cr3t")) < text.len;
}

static void test_named_and_clean(void **state)
{
	struct bench *bench = *state;
	struct target_result target;
	struct evidence *evidence = evidence_new(bench->arena);
	add(bench, evidence, "one", 3);
	/* A secret across the place where the body is cut. */
	char *body = arena_alloc(bench->arena, 2000);
	memset(body, 'x', 2000);
	memcpy(body + 994, "s3cr3t-token", 12);
	add(bench, evidence, body, 2000);
	add(bench, evidence, "a\xFF\0b", 4);
	judged(bench, &target, 3);
	target.standards[0].requirements[0].findings[0].exchange = 3;
	target.standards[0].requirements[0].findings[1].exchange = 2;
	target.standards[0].requirements[0].findings[2].exchange = 99;
	exhibit_gather(&target, evidence, the_secrets(bench));
	assert_int_equal(target.exhibit_count, 2);
	const struct exhibit *exhibit = &target.exhibits[0];
	assert_int_equal(exhibit->number, 2);
	assert_true(exhibit->cut);
	assert_true(exhibit->body.len <= 1000 && exhibit->body.len > 900);
	assert_false(tells(exhibit->body) || tells(exhibit->url) || tells(exhibit->request_body));
	assert_false(tells(exhibit->fields.items[0].value));
	assert_int_equal(target.exhibits[1].number, 3);
	assert_int_equal(target.exhibits[1].body.len, 0);
	assert_true(target.exhibits[1].cut);
}

static void test_ceiling_and_failure(void **state)
{
	struct bench *bench = *state;
	struct target_result target;
	struct evidence *evidence = evidence_new(bench->arena);
	judged(bench, &target, LIMIT_EXHIBITS + 5);
	for (uint32_t i = 0; i < LIMIT_EXHIBITS + 5; i++) {
		struct exchange *exchange = add(bench, evidence, "\xE2\x82\xAC", 3);
		exchange->response.status = 0;
		exchange->why = TEXT("refused s3cr3t-token", "geweigerd s3cr3t-token");
		target.standards[0].requirements[0].findings[i].exchange = i + 1;
	}
	exhibit_gather(&target, evidence, the_secrets(bench));
	assert_int_equal(target.exhibit_count, LIMIT_EXHIBITS);
	assert_int_equal(target.exhibits[LIMIT_EXHIBITS - 1].number, LIMIT_EXHIBITS);
	assert_false(tells(target.exhibits[0].why.in[LANG_NL]));
	assert_true(target.exhibits[0].why.in[LANG_EN].len > 0);
	assert_int_equal(target.exhibits[0].fields.count, 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)
	const struct CMUnitTest tests[] = {T(test_named_and_clean), T(test_ceiling_and_failure)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
