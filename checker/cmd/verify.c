/* SPDX-License-Identifier: EUPL-1.2 */
/* keur verify: whether a certificate holds. */
#include <stdio.h>
#include <time.h>

#include "base/limits.h"
#include "cmd/output.h"
#include "cmd/verify_private.h"
#include "report/page.h"
#include "rule/fields.h"

enum { SECONDS_A_DAY = 86400 };

static const struct text level_words[] = {
		[INSPECT_GOOD] = {{[LANG_EN] = {"ok", 2}, [LANG_NL] = {"ok", 2}}},
		[INSPECT_NOTE] = {{[LANG_EN] = {"note", 4}, [LANG_NL] = {"let op", 6}}},
		[INSPECT_UNKNOWN] = {{[LANG_EN] = {"unknown", 7}, [LANG_NL] = {"onbekend", 8}}},
		[INSPECT_BAD] = {{[LANG_EN] = {"WRONG", 5}, [LANG_NL] = {"FOUT", 4}}},
};

static const struct text verdicts[] = {
		[INSPECT_GOOD] = {{[LANG_EN] = {"This certificate holds.", 23}, [LANG_NL] = {"Dit certificaat klopt.", 22}}},
		[INSPECT_UNKNOWN] = {{[LANG_EN] = {"Not everything could be verified.", 33},
				[LANG_NL] = {"Niet alles kon geverifieerd worden.", 35}}},
		[INSPECT_BAD] = {{[LANG_EN] = {"This does not hold.", 19}, [LANG_NL] = {"Dit klopt niet.", 15}}},
};

bool verify_day(const char *text, int64_t *out)
{
	int64_t midnight;
	if (!fields_is_day(str_of(text), &midnight)) return false;
	*out = midnight + SECONDS_A_DAY - 1;
	return true;
}

static void add_title(const struct page *page, const struct inspection *found)
{
	const struct certificate *certificate = found->certificate;
	page_clean(page, certificate->product.name, "");
	strbuf_add_char(page->out, ' ');
	page_clean(page, certificate->product.version, "");
	strbuf_add(page->out, STR(", "));
	page_clean(page, certificate->product.vendor, "");
	strbuf_add_char(page->out, '\n');
	for (uint32_t i = 0; i < certificate->standard_count; i++) {
		const struct certificate_standard *standard = &certificate->standards[i];
		strbuf_add(page->out, STR("  "));
		page_clean(page, standard->id, "");
		strbuf_add_char(page->out, '@');
		page_clean(page, standard->version, "");
		strbuf_add(page->out, STR(": "));
		strbuf_add(page->out, text_in(decision_words[standard->decision], page->lang));
		strbuf_add_char(page->out, '\n');
	}
}

static void add_attempts(const struct page *page, const struct certificate *certificate)
{
	for (uint32_t i = 0; i < certificate->previous_count; i++) {
		const struct certificate_attempt *attempt = &certificate->previous[i];
		page_say(page, "  attempt %u, %.*s: ", "  poging %u, %.*s: ", attempt->number, STR_FMT(attempt->issued));
		strbuf_add(page->out, text_in(decision_words[attempt->decision], page->lang));
		strbuf_add_char(page->out, '\n');
	}
}

static void add_remarks(const struct page *page, const struct inspection *found, bool quiet)
{
	for (uint32_t i = 0; i < found->remark_count; i++) {
		const struct inspect_remark *remark = &found->remarks[i];
		if (quiet && remark->level < INSPECT_UNKNOWN) continue;
		words_add(page->out, text_in(level_words[remark->level], page->lang), 9);
		page_clean(page, text_in(remark->about, page->lang), "");
		strbuf_add(page->out, STR(": "));
		page_clean(page, text_in(remark->text, page->lang), "");
		strbuf_add_char(page->out, '\n');
	}
}

static bool tell(const struct app *app, const struct options *options, const struct inspection *found)
{
	struct strbuf out;
	struct page page = {&out, app->lang, output_has_color(options)};
	enum inspect_level worst = found->worst == INSPECT_NOTE ? INSPECT_GOOD : found->worst;
	strbuf_init(&out, LIMIT_DOCUMENT_BYTES);
	if (found->certificate) {
		add_title(&page, found);
		add_attempts(&page, found->certificate);
	}
	add_remarks(&page, found, options->quiet);
	strbuf_add(&out, text_in(verdicts[worst], app->lang));
	strbuf_add_char(&out, '\n');
	bool ok = output_stdout(app, strbuf_str(&out));
	strbuf_release(&out);
	return ok;
}

static int status_of(const struct inspection *found)
{
	if (found->worst == INSPECT_BAD) return EXIT_NON_CONFORMANT;
	return found->worst == INSPECT_UNKNOWN ? EXIT_UNDETERMINED : EXIT_CONFORMANT;
}

static int inspect(const struct app *app, const struct options *options, struct inspection *found,
		const struct inspect_options *how)
{
	struct err err;
	const char *path = options->arguments[0];
	err_init(&err, app->arena);
	if (!inspect_folder(app->arena, path, how, found, &err)) {
		app_fail(app, &err);
		return EXIT_RULES;
	}
	if (options->again && found->whole && found->run.engine.len)
		verify_again(app, options, inspect_folder_of(app->arena, path), found);
	bool told = tell(app, options, found);
	int status = status_of(found);
	return told || status != EXIT_CONFORMANT ? status : EXIT_UNDETERMINED;
}

bool verify_withdrawn(const struct app *app, const char *path, const struct withdrawn **out)
{
	struct err err;
	*out = NULL;
	if (!path) return true;
	err_init(&err, app->arena);
	struct doc *doc = doc_open(path, &err);
	if (doc) *out = withdrawn_read(app->arena, doc, &err);
	if (!*out) app_fail(app, &err);
	doc_close(doc);
	return *out != NULL;
}

int cmd_verify(const struct app *app, const struct options *options)
{
	struct inspect_options how = {.rules = app->rules_dir, .now = (int64_t)time(NULL)};
	struct trust_options trust = {
			.ca = options->ca, .crls = options->crls.items, .crl_count = (uint32_t)options->crls.count};
	struct inspection found = {0};
	struct err err;
	err_init(&err, app->arena);
	if (options->argument_count != 1) {
		app_complain(app->lang, "name one certificate, or its folder; see keur verify --help",
				"noem één certificaat, of de map ervan; zie keur verify --help");
		return EXIT_USAGE;
	}
	if (options->at && !verify_day(options->at, &how.now)) {
		app_complain(app->lang, "--at: expected a day such as 2026-11-25, found '%s'",
				"--at: verwacht een dag zoals 2026-11-25, gevonden '%s'", options->at);
		return EXIT_USAGE;
	}
	if (options->crls.count && !options->ca) {
		app_complain(app->lang, "--crl goes with --ca: the issuer of the list must be known",
				"--crl hoort bij --ca: de uitgever van de lijst moet bekend zijn");
		return EXIT_USAGE;
	}
	/* Without issuers to trust nothing is loaded until a signature is there. */
	if (options->ca && !(how.trust = trust_open(app->arena, &trust, &err))) {
		app_fail(app, &err);
		return EXIT_RULES;
	}
	if (!verify_withdrawn(app, options->withdrawn, &how.withdrawn)) return EXIT_RULES;
	int status = inspect(app, options, &found, &how);
	inspection_release(&found);
	return status;
}
