/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading files and standard input whole, with a ceiling. */
#ifndef KEUR_BASE_IO_H
#define KEUR_BASE_IO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/*
 * Reads all of the regular file, pipe or FIFO at `path`, or standard input for "-", into the arena; `*out` is followed
 * by a NUL byte that its length does not count. Errors: ERR_IO (missing, a directory, a device, unreadable), ERR_LIMIT
 * (more than `ceiling` bytes: an ordinary file of that size is refused before a byte is read).
 */
bool io_read(struct arena *arena, const char *path, size_t ceiling, struct str *out, struct err *err);

#endif
