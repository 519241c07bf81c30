/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The folder of a certificate, or of a register, written whole or not at all: everything is made beside it, then put in
 * its place at once. What was there is moved into the new one, as an earlier attempt, and nothing is ever overwritten.
 */
#ifndef KEUR_CMD_FOLDER_WRITE_H
#define KEUR_CMD_FOLDER_WRITE_H

#include "cmd/app.h"

struct folder_file {
	struct str name; /* relative, with '/' */
	struct str bytes;
};

/* What stands where the folder is to come. */
enum folder_state { FOLDER_ABSENT, FOLDER_EMPTY, FOLDER_FULL, FOLDER_NONE /* something else, or unreadable */ };
enum folder_state folder_look(const char *path);

/*
 * Puts a folder with these files at `path`; where there is one already (FOLDER_FULL) it becomes attempts/`earlier` of
 * the new one, and its own attempts move along. False when it has complained; then `path` is as it was.
 */
bool folder_write(
		const struct app *app, const char *path, const struct folder_file *files, size_t count, uint32_t earlier);

/*
 * A folder that is made file by file, and takes the place of the one that is there, which is gone then. Readers see the
 * old one or the new one; it is not brought to disk file by file, since it can be made again and has thousands.
 */
struct folder_fresh {
	const struct app *app;
	struct str place;
	char *path; /* beside it */
};

/* Each is false when it has complained. After folder_begin() comes folder_end(), which leaves `place` as it was when it
 * fails, or folder_abandon(). */
bool folder_begin(struct folder_fresh *fresh, const struct app *app, const char *path);
bool folder_add(const struct folder_fresh *fresh, struct str name, struct str bytes);
bool folder_end(const struct folder_fresh *fresh);
void folder_abandon(const struct folder_fresh *fresh);

#endif
