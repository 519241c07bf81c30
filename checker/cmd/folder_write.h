/*
 * The folder of a certificate, written whole or not at all: everything is made beside it, then put in its place at
 * once. What was there is moved into the new one, as an earlier attempt, and nothing is ever overwritten.
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

#endif
