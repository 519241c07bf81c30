/* SPDX-License-Identifier: EUPL-1.2 */
/* The folder of a schema set: the only place where files of the set are looked for. */
#ifndef KEUR_ENGINE_XSD_FOLDER_H
#define KEUR_ENGINE_XSD_FOLDER_H

#include "base/err.h"

struct xsd_folder {
	struct arena *arena;
	struct str root;  /* without links, without a slash at its end */
	struct str entry; /* path of the entry below it, without links */
	struct str shown; /* folder of the entry as it was given, with a slash at its end, or nothing */
};

enum xsd_place {
	XSD_THERE,
	XSD_SLIP,    /* there under another name: other case, back-slashes, a URL of which the file lies in the set */
	XSD_MISSING, /* nothing of that name */
	XSD_OUTSIDE, /* it leads out of the folder */
};

/* The folder of the set with its entry at `path`; `root` as for xsd_load(). False with ERR_IO. */
bool xsd_folder_open(
		struct xsd_folder *folder, struct arena *arena, const char *path, struct str root, struct err *err);

/* The file that `location` names in the file `from`; both paths are below the root, without links. */
enum xsd_place xsd_folder_find(
		const struct xsd_folder *folder, struct str from, struct str location, struct str *found);

/* Path to open, and name to show, of a path below the root. */
struct str xsd_folder_path(const struct xsd_folder *folder, struct str below);
struct str xsd_folder_name(const struct xsd_folder *folder, struct str below);

#endif
