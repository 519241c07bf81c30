/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing results. */
#include "cmd/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/reason.h"
#include "cmd/options.h"

static bool write_all(int fd, struct str text)
{
	while (text.len) {
		ssize_t done = write(fd, text.ptr, text.len);
		if (done < 0 && errno == EINTR) continue;
		if (done < 0) return false;
		text = str_skip(text, (size_t)done);
	}
	return true;
}

static bool complain(const struct app *app, const char *where)
{
	const char *why = text_in(reason_of(errno), app->lang).ptr;
	app_complain(app->lang, "%s: cannot be written (%s); nothing was reported there",
			"%s: kan niet geschreven worden (%s); daar is niets gerapporteerd", where, why);
	return false;
}

bool output_stdout(const struct app *app, struct str text)
{
	if (write_all(STDOUT_FILENO, text)) return true;
	return complain(app, app->lang == LANG_NL ? "standaarduitvoer" : "standard output");
}

static bool is_special(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && !S_ISREG(info.st_mode);
}

/* Devices and pipes cannot be replaced by a file, so they are written as they are. */
static bool write_special(const struct app *app, const char *path, struct str text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0) return complain(app, path);
	bool ok = write_all(fd, text);
	if (!ok) complain(app, path);
	close(fd);
	return ok;
}

bool output_file(const struct app *app, const char *path, struct str text)
{
	if (is_special(path)) return write_special(app, path, text);
	struct str name = str_printf(app->arena, "%s.XXXXXX", path);
	char *fresh = arena_copy(app->arena, name.ptr, name.len);
	int fd = mkstemp(fresh);
	if (fd < 0) return complain(app, path);
	mode_t mask = umask(0);
	umask(mask);
	bool ok = fchmod(fd, 0666 & ~mask) == 0 && write_all(fd, text) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	ok = ok && rename(fresh, path) == 0;
	if (ok) return true;
	complain(app, path);
	unlink(fresh);
	return false;
}

bool output_has_color(const struct options *options)
{
	const char *never = getenv("NO_COLOR"), *terminal = getenv("TERM");
	if (options->no_color || (never && *never)) return false;
	return isatty(STDOUT_FILENO) && terminal && strcmp(terminal, "dumb") != 0;
}

bool output_choose(const struct app *app, const struct options *options, struct output_choice *out)
{
	*out = (struct output_choice){.json = false};
	if (!options->formats.count) return true;
	const char *value = options->formats.items[0];
	size_t equals = strcspn(value, "=");
	struct str name = {value, equals};
	out->json = str_eq(name, STR("json"));
	if (value[equals]) out->file = value + equals + 1;
	if (options->formats.count == 1 && (out->json || str_eq(name, STR("text"))) && !(out->file && !*out->file))
		return true;
	app_complain(app->lang, "--format: expected text or json, once, perhaps with =FILE; found '%s'",
			"--format: verwacht text of json, één keer, eventueel met =BESTAND; gevonden '%s'",
			options->formats.items[options->formats.count - 1]);
	return false;
}

bool output_chosen(const struct app *app, const struct output_choice *where, struct str text)
{
	return where->file ? output_file(app, where->file, text) : output_stdout(app, text);
}
