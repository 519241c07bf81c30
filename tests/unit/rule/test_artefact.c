/* SPDX-License-Identifier: EUPL-1.2 */
/* Pinned artefacts: the digest of a set, and that what is absent or different is never taken for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "rule/ruleset.h"

#define HEAD                                                                                                           \
	"id: demo\nversion: \"1\"\ntitle: {nl: Proef, en: Demo}\nauthority: A\nlevel: national\nsource: https://x\n"       \
	"status: {state: effective, from: 2026-01-01, until: null}\n"
#define TAIL                                                                                                           \
	"requirements:\n  - {id: a, obligation: must, title: {nl: N, en: E}, clause: https://c, not-tested: {nl: n, en: "  \
	"e}}\n"
/* sha256sum of "a\n", "b\n", and of the lines about a.xsd and sub/b.xsd. */
#define SHA_A "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"
#define SHA_B "0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f"

struct bench {
	char root[64];
	struct arena *arena;
	struct err err;
};

static void run(const char *format, const char *root)
{
	char command[1024];
	snprintf(command, sizeof command, format, root);
	assert_int_equal(system(command), 0);
}

static int setup(void **state)
{
	struct bench *bench = calloc(1, sizeof *bench);
	snprintf(bench->root, sizeof bench->root, "/tmp/keur-test-XXXXXX");
	assert_non_null(mkdtemp(bench->root));
	bench->arena = arena_new();
	err_init(&bench->err, bench->arena);
	run("cd %s && mkdir -p demo/1 all/set/sub && printf 'a\\n' >all/set/a.xsd && printf 'b\\n' >all/set/sub/b.xsd && "
		"printf 'c\\n' >all/set/read.txt",
			bench->root);
	*state = bench;
	return 0;
}

static int teardown(void **state)
{
	struct bench *bench = *state;
	run("rm -r %s", bench->root);
	arena_free(bench->arena);
	free(bench);
	return 0;
}

static struct ruleset *load(struct bench *bench, const char *artefacts)
{
	struct str dir = str_printf(bench->arena, "%s/demo/1", bench->root);
	FILE *file = fopen(str_printf(bench->arena, "%s/ruleset.yaml", dir.ptr).ptr, "w");
	assert_non_null(file);
	fprintf(file, HEAD "artefacts:\n%s" TAIL, artefacts);
	fclose(file);
	err_init(&bench->err, bench->arena);
	return ruleset_load(bench->arena, dir.ptr, &bench->err);
}

static struct str set_digest(struct bench *bench)
{
	struct str lines = STR(SHA_A "  a.xsd\n" SHA_B "  sub/b.xsd\n");
	struct digest digest = digest_of(lines);
	return str_copy(bench->arena, str_of(digest.hex));
}

static struct artefact_found find(struct bench *bench, const char *artefacts)
{
	struct ruleset *ruleset = load(bench, artefacts);
	struct artefact_found found;
	if (!ruleset) fail_msg("%s", bench->err.message.in[LANG_EN].ptr);
	struct str *folder = arena_alloc(bench->arena, sizeof *folder);
	*folder = str_printf(bench->arena, "%s/all", bench->root);
	assert_int_equal(artefact_known(&ruleset->artefacts[0]).state, ARTEFACT_UNUSED);
	artefacts_look_in(ruleset->artefacts, ruleset->artefact_count, folder, 1);
	bool there = artefact_find(&ruleset->artefacts[0], &found);
	assert_int_equal(there, found.state == ARTEFACT_FOUND);
	assert_int_equal(artefact_known(&ruleset->artefacts[0]).state, found.state);
	return found;
}

static void test_file(void **state)
{
	struct artefact_found found = find(*state, "  - {id: x, file: set/a.xsd, sha256: " SHA_A "}\n");
	assert_int_equal(found.state, ARTEFACT_FOUND);
	assert_true(str_ends(found.place, STR("all/set/a.xsd")));
	assert_string_equal(found.digest.hex, SHA_A);
}

static uint32_t made;

static const void *make(struct arena *arena, const char *path, const void *context, struct err *err)
{
	(void)context;
	if (strcmp(path, "good") != 0) {
		err_set(err, ERR_IO, (struct loc){0}, "no%s", "nee%s", "");
		return NULL;
	}
	made++;
	return arena_zalloc(arena, 1);
}

/* What checks share is made once; what failed is tried again. */
static void test_made_once(void **state)
{
	struct bench *bench = *state;
	struct ruleset *ruleset = load(bench, "  - {id: x, file: set/a.xsd, sha256: " SHA_A "}\n");
	const struct artefact *artefact = &ruleset->artefacts[0];
	assert_null(artefact_once(artefact, make, "bad", NULL, &bench->err));
	assert_int_equal(bench->err.code, ERR_IO);
	const void *first = artefact_once(artefact, make, "good", NULL, &bench->err);
	assert_non_null(first);
	assert_ptr_equal(artefact_once(artefact, make, "good", NULL, &bench->err), first);
	assert_int_equal(made, 1);
}

static void test_set(void **state)
{
	struct bench *bench = *state;
	struct str yaml = str_printf(
			bench->arena, "  - {id: x, folder: set, files: [\"*.xsd\"], sha256: %s}\n", set_digest(bench).ptr);
	assert_int_equal(find(bench, yaml.ptr).state, ARTEFACT_FOUND);
	run("printf 'x\\n' >%s/all/set/read.txt", bench->root);
	assert_int_equal(find(bench, yaml.ptr).state, ARTEFACT_FOUND);
	run("printf 'x\\n' >%s/all/set/sub/b.xsd", bench->root);
	struct artefact_found found = find(bench, yaml.ptr);
	assert_int_equal(found.state, ARTEFACT_DIFFERENT);
	assert_true(found.why.in[LANG_EN].len && found.why.in[LANG_NL].len);
	assert_true(found.digest.hex[0]);
}

static void test_absent(void **state)
{
	struct artefact_found found = find(*state, "  - {id: x, file: set/none.xsd, sha256: " SHA_A "}\n");
	assert_int_equal(found.state, ARTEFACT_ABSENT);
	assert_true(str_find_str(found.why.in[LANG_EN], STR("--artefacts")) < found.why.in[LANG_EN].len);
	/* A folder where a file is asked for is not that file. */
	assert_int_equal(find(*state, "  - {id: x, file: set/sub, sha256: " SHA_A "}\n").state, ARTEFACT_ABSENT);
}

static void test_refused(void **state)
{
	static const char *const bad[] = {"  - {id: x, file: ../a.xsd, sha256: " SHA_A "}\n",
			"  - {id: x, file: /etc/passwd, sha256: " SHA_A "}\n", "  - {id: x, sha256: " SHA_A "}\n",
			"  - {id: x, file: a, folder: b, sha256: " SHA_A "}\n", "  - {id: x, file: a, sha256: 12}\n",
			"  - {id: x, file: a, files: [b], sha256: " SHA_A "}\n", "  - {id: x, file: a/, sha256: " SHA_A "}\n",
			"  - {id: x, file: a, sha256: " SHA_A "}\n  - {id: x, file: a, sha256: " SHA_A "}\n"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct bench *bench = *state;
		assert_null(load(bench, bad[i]));
		assert_int_equal(bench->err.code, ERR_RULES);
		assert_true(bench->err.loc.line > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(test_file, setup, teardown),
			cmocka_unit_test_setup_teardown(test_made_once, setup, teardown),
			cmocka_unit_test_setup_teardown(test_set, setup, teardown),
			cmocka_unit_test_setup_teardown(test_absent, setup, teardown),
			cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
