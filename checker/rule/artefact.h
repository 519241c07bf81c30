/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Pinned artefacts: official files (schemas, WSDL, lists) that a rule set needs and that keur does not bring. A rule
 * set names each with its digest; it is looked for, once and when it is first needed, below the folders of --artefacts.
 * One that is absent or different leaves untested what needs it: it never passes and never fails.
 */
#ifndef KEUR_RULE_ARTEFACT_H
#define KEUR_RULE_ARTEFACT_H

#include "doc/digest.h"
#include "rule/fields.h"

enum artefact_state { ARTEFACT_UNUSED, ARTEFACT_FOUND, ARTEFACT_ABSENT, ARTEFACT_DIFFERENT, ARTEFACT_STATE_COUNT };

/* As reports write them: "unused", "found", "absent", "different". */
extern const char *const artefact_state_names[ARTEFACT_STATE_COUNT];

struct artefact_search;

/* Const but for `search`, which locks itself. */
struct artefact {
	struct str id, url, licence;
	struct text title;
	struct str path;            /* below a folder of --artefacts */
	bool folder;                /* a set: every file below `path` of which the name fits one of `patterns` */
	const struct str *patterns; /* none: every file */
	uint32_t pattern_count;
	struct str sha256; /* of the file; of a set, of the lines "<sha256>  <path>\n" of its files, sorted by path */
	struct artefact_search *search;
};

/* What became of looking for one; texts live as long as the artefact. */
struct artefact_found {
	enum artefact_state state;
	struct str place;     /* FOUND: the file or folder; DIFFERENT: the last one that was looked at */
	struct digest digest; /* of it */
	struct text why;      /* ABSENT, DIFFERENT: in words */
};

/* Reads the list `artefacts` of a rule set; the artefacts live in fields->arena. False with ERR_RULES. */
bool artefacts_load(const struct fields *fields, const struct node *list, struct artefact **artefacts, uint32_t *count);

/*
 * What several checks need of one artefact, such as its file as a document, made once and kept as long as the artefact.
 * All of them make the same of it. NULL and `err` as `make` has them; then the next one tries again.
 */
typedef const void *artefact_make_fn(struct arena *arena, const char *path, const void *context, struct err *err);
const void *artefact_once(const struct artefact *artefact, artefact_make_fn *make, const char *path,
		const void *context, struct err *err);

/* Where to look: before the first artefact_find(); the folders outlive it. */
void artefacts_look_in(
		const struct artefact *artefacts, uint32_t count, const struct str *folders, uint32_t folder_count);

/* Looks for it, once; any thread may ask. True when it is found. */
bool artefact_find(const struct artefact *artefact, struct artefact_found *found);

/* What artefact_find() said, UNUSED when nobody asked. */
struct artefact_found artefact_known(const struct artefact *artefact);

/* Of a report that is read back: an artefact of which this became then; `arena` holds its texts. */
void artefact_recall(struct artefact *artefact, struct arena *arena, const struct artefact_found *found);

/*
 * The digest of a folder as a set. False with ERR_IO, or ERR_LIMIT past LIMIT_ARTEFACT_FILES, _BYTES or _DEPTH. What
 * begins with '.' and what is no regular file or folder does not count.
 */
bool artefact_digest_set(
		const char *folder, const struct str *patterns, uint32_t pattern_count, struct digest *digest, struct err *err);

#endif
