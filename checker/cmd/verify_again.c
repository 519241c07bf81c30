/* SPDX-License-Identifier: EUPL-1.2 */
/* keur verify --replay: the same verdicts from the same evidence. */
#include <stdarg.h>
#include <stdio.h>

#include "cmd/verify_private.h"
#include "fetch/har.h"
#include "rule/run.h"

/* Long enough that no message holds it by chance: it is replaced wherever it stands. */
#define PLACEHOLDER "keur-verify-placeholder-of-a-secret"

struct again {
	const struct app *app;
	const struct options *options;
	struct str folder;
	struct inspection *found;
	const struct ruleset **rulesets;
	uint32_t ruleset_count;
	struct doc *recording, *answers_doc;
	const struct answers *answers;
	struct str day;
};

static void add(const struct again *it, enum inspect_level level, struct text text)
{
	struct inspection *found = it->found;
	struct inspect_remark *all = arena_alloc(it->app->arena, (found->remark_count + 1) * sizeof *all);
	if (found->remark_count) memcpy(all, found->remarks, found->remark_count * sizeof *all);
	all[found->remark_count++] = (struct inspect_remark){level, TEXT("replay", "opnieuw beoordeeld"), text};
	found->remarks = all;
	if (level > found->worst) found->worst = level;
}

/* The rule sets have to be those that the certificate pins, or nothing that comes of them says anything of it. */
static bool find_rulesets(struct again *it)
{
	const struct app *app = it->app;
	const struct certificate *certificate = it->found->certificate;
	struct library library = options_library(app, it->options);
	it->rulesets = arena_alloc(app->arena, (certificate->ruleset_count + 1) * sizeof *it->rulesets);
	for (uint32_t i = 0; i < certificate->ruleset_count; i++) {
		const struct certificate_ruleset *pinned = &certificate->rulesets[i];
		struct str name = str_printf(app->arena, "%.*s@%.*s", STR_FMT(pinned->id), STR_FMT(pinned->version));
		struct err err;
		err_init(&err, app->arena);
		const struct ruleset *ruleset = app_ruleset(app, &library, name, true, &err);
		if (!ruleset) {
			add(it, INSPECT_UNKNOWN, err.message);
			return false;
		}
		if (strcmp(ruleset->digest.hex, pinned->digest.hex) != 0) {
			add(it, INSPECT_UNKNOWN,
					text_printf(app->arena,
							"rule set %.*s is another here than the one of the certificate: SHA-256 %s, expected %s; name the "
							"right one with --rules",
							"regelset %.*s is hier een andere dan die van het certificaat: SHA-256 %s, verwacht %s; noem de "
							"juiste met --rules",
							STR_FMT(name), ruleset->digest.hex, pinned->digest.hex));
			return false;
		}
		it->rulesets[it->ruleset_count++] = ruleset;
	}
	return true;
}

/* As it was when the certificate was made; UNUSED: nothing asked for it then. */
static enum artefact_state state_then(const struct ruleset *was, const struct artefact *artefact)
{
	for (uint32_t i = 0; i < was->artefact_count; i++)
		if (str_eq(was->artefacts[i].id, artefact->id)) return artefact_known(&was->artefacts[i]).state;
	return ARTEFACT_UNUSED;
}

/* Another file at hand than then gives other verdicts, which say nothing of the certificate. */
static bool is_at_hand(const struct again *it, const struct ruleset *ruleset, const struct artefact *artefact,
		enum artefact_state then)
{
	struct artefact_found now;
	if (then == ARTEFACT_UNUSED || artefact_find(artefact, &now) == (then == ARTEFACT_FOUND)) return true;
	if (then == ARTEFACT_FOUND)
		add(it, INSPECT_UNKNOWN,
				text_printf(it->app->arena, "could not be done: %.*s@%.*s %s%.0s; name its folder with --artefacts DIR",
						"kon niet: %.*s@%.*s %.0s%s; noem de map ervan met --artefacts MAP", STR_FMT(ruleset->id),
						STR_FMT(ruleset->version), now.why.in[LANG_EN].ptr, now.why.in[LANG_NL].ptr));
	else
		add(it, INSPECT_UNKNOWN,
				text_printf(it->app->arena,
						"could not be done: artefact %.*s of %.*s@%.*s was not at hand then, and is now; leave it out of "
						"--artefacts",
						"kon niet: artefact %.*s van %.*s@%.*s was er toen niet, en nu wel; laat het weg bij --artefacts",
						STR_FMT(artefact->id), STR_FMT(ruleset->id), STR_FMT(ruleset->version)));
	return false;
}

/* The pinned files as well have to be those of then; all that are not are told. */
static bool find_artefacts(const struct again *it)
{
	const struct run *run = &it->found->run;
	bool ok = true;
	for (uint32_t i = 0; i < it->ruleset_count; i++)
		for (uint32_t j = 0; j < run->ruleset_count; j++) {
			const struct ruleset *is = it->rulesets[i], *was = run->rulesets[j];
			if (!str_eq(is->id, was->id) || !str_eq(is->version, was->version)) continue;
			for (uint32_t k = 0; k < is->artefact_count; k++)
				ok = is_at_hand(it, is, &is->artefacts[k], state_then(was, &is->artefacts[k])) && ok;
		}
	return ok;
}

static struct str path_in(const struct again *it, struct str name)
{
	return str_printf(it->app->arena, "%.*s/%.*s", STR_FMT(it->folder), STR_FMT(name));
}

/* Read again, so it may have been changed since its digest was found right; what is judged is what was verified. */
static bool is_as_verified(const struct again *it, struct str name, const struct doc *doc, struct err *err)
{
	const struct certificate *certificate = it->found->certificate;
	struct digest digest = digest_of(doc->source->bytes);
	for (uint32_t i = 0; i < certificate->file_count; i++)
		if (str_eq(certificate->files[i].name, name) && strcmp(certificate->files[i].digest.hex, digest.hex) == 0)
			return true;
	return err_set(err, ERR_IO, (struct loc){.file = name}, "%.*s was changed while it was verified; try again",
			"%.*s is veranderd tijdens het verifiëren; probeer het opnieuw", STR_FMT(name));
}

static bool open_files(struct again *it)
{
	const struct certificate *certificate = it->found->certificate;
	struct str started = it->found->run.started;
	struct err err;
	err_init(&err, it->app->arena);
	it->day = (struct str){started.len >= 10 ? started.ptr : certificate->issued.ptr, 10};
	it->recording = doc_open(path_in(it, STR(CERTIFICATE_EVIDENCE)).ptr, &err);
	struct arena *scratch = arena_new();
	bool ok = it->recording && har_read(scratch, it->recording, &err) != NULL;
	arena_free(scratch);
	if (ok) ok = is_as_verified(it, STR(CERTIFICATE_EVIDENCE), it->recording, &err);
	if (ok && certificate->answers.len) {
		it->answers_doc = doc_open(path_in(it, certificate->answers).ptr, &err);
		it->answers = it->answers_doc ? answers_read(it->app->arena, it->answers_doc, it->day, &err) : NULL;
		ok = it->answers && is_as_verified(it, certificate->answers, it->answers_doc, &err);
	}
	if (!ok) add(it, INSPECT_BAD, err.message);
	return ok;
}

static bool is_same(const struct requirement_result *a, const struct requirement_result *b)
{
	return a->verdict.outcome == b->verdict.outcome && a->verdict.obligation == b->verdict.obligation &&
		   a->verdict.mode == b->verdict.mode && a->verdict.disposition == b->verdict.disposition &&
		   a->finding_count == b->finding_count && a->violations == b->violations &&
		   str_eq(a->requirement->id, b->requirement->id);
}

static void tell_other(const struct again *it, const struct standard_result *standard,
		const struct requirement_result *was, const struct requirement_result *is)
{
	add(it, INSPECT_BAD,
			text_printf(it->app->arena,
					"%.*s/%.*s: the certificate says \"%s%.0s\" (%u findings), the evidence gives \"%s%.0s\" (%u findings)",
					"%.*s/%.*s: het certificaat zegt \"%.0s%s\" (%u bevindingen), het bewijs geeft \"%.0s%s\" (%u "
					"bevindingen)",
					STR_FMT(standard->ruleset->id), STR_FMT(was->requirement->id),
					WORDS(outcome_words[was->verdict.outcome]), was->finding_count,
					WORDS(outcome_words[is->verdict.outcome]), is->finding_count));
}

static bool compare_standard(
		const struct again *it, const struct standard_result *was, const struct standard_result *is)
{
	bool same = str_eq(was->ruleset->id, is->ruleset->id) && was->requirement_count == is->requirement_count;
	if (!same) return false;
	for (uint32_t i = 0; i < was->requirement_count; i++) {
		if (is_same(&was->requirements[i], &is->requirements[i])) continue;
		tell_other(it, was, &was->requirements[i], &is->requirements[i]);
		same = false;
	}
	return same && was->decision == is->decision;
}

/* What was read now has to be what was read then: an openapi document elsewhere on this machine is not. */
static bool is_same_subject(const struct target_result *was, const struct target_result *is)
{
	bool same = was->document_count == is->document_count;
	for (uint32_t i = 0; same && i < was->document_count; i++)
		same = strcmp(was->documents[i].digest.hex, is->documents[i].digest.hex) == 0;
	return same;
}

static void compare(const struct again *it, const struct run *run)
{
	const struct target_result *was = &it->found->run.targets[0], *is = &run->targets[0];
	uint32_t count = 0;
	if (!is_same_subject(was, is)) {
		add(it, INSPECT_UNKNOWN,
				TEXT("could not be done: other documents were read than those of the report",
						"kon niet: er zijn andere documenten gelezen dan die van het rapport"));
		return;
	}
	bool same = was->standard_count == is->standard_count;
	for (uint32_t i = 0; i < was->standard_count && i < is->standard_count; i++) {
		same = compare_standard(it, &was->standards[i], &is->standards[i]) && same;
		count += was->standards[i].requirement_count;
	}
	if (same && was->decision == is->decision)
		add(it, INSPECT_GOOD,
				text_printf(it->app->arena, "the evidence gives the same verdict on all %u requirements",
						"het bewijs geeft hetzelfde oordeel over alle %u eisen", count));
	else
		add(it, INSPECT_BAD,
				text_printf(it->app->arena,
						"the evidence gives another decision, or other verdicts: \"%s%.0s\", the certificate has \"%s%.0s\"",
						"het bewijs geeft een ander oordeel, of andere uitkomsten: \"%.0s%s\", het certificaat heeft "
						"\"%.0s%s\"",
						WORDS(decision_words[is->decision]), WORDS(decision_words[was->decision])));
}

static void judge(struct again *it)
{
	const struct app *app = it->app;
	struct secret_reader secrets = {.placeholder = STR(PLACEHOLDER)};
	struct session_options session = {.recording = it->recording, .secrets = &secrets};
	struct library library = options_library(app, it->options);
	struct spectral_options spectral = app_spectral(app);
	struct shelf *shelf = shelf_new(app->arena, &library, &spectral);
	for (uint32_t i = 0; i < it->ruleset_count; i++)
		shelf_keep(shelf, it->rulesets[i]);
	const char *target = path_in(it, it->found->certificate->subject).ptr;
	struct run_options how = {.judge = {.rulesets = it->rulesets,
									  .count = it->ruleset_count,
									  .shelf = shelf,
									  .session = &session,
									  .today = it->day,
									  .answers = it->answers},
			.targets = &target,
			.target_count = 1,
			.threads = 1};
	struct run run;
	struct err err;
	err_init(&err, app->arena);
	if (run_all(&run, &how, &err))
		compare(it, &run);
	else
		add(it, INSPECT_UNKNOWN, err.message);
	run_free(&run);
}

void verify_again(const struct app *app, const struct options *options, struct str folder, struct inspection *found)
{
	struct again it = {.app = app, .options = options, .folder = folder, .found = found};
	if (find_rulesets(&it) && find_artefacts(&it) && open_files(&it)) judge(&it);
	doc_close(it.recording);
	doc_close(it.answers_doc);
}
