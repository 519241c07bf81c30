/* SPDX-License-Identifier: EUPL-1.2 */
/* Reports of a bench: written in any format, and read back. */
#ifndef TESTS_UNIT_REPORT_REPORTS_H
#define TESTS_UNIT_REPORT_REPORTS_H

#include "../rule/bench.h"
#include "doc/doc.h"
#include "report/read.h"
#include "report/report.h"

#define REPORT_SCHEMA STR("rules/report/1/report.schema.json")

/* In the bench's arena. */
static inline struct str report_write(struct bench *bench, struct run *run, const char *format, enum lang lang)
{
	const struct reporter *reporter = reporter_find(str_of(format));
	struct report_options options = {.lang = lang, .findings = 5, .folder = STR("rules/report/1"), .link = STR("")};
	struct strbuf out;
	struct err err;
	strbuf_init(&out, (size_t)1 << 26);
	err_init(&err, bench->arena);
	if (!report_seal(run, &err) || !reporter->write(run, &options, &out, &err))
		fail_msg("%s: %.*s", format, STR_FMT(err.message.in[LANG_EN]));
	struct str text = str_copy(bench->arena, strbuf_str(&out));
	strbuf_release(&out);
	return text;
}

/* False with bench->err; the caller ends the run either way. */
static inline bool report_read_text(struct bench *bench, struct run *run, struct str json)
{
	err_init(&bench->err, bench->arena);
	struct doc *doc = doc_of(STR("r.json"), json, &bench->err);
	if (doc) return report_read_doc(run, doc, REPORT_SCHEMA, &bench->err);
	*run = (struct run){.arena = arena_new()};
	return false;
}

/* `text` with the first `before` in it replaced. */
static inline struct str replaced(struct bench *bench, struct str text, const char *before, const char *after)
{
	size_t at = str_find_str(text, str_of(before));
	if (at == text.len) fail_msg("no %s", before);
	struct str rest = str_skip(text, at + strlen(before));
	return str_printf(bench->arena, "%.*s%s%.*s", (int)at, text.ptr, after, STR_FMT(rest));
}

/* With the digest of what it says now: as whoever forges a report would do. */
static inline struct str resealed(struct bench *bench, struct str text)
{
	struct run run;
	size_t at = str_find_str(text, STR("\"digest\":\"sha256:"));
	assert_true(at < text.len);
	report_read_text(bench, &run, text);
	if (!*run.digest.hex) {
		run_free(&run);
		return text;
	}
	at += strlen("\"digest\":\"sha256:");
	struct str rest = str_skip(text, at + 64);
	struct str made = str_printf(bench->arena, "%.*s%s%.*s", (int)at, text.ptr, run.digest.hex, STR_FMT(rest));
	run_free(&run);
	return made;
}

static inline bool has(struct str text, const char *part)
{
	return str_find_str(text, str_of(part)) < text.len;
}

#endif
