/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading a file or standard input into an arena. */
#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/reason.h"

enum { FIRST_READ = 64 << 10 };

static struct loc loc_of_file(const char *path)
{
	return (struct loc){.file = strcmp(path, "-") == 0 ? STR("<stdin>") : str_of(path)};
}

static bool fail_to_read(struct err *err, const char *path)
{
	struct text reason = reason_of(errno);
	struct text message = {{
			str_printf(err->arena, "cannot be read: %.*s; check the name and the permissions",
					STR_FMT(text_in(reason, LANG_EN))),
			str_printf(err->arena, "kan niet gelezen worden: %.*s; controleer de naam en de rechten",
					STR_FMT(text_in(reason, LANG_NL))),
	}};
	return err_set_text(err, ERR_IO, loc_of_file(path), TEXT("", ""), message);
}

static bool fail_too_large(struct err *err, const char *path, size_t ceiling)
{
	return err_set(err, ERR_LIMIT, loc_of_file(path),
			"larger than %zu MiB, the most that keur reads of one document; split it",
			"groter dan %zu MiB, het meeste dat keur van één document leest; splits het", ceiling >> 20);
}

static bool fail_not_a_file(struct err *err, const char *path, bool is_directory)
{
	if (is_directory)
		return err_set(err, ERR_IO, loc_of_file(path), "is a directory where a file was expected",
				"is een map, waar een bestand werd verwacht");
	return err_set(err, ERR_IO, loc_of_file(path), "is a device or socket where a file was expected",
			"is een apparaat of socket, waar een bestand werd verwacht");
}

/* An ordinary file says its size: refused early, or read into a block of exactly that size. */
static bool read_sized(struct arena *arena, int fd, const char *path, size_t size, struct str *out, struct err *err)
{
	char *bytes = arena_alloc(arena, size + 1);
	size_t have = 0;
	while (have < size) {
		ssize_t got = read(fd, bytes + have, size - have);
		if (got < 0 && errno == EINTR) continue;
		if (got < 0) return fail_to_read(err, path);
		if (got == 0) break;
		have += (size_t)got;
	}
	bytes[have] = '\0';
	*out = (struct str){bytes, have};
	return true;
}

/* Pipes and files of /proc say no size: grow on the heap, then copy once. */
static bool read_stream(struct arena *arena, int fd, const char *path, size_t ceiling, struct str *out, struct err *err)
{
	char *bytes = NULL;
	size_t have = 0, capacity = 0;
	for (;;) {
		if (have == capacity) bytes = mem_resize(bytes, capacity = capacity ? capacity * 2 : FIRST_READ, 1);
		ssize_t got = read(fd, bytes + have, capacity - have);
		if (got < 0 && errno == EINTR) continue;
		if (got <= 0 || have + (size_t)got > ceiling) {
			bool ok = got < 0 ? fail_to_read(err, path) : got == 0 || fail_too_large(err, path, ceiling);
			if (ok) *out = (struct str){arena_copy(arena, bytes, have), have};
			free(bytes);
			return ok;
		}
		have += (size_t)got;
	}
}

static bool read_open(struct arena *arena, int fd, const char *path, size_t ceiling, struct str *out, struct err *err)
{
	struct stat info;
	if (fstat(fd, &info) != 0) return fail_to_read(err, path);
	if (S_ISDIR(info.st_mode)) return fail_not_a_file(err, path, true);
	bool from_stdin = fd == STDIN_FILENO;
	if (!from_stdin && !S_ISREG(info.st_mode) && !S_ISFIFO(info.st_mode)) return fail_not_a_file(err, path, false);
	/* now that it is open, a writer that is slow is waited for */
	if (S_ISFIFO(info.st_mode) && !from_stdin) fcntl(fd, F_SETFL, O_RDONLY);
	if (!S_ISREG(info.st_mode) || info.st_size == 0) return read_stream(arena, fd, path, ceiling, out, err);
	if ((unsigned long long)info.st_size > ceiling) return fail_too_large(err, path, ceiling);
	return read_sized(arena, fd, path, (size_t)info.st_size, out, err);
}

bool io_read(struct arena *arena, const char *path, size_t ceiling, struct str *out, struct err *err)
{
	if (strcmp(path, "-") == 0) return read_open(arena, STDIN_FILENO, path, ceiling, out, err);
	/* O_NONBLOCK: a FIFO without a writer must not hang the open; it reads as empty. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) return fail_to_read(err, path);
	bool ok = read_open(arena, fd, path, ceiling, out, err);
	close(fd);
	return ok;
}
