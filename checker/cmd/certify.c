/* SPDX-License-Identifier: EUPL-1.2 */
/* keur certify: a locked run, and the folder of its certificate. */
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "base/limits.h"
#include "base/vec.h"
#include "cmd/certify_private.h"
#include "cmd/output.h"
#include "cmd/reach.h"
#include "cmd/running.h"
#include "cmd/sinks.h"
#include "report/pdf.h"
#include "report/words.h"

enum { DAYS = 365, SECONDS_A_DAY = 86400 };

static bool check_usage(const struct app *app, const struct options *options)
{
	if (options->argument_count != 1 || strcmp(options->arguments[0], "-") == 0)
		app_complain(app->lang, "name one service descriptor, a file; see keur certify --help",
				"noem één service-descriptor, een bestand; zie keur certify --help");
	else if (!options->output)
		app_complain(app->lang, "name the folder of the certificate with -o DIR; see keur certify --help",
				"noem de map van het certificaat met -o MAP; zie keur certify --help");
	else if (!options->key != !options->cert)
		app_complain(app->lang, "--key and --cert go together: the key, and the certificate that says whose it is",
				"--key en --cert horen bij elkaar: de sleutel, en het certificaat dat zegt van wie die is");
	else if ((options->password || options->alg) && !options->key)
		app_complain(app->lang, "--password and --alg are for --key", "--password en --alg zijn voor --key");
	else
		return true;
	return false;
}

static bool read_password(const struct app *app, const char *given, struct str *out, struct err *err)
{
	*out = (struct str){NULL, 0};
	if (!given) return true;
	if (strncmp(given, "env:", 4) == 0) {
		const char *value = getenv(given + 4);
		if (value) *out = str_copy(app->arena, str_of(value));
		return value || err_set(err, ERR_RULES, (struct loc){0}, "--password: environment variable %s is not set",
								"--password: omgevingsvariabele %s is niet gezet", given + 4);
	}
	if (strncmp(given, "file:", 5) != 0) /* never the password itself: other users can read command lines */
		return err_set(err, ERR_USAGE, (struct loc){0}, "--password: expected env:NAME or file:PATH%s",
				"--password: verwacht env:NAAM of file:PAD%s", "");
	if (!io_read(app->arena, given + 5, LIMIT_SECRET_BYTES, out, err)) return false;
	while (out->len && (out->ptr[out->len - 1] == '\n' || out->ptr[out->len - 1] == '\r'))
		out->len--;
	return true;
}

static bool open_signer(struct certify *it, struct err *err)
{
	const struct options *options = it->options;
	struct signer_options how = {.key = options->key, .chain = options->cert, .now = it->now};
	if (!options->key) return true;
	if (options->alg) how.alg = str_of(options->alg);
	if (!read_password(it->app, options->password, &how.password, err)) return false;
	it->signer = signer_open(it->app->arena, &how, err);
	return it->signer != NULL;
}

static bool is_first(const struct folder_file *a, const struct folder_file *b)
{
	return str_compare(a->name, b->name) < 0;
}

/* By name, as the certificate lists them; there are a handful. */
static void sort_files(struct folder_files *files)
{
	for (size_t i = 1; i < files->count; i++)
		for (size_t j = i; j > 0 && is_first(&files->items[j], &files->items[j - 1]); j--) {
			struct folder_file swap = files->items[j];
			files->items[j] = files->items[j - 1];
			files->items[j - 1] = swap;
		}
}

static bool add_report(const struct certify *it, const struct run *run, const char *format, const char *name,
		struct folder_files *files, struct err *err)
{
	const struct app *app = it->app;
	struct strbuf out;
	strbuf_init(&out, (size_t)1 << 30);
	struct report_options how = {.lang = it->options->names_lang ? app->lang : LANG_NL,
			.theme = it->theme,
			.link = str_of(it->options->link ? it->options->link : ""),
			.folder = str_printf(app->arena, "%.*s/report/1", STR_FMT(app->rules_dir)),
			.schema_path = sinks_schema(app)};
	bool ok = reporter_find(str_of(format))->write(run, &how, &out, err) && report_fits(&out, format, err);
	if (ok) *vec_push(files) = (struct folder_file){str_of(name), str_copy(app->arena, strbuf_str(&out))};
	strbuf_release(&out);
	return ok;
}

static bool add_evidence(const struct certify *it, struct run *run, struct folder_files *files, struct err *err)
{
	struct strbuf out;
	bool complete = false;
	strbuf_init(&out, LIMIT_DOCUMENT_BYTES);
	bool ok = run_evidence(run, &out, &complete, err);
	if (ok && !complete)
		ok = err_set(err, ERR_UNDECIDED, (struct loc){0}, "not every exchange could be kept as evidence%s",
				"niet elke uitwisseling kon als bewijs bewaard worden%s", "");
	if (ok)
		*vec_push(files) = (struct folder_file){STR(CERTIFICATE_EVIDENCE), str_copy(it->app->arena, strbuf_str(&out))};
	strbuf_release(&out);
	if (!ok) return false;
	run->evidence_path = STR(CERTIFICATE_EVIDENCE);
	run->evidence_digest = digest_of(files->items[files->count - 1].bytes);
	return true;
}

/* On paper, where the libraries for that are; nothing hangs on it. Only what is signed is a certificate. */
static void add_paper(const struct certify *it, const struct run *run, const struct certificate *certificate,
		struct folder_files *files)
{
	const struct app *app = it->app;
	struct strbuf out;
	struct err err;
	if (!it->signer || !certificate_grants(certificate->decision)) return;
	err_init(&err, app->arena);
	strbuf_init(&out, LIMIT_DOCUMENT_BYTES);
	struct pdf_options how = {.lang = it->options->names_lang ? app->lang : LANG_NL,
			.link = str_of(it->options->link ? it->options->link : ""),
			.number = str_printf(app->arena, "%.16s", run->digest.hex),
			.issuer = it->signer->identity.subject,
			.valid_from = {certificate->issued.ptr, 10},
			.valid_until = certificate->valid_until};
	bool ok = pdf_write(run, &how, &out, &err);
	if (ok) *vec_push(files) = (struct folder_file){STR(CERTIFICATE_PAPER), str_copy(app->arena, strbuf_str(&out))};
	strbuf_release(&out);
	if (!ok)
		app_complain(app->lang, "note: %s is left out: %.*s", "opmerking: %s is weggelaten: %.*s", CERTIFICATE_PAPER,
				STR_FMT(text_in(err.message, app->lang)));
}

static void fill_files(const struct certify *it, const struct folder_files *files, struct certificate *out)
{
	out->files = arena_alloc(it->app->arena, (files->count + 1) * sizeof *out->files);
	out->file_count = (uint32_t)files->count;
	for (size_t i = 0; i < files->count; i++)
		out->files[i] = (struct certificate_file){
				files->items[i].name, digest_of(files->items[i].bytes), files->items[i].bytes.len};
}

/* The certificate itself, signed or not, as the last of the files. */
static bool add_certificate(const struct certify *it, const struct certificate *certificate, int64_t moment,
		struct folder_files *files, struct err *err)
{
	struct strbuf payload, text;
	strbuf_init(&payload, LIMIT_JWS_BYTES / 2);
	strbuf_init(&text, LIMIT_JWS_BYTES);
	bool ok = certificate_write(certificate, &payload, err);
	if (ok && it->signer) {
		ok = signer_sign(it->signer, it->app->arena, strbuf_str(&payload), moment, &text, err);
	} else if (ok) {
		strbuf_add(&text, strbuf_str(&payload));
		strbuf_add_char(&text, '\n');
	}
	if (ok && text.overflow)
		ok = err_set(err, ERR_LIMIT, (struct loc){0}, "the certificate would be larger than %d KiB",
				"het certificaat zou groter worden dan %d KiB", LIMIT_JWS_BYTES >> 10);
	if (ok)
		*vec_push(files) = (struct folder_file){it->signer ? STR(CERTIFICATE_SIGNED) : STR(CERTIFICATE_PLAIN),
				str_copy(it->app->arena, strbuf_str(&text))};
	strbuf_release(&payload);
	strbuf_release(&text);
	return ok;
}

static bool make_files(const struct certify *it, struct run *run, struct folder_files *files,
		struct certificate *certificate, struct err *err)
{
	struct arena *arena = it->app->arena;
	int64_t moment = (int64_t)time(NULL);
	uint32_t days = it->options->valid ? it->options->valid : DAYS;
	if (!add_evidence(it, run, files, err) || !report_seal(run, err) ||
			!add_report(it, run, "json", CERTIFICATE_REPORT, files, err) ||
			!add_report(it, run, "html", CERTIFICATE_PAGE, files, err) ||
			!certify_subject(it, &run->targets[0], files, certificate, err))
		return false;
	certificate->attempt = it->previous_count + 1;
	certificate->previous = it->previous;
	certificate->previous_count = it->previous_count;
	certificate->issued = x509_moment(arena, moment);
	struct str last = running_day(arena, (time_t)(moment + (int64_t)days * SECONDS_A_DAY));
	certificate_of_run(arena, run, certificate);
	certificate->valid_until = certificate_last_day(run, last);
	add_paper(it, run, certificate, files);
	sort_files(files);
	fill_files(it, files, certificate);
	return add_certificate(it, certificate, moment, files, err);
}

static bool tell_report(const struct certify *it, const struct run *run)
{
	struct strbuf out;
	struct err err;
	err_init(&err, it->app->arena);
	strbuf_init(&out, (size_t)1 << 30);
	struct report_options how = {
			.lang = it->app->lang, .color = output_has_color(it->options), .quiet = it->options->quiet, .findings = 5};
	bool ok = report_text(run, &how, &out, &err) && output_stdout(it->app, strbuf_str(&out));
	strbuf_release(&out);
	return ok;
}

static bool tell_certificate(const struct certify *it, const struct certificate *certificate)
{
	const struct app *app = it->app;
	const char *folder = it->options->output;
	bool nl = app->lang == LANG_NL;
	struct str line;
	if (certificate_grants(certificate->decision))
		line = str_printf(app->arena,
				nl ? "\n%s: certificaat, poging %u, geldig tot en met %.*s%s\n"
				   : "\n%s: certificate, attempt %u, valid until %.*s%s\n",
				folder, certificate->attempt, STR_FMT(certificate->valid_until),
				it->signer ? "" : (nl ? "; niet ondertekend" : "; not signed"));
	else
		line = str_printf(app->arena,
				nl ? "\n%s: poging %u bewaard; dit is geen certificaat\n"
				   : "\n%s: attempt %u kept; this is no certificate\n",
				folder, certificate->attempt);
	return output_stdout(app, line);
}

/* What stands in the way before anything is judged is no attempt: nothing would be known of the service. */
static bool is_judged(const struct certify *it, const struct run *run, bool whole)
{
	const struct target_result *target = &run->targets[0];
	if (whole && run->judged == 1 && target->is_service && target->standard_count && !target->blocked &&
			!target->bad_descriptor)
		return true;
	app_complain(it->app->lang,
			"nothing was judged, so no attempt was written; mend what pre-flight tells, and try again",
			"er is niets beoordeeld, en dus geen poging geschreven; herstel wat de controle vooraf meldt, en probeer het opnieuw");
	return false;
}

static int write_all(const struct certify *it, struct run *run, bool whole)
{
	struct folder_files files = {0};
	struct certificate certificate = {0};
	struct err err;
	err_init(&err, it->app->arena);
	int status = running_status(run);
	bool told = tell_report(it, run);
	if (!is_judged(it, run, whole)) return run->targets[0].bad_descriptor ? EXIT_RULES : EXIT_UNDETERMINED;
	if (!certify_same_service(it, &run->targets[0].product, &err)) return app_fail(it->app, &err);
	bool made = make_files(it, run, &files, &certificate, &err);
	if (!made) app_fail(it->app, &err);
	bool written = made && folder_write(it->app, it->options->output, files.items, files.count,
								   it->replaces ? it->previous_count : 0);
	vec_release(&files);
	if (!written || !told || !tell_certificate(it, &certificate))
		return status == EXIT_CONFORMANT ? EXIT_UNDETERMINED : status;
	return status;
}

static int judge(struct certify *it)
{
	const struct app *app = it->app;
	struct timespec from;
	time_t started = (time_t)it->now;
	struct reach reach;
	struct run run;
	struct err err;
	err_init(&err, app->arena);
	clock_gettime(CLOCK_MONOTONIC, &from);
	if (!reach_init(&reach, app, it->options, &err)) return app_fail(app, &err);
	reach.session.keeps = true;
	struct library library = options_library(app, it->options);
	struct spectral_options spectral = app_spectral(app);
	struct shelf *shelf = shelf_new(app->arena, &library, &spectral);
	for (uint32_t i = 0; i < it->ruleset_count; i++)
		shelf_keep(shelf, it->rulesets[i]);
	struct run_options how = {.judge = {.rulesets = it->rulesets,
									  .count = it->ruleset_count,
									  .shelf = shelf,
									  .session = &reach.session,
									  .today = it->day,
									  .answers = it->answers},
			.targets = &it->path,
			.target_count = 1,
			.threads = 1};
	bool ran = run_all(&run, &how, &err);
	bool whole = reach_release(&reach);
	int status;
	if (ran) {
		running_stamp(&run, &from, started);
		status = write_all(it, &run, whole);
	} else {
		status = app_fail(app, &err);
	}
	run_free(&run);
	return status;
}

int cmd_certify(const struct app *app, const struct options *options)
{
	struct certify it = {.app = app, .options = options, .now = (int64_t)time(NULL)};
	struct err err;
	int status = EXIT_RULES;
	err_init(&err, app->arena);
	if (!check_usage(app, options)) return EXIT_USAGE;
	it.path = options->arguments[0];
	it.day = running_day(app->arena, (time_t)it.now);
	if (!sinks_theme(app, options->theme, &it.theme)) return EXIT_USAGE;
	if (!running_answers(app, options->answers, it.day, &it.answers, &status)) return status;
	/* Cheap mistakes first: a run of minutes should not end in a key that cannot be read. */
	if (!open_signer(&it, &err) || !certify_previous(&it, &err) || !certify_claims(&it, &err)) {
		status = app_fail(app, &err);
		return status == EXIT_USAGE ? EXIT_USAGE : EXIT_RULES;
	}
	return judge(&it);
}
