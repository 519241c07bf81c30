/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files that compile scenarios share: the state of loading, and how they refuse a document. */
#ifndef KEUR_ENGINE_ARAZZO_LOADING_H
#define KEUR_ENGINE_ARAZZO_LOADING_H

#include "engine/arazzo_private.h"

struct loading {
	struct arena *arena;
	struct scenario *scenario;
	const struct scenario_options *options;
	struct err *err;
	struct arazzo_document *part;     /* that is read now */
	struct arazzo_workflow *workflow; /* NULL outside */
	struct arazzo_step *step;         /* NULL outside */
	struct {
		struct arazzo_document **items;
		size_t count, capacity;
	} parts;
	struct {
		struct scenario_rule *items;
		size_t count, capacity;
	} rules;
	struct {
		struct scenario_remark *items;
		size_t count, capacity;
	} remarks;
	struct {
		const struct doc **items;
		size_t count, capacity;
	} docs;
	struct strmap rule_index;
	uint32_t workflow_total, step_total;
	size_t part_total; /* parameters and actions, those of workflows counted for each step */
};

/* ERR_RULES at a node of the document that is read now; false. The formats of err_set() follow. */
#define AT_ERROR(loading, at, ...)                                                                                     \
	err_set((loading)->err, ERR_RULES, source_loc((loading)->part->doc->source, (at)->start), __VA_ARGS__)

/* The same at the key of a member. */
#define KEY_ERROR(loading, at, ...)                                                                                    \
	err_set((loading)->err, ERR_RULES, source_loc((loading)->part->doc->source, (at)->key_start), __VA_ARGS__)

/* The arguments for "%s%.0s" in English and "%.0s%s" in Dutch; both texts end in NUL, as those of arenas do. */
#define BOTH(text) (text).in[LANG_EN].ptr, (text).in[LANG_NL].ptr

#endif
