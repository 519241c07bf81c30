/* SPDX-License-Identifier: EUPL-1.2 */
/* Reaching services on behalf of the command line. */
#include "cmd/reach.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "cmd/interrupt.h"
#include "cmd/output.h"
#include "fetch/har.h"

static struct str read_env(struct secret_reader *reader, struct str name, struct arena *arena)
{
	(void)reader;
	const char *value = getenv(str_copy(arena, name).ptr);
	return value ? str_copy(arena, str_of(value)) : (struct str){NULL, 0};
}

static bool check_usage(const struct options *options, struct err *err)
{
	if (options->replay && options->record)
		return err_set(err, ERR_USAGE, (struct loc){0}, "--replay and --record exclude each other%s",
				"--replay en --record gaan niet samen%s", "");
	return true;
}

/* A file that is no recording is an error of ours, as one that is not there is: it says nothing of a service. */
static bool check_recording(const struct doc *doc, struct err *err)
{
	struct arena *scratch = arena_new();
	bool good = har_read(scratch, doc, err) != NULL;
	arena_free(scratch);
	return good;
}

bool reach_init(struct reach *reach, const struct app *app, const struct options *options, struct err *err)
{
	*reach = (struct reach){.secrets = {read_env}};
	if (!check_usage(options, err)) return false;
	reach->shows = isatty(STDERR_FILENO) && !options->quiet;
	if (reach->shows) progress_init(&reach->progress, app->lang);
	struct http_options http = {.pace_ms = options->rate ? 1000 / options->rate : 0,
			.total_ms = options->timeout * 1000,
			.public_only = options->public_only,
			.retries = 1};
	if (options->cacert) http.ca_file = str_of(options->cacert);
	if (options->proxy) http.proxy = str_of(options->proxy);
	reach->session = (struct session_options){.http = http,
			.offline = options->offline,
			.keeps = options->record != NULL,
			.secrets = &reach->secrets,
			.progress = reach->shows ? &reach->progress.session : NULL};
	const char *mark = getenv("KEUR_RUN_MARK"); /* for tests: the same messages in every run */
	if (!mark || !run_mark_read(str_of(mark), &reach->session.mark)) run_mark_new(app->arena, &reach->session.mark);
	if (options->replay) reach->session.recording = doc_open(options->replay, err);
	if (options->replay && !reach->session.recording) return false;
	if (options->replay && !check_recording(reach->session.recording, err)) {
		doc_close((struct doc *)reach->session.recording);
		return false;
	}
	reach->session.stop = interrupt_listen(app->lang);
	return true;
}

bool reach_release(struct reach *reach)
{
	doc_close((struct doc *)reach->session.recording);
	if (reach->shows) progress_release(&reach->progress);
	return !interrupt_release();
}

bool reach_record(const struct app *app, const struct options *options, struct run *run)
{
	struct strbuf out;
	struct err err;
	bool complete = false;
	if (!options->record) return true;
	strbuf_init(&out, LIMIT_DOCUMENT_BYTES);
	err_init(&err, app->arena);
	bool ok = run_evidence(run, &out, &complete, &err);
	if (!ok)
		app_fail(app, &err);
	else
		ok = output_file(app, options->record, strbuf_str(&out));
	if (ok && !complete)
		app_complain(app->lang, "%s: not every exchange is in this evidence: there was too much",
				"%s: niet elke uitwisseling zit in dit bewijs: het was te veel", options->record);
	if (ok) {
		run->evidence_path = str_of(options->record);
		run->evidence_digest = digest_of(strbuf_str(&out));
	}
	strbuf_release(&out);
	return ok && complete;
}
