/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Speed of XML Schema: compiling a set, and messages with the set in memory.
 *
 *	bench_xsd <entry.xsd> <message.xml>...
 *
 * Prints one line, medians of RUNS by the clock of the processor: compile_ms, valid (of the messages), messages_s of
 * reading, validating and telling what is wrong. `make bench` builds it; tests/bench/xsd runs it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/io.h"
#include "base/limits.h"
#include "doc/doc.h"
#include "engine/xsd.h"

enum { RUNS = 9, ROUNDS = 20 };

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); /* other work on the machine does not count */
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

static double median(double times[RUNS])
{
	qsort(times, RUNS, sizeof *times, by_value);
	return times[RUNS / 2];
}

static const struct xsd *load(struct arena *arena, const char *path)
{
	struct err err;
	err_init(&err, arena);
	const struct xsd *xsd = xsd_load(arena, path, STR(""), &err);
	if (!xsd) {
		printf("bench_xsd: %.*s\n", STR_FMT(err.message.in[LANG_EN]));
		exit(2);
	}
	return xsd;
}

static double time_compile(const char *path)
{
	double times[RUNS];
	for (int run = 0; run < RUNS; run++) {
		struct arena *arena = arena_new();
		double start = now();
		load(arena, path);
		times[run] = now() - start;
		arena_free(arena);
	}
	return median(times);
}

static bool check(const struct xsd *xsd, struct str name, struct str text)
{
	struct arena *arena = arena_new();
	struct facts facts;
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of_any(name, text, &err);
	if (!doc || !doc->xml) exit(2);
	xsd_check(xsd, doc, arena, &facts);
	bool valid = facts.items->violations == 0 && !facts.items->undecided;
	doc_close(doc);
	arena_free(arena);
	return valid;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct err err;
	double times[RUNS];
	unsigned valid = 0;
	if (argc < 3) return 2;
	err_init(&err, arena);
	double compile = time_compile(argv[1]);
	const struct xsd *xsd = load(arena, argv[1]);
	struct str *texts = arena_alloc(arena, (size_t)argc * sizeof *texts);
	for (int i = 2; i < argc; i++)
		if (!io_read(arena, argv[i], LIMIT_DOCUMENT_BYTES, &texts[i], &err)) return 2;
	for (int run = 0; run < RUNS; run++) {
		double start = now();
		valid = 0;
		for (int i = 0; i < ROUNDS * (argc - 2); i++)
			valid += check(xsd, STR("message"), texts[2 + i % (argc - 2)]);
		times[run] = now() - start;
	}
	printf("compile_ms=%.0f messages=%d valid=%u messages_s=%.0f\n", compile * 1e3, argc - 2, valid / ROUNDS,
			ROUNDS * (argc - 2) / median(times));
	arena_free(arena);
	return 0;
}
