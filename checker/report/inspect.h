/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Looking whether the folder of a certificate holds: signature, signer, every file, the report against the certificate,
 * earlier attempts, dates. Nothing is judged again: that is what a replay is for.
 *
 * Whatever is wrong with a certificate is a remark and no error, so that all of it is told; an error is a folder that
 * has none, or files of ours (schemas) that cannot be read.
 */
#ifndef KEUR_REPORT_INSPECT_H
#define KEUR_REPORT_INSPECT_H

#include "report/certificate.h"
#include "report/trust.h"
#include "report/withdrawn.h"

enum inspect_level {
	INSPECT_GOOD,
	INSPECT_NOTE,    /* worth knowing */
	INSPECT_UNKNOWN, /* cannot be said from here */
	INSPECT_BAD
};

struct inspect_remark {
	enum inspect_level level;
	struct text about; /* "signature", "report.json", "attempts/1/evidence.har" */
	struct text text;
};

struct inspect_options {
	const struct trust *trust;         /* NULL: signatures are verified, and nobody vouches for the signer */
	const struct withdrawn *withdrawn; /* NULL: no list of them was given */
	struct str rules;                  /* where schemas are: the built-in rules */
	int64_t now;
	bool parts; /* only whether it is whole and as it was: not dates, decision, and files that nobody vouches for */
};

struct inspection {
	const struct certificate *certificate; /* NULL when it could not be read */
	struct str payload;                    /* what is signed */
	struct digest digest;                  /* of the file of the certificate */
	bool whole;                            /* its parts are as they were, whatever dates and decision say */
	bool is_signed, granted;               /* granted: a decision that makes a certificate, whatever else is wrong */
	struct jws jws;
	struct identity signer;
	struct run run; /* of its report; engine empty when that could not be read */
	struct inspect_remark *remarks;
	uint32_t remark_count;
	enum inspect_level worst;
};

/* Inspects `folder`, or the certificate file itself. Ends with inspection_release(), also after false. */
bool inspect_folder(struct arena *arena, const char *folder, const struct inspect_options *options,
		struct inspection *out, struct err *err);
void inspection_release(struct inspection *inspection);

/* The folder that a certificate is in, when `path` names its file; else `path` itself. */
struct str inspect_folder_of(struct arena *arena, const char *path);

#endif
