/* SPDX-License-Identifier: EUPL-1.2 */
/* What a scenario costs without a network: `bench_scenario file.arazzo.json [runs]` reads, compiles and plays it. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "engine/arazzo_run.h"

enum { MOST_RUNS = 1000 };

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static const struct exchange *answer(
		struct transport *transport, const struct http_request *request, struct str step, struct arena *arena)
{
	static struct http_field json = {{"content-type", 12}, {"application/json", 16}};
	struct exchange *exchange = arena_zalloc(arena, sizeof *exchange);
	(void)transport;
	exchange->number = 1;
	exchange->step = step;
	exchange->request = *request;
	exchange->response.status = 200;
	exchange->response.fields = (struct http_fields){&json, 1};
	exchange->response.body = STR(
			"{\"url\": \"http://127.0.0.1/zaken/1\", \"uuid\": \"0b5a4b3e-0000-4000-8000-000000000000\", "
			"\"identificatie\": \"Z1\", \"startdatum\": \"2026-01-01\", \"aantal\": 3, "
			"\"status\": \"concept\", \"gerelateerd\": [\"a\", \"b\"], \"pad\": \"/zaken/1\"}");
	return exchange;
}

static int ascending(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return a < b ? -1 : a > b;
}

static double median(double *times, int count)
{
	qsort(times, (size_t)count, sizeof *times, ascending);
	return times[count / 2];
}

/* One run: times of reading, compiling and playing. */
static bool measure(const char *path, double times[3])
{
	struct arena *arena = arena_new();
	struct transport transport = {answer, NULL};
	struct err err;
	err_init(&err, arena);
	double start = now();
	struct doc *doc = doc_open(path, &err);
	double read = now();
	struct scenario *scenario = doc ? scenario_load(arena, doc, NULL, &err) : NULL;
	double compiled = now();
	struct scenario_run *run = scenario ? scenario_play(scenario, &transport, NULL, arena) : NULL;
	times[0] = read - start;
	times[1] = compiled - read;
	times[2] = now() - compiled;
	bool good = run && run->workflows[0].state == SCENARIO_SUCCEEDED;
	if (!good) printf("%.*s\n", STR_FMT(run ? run->workflows[0].why.in[LANG_EN] : err.message.in[LANG_EN]));
	arena_free(arena);
	doc_close(doc);
	return good;
}

int main(int argc, char **argv)
{
	static double times[3][MOST_RUNS];
	int runs = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 21;
	if (argc < 2 || runs < 1 || runs > MOST_RUNS) return 2;
	for (int i = 0; i < runs; i++) {
		double one[3];
		if (!measure(argv[1], one)) return 1;
		for (int k = 0; k < 3; k++)
			times[k][i] = one[k];
	}
	printf("%s: reading %.2f ms, compiling %.2f ms, playing %.2f ms of CPU (medians of %d)\n", argv[1],
			median(times[0], runs), median(times[1], runs), median(times[2], runs), runs);
	return 0;
}
