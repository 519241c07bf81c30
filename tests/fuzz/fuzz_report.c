/* SPDX-License-Identifier: EUPL-1.2 */
/* Reports of anybody: read back or refused; and whatever is read can be written in every format, and compared. */
#include <stdlib.h>

#include "doc/doc.h"
#include "report/diff.h"
#include "report/read.h"
#include "report/report.h"
#include "rule/run.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_all(struct run *run, struct arena *arena)
{
	for (const struct reporter *reporter = reporters; reporter->name; reporter++) {
		struct report_options options = {
				.lang = LANG_NL, .findings = 5, .folder = STR("rules/report/1"), .theme = STR(".x-theme{}")};
		struct strbuf out;
		struct err err;
		strbuf_init(&out, (size_t)1 << 28);
		err_init(&err, arena);
		reporter->write(run, &options, &out, &err);
		strbuf_release(&out);
	}
	struct strbuf out;
	struct page page = {&out, LANG_EN, false};
	strbuf_init(&out, (size_t)1 << 28);
	const struct comparison *all = compare_runs(arena, run, run);
	if (all->worse || all->fresh_count) abort();
	diff_text(&page, all, false);
	strbuf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct err err;
	struct run run;
	err_init(&err, arena);
	report_theme_check(STR("t.css"), (struct str){(const char *)data, size}, &err);
	err_init(&err, arena);
	struct doc *doc = doc_of(STR("r.json"), (struct str){(const char *)data, size}, &err);
	if (doc) {
		report_read_doc(&run, doc, STR("rules/report/1/report.schema.json"), &err);
		/* Everything but the digest was in order: a forger would have made that fit too. */
		if (*run.digest.hex) write_all(&run, arena);
		run_free(&run);
	}
	arena_free(arena);
	return 0;
}
