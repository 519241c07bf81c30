/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of report/read share: a report while it is read. */
#ifndef KEUR_REPORT_READ_PRIVATE_H
#define KEUR_REPORT_READ_PRIVATE_H

#include "doc/doc.h"
#include "report/read.h"

struct reading {
	const struct doc *doc;
	struct arena *arena;
	struct err *err; /* the first that is wrong; filled means failed */
};

/* Of members that the schema has looked at: absent is empty (0, false, none). */
struct str read_str(const struct node *object, const char *key);
struct text read_text(const struct node *object, const char *key);
bool read_bool(const struct node *object, const char *key);

/* A number up to `most`; a larger one, or one that is not written as whole, is an error at its place. */
uint64_t read_number(const struct reading *it, const struct node *object, const char *key, uint64_t most);

/* The index of a word among `count` names; the schema knows no others. */
int read_word(
		const struct reading *it, const struct node *object, const char *key, const char *const *names, int count);

/* An error at a value. */
void read_fail(const struct reading *it, const struct node *node, const char *en, const char *nl, ...)
		__attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* An array of `size` bytes for each element of a member, zeroed; `*count` of them, none when it is absent. */
void *read_array(const struct reading *it, const struct node *object, const char *key, size_t size, uint32_t *count);

/* One element of targets[], of which run->rulesets are read already. */
void read_target(
		const struct reading *it, const struct node *node, const struct run *run, struct target_result *target);

#endif
