/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What tells one run from all others: its moment, and a text drawn at random. Numbers and times that messages must
 * carry (StUF's referentienummer and tijdstipBericht) follow from them and from how many were asked for before, so that
 * a replay of the recording, which keeps both (log._keur.mark of fetch/har.h), makes the same messages again.
 */
#ifndef KEUR_FETCH_RUN_MARK_H
#define KEUR_FETCH_RUN_MARK_H

#include "doc/node.h"

struct run_mark {
	int64_t moment_ms; /* since 1970, UTC */
	struct str seed;   /* 32 hexadecimal digits; empty: there is none */
};

/* Values of one session, each another one than those before. */
struct run_values {
	struct run_mark mark;
	struct str scope; /* whose they are: the service */
	uint32_t count;
	bool used; /* one was given out */
};

/* A mark of now, drawn by the system. In the arena; false when the system has nothing random to give. */
bool run_mark_new(struct arena *arena, struct run_mark *out);

/* The mark that a text holds: milliseconds, a space and 32 hexadecimal digits. False when it holds none. Borrows from
 * it. */
bool run_mark_read(struct str text, struct run_mark *out);

/* The mark in the root of a HAR file; an empty seed when it has none. Borrows from it. */
struct run_mark run_mark_of(const struct node *har);

/*
 * A fresh value in the arena; ptr NULL when there is no mark, or no value of that name:
 *	uuid        a UUID in lower case; serves as referentienummer too (at most 40 characters)
 *	reference   "keur-", 8 digits of the seed, "-" and a count
 *	stuf-time   YYYYMMDDhhmmssSSS by Dutch time, later than every one before
 *	stuf-date   its day, YYYYMMDD
 */
struct str run_value(struct run_values *values, struct str name, struct arena *arena);

/*
 * Starts a part of what is played: its values do not depend on how many the parts before took, when that was less than
 * a hundred. So a recording of one workflow is enough to replay it.
 */
void run_values_part(struct run_values *values);

/* Is there a value of that name? */
bool run_value_known(struct str name);

#endif
