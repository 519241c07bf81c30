/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of keur certify share. */
#ifndef KEUR_CMD_CERTIFY_PRIVATE_H
#define KEUR_CMD_CERTIFY_PRIVATE_H

#include "cmd/folder_write.h"
#include "cmd/options.h"
#include "report/certificate.h"
#include "report/signer.h"
#include "rule/run.h"

/* A certificate in the making: what is known before anything is judged. */
struct certify {
	const struct app *app;
	const struct options *options;
	const char *path; /* of the descriptor */
	struct str day;   /* today */
	int64_t now;
	const struct signer *signer; /* NULL: not to be signed */
	const struct ruleset **rulesets;
	uint32_t ruleset_count;
	const struct answers *answers;
	struct str theme;
	/* Of attempts before this one: */
	struct certificate_attempt *previous;
	uint32_t previous_count;
	struct product previous_product; /* name empty: there were none */
	bool replaces;                   /* the last of them is in the folder itself */
};

/* Finds the rule sets of the claims, compiled, each of them fit to be certified by. False with the error. */
bool certify_claims(struct certify *it, struct err *err);

/* Reads what stands in the folder, or in --previous: earlier attempts. False with the error. */
bool certify_previous(struct certify *it, struct err *err);

/* Is the last attempt one of this version of this service? False with the error. */
bool certify_same_service(const struct certify *it, const struct product *product, struct err *err);

/* Adds the descriptor and every local document of the target to `files`; `*subject` is the name of the descriptor. */
struct folder_files {
	struct folder_file *items;
	size_t count, capacity;
};
bool certify_subject(const struct certify *it, const struct target_result *target, struct folder_files *files,
		struct certificate *certificate, struct err *err);

#endif
