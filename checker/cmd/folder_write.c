/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing the folders of certificates. */
#include "cmd/folder_write.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/reason.h"
#include "report/certificate.h"

enum { OPEN_FOLDERS = 16 };

enum folder_state folder_look(const char *path)
{
	DIR *folder = opendir(path);
	if (!folder) return errno == ENOENT ? FOLDER_ABSENT : FOLDER_NONE;
	enum folder_state state = FOLDER_EMPTY;
	for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) state = FOLDER_FULL;
	closedir(folder);
	return state;
}

static bool complain(const struct app *app, const char *where)
{
	const char *why = text_in(reason_of(errno), app->lang).ptr;
	app_complain(app->lang, "%s: cannot be written (%s); nothing was put in its place",
			"%s: kan niet geschreven worden (%s); er is niets voor in de plaats gezet", where, why);
	return false;
}

static mode_t allowed(mode_t mode)
{
	mode_t mask = umask(0);
	umask(mask);
	return mode & ~mask;
}

/* The folders that a name goes through. */
static bool make_folders(const struct app *app, const char *root, struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] != '/') continue;
		struct str folder = str_printf(app->arena, "%s/%.*s", root, (int)i, name.ptr);
		if (mkdir(folder.ptr, 0777) != 0 && errno != EEXIST) return complain(app, folder.ptr);
	}
	return true;
}

/* `settled`: on disk before this returns. */
static bool write_file(const struct app *app, const char *root, const struct folder_file *file, bool settled)
{
	struct str path = str_printf(app->arena, "%s/%.*s", root, STR_FMT(file->name));
	struct str rest = file->bytes;
	int fd = open(path.ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0 && errno == ENOENT) {
		if (!make_folders(app, root, file->name)) return false;
		fd = open(path.ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	}
	if (fd < 0) return complain(app, path.ptr);
	bool ok = true;
	while (ok && rest.len) {
		ssize_t done = write(fd, rest.ptr, rest.len);
		if (done < 0 && errno == EINTR) continue;
		ok = done >= 0;
		if (ok) rest = str_skip(rest, (size_t)done);
	}
	ok = ok && (!settled || fsync(fd) == 0);
	if (!ok) complain(app, path.ptr);
	close(fd);
	return ok;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
	(void)info;
	(void)kind;
	(void)where;
	return remove(path);
}

static void remove_all(const char *path)
{
	nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

/* After a power failure names may be gone that were not brought to disk. */
static void settle(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) return;
	fsync(fd);
	close(fd);
}

/* Two folders change places at once; where a file system cannot do that, one after the other. */
static bool exchange(const struct app *app, const char *fresh, const char *path)
{
	if (renameat2(AT_FDCWD, fresh, AT_FDCWD, path, RENAME_EXCHANGE) == 0) return true;
	struct str aside = str_printf(app->arena, "%s.old", fresh);
	if (rename(path, aside.ptr) != 0) return complain(app, path);
	if (rename(fresh, path) == 0 && rename(aside.ptr, fresh) == 0) return true;
	complain(app, path);
	rename(aside.ptr, path);
	return false;
}

static bool complain_left(const struct app *app, const char *where)
{
	app_complain(app->lang, "the certificate was written; the earlier attempt could not be moved into it and is in %s",
			"het certificaat is geschreven; de eerdere poging kon er niet in verplaatst worden en staat in %s", where);
	return true;
}

/* What was in the folder, now at `old`, becomes an attempt in the new one; its own attempts go before it. */
static bool keep_earlier(const struct app *app, const char *old, const char *path, uint32_t earlier)
{
	struct str *names;
	uint32_t count = 0;
	struct err err;
	struct str from = str_printf(app->arena, "%s/" CERTIFICATE_ATTEMPTS, old);
	struct str into = str_printf(app->arena, "%s/" CERTIFICATE_ATTEMPTS, path);
	err_init(&err, app->arena);
	if (mkdir(into.ptr, 0777) != 0) return complain_left(app, old);
	if (!folder_list(app->arena, from.ptr, &names, &count, &err)) count = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct str one = str_printf(app->arena, "%s/%.*s", from.ptr, STR_FMT(names[i]));
		struct str other = str_printf(app->arena, "%s/%.*s", into.ptr, STR_FMT(names[i]));
		if (rename(one.ptr, other.ptr) != 0) return complain_left(app, old);
	}
	if (count) rmdir(from.ptr);
	struct str last = str_printf(app->arena, "%s/%u", into.ptr, earlier);
	return rename(old, last.ptr) == 0 || complain_left(app, old);
}

static bool put_in_place(const struct app *app, const char *fresh, const char *path, uint32_t earlier)
{
	if (!earlier) return rename(fresh, path) == 0 || complain(app, path);
	return exchange(app, fresh, path) && keep_earlier(app, fresh, path, earlier);
}

/* A folder that is there is known by its real path, so that "." has a place beside it. */
static struct str place_of(const struct app *app, const char *path)
{
	char *real = realpath(path, NULL);
	struct str place = str_copy(app->arena, str_of(real ? real : path));
	free(real);
	while (place.len > 1 && place.ptr[place.len - 1] == '/')
		place.len--;
	return str_copy(app->arena, place);
}

/* A folder beside `place` that nobody else has; NULL when it has complained. */
static char *make_fresh(const struct app *app, struct str place)
{
	struct str name = str_printf(app->arena, "%.*s.XXXXXX", STR_FMT(place));
	char *fresh = arena_copy(app->arena, name.ptr, name.len);
	if (mkdtemp(fresh) && chmod(fresh, allowed(0777)) == 0) return fresh;
	complain(app, fresh);
	return NULL;
}

bool folder_write(
		const struct app *app, const char *path, const struct folder_file *files, size_t count, uint32_t earlier)
{
	struct str place = place_of(app, path);
	char *fresh = make_fresh(app, place);
	if (!fresh) return false;
	bool ok = true;
	for (size_t i = 0; i < count && ok; i++)
		ok = write_file(app, fresh, &files[i], true);
	if (ok) settle(fresh);
	ok = ok && put_in_place(app, fresh, place.ptr, earlier);
	if (!ok) remove_all(fresh);
	if (ok) settle(place.ptr);
	return ok;
}

bool folder_begin(struct folder_fresh *fresh, const struct app *app, const char *path)
{
	*fresh = (struct folder_fresh){.app = app, .place = place_of(app, path)};
	fresh->path = make_fresh(app, fresh->place);
	return fresh->path != NULL;
}

bool folder_add(const struct folder_fresh *fresh, struct str name, struct str bytes)
{
	struct folder_file file = {name, bytes};
	return write_file(fresh->app, fresh->path, &file, false);
}

bool folder_end(const struct folder_fresh *fresh)
{
	bool full = folder_look(fresh->place.ptr) == FOLDER_FULL;
	bool ok = full ? exchange(fresh->app, fresh->path, fresh->place.ptr)
				   : rename(fresh->path, fresh->place.ptr) == 0 || complain(fresh->app, fresh->place.ptr);
	/* What is beside it now is what was there, or what could not be put there. */
	if (full || !ok) remove_all(fresh->path);
	return ok;
}

void folder_abandon(const struct folder_fresh *fresh)
{
	remove_all(fresh->path);
}
