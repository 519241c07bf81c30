/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Speed and memory of the readers, beside libyaml's own document API and, where installed, jansson and cJSON.
 *
 *	bench_parse <file.json|file.yaml|file.jsonl>...
 *
 * Of a .jsonl file each line is a document of its own, opened and closed. Prints for each file and reader the median of
 *five runs in MB/s, and for keur the bytes that a document holds for each byte of its file; for its peers, how many
 *times as long they take. `make bench` builds it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

#include "base/io.h"
#include "base/limits.h"
#include "doc/doc.h"

#ifdef WITH_JANSSON
#include <jansson.h>
#endif
#ifdef WITH_CJSON
#include <cjson/cJSON.h>
#endif

enum { RUNS = 5 };

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

/* Bytes held after reading `bytes`; 0 when it failed, -1 when the reader does not tell. */
typedef double reader_fn(struct str name, struct str bytes);

static double read_keur(struct str name, struct str bytes)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct doc *doc = doc_of(name, bytes, &err);
	double held = doc ? (double)arena_size(doc->arena) : 0;
	doc_close(doc);
	arena_free(arena);
	return held;
}

static double read_libyaml(struct str name, struct str bytes)
{
	(void)name;
	yaml_parser_t parser;
	yaml_document_t document;
	yaml_parser_initialize(&parser);
	yaml_parser_set_input_string(&parser, (const unsigned char *)bytes.ptr, bytes.len);
	int ok = yaml_parser_load(&parser, &document);
	if (ok) yaml_document_delete(&document);
	yaml_parser_delete(&parser);
	return ok ? -1 : 0;
}

#ifdef WITH_JANSSON
static double read_jansson(struct str name, struct str bytes)
{
	(void)name;
	json_error_t error;
	json_t *root = json_loadb(bytes.ptr, bytes.len, JSON_DECODE_ANY, &error);
	json_decref(root);
	return root ? -1 : 0;
}
#endif

#ifdef WITH_CJSON
static double read_cjson(struct str name, struct str bytes)
{
	(void)name;
	cJSON *root = cJSON_ParseWithLength(bytes.ptr, bytes.len);
	cJSON_Delete(root);
	return root ? -1 : 0;
}
#endif

static const struct {
	const char *name;
	reader_fn *read;
} readers[] = {
		{"keur", read_keur},
		{"libyaml load", read_libyaml},
#ifdef WITH_JANSSON
		{"jansson", read_jansson},
#endif
#ifdef WITH_CJSON
		{"cJSON", read_cjson},
#endif
};

/* Reads each line by itself; returns the bytes held by all of them, one after the other. */
static double read_lines(reader_fn *read, struct str name, struct str bytes)
{
	double sum = 0;
	while (bytes.len) {
		struct str line = {bytes.ptr, str_find(bytes, '\n')};
		double held = read(name, line);
		if (held == 0) return 0;
		sum += held;
		bytes = str_skip(bytes, line.len + 1);
	}
	return sum;
}

/* `*ours` is the time of keur, which is measured first. */
static void measure(const char *path, struct str bytes, size_t reader, double *ours)
{
	double seconds[RUNS], held = 0;
	bool lines = str_ends(str_of(path), STR(".jsonl"));
	for (int run = 0; run < RUNS; run++) {
		double start = now();
		held = lines ? read_lines(readers[reader].read, STR("line.json"), bytes)
					 : readers[reader].read(str_of(path), bytes);
		seconds[run] = now() - start;
	}
	qsort(seconds, RUNS, sizeof *seconds, by_value);
	if (reader == 0) *ours = seconds[RUNS / 2];
	printf("%-32s %-14s ", path, readers[reader].name);
	if (held == 0)
		printf("cannot read it\n");
	else if (held < 0)
		printf("%7.1f MB/s  %.1f times keur's time\n", (double)bytes.len / seconds[RUNS / 2] / 1e6,
				seconds[RUNS / 2] / *ours);
	else
		printf("%7.1f MB/s  %.2f bytes held per byte\n", (double)bytes.len / seconds[RUNS / 2] / 1e6,
				held / (double)bytes.len);
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	for (int i = 1; i < argc; i++) {
		struct str bytes;
		double ours = 0;
		if (!io_read(arena, argv[i], LIMIT_DOCUMENT_BYTES, &bytes, &err)) {
			fprintf(stderr, "%s: %.*s\n", argv[i], STR_FMT(text_in(err.message, LANG_EN)));
			return 2;
		}
		for (size_t reader = 0; reader < sizeof readers / sizeof *readers; reader++)
			measure(argv[i], bytes, reader, &ours);
	}
	arena_free(arena);
	return 0;
}
