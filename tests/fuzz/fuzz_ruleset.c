/* SPDX-License-Identifier: EUPL-1.2 */
/* Fuzzes the loading of Spectral rule sets, and runs what loads on a small document with references. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine/spectral.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char document[] =
		"openapi: 3.0.3\n"
		"info: {title: T, version: 1.0, contact: {name: n}}\n"
		"paths:\n"
		"  /a/{id}:\n"
		"    parameters: [{$ref: '#/components/parameters/P'}]\n"
		"    get: {responses: {'200': {$ref: '#/components/responses/R'}}}\n"
		"components:\n"
		"  parameters: {P: {name: id, in: path}}\n"
		"  responses: {R: {description: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!, x: {$ref: '#/components'}}}\n";

/* A rule set is a file: an anonymous one, refilled for each input. */
static int rules_file(const uint8_t *data, size_t size, char path[64])
{
	int fd = memfd_create("rules", 0);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size) abort();
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	int fd = rules_file(data, size, path);
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	struct spectral_options options = {.builtin_dir = STR("rules/spectral")};
	struct spectral *spectral = spectral_load(arena, path, &options, &err);
	if (!spectral && (err.code == ERR_NONE || err.message.in[LANG_EN].len == 0)) abort();
	struct doc *doc = spectral ? doc_of(STR("doc.yaml"), STR(document), &err) : NULL;
	if (doc) {
		const struct spectral *own = spectral_for(spectral, doc->source->name, arena, &err);
		struct facts run;
		if (own) spectral_check(own, refs_new(arena, doc), arena, &run);
	}
	arena_free(arena);
	doc_close(doc);
	close(fd);
	return 0;
}
