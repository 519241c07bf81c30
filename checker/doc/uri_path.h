/* SPDX-License-Identifier: EUPL-1.2 */
/* The file or URL that a URI reference names, seen from the document that holds it (RFC 3986 section 5.2). */
#ifndef KEUR_DOC_URI_PATH_H
#define KEUR_DOC_URI_PATH_H

#include "base/str.h"

enum uri_place {
	URI_SAME,      /* only a fragment */
	URI_FILE,      /* a file */
	URI_REMOTE,    /* http or https */
	URI_MALFORMED, /* another scheme, another host, a bad percent-encoding */
};

/* Splits at the first "#": the part before it, and after it ({NULL, 0} when there is none). */
void uri_split(struct str reference, struct str *before, struct str *fragment);

/*
 * Finds what `reference` (without fragment) names from the document called `base`: for URI_FILE, `*path` is a path in
 * the arena, percent-decoded, with "." and ".." taken out, relative where `base` is relative; for URI_REMOTE it is the
 * URL. When `base` is an http(s) URL, nothing is a file.
 */
enum uri_place uri_to_path(struct str reference, struct str base, struct arena *arena, struct str *path);

/* Whether a document of this name came from an http(s) URL. */
bool uri_is_url(struct str name);

/* The path with "." and ".." and doubled slashes taken out, so that one file has one name. */
struct str path_normalize(struct str path, struct arena *arena);

/* What stands behind the last slash. */
struct str path_base(struct str path);

/* The way from the folder of the file `base` to the file `path`, both seen from the working folder. */
struct str path_relative(struct str base, struct str path, struct arena *arena);

#endif
