/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading files: ordinary ones, pipes, the ceiling, and what is no file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/io.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct folder {
	struct arena *arena;
	struct err err;
	char path[64];
	char file[80];
};

static int setup(void **state)
{
	static struct folder folder;
	folder = (struct folder){.path = "/tmp/keur-test-io-XXXXXX", .arena = arena_new()};
	err_init(&folder.err, folder.arena);
	*state = &folder;
	if (!mkdtemp(folder.path)) return -1;
	snprintf(folder.file, sizeof folder.file, "%s/file", folder.path);
	return 0;
}

static int teardown(void **state)
{
	struct folder *folder = *state;
	remove(folder->file);
	rmdir(folder->path);
	arena_free(folder->arena);
	return 0;
}

static void write_file(const struct folder *folder, const char *bytes, size_t len)
{
	FILE *file = fopen(folder->file, "wb");
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	fclose(file);
}

static void reads_a_file_whole(void **state)
{
	struct folder *folder = *state;
	struct str out;
	write_file(folder, "a\0b", 3);
	assert_true(io_read(folder->arena, folder->file, 3, &out, &folder->err));
	assert_int_equal(out.len, 3);
	assert_memory_equal(out.ptr, "a\0b", 4);
	write_file(folder, "", 0);
	assert_true(io_read(folder->arena, folder->file, 3, &out, &folder->err));
	assert_int_equal(out.len, 0);
	assert_string_equal(out.ptr, "");
}

static void refuses_more_than_the_ceiling(void **state)
{
	struct folder *folder = *state;
	struct str out = STR("untouched");
	write_file(folder, "abcd", 4);
	assert_false(io_read(folder->arena, folder->file, 3, &out, &folder->err));
	assert_int_equal(folder->err.code, ERR_LIMIT);
	assert_true(str_eq(out, STR("untouched")));
}

static void refuses_what_is_no_file(void **state)
{
	struct folder *folder = *state;
	struct str out;
	assert_false(io_read(folder->arena, folder->file, 3, &out, &folder->err));
	assert_int_equal(folder->err.code, ERR_IO);
	err_init(&folder->err, folder->arena);
	assert_false(io_read(folder->arena, folder->path, 3, &out, &folder->err));
	assert_int_equal(folder->err.code, ERR_IO);
	assert_true(str_find_str(folder->err.message.in[LANG_NL], STR("map")) < folder->err.message.in[LANG_NL].len);
	err_init(&folder->err, folder->arena);
	assert_false(io_read(folder->arena, "/dev/zero", 3, &out, &folder->err));
	assert_int_equal(folder->err.code, ERR_IO);
}

static void a_fifo_without_a_writer_is_empty(void **state)
{
	struct folder *folder = *state;
	struct str out;
	assert_int_equal(mkfifo(folder->file, 0600), 0);
	assert_true(io_read(folder->arena, folder->file, 3, &out, &folder->err));
	assert_int_equal(out.len, 0);
}

static void streams_have_a_ceiling_too(void **state)
{
	struct folder *folder = *state;
	struct str out;
	assert_true(io_read(folder->arena, "/proc/self/stat", 1 << 20, &out, &folder->err));
	assert_true(out.len > 10 && out.ptr[out.len] == '\0');
	assert_false(io_read(folder->arena, "/proc/self/stat", 10, &out, &folder->err));
	assert_int_equal(folder->err.code, ERR_LIMIT);
}

static void reads_standard_input(void **state)
{
	struct folder *folder = *state;
	struct str out;
	int ends[2], kept = dup(STDIN_FILENO);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "via pipe", 8), 8);
	close(ends[1]);
	dup2(ends[0], STDIN_FILENO);
	bool ok = io_read(folder->arena, "-", 100, &out, &folder->err);
	dup2(kept, STDIN_FILENO);
	close(kept);
	close(ends[0]);
	assert_true(ok && str_eq(out, STR("via pipe")));
}

/* `keur check <(slow command)`: the writer has opened the pipe, and has nothing to say yet. */
static void a_slow_writer_is_waited_for(void **state)
{
	struct folder *folder = *state;
	struct str text;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	char name[32];
	snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
	pid_t child = fork();
	if (child == 0) {
		usleep(50000);
		_exit(write(ends[1], "late", 4) == 4 ? 0 : 1);
	}
	close(ends[1]);
	assert_true(io_read(folder->arena, name, 100, &text, &folder->err));
	assert_true(str_eq(text, STR("late")));
	close(ends[0]);
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

#define io_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
			io_test(reads_a_file_whole),
			io_test(refuses_more_than_the_ceiling),
			io_test(refuses_what_is_no_file),
			io_test(a_fifo_without_a_writer_is_empty),
			io_test(streams_have_a_ceiling_too),
			io_test(reads_standard_input),
			io_test(a_slow_writer_is_waited_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
