/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Certificates in one process, many times: `probe flip DIR CA RULES` changes one bit of each byte of every file in turn
 * (of large files of some bytes), and every change must be found and named; `probe time DIR CA RULES` says how long one
 * inspection takes.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/io.h"
#include "report/inspect.h"

enum { ALL_BYTES = 6000, SAMPLES = 60, TIMES = 200 };

struct probe {
	const char *folder;
	struct inspect_options options;
	unsigned changed, missed;
};

static bool names(const struct inspection *found, const char *file)
{
	bool certificate = strcmp(file, CERTIFICATE_SIGNED) == 0;
	for (uint32_t i = 0; i < found->remark_count; i++) {
		const struct inspect_remark *remark = &found->remarks[i];
		struct str about = remark->about.in[LANG_EN];
		if (remark->level == INSPECT_BAD &&
				(str_eq(about, str_of(file)) || (certificate && str_eq(about, STR("signature")))))
			return true;
	}
	return false;
}

static bool is_found(const struct probe *probe, const char *file)
{
	struct arena *arena = arena_new();
	struct inspection found = {0};
	struct err err;
	err_init(&err, arena);
	bool ok = inspect_folder(arena, probe->folder, &probe->options, &found, &err) && names(&found, file);
	inspection_release(&found);
	arena_free(arena);
	return ok;
}

static void flip_byte(struct probe *probe, const char *path, const char *file, size_t at, unsigned char byte)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	unsigned char other = (unsigned char)(byte ^ (1u << at % 8));
	if (fd < 0 || pwrite(fd, &other, 1, (off_t)at) != 1) exit(2);
	probe->changed++;
	if (!is_found(probe, file)) {
		probe->missed++;
		printf("probe: %s: byte %zu, %02x made %02x, was not found\n", file, at, byte, other);
	}
	if (pwrite(fd, &byte, 1, (off_t)at) != 1) exit(2);
	close(fd);
}

static void flip_file(struct probe *probe, const char *file)
{
	struct arena *arena = arena_new();
	struct err err;
	struct str bytes, path = str_printf(arena, "%s/%s", probe->folder, file);
	err_init(&err, arena);
	if (!io_read(arena, path.ptr, 1 << 30, &bytes, &err)) exit(2);
	bool certificate = strcmp(file, CERTIFICATE_SIGNED) == 0;
	size_t step = certificate && bytes.len <= ALL_BYTES ? 1 : bytes.len / SAMPLES + 1;
	for (size_t at = 0; at < bytes.len; at += step)
		flip_byte(probe, path.ptr, file, at, (unsigned char)bytes.ptr[at]);
	if (bytes.len) flip_byte(probe, path.ptr, file, bytes.len - 1, (unsigned char)bytes.ptr[bytes.len - 1]);
	arena_free(arena);
}

static int flip(struct probe *probe)
{
	struct arena *arena = arena_new();
	struct inspection found = {0};
	struct err err;
	err_init(&err, arena);
	if (!inspect_folder(arena, probe->folder, &probe->options, &found, &err) || found.worst > INSPECT_NOTE) {
		printf("probe: expected a certificate that holds\n");
		return 2;
	}
	flip_file(probe, CERTIFICATE_SIGNED);
	for (uint32_t i = 0; i < found.certificate->file_count; i++)
		flip_file(probe, str_copy(arena, found.certificate->files[i].name).ptr);
	if (!is_found(probe, CERTIFICATE_SIGNED)) probe->changed++; /* and it holds again at the end */
	printf("probe: %u changes, %u not found\n", probe->changed, probe->missed);
	inspection_release(&found);
	arena_free(arena);
	return probe->missed ? 1 : 0;
}

static int measure(const struct probe *probe)
{
	struct timespec from, to;
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 0; i < TIMES; i++)
		is_found(probe, "");
	clock_gettime(CLOCK_MONOTONIC, &to);
	double spent = (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
	printf("inspecting a certificate: %.2f ms\n", spent / TIMES);
	return 0;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct err err;
	err_init(&err, arena);
	if (argc != 5) {
		fprintf(stderr, "usage: probe flip|time DIR CA.pem RULES\n");
		return 2;
	}
	struct trust_options trust = {.ca = argv[3]};
	struct probe probe = {.folder = argv[2],
			.options = {
					.trust = trust_open(arena, &trust, &err), .rules = str_of(argv[4]), .now = (int64_t)time(NULL)}};
	if (!probe.options.trust) return 2;
	int status = strcmp(argv[1], "flip") == 0 ? flip(&probe) : measure(&probe);
	arena_free(arena);
	return status;
}
