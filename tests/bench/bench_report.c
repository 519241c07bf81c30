/* SPDX-License-Identifier: EUPL-1.2 */
/* Reports of a run with 10,000 findings, each with a message of its own: milliseconds and bytes of each format. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "report/read.h"
#include "report/report.h"
#include "rule/run.h"

enum { PATHS = 4999, REPEATS = 9 }; /* two findings of each path, and two of the document */

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
	const double *one = a, *other = b;
	return (*one > *other) - (*one < *other);
}

static void write_document(const char *path)
{
	FILE *file = fopen(path, "w");
	if (!file) exit(2);
	fputs("openapi: 3.0.3\ninfo: {title: Zaken, version: 1.0.0}\npaths:\n", file);
	for (int i = 0; i < PATHS; i++)
		fprintf(file,
				"  /zaken-van-het-register-%d/:\n    get: {summary: Een zaak, responses: {\"200\": {description: ok}}}\n",
				i);
	fclose(file);
}

static double median_of(const struct run *run, const struct reporter *reporter, struct arena *arena, size_t *size)
{
	double times[REPEATS];
	for (int i = 0; i < REPEATS; i++) {
		struct strbuf out;
		struct err err;
		struct report_options options = {.lang = LANG_NL,
				.findings = 5,
				.folder = STR("rules/report/1"),
				.schema_path = STR("rules/report/1/report.schema.json")};
		strbuf_init(&out, (size_t)1 << 30);
		err_init(&err, arena);
		double from = now();
		if (!reporter->write(run, &options, &out, &err)) {
			printf("%s: %.*s\n", reporter->name, STR_FMT(err.message.in[LANG_EN]));
			*size = 0;
			strbuf_release(&out);
			return 0;
		}
		times[i] = now() - from;
		*size = out.len;
		if (i == 0 && strcmp(reporter->name, "json") == 0) {
			FILE *file = fopen("/tmp/keur-bench-report.json", "w");
			if (file) fwrite(out.ptr, 1, out.len, file);
			if (file) fclose(file);
		}
		strbuf_release(&out);
	}
	qsort(times, REPEATS, sizeof *times, compare);
	return times[REPEATS / 2];
}

static void time_reading(struct arena *arena)
{
	double times[REPEATS];
	for (int i = 0; i < REPEATS; i++) {
		struct run run;
		struct err err;
		err_init(&err, arena);
		double from = now();
		if (!report_read(&run, "/tmp/keur-bench-report.json", STR("rules/report/1/report.schema.json"), &err))
			printf("%.*s\n", STR_FMT(err.message.in[LANG_EN]));
		times[i] = now() - from;
		run_free(&run);
	}
	qsort(times, REPEATS, sizeof *times, compare);
	printf("%-34s %9.1f ms\n", "report read back", times[REPEATS / 2]);
}

int main(void)
{
	const char *path = "/tmp/keur-bench-report.yaml";
	struct arena *arena = arena_new();
	struct spectral_options spectral = {.builtin_dir = STR("rules/spectral")};
	struct err err;
	struct run run;
	err_init(&err, arena);
	write_document(path);
	struct ruleset *ruleset = ruleset_load(arena, "rules/nlgov-adr/2.1", &err);
	if (!ruleset || !ruleset_compile(ruleset, &spectral, &err)) return 2;
	const struct ruleset *rulesets[] = {ruleset};
	struct run_options options = {{.rulesets = rulesets, .count = 1}, &path, 1, 1};
	if (!run_all(&run, &options, &err) || !report_seal(&run, &err)) return 2;
	run.targets[0].product = (struct product){.name = STR("Zaken"), .version = STR("1.0"), .vendor = STR("Dorpsoft")};
	uint32_t findings = 0;
	for (uint32_t i = 0; i < run.targets[0].standards[0].requirement_count; i++)
		findings += run.targets[0].standards[0].requirements[i].finding_count;
	printf("run of %u findings\n", findings);
	for (const struct reporter *reporter = reporters; reporter->name; reporter++) {
		size_t size = 0;
		double time = median_of(&run, reporter, arena, &size);
		if (size) printf("report %-27s %9.1f ms %9.2f MB\n", reporter->name, time, (double)size / 1e6);
	}
	time_reading(arena);
	run_free(&run);
	arena_free(arena);
	unlink(path);
	unlink("/tmp/keur-bench-report.json");
	return 0;
}
