/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of report/inspect share. */
#ifndef KEUR_REPORT_INSPECT_PRIVATE_H
#define KEUR_REPORT_INSPECT_PRIVATE_H

#include "report/inspect.h"

struct inspector {
	struct arena *arena;
	struct str folder; /* as paths begin */
	struct str prefix; /* "attempts/1/", of what remarks are about; empty at the top */
	const struct inspect_options *options;
	struct inspection *out;
	struct {
		struct inspect_remark *items;
		size_t count, capacity;
	} remarks;
};

/* Tells something about a part: a file by its name, or a word in every language. */
void inspect_tell(struct inspector *it, enum inspect_level level, struct text about, const char *en, const char *nl,
		...) __attribute__((format(printf, 4, 6), format(printf, 5, 6)));
void inspect_tell_text(struct inspector *it, enum inspect_level level, struct text about, struct text text);
struct text inspect_file(const struct inspector *it, struct str name);

/* The bytes of a regular file of the folder, in `arena`; false when it has told that they cannot be had. */
bool inspect_read(struct inspector *it, struct arena *arena, struct str name, size_t ceiling, struct str *out);

/* Each part of the work, when the certificate has been read. */
void inspect_signature(struct inspector *it);
void inspect_files(struct inspector *it, struct str *report);
void inspect_report(struct inspector *it, struct str report);
void inspect_attempts(struct inspector *it);
void inspect_others(struct inspector *it);

/* All but dates, decision and trust; false when there is no certificate that can be read, which is told. */
bool inspect_parts(struct inspector *it);

#endif
