/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Speed of JSON Schema: compiling, validating, reading and validating.
 *
 *	bench_schema <schema.json> <documents.jsonl> [formats | ajv-formats]
 *
 * Prints one line with medians of RUNS, as name=value: compile_us, validate_ns and docs_s of validating documents that
 * have been read, read_docs_s of reading alone, and whole_docs_s of reading and validating (each with the violations
 * of those that are invalid). tests/bench/schema puts ajv's figures beside them. `make bench` builds it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"
#include "doc/doc.h"
#include "engine/schema.h"

enum { RUNS = 9 };

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

/* The documents, one on each line. */
struct texts {
	struct str *items;
	size_t count, capacity;
};

static void ignore(struct schema_sink *sink, const struct schema_violation *violation)
{
	(void)sink, (void)violation;
}

/* Is it valid? All violations are asked for; their texts stay in the arena. */
static bool check(const struct schema *schema, const struct doc *doc, struct arena *arena, struct err *err)
{
	struct view view = {doc, NULL};
	struct schema_sink sink = {.report = ignore};
	return schema_check(schema, &view, doc->root, SCHEMA_ALL, &sink, arena, err) == SCHEMA_VALID;
}

static struct doc *read_one(struct str text, struct arena *arena)
{
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("line"), text, &err);
	if (!doc) {
		printf("bench_schema: %.*s\n", STR_FMT(err.message.in[LANG_EN]));
		exit(2);
	}
	return doc;
}

static double time_compile(const struct doc *doc, const struct schema_options *options)
{
	double times[RUNS];
	for (int run = 0; run < RUNS; run++) {
		struct arena *arena = arena_new();
		struct err err;
		err_init(&err, arena);
		double start = now();
		if (!schema_compile(arena, doc->source, doc->root, options, &err)) exit(2);
		times[run] = now() - start;
		arena_free(arena);
	}
	return median(times);
}

static double time_validate(const struct schema *schema, const struct texts *texts, struct arena *arena, size_t *bad)
{
	struct doc **docs = malloc(texts->count * sizeof *docs);
	double times[RUNS];
	for (size_t i = 0; i < texts->count; i++)
		docs[i] = read_one(texts->items[i], arena);
	for (int run = 0; run < RUNS; run++) {
		struct arena *texts_of_run = arena_new();
		struct err err;
		err_init(&err, texts_of_run);
		double start = now();
		*bad = 0;
		for (size_t i = 0; i < texts->count; i++)
			*bad += !check(schema, docs[i], texts_of_run, &err);
		times[run] = now() - start;
		arena_free(texts_of_run);
	}
	for (size_t i = 0; i < texts->count; i++)
		doc_close(docs[i]);
	free(docs);
	return median(times);
}

/* Reads every document, and validates it unless `schema` is NULL. */
static double time_read(const struct schema *schema, const struct texts *texts, struct arena *arena)
{
	double times[RUNS];
	struct err err;
	err_init(&err, arena);
	for (int run = 0; run < RUNS; run++) {
		double start = now();
		for (size_t i = 0; i < texts->count; i++) {
			struct doc *doc = read_one(texts->items[i], arena);
			if (schema) check(schema, doc, doc->arena, &err);
			doc_close(doc);
		}
		times[run] = now() - start;
	}
	return median(times);
}

static void split_lines(struct str bytes, struct texts *texts)
{
	while (bytes.len > 0) {
		size_t end = str_find(bytes, '\n');
		if (end > 0) *vec_push(texts) = (struct str){bytes.ptr, end};
		bytes = str_skip(bytes, end + 1);
	}
}

int main(int argc, char **argv)
{
	if (argc < 3) return 2;
	struct arena *arena = arena_new();
	struct err err;
	struct str bytes;
	struct texts texts = {0};
	size_t bad;
	err_init(&err, arena);
	struct doc *doc = doc_open(argv[1], &err);
	if (!doc || !io_read(arena, argv[2], LIMIT_DOCUMENT_BYTES, &bytes, &err)) return 2;
	split_lines(bytes, &texts);
	bool ajv = argc > 3 && strcmp(argv[3], "ajv-formats") == 0;
	struct schema_options options = {
			.draft = SCHEMA_2020_12, .unicode = true, .formats = argc > 3, .standard_formats = !ajv};
	struct schema *schema = schema_compile(arena, doc->source, doc->root, &options, &err);
	if (!schema) return 2;
	double compile = time_compile(doc, &options);
	double validate = time_validate(schema, &texts, arena, &bad);
	double reading = time_read(NULL, &texts, arena);
	double whole = time_read(schema, &texts, arena);
	double count = (double)texts.count;
	printf("docs=%zu bytes=%zu bad=%zu compile_us=%.0f validate_ns=%.0f validate_docs_s=%.0f read_docs_s=%.0f "
		   "whole_docs_s=%.0f\n",
			texts.count, bytes.len, bad, compile * 1e6, validate * 1e9 / count, count / validate, count / reading,
			count / whole);
	vec_release(&texts);
	doc_close(doc);
	arena_free(arena);
	return 0;
}
