/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading a JSON report back: the run that it tells of, so that every reporter writes of it what it would have written
 * then, and two runs can be compared.
 *
 * Nothing is taken on trust. Refused with a place (ERR_SYNTAX, ERR_IO): what is no JSON, what has a key twice, another
 * version of reports, what its schema does not allow, a span outside its text, and a report whose content is not what
 * its digest says. The digest shows that a report was changed, not who wrote it: that is what a signature is for.
 */
#ifndef KEUR_REPORT_READ_H
#define KEUR_REPORT_READ_H

#include "rule/result.h"

/* Fills `run` from the file `path` ("-": standard input); the caller ends it with run_free(), also after false. */
bool report_read(struct run *run, const char *path, struct str schema_path, struct err *err);

/* The same of a document that is open, and belongs to the run from now on. run->digest is filled as soon as everything
 * but the digest that the report states has been found in order. */
struct doc;
bool report_read_doc(struct run *run, struct doc *doc, struct str schema_path, struct err *err);

#endif
